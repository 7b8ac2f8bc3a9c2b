/** What-ifs of a fork: what a hospital could do now, or from a time to another. */
import { z } from 'zod'
import type { Unit } from '../../pathways/resources/contract.ts'
import { instantOf, localTime, type SiteTime } from '../../pathways/time/site.ts'
import { ImpossibleScenario } from '../experiment/impossible.ts'
import { msOf } from '../experiment/parts.ts'
import { duration, where } from '../experiment/schema.ts'
import { unusedUnit } from '../hospital/expand.ts'
import { id } from '../hospital/schema.ts'
import { Purpose, type Stream, uniform, within, wordOf } from '../simulate/index.ts'
import type { UnitChange } from '../simulate/options.ts'
import { nearest } from '../yaml/nearest.ts'
import type { Changes } from './fork.ts'

const day = z
  .union([z.enum(['today', 'tomorrow']), z.string().regex(/^\d{4}-\d\d-\d\d$/)], {
    error: 'must be today, tomorrow, or a day as "2026-06-30"',
  })
  .optional()
/** From now on, without `at`; for good, without `until`: both are counted from now. Or on one day, by the site's wall clock. */
const when = { at: duration.optional(), until: duration.optional(), day }
const count = z.int().min(1).max(100_000)

const Intervention = z.union([
  z.strictObject({ ...when, pool: id, open: count, where }),
  z.strictObject({ ...when, pool: id, close: count, where }),
  /** So many times as many patients; 0 for none. */
  z.strictObject({ ...when, stream: id, factor: z.number().min(0).max(100) }),
  z.strictObject({ ...when, stream: id, cancel: z.literal(true) }),
])
type Intervention = z.infer<typeof Intervention>

export const WhatIf = z.strictObject({ name: z.string().min(1).default('what-if'), interventions: z.array(Intervention).min(1) })
export type WhatIf = z.infer<typeof WhatIf>

/** What it changes in a hospital of some units and streams. */
export interface ResolvedWhatIf {
  changes: Changes
  streams: Stream[]
  /** The streams of the forecast that it is compared with: the same candidates come to both. */
  base: Stream[]
}

const CHANCE = wordOf('what-if')

/** @param at now, hospital milliseconds. @throws ImpossibleScenario for what there is not, and for times in the past. */
export const resolveWhatIf = (
  { interventions }: WhatIf,
  { at, site, units, streams }: { at: number; site: SiteTime; units: Unit[]; streams: Stream[] },
): ResolvedWhatIf => {
  const added: Unit[] = []
  const unitChanges: UnitChange[] = []
  const factors = new Map<string, Span[]>()
  const taken = new Set<string>()
  interventions.forEach((intervention, number) => {
    const place = `interventions[${number}]`
    const { from, until } = spanOf(intervention, at, site, place)
    if ('stream' in intervention) {
      const { stream } = intervention
      mustBe(
        streams.map(({ id: known }) => known),
        stream,
        'stream',
        place,
      )
      const factor = 'factor' in intervention ? intervention.factor : 0
      factors.set(stream, [...(factors.get(stream) ?? []), { from, until, factor }])
      return
    }
    mustBe(
      units.map(({ pool }) => pool),
      intervention.pool,
      'pool with units',
      place,
    )
    const changed = unitsOf(intervention, units, taken, place, number)
    added.push(...changed.filter((unit) => !units.includes(unit)))
    const ids = changed.map((unit) => unit.id)
    const closed = 'close' in intervention
    unitChanges.push({ at: from, units: ids, closed })
    if (until < Number.POSITIVE_INFINITY) unitChanges.push({ at: until, units: ids, closed: !closed })
  })
  unitChanges.sort((one, other) => one.at - other.at)
  const paired = streams.map((stream) => pairOf(stream, factors.get(stream.id) ?? []))
  return { changes: { added, unitChanges }, streams: paired.map(({ changed }) => changed), base: paired.map(({ base }) => base) }
}

interface Span {
  from: number
  until: number
  factor: number
}

