/** A forecast: replications of a fork, watched hour by hour, and what they say together. The caller runs them, in one thread or several: a replication depends on nothing but its number. */
import type { Unit } from '../../pathways/resources/contract.ts'
import { Beyond } from '../compiled/index.ts'
import { type DirectHospital, directHospital } from '../direct/index.ts'
import { differenceOf, type Interval } from '../experiment/interval.ts'
import { checkHospital } from '../simulate/check.ts'
import { createHospital, type Hospital, type HospitalOptions, type HospitalState } from '../simulate/index.ts'
import { type Fork, forkOf, type Model, prepareFork } from './fork.ts'
import { hourMs, Series, type SeriesKind, Watch } from './watch.ts'
import { resolveWhatIf, type WhatIf } from './what-if.ts'

export interface ForecastQuestion {
  state: HospitalState
  model: Model
  /** See `prepareFork`. */
  timersAreKnown: boolean
  hours: number
  whatIf: WhatIf | null
}

export interface PreparedForecast {
  at: number
  hours: number
  series: Series
  base: Fork
  /** The same hospital, and what the what-if changes. */
  changed: Fork | null
}

/** By series, and for each by hour: `values[place * hours + hour - 1]`. */
export type Path = Float64Array

/** @throws ImpossibleScenario for a what-if of what there is not; ImpossibleHospital for a state of other pathways. */
export const prepareForecast = ({ state, model, timersAreKnown, hours, whatIf }: ForecastQuestion): PreparedForecast => {
  const { at, ledger } = state
  checkHospital({ ...model, ledger, start: at, state })
  const programs = [...model.programs, ...(model.formerPrograms ?? [])]
  const streams = model.streams ?? []
  const resolved = whatIf && resolveWhatIf(whatIf, { at, site: model.site, units: ledger.units, streams })
  const added: Unit[] = resolved?.changes.added ?? []
  return {
    at,
    hours,
    series: new Series(programs, { pools: ledger.pools, units: [...ledger.units, ...added] }),
    base: prepareFork(state, resolved ? { ...model, streams: resolved.base } : model, timersAreKnown),
    changed: resolved && prepareFork(state, { ...model, streams: resolved.streams }, timersAreKnown, resolved.changes),
  }
}

/** One replication of the fork, or of the one that the what-if changes. */
export const replicateFork = (prepared: PreparedForecast, fork: Fork, replication: number): Path => {
  if (!leftToEngine.has(fork)) {
    const watch = new Watch(prepared.series)
    try {
      const hospital = directHospital(forkOf(fork, replication), watch)
      if (!(hospital instanceof Beyond)) return watchedPath(hospital, watch, prepared)
    } catch (error) {
      if (!(error instanceof Beyond)) throw error
    }
    // A run came to it, or will: from the beginning, and in the replications to come.
    leftToEngine.add(fork)
  }
  return pathOf(forkOf(fork, replication), prepared)
}

/** Forks of hospitals that hold something that only the engine does. */
const leftToEngine = new WeakSet<Fork>()

/** What happens in a hospital from a time on, hour by hour: of a fork, or of what the twin calls the truth. */
export const pathOf = (options: HospitalOptions, prepared: Pick<PreparedForecast, 'series' | 'at' | 'hours'>): Path => {
  const watch = new Watch(prepared.series)
  return watchedPath(createHospital({ ...options, observer: watch.observer }), watch, prepared)
}

const watchedPath = (
  hospital: Hospital | DirectHospital,
  watch: Watch,
  { series, at, hours }: Pick<PreparedForecast, 'series' | 'at' | 'hours'>,
): Path => {
  watch.begin(hospital)
  const path = new Float64Array(series.names.length * hours)
  for (let hour = 1; hour <= hours; hour++) {
    hospital.run(at + hour * hourMs)
    watch.read().forEach((value, place) => {
      path[place * hours + hour - 1] = value
    })
  }
  return path
}

