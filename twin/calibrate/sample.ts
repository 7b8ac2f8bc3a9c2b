/** Durations that were seen, as fits look at them: ascending, and with the grid that they were written down on. */
import { log } from '../simulate/arithmetic.ts'
import type { Law } from './families.ts'

/**
 * `grid` is 0, or the milliseconds that a log's times are rounded down to, where that matters beside the durations. The difference of two such times is the
 * multiple of the grid below or above the true duration, each as likely as it is near.
 */
export interface Sample {
  /** Ascending, above 0 (at least half a grid). */
  values: Float64Array
  grid: number
  /** With a grid: multiples of it, ascending, and how often each is there. */
  steps: { at: number; count: number }[]
}

/** Beside shorter durations than so many grids, rounding matters. */
const GRIDS_MAX = 50
/** What a duration of nothing is taken for where a logarithm follows. */
const LEAST_MS = 1

/** @param durations milliseconds, at least 0, in any order. @param grid what times are rounded to; 0 for not at all. */
export const sampleOf = (durations: ArrayLike<number>, grid: number): Sample => {
  const values = Float64Array.from(durations).sort()
  const middle = values[Math.floor(values.length / 2)] ?? 0
  const used = grid > 0 && middle < GRIDS_MAX * grid ? grid : 0
  const steps: Sample['steps'] = []
  if (used > 0)
    for (const value of values) {
      const at = Math.round(value / used) * used
      if (steps.at(-1)?.at === at) steps.at(-1)!.count++
      else steps.push({ at, count: 1 })
    }
  for (let index = 0; index < values.length; index++) values[index] = Math.max(values[index]!, used > 0 ? used / 2 : LEAST_MS)
  return { values, grid: used, steps }
}

/** So many of some values, evenly through them as they stand. */
export const thinned = <List extends { length: number; [index: number]: number }>(
  values: List,
  most: number,
): ArrayLike<number> => {
  if (values.length <= most) return values
  return Array.from({ length: most }, (_, index) => values[Math.floor((index * values.length) / most)]!)
}

/** Gauss and Legendre's three points between 0 and 1. */
const POINTS = [0.1127016653792583, 0.5, 0.8872983346207417]
const WEIGHTS = [5 / 18, 8 / 18, 5 / 18]

/** The share of durations that are written down as at most `at`, a multiple of the grid: the law's own, averaged over where on the grid the work begins. */
const writtenProbability = (law: Law, at: number, grid: number): number => {
  if (at < 0) return 0
  let sum = 0
  for (let point = 0; point < POINTS.length; point++) sum += WEIGHTS[point]! * law.probability(at + POINTS[point]! * grid)
  return sum
}

/** The logarithm of how likely a law makes a sample. */
export const logLikelihood = (law: Law, { values, grid, steps }: Sample): number => {
  let sum = 0
  if (grid === 0) {
    for (let index = 0; index < values.length; index++) sum += law.logDensity(values[index]!)
    return sum
  }
  let [lastAt, last] = [-grid, 0]
  for (const { at, count } of steps) {
    const before = at - grid === lastAt ? last : writtenProbability(law, at - grid, grid)
    const here = writtenProbability(law, at, grid)
    // What is too unlikely for doubles is as unlikely as they can say.
    sum += count * log(Math.max(here - before, 1e-300))
    lastAt = at
    last = here
  }
  return sum
}

/** Kolmogorov's and Smirnov's distance: the most by which the shares below a value differ. */
export const distance = (law: Law, { values, grid, steps }: Sample): number => {
  let most = 0
  if (grid === 0) {
    for (let index = 0; index < values.length; index++) {
      const expected = law.probability(values[index]!)
      most = Math.max(most, (index + 1) / values.length - expected, expected - index / values.length)
    }
    return most
  }
  let below = 0
  for (const { at, count } of steps) {
    most = Math.max(most, writtenProbability(law, at - grid, grid) - below / values.length)
    below += count
    most = Math.max(most, Math.abs(below / values.length - writtenProbability(law, at, grid)))
  }
  return most
}
