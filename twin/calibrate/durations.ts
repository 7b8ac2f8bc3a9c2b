/** How long work takes at each element, apart from the wait before it; by class of case where that says more. */
import type { SiteTime } from '../../pathways/time/site.ts'
import { chanceOf, within, wordOf } from '../simulate/chance.ts'
import { type Closed, closedBetween } from './closed.ts'
import { type DurationFit, fitDuration, ranked } from './fit.ts'
import type { Case } from './log.ts'
import type { Visit } from './replay.ts'
import { logLikelihood, sampleOf, thinned } from './sample.ts'

export interface ElementFit {
  node: number
  id: string
  /** Visits that the log has, with a duration or not. */
  visits: number
  /** Null when the log says no duration of it. */
  fit: DurationFit | null
  /** The attribute that explains some of it, and what it is with each value. */
  byClass: { attribute: string; values: Record<string, DurationFit>; gain: number } | null
  /** Waits that are known, minutes. */
  waits: number[]
  /** The log has no beginnings here: what is fitted is wait and work together. */
  isWaitInside: boolean
  /** Hours at which its work stands still are left out. */
  isWithoutClosed: boolean
}

/** A class with fewer durations is no class; more attributes than these are not tried. */
const CLASS_MIN = 30
const ATTRIBUTES_MAX = 10
/** What is tried looks at so many durations. */
const TRIED_MAX = 2_000
/** Akaike's criterion must fall by so much: many attributes are tried. */
const GAIN_MIN = 10

export interface ElementOptions {
  /** Whether goodness of fit is worth its time. */
  isTested: boolean
  /** The wait belongs to the duration. */
  withWait: boolean
  /** Hours at which its work stands still: they do not count. */
  closed: Closed | null
  site: SiteTime
}

interface Timed {
  case: Case
  duration: number
}

export const fitElement = (
  node: number,
  id: string,
  visits: Visit[],
  grid: number,
  { isTested, withWait, closed, site }: ElementOptions,
): ElementFit => {
  const begun = visits.filter(({ work: { start, end } }) => end >= start)
  const isWaitInside = withWait || begun.length === 0
  const timed: Timed[] = isWaitInside
    ? visits.flatMap(({ case: of, asked, work: { end } }) => (end >= asked ? [{ case: of, duration: end - asked }] : []))
    : begun.map(({ case: of, work: { start, end } }) => ({
        case: of,
        duration: end - start - (closed ? closedBetween(start, end, closed, site) : 0),
      }))
  const waits = visits.flatMap(({ asked, work: { start } }) =>
    !Number.isNaN(start) && !Number.isNaN(asked) ? [Math.max(0, start - asked) / 60_000] : [],
  )
  const key = within(chanceOf(0, 0), wordOf(id))
  const durations = timed.map(({ duration }) => duration)
  return {
    node,
    id,
    visits: visits.length,
    fit: durations.length > 0 ? fitDuration(durations, grid, key, isTested) : null,
    byClass: byClass(timed, grid, (value, some) => fitDuration(some, grid, within(key, wordOf(value)), isTested)),
    waits,
    isWaitInside: isWaitInside && durations.length > 0,
    isWithoutClosed: closed !== null && !isWaitInside,
  }
}

const byClass = (
  timed: Timed[],
  grid: number,
  fitOf: (value: string, durations: number[]) => DurationFit,
): ElementFit['byClass'] => {
  if (timed.length < 2 * CLASS_MIN) return null
  const places = thinned(
    timed.map((_, index) => index),
    TRIED_MAX,
  )
  const tried = Array.from(places, (place) => timed[place]!)
  const criterion = (some: Timed[]) => ranked(sampled(some, grid))[0]?.aic ?? Number.POSITIVE_INFINITY
  const [together] = ranked(sampled(tried, grid))
  if (!together) return null
  let best: { attribute: string; gain: number; values: string[] } | null = null
  const attributes = [...new Set(tried.flatMap(({ case: { attributes } }) => Object.keys(attributes)))].slice(0, ATTRIBUTES_MAX)
  for (const attribute of attributes) {
    const groups = groupsOf(tried, attribute)
    const classes = [...groups].filter(([value, some]) => value !== '' && some.length >= CLASS_MIN)
    if (classes.length < 2) continue
    const rest = [...groups].filter(([value, some]) => value === '' || some.length < CLASS_MIN).flatMap(([, some]) => some)
    const apart = classes.reduce((sum, [, some]) => sum + criterion(some), 0)
    // Those of no class keep the distribution of all.
    const gain = together.aic - apart + 2 * logLikelihood(together.law, sampled(rest, grid))
    if (gain >= GAIN_MIN && gain > (best?.gain ?? 0)) best = { attribute, gain, values: classes.map(([value]) => value).sort() }
  }
  if (!best) return null
  const groups = groupsOf(timed, best.attribute)
  return {
    attribute: best.attribute,
    gain: best.gain,
    values: Object.fromEntries(
      best.values.map((value) => [
        value,
        fitOf(
          value,
          groups.get(value)!.map(({ duration }) => duration),
        ),
      ]),
    ),
  }
}

const sampled = (timed: Timed[], grid: number) =>
  sampleOf(
    timed.map(({ duration }) => duration),
    grid,
  )

const groupsOf = (timed: Timed[], attribute: string): Map<string, Timed[]> => {
  const groups = new Map<string, Timed[]>()
  for (const each of timed) {
    const value = each.case.attributes[attribute] ?? ''
    const group = groups.get(value)
    if (group) group.push(each)
    else groups.set(value, [each])
  }
  return groups
}