/** What is there at the beginning, by series; flows are null. */
export const nowOf = ({ base, series }: PreparedForecast): (number | null)[] => {
  const watch = new Watch(series)
  watch.begin(createHospital(forkOf(base, 0)))
  return Array.from(watch.read(), (value, place) => (series.names[place]!.kind === 'flow' ? null : value))
}

export const QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9] as const

export interface Band {
  name: string
  kind: SeriesKind
  now: number | null
  /** By hour, the first an hour from now. */
  mean: number[]
  /** By `QUANTILES`, then by hour. */
  quantiles: number[][]
  /** Of a flow: over all hours, the mean and by `QUANTILES`. */
  total: { mean: number; quantiles: number[] } | null
}

/** Series of the names asked for: as they are named, or sums of some under a name of their own. Worked out in each replication. */
export interface Asked {
  name: string
  kind: SeriesKind
  places: number[]
}

/** By hour, the values of all replications, ascending: what a forecast says of one series. */
export const ensembleOf = (paths: Path[], { places }: Asked, hours: number): Float64Array[] =>
  Array.from({ length: hours }, (_, hour) => Float64Array.from(paths, (path) => sumAt(path, places, hour, hours)).sort())

export const sumAt = (path: Path, places: number[], hour: number, hours: number): number => {
  let sum = 0
  for (const place of places) sum += path[place * hours + hour]!
  return sum
}

/** All hours of a replication together. */
const sumOf = (path: Path, places: number[], hours: number): number => {
  let sum = 0
  for (let hour = 0; hour < hours; hour++) sum += sumAt(path, places, hour, hours)
  return sum
}

/** @param ensemble `ensembleOf` these. @param now by series, `nowOf`. */
export const bandOf = (paths: Path[], ensemble: Float64Array[], { name, kind, places }: Asked, now: (number | null)[]): Band => {
  const isFlow = kind === 'flow'
  const totals = isFlow ? Float64Array.from(paths, (path) => sumOf(path, places, ensemble.length)).sort() : null
  return {
    name,
    kind,
    now: isFlow ? null : places.reduce((sum, place) => sum + (now[place] ?? 0), 0),
    mean: ensemble.map(meanOf),
    quantiles: QUANTILES.map((share) => ensemble.map((values) => quantileOf(values, share))),
    total: totals && { mean: meanOf(totals), quantiles: QUANTILES.map((share) => quantileOf(totals, share)) },
  }
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The least value that so large a share of all does not exceed. @param values ascending. */
export const quantileOf = (values: Float64Array, share: number): number =>
  values[Math.max(0, Math.ceil(share * values.length - 1e-9) - 1)]!

export interface BandDifference {
  name: string
  kind: SeriesKind
  /** Over all hours: of a level the mean, of a flow the sum. */
  base: number
  difference: Interval & { isDetectable: boolean }
  /** By hour: the mean difference, and the ends of its interval. */
  byHour: { mean: number[]; low: number[]; high: number[] }
}

/** What the what-if changes, by pairs of replications with the same luck. */
export const bandDifferenceOf = (
  base: Path[],
  changed: Path[],
  asked: Asked,
  hours: number,
  confidence: number,
): BandDifference => {
  const whole = (path: Path): number => sumOf(path, asked.places, hours) / (asked.kind === 'flow' ? 1 : hours)
  const each = Array.from({ length: hours }, (_, hour) => {
    const at = (path: Path) => sumAt(path, asked.places, hour, hours)
    return differenceOf(base.map(at), changed.map(at), confidence)
  })
  const before = base.map(whole)
  return {
    name: asked.name,
    kind: asked.kind,
    base: meanOf(Float64Array.from(before)),
    difference: differenceOf(before, changed.map(whole), confidence),
    byHour: { mean: each.map(({ mean }) => mean), low: each.map(({ low }) => low), high: each.map(({ high }) => high) },
  }
}
