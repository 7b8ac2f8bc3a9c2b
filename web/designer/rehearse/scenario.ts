/** What is rehearsed with: this hospital as it is, its published pathways, and who comes. */
import type { StreamFile } from '../../../twin/experiment/schema.ts'

export interface RehearsalScenario {
  /** `hospital.yaml` as the API makes it of the hospital's own resources. */
  pathways: string[]
  streams: StreamFile[]
  days: number
}

/** Days in which the empty hospital fills before anything is measured. */
export const WARM_UP_DAYS = 2
const RESTOCK = 'restock'

/** A scenario as text, for the API to make ready. */
export const scenarioText = ({ pathways, streams, days }: RehearsalScenario): string =>
  JSON.stringify({
    name: 'rehearsal',
    hospital: 'live:hospital',
    pathways: pathways.map((pathway) => `published:${pathway}`),
    demand: streams.filter(({ pathway }) => pathway === undefined || pathways.includes(pathway)),
    ...(pathways.includes(RESTOCK) && { reorder: { pathway: RESTOCK } }),
    horizon: `P${days + WARM_UP_DAYS}D`,
    warmUp: `P${WARM_UP_DAYS}D`,
  })

const HOURS = 168

/** Patients expected in each hour of the week, from Monday 0 h; null of a stream that comes in another way. */
export function ratesOf(stream: StreamFile): number[] | null {
  const { perHour, perDay, weekdayFactors, hourShares, perHourOfDay, perHourOfWeek } = stream
  const byHour = (rate: (day: number, hour: number) => number) =>
    Array.from({ length: HOURS }, (_, index) => rate(Math.floor(index / 24), index % 24))
  if (perHourOfWeek) return perHourOfWeek
  if (perHour !== undefined) return byHour(() => perHour)
  if (perDay !== undefined) return byHour((day, hour) => perDay * (weekdayFactors?.[day] ?? 1) * (hourShares?.[hour] ?? 1 / 24))
  if (perHourOfDay) return byHour((day, hour) => perHourOfDay[hour]! * (weekdayFactors?.[day] ?? 1))
  return null
}

/**
 * The streams with the numbers that really came. Who of a pathway's patients is of which stream nobody is told: each hour's are shared out as the
 * streams say; in an hour for which they say nothing, evenly.
 * @param starts by pathway: runs begun in each hour of the week. @param days that were counted.
 */
export function asCounted(streams: StreamFile[], starts: Map<string, number[]>, days: number): StreamFile[] {
  const told = streams.map(ratesOf)
  const weeks = Math.max(days, 7) / 7
  return streams.map((stream, index) => {
    const counted = stream.pathway === undefined ? undefined : starts.get(stream.pathway)
    const own = told[index]
    if (!counted || !own) return stream
    const together = streams.flatMap((other, place) => (other.pathway === stream.pathway && told[place] ? [told[place]] : []))
    const perHourOfWeek = counted.map((count, hour) => {
      const all = together.reduce((sum, rates) => sum + rates[hour]!, 0)
      return (count / weeks) * (all > 0 ? own[hour]! / all : 1 / together.length)
    })
    const { perHour, perDay, weekdayFactors, hourShares, perHourOfDay, ...rest } = stream
    return { ...rest, perHourOfWeek }
  })
}
