/**
 * Distributions as Prosimos writes them, in seconds. Version 2 has means, deviations or variances and limits, in the order of pix-framework's
 * `DurationDistribution.from_dict`; version 1 has the numbers of SciPy (shapes, `loc`, `scale`) and limits, in the order of its own
 * `probability_distributions.py`. No distribution has as many numbers in both but `fix` and `norm`, whose numbers mean the same.
 */

import { millisecondsOf } from '../../pathways/time/duration.ts'
import type { Distribution } from '../experiment/schema.ts'
import { exp } from '../simulate/arithmetic.ts'
import { isoSeconds } from './imported.ts'

const OTHER_NAMES: Record<string, string> = {
  fixed: 'fix',
  exponential: 'expon',
  normal: 'norm',
  log_normal: 'lognorm',
  lognormal: 'lognorm',
  triangular: 'triang',
}

export interface Wrong {
  wrong: string
}
type Made = Distribution | Wrong
type Numbers = [number, number, number, number, number]

/** How many numbers version 2 gives each, and what they make. */
const SECOND: Record<string, [count: number, make: (numbers: Numbers) => Made]> = {
  fix: [1, ([value]) => fixed(value)],
  // The least value displaces the samples: what is exponential is what comes on top.
  expon: [3, ([mean, least, most]) => exponential(least, mean >= least ? mean - least : mean, least, most)],
  norm: [4, ([mean, deviation, least, most]) => normal(mean, deviation, least, most)],
  uniform: [2, ([least, most]) => uniform(least, most, 0, 0)],
  lognorm: [4, ([mean, variance, least, most]) => lognormal(0, mean, Math.sqrt(variance), least, most)],
  gamma: [4, ([mean, variance, least, most]) => gamma(0, (mean * mean) / variance, variance / mean, least, most)],
  triang: [3, ([least, mode, most]) => triangular(least, mode, most, 0, 0)],
}

/** The same for version 1. */
const FIRST: Record<string, [count: number, make: (numbers: Numbers) => Made]> = {
  expon: [4, ([loc, scale, least, most]) => exponential(loc, scale, least, most)],
  uniform: [4, ([loc, scale, least, most]) => uniform(loc, loc + scale, least, most)],
  lognorm: [
    5,
    ([sigma, loc, scale, least, most]) => {
      const mean = scale * exp((sigma * sigma) / 2)
      return lognormal(loc, mean, mean * Math.sqrt(exp(sigma * sigma) - 1), least, most)
    },
  ],
  gamma: [5, ([shape, loc, scale, least, most]) => gamma(loc, shape, scale, least, most)],
  triang: [5, ([share, loc, scale, least, most]) => triangular(loc, loc + share * scale, loc + scale, least, most)],
  exponnorm: [
    5,
    ([shape, loc, scale, least, most]) =>
      loc >= 0 && scale >= 0 && shape >= 0
        ? {
            distribution: 'exgaussian',
            mean: isoSeconds(loc),
            sd: isoSeconds(scale),
            tail: isoSeconds(shape * scale),
            ...within(least, most),
          }
        : { wrong: 'the numbers of "exponnorm" must be at least 0' },
  ],
}

/**
 * The distribution that a name and its numbers, in seconds, are in Prosimos 2 or 1; or, as `{ wrong }`, what is wrong with them.
 * Numbers beyond those it needs are left aside, as Prosimos does.
 */
export const prosimosDistribution = (name: string, numbers: number[]): Made => {
  const known = OTHER_NAMES[name.toLowerCase()] ?? name.toLowerCase()
  const names = [...new Set([...Object.keys(SECOND), ...Object.keys(FIRST)])]
  if (!names.includes(known)) return { wrong: `"${name}" is no distribution of Prosimos (${names.join(', ')})` }
  const [first, second] = [FIRST[known], SECOND[known]]
  const read = first && numbers.length >= first[0] ? first : second
  if (!read || numbers.length < read[0])
    return { wrong: `"${name}" needs ${(second ?? first)![0]} numbers, not ${numbers.length}` }
  if (numbers.slice(0, read[0]).some((each) => !Number.isFinite(each)))
    return { wrong: `the numbers of "${name}" must be finite` }
  return inOrder(name, read[1](numbers as Numbers))
}