const spanOf = (intervention: Intervention, now: number, site: SiteTime, place: string): Pick<Span, 'from' | 'until'> => {
  const { at, until, day: on } = intervention
  if (on === undefined) {
    const span = {
      from: now + (at === undefined ? 0 : msOf(at)),
      until: until === undefined ? Number.POSITIVE_INFINITY : now + msOf(until),
    }
    if (span.until <= span.from) throw new ImpossibleScenario(`${place}.until`, 'it ends before it begins', 'Put it after "at".')
    return span
  }
  if (at !== undefined || until !== undefined)
    throw new ImpossibleScenario(`${place}.day`, 'it has times besides', 'Give either a day, or "at" and "until".')
  const local = localTime(now, site)
  const [year, month, date] = /^\d/.test(on) ? on.split('-').map(Number) : [local.year, local.month, local.day]
  const first = date! + (on === 'tomorrow' ? 1 : 0)
  const begin = instantOf({ year: year!, month: month!, day: first }, site)
  const end = instantOf({ year: year!, month: month!, day: first + 1 }, site)
  if (end <= now) throw new ImpossibleScenario(`${place}.day`, 'that day is over', 'Name today or a day to come.')
  return { from: Math.max(now, begin), until: end }
}

const mustBe = (known: string[], word: string, what: string, place: string): void => {
  if (known.includes(word)) return
  const near = nearest(word, [...new Set(known)])
  throw new ImpossibleScenario(
    place,
    `there is no ${what} "${word}"`,
    near ? `Did you mean "${near}"?` : `There is ${[...new Set(known)].join(', ') || 'none'}.`,
  )
}

/** To close, the last that are open; to open, those that a person closed, then new ones like the last. */
const unitsOf = (
  intervention: Exclude<Intervention, { stream: string }>,
  units: Unit[],
  taken: Set<string>,
  place: string,
  number: number,
): Unit[] => {
  const { pool } = intervention
  const wanted = Object.entries(intervention.where ?? {})
  const alike = units.filter(
    (unit) => unit.pool === pool && wanted.every(([attribute, value]) => unit.attributes[attribute] === value),
  )
  if (alike.length === 0)
    throw new ImpossibleScenario(`${place}.where`, `no unit of "${pool}" is like that`, 'Correct the attributes.')
  const isFree = ({ id: unit }: Unit) => !taken.has(unit)
  const chosen =
    'close' in intervention
      ? lastOf(
          alike.filter((unit) => isFree(unit) && !unit.outOfService),
          intervention.close,
        )
      : lastOf(
          alike.filter((unit) => isFree(unit) && unit.outOfService),
          intervention.open,
        )
  if ('close' in intervention) {
    if (chosen.length < intervention.close)
      throw new ImpossibleScenario(`${place}.close`, `only ${chosen.length} of them are open`, `Close ${chosen.length} at most.`)
  } else chosen.push(...more(alike.at(-1)!, intervention.open - chosen.length, number))
  for (const unit of chosen) taken.add(unit.id)
  return chosen
}

const lastOf = (units: Unit[], most: number): Unit[] => units.slice(Math.max(0, units.length - most))

const more = ({ pool, name, place, attributes }: Unit, most: number, number: number): Unit[] =>
  Array.from({ length: most }, (_, index) => {
    const unit = { id: `${pool}-more-${number + 1}-${index + 1}`, pool, name: `${name} +${index + 1}`, place, attributes }
    return { ...unusedUnit({ ...unit, calendar: '' }), state: 'closed', outOfService: true }
  })

/** Fewer patients are a part of those who come, by luck of their own; more are those who come and some besides, among the same candidates. */
const pairOf = (stream: Stream, spans: Span[]): { base: Stream; changed: Stream } => {
  if (spans.length === 0) return { base: stream, changed: stream }
  const [fewer, surges] = [spans.filter(({ factor }) => factor < 1), spans.filter(({ factor }) => factor > 1)]
  const changed: Stream = {
    ...stream,
    admits: (at, patient) => {
      const share = fewer.reduce((kept, span) => (at >= span.from && at < span.until ? kept * span.factor : kept), 1)
      return uniform(within(patient, CHANCE), Purpose.thinning, 0) < share && stream.admits?.(at, patient) !== false
    },
  }
  if (surges.length === 0) return { base: stream, changed }
  if (!('rates' in stream.arrivals))
    throw new ImpossibleScenario(
      `stream "${stream.id}"`,
      'it does not come by rates, so no more can come',
      'Give a factor of 1 at most.',
    )
  const { rates } = stream.arrivals
  const all = [...(rates.surges ?? []), ...surges]
  const peak = all.reduce((most, { factor }) => most * Math.max(1, factor), Math.max(...rates.perHourOfWeek))
  let { candidatesPerHour } = rates
  while (candidatesPerHour < peak) candidatesPerHour *= 2
  return {
    base: { ...stream, arrivals: { rates: { ...rates, candidatesPerHour } } },
    changed: { ...changed, arrivals: { rates: { ...rates, candidatesPerHour, surges: all } } },
  }
}
