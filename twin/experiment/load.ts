/** How much of each pool a scenario asks for at least, before it is simulated: more than there is makes queues that only grow. */
import { chanceOf, within, wordOf } from '../simulate/chance.ts'
import { meanOf } from '../simulate/distributions.ts'
import type { Stream } from '../simulate/options.ts'
import { ImpossibleScenario } from './impossible.ts'
import { type Load, OfferedLoad } from './offered-load.ts'
import type { Experiment } from './prepare.ts'

export interface Overload {
  pool: string
  /** Asked for at least, and there, in units busy at a time. */
  asked: number
  there: number
}

const hourMs = 3_600_000
const weekMinutes = 10_080

/** Patients of a stream that are looked at: what each asks for may depend on what he is. */
const PATIENTS = 200

/**
 * The pools of which more is asked than there is, surely: by two standard errors where patients differ. What is not known before counts for
 * nothing (`offered-load.ts`).
 */
export const overloadsOf = ({ options, units, end }: Experiment): Overload[] => {
  const asked = new Map<string, number>()
  for (const stream of options.streams ?? []) {
    if (stream.message || stream.limit !== undefined) continue
    const perMs = ratePerMs(stream, end)
    for (const [pool, ms] of leastOf(stream, options)) asked.set(pool, (asked.get(pool) ?? 0) + perMs * ms)
  }
  const there = openUnits({ options, units })
  return [...asked].flatMap(([pool, load]) =>
    units.has(pool) && load >= there.get(pool)! * (1 - 1e-9) ? [{ pool, asked: load, there: there.get(pool)! }] : [],
  )
}

/** Unit milliseconds by pool that those who come once ask for at least. */
const leastOf = (stream: Stream, options: Experiment['options']): Load => {
  const key = within(chanceOf(options.seed, 0), wordOf(stream.id))
  const sums = new Map<string, { sum: number; squares: number }>()
  for (let index = 0; index < PATIENTS; index++) {
    const patient = within(key, index)
    const together = stream.together?.(patient) ?? 1
    for (const [pool, ms] of new OfferedLoad(options, stream.variables(index, 0, patient), patient).of(stream.pathway)) {
      const known = sums.get(pool) ?? { sum: 0, squares: 0 }
      sums.set(pool, { sum: known.sum + together * ms, squares: known.squares + (together * ms) ** 2 })
    }
  }
  return new Map(
    [...sums].map(([pool, { sum, squares }]) => {
      const mean = sum / PATIENTS
      const variance = squares / PATIENTS - mean * mean
      return [pool, variance > 1e-9 * mean * mean ? Math.max(0, mean - 2 * Math.sqrt(variance / PATIENTS)) : mean]
    }),
  )
}

/** More in one replication than anybody waits for: a unit was mistaken. */
const COMERS_MAX = 1e9

/** @throws ImpossibleScenario for a stream of which more would come than can be simulated. */
export const checkNumbers = ({ options, end }: Pick<Experiment, 'options' | 'end'>): void =>
  (options.streams ?? []).forEach((stream, index) => {
    const comers = Math.min(ratePerMs(stream, end) * end, stream.limit ?? Number.POSITIVE_INFINITY)
    if (comers > COMERS_MAX)
      throw new ImpossibleScenario(
        `demand[${index}]`,
        `${comers.toPrecision(2)} would come until the horizon, and ${COMERS_MAX} are the most`,
        'Correct its rate, or make the horizon shorter.',
      )
  })

const ratePerMs = ({ arrivals }: Stream, end: number): number => {
  if ('times' in arrivals) return (arrivals.times.filter((at) => at <= end).length * (1 - arrivals.noShow)) / end
  if ('interarrival' in arrivals) return (openShare(arrivals.open) * (1 - (arrivals.noShow ?? 0))) / meanOf(arrivals.interarrival)
  return arrivals.rates.perHourOfWeek.reduce((sum, rate) => sum + rate, 0) / 168 / hourMs
}

/** Units by pool, those with opening hours for the share of the week that they are there. */
export const openUnits = ({
  options: {
    ledger: { units, calendars },
  },
  units: counts,
}: Pick<Experiment, 'options' | 'units'>): Map<string, number> => {
  const there = new Map([...counts.keys()].map((pool) => [pool, 0]))
  for (const { pool, calendar } of units) {
    const open = calendars.find(({ id }) => id === calendar)?.open
    there.set(pool, (there.get(pool) ?? 0) + openShare(open))
  }
  return there
}

/** Unit hours by pool in which interventions keep units closed, between two hospital times; the week's hours count as they do in `openUnits`. */
export const closedHours = (
  { options: { ledger, unitChanges = [] } }: Pick<Experiment, 'options'>,
  from: number,
  until: number,
): Map<string, number> => {
  const hours = new Map<string, number>()
  if (unitChanges.length === 0) return hours
  for (const { id, pool, calendar, outOfService } of ledger.units) {
    let [closed, since, closedMs] = [outOfService ? 1 : 0, from, 0]
    const pass = (at: number) => {
      if (closed > 0 && at > since) closedMs += at - since
      since = Math.max(since, at)
    }
    for (const change of unitChanges) {
      if (!change.units.includes(id)) continue
      pass(Math.min(change.at, until))
      closed += change.closed ? 1 : -1
    }
    pass(until)
    if (closedMs === 0) continue
    const open = openShare(ledger.calendars.find((each) => each.id === calendar)?.open)
    hours.set(pool, (hours.get(pool) ?? 0) + (closedMs / hourMs) * open)
  }
  return hours
}

/** Of the week; all of it, without hours. */
const openShare = (open: { fromMinute: number; toMinute: number }[] | undefined): number =>
  open ? open.reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, 0) / weekMinutes : 1