const inOrder = (name: string, made: Made): Made =>
  typeof made === 'object' &&
  'atLeast' in made &&
  made.atLeast &&
  made.atMost &&
  millisecondsOf(made.atLeast)! > millisecondsOf(made.atMost)!
    ? { wrong: `the least of "${name}" is above its most` }
    : made

/** Values drawn from the middles of bins, by the share of values up to the end of each. */
export const histogramDistribution = (histogram: { cdf: number[]; bin_midpoints: number[] } | undefined): Made => {
  if (!histogram) return { wrong: '"histogram_sampling" needs histogram_data' }
  const { cdf, bin_midpoints: middles } = histogram
  const values = cdf.flatMap((upTo, bin) => {
    const share = upTo - (cdf[bin - 1] ?? 0)
    return share === 0 ? [] : [{ value: isoSeconds(middles[bin] ?? Number.NaN), share }]
  })
  return middles.some((middle) => middle < 0) ||
    middles.length < cdf.length ||
    values.some(({ share }) => share < 0) ||
    values.length === 0
    ? { wrong: 'the histogram needs a middle of at least 0 for each bin, and shares that only grow' }
    : { distribution: 'empirical', values }
}

const fixed = (value: number): Made => (value >= 0 ? isoSeconds(value) : { wrong: 'the number of "fix" must be at least 0' })

const exponential = (loc: number, mean: number, least: number, most: number): Made =>
  mean >= 0
    ? { distribution: 'exponential', mean: isoSeconds(mean), ...shifted(loc), ...within(least, most) }
    : { wrong: 'the numbers of "expon" must be at least 0' }

const normal = (mean: number, deviation: number, least: number, most: number): Made =>
  mean >= 0 && deviation >= 0
    ? { distribution: 'normal', mean: isoSeconds(mean), sd: isoSeconds(deviation), ...within(least, most) }
    : { wrong: 'the numbers of "norm" must be at least 0' }

const uniform = (from: number, to: number, least: number, most: number): Made =>
  from >= 0 && from <= to
    ? { distribution: 'uniform', min: isoSeconds(from), max: isoSeconds(to), ...within(least, most) }
    : { wrong: 'the least of "uniform" is above its most, or below 0' }

const lognormal = (loc: number, mean: number, deviation: number, least: number, most: number): Made =>
  mean > 0 && deviation >= 0
    ? {
        distribution: 'lognormal',
        mean: isoSeconds(mean),
        sd: isoSeconds(deviation),
        ...shifted(loc),
        ...within(least, most),
      }
    : { wrong: 'the mean of "lognorm" must be above 0, and its variance at least 0' }

const gamma = (loc: number, shape: number, scale: number, least: number, most: number): Made =>
  shape > 0 && scale > 0 && Number.isFinite(shape)
    ? { distribution: 'gamma', shape, scale: isoSeconds(scale), ...shifted(loc), ...within(least, most) }
    : { wrong: 'the mean and the variance of "gamma" must be above 0' }

const triangular = (from: number, mode: number, to: number, least: number, most: number): Made =>
  from >= 0 && from <= mode && mode <= to
    ? { distribution: 'triangular', min: isoSeconds(from), mode: isoSeconds(mode), max: isoSeconds(to), ...within(least, most) }
    : { wrong: 'the numbers of "triang" must be in order' }

const shifted = (by: number) => (by === 0 ? {} : { shift: by < 0 ? `-${isoSeconds(-by)}` : isoSeconds(by) })

/** Above a century nothing is left out. */
const MOST_SECONDS = 3_200_000_000

const within = (least: number, most: number) => ({
  ...(least > 0 && { atLeast: isoSeconds(least) }),
  ...(most > 0 && most < MOST_SECONDS && { atMost: isoSeconds(most) }),
})
