/**
 * Distributions as Prosimos writes them: means, deviations or variances and limits, in seconds (the order of pix-framework's DurationDistribution.from_dict, which
 * Prosimos 2 reads them by).
 */
import type { Distribution } from '../experiment/schema.ts'
import { isoSeconds } from './imported.ts'

/** How many numbers each must have, by its names. */
const NUMBERS: Record<string, number> = { fix: 1, expon: 3, norm: 4, uniform: 2, lognorm: 4, gamma: 4, triang: 3 }
const OTHER_NAMES: Record<string, string> = {
  fixed: 'fix',
  exponential: 'expon',
  normal: 'norm',
  log_normal: 'lognorm',
  lognormal: 'lognorm',
  triangular: 'triang',
}

/** The distribution, or what is wrong with it. */
export const prosimosDistribution = (name: string, params: number[]): Distribution | string => {
  const known = OTHER_NAMES[name.toLowerCase()] ?? name.toLowerCase()
  const needed = NUMBERS[known]
  if (needed === undefined) return `"${name}" is no distribution of Prosimos (${Object.keys(NUMBERS).join(', ')})`
  if (params.length < needed) return `"${name}" needs ${needed} numbers, not ${params.length}`
  if (params.slice(0, needed).some((each) => !Number.isFinite(each) || each < 0))
    return `the numbers of "${name}" must be at least 0`
  const [first, second, third, fourth] = params as [number, number, number, number]
  switch (known) {
    case 'fix':
      return isoSeconds(first)
    case 'expon': {
      // The least value displaces the samples: what is exponential is what comes on top.
      const over = first > second ? first - second : first
      return { distribution: 'exponential', mean: isoSeconds(over), ...shifted(second), ...within(second, third) }
    }
    case 'norm':
      return { distribution: 'normal', mean: isoSeconds(first), sd: isoSeconds(second), ...within(third, fourth) }
    case 'uniform':
      return first > second
        ? 'the least of "uniform" is above its most'
        : { distribution: 'uniform', min: isoSeconds(first), max: isoSeconds(second) }
    case 'lognorm':
      return first === 0
        ? 'the mean of "lognorm" must be above 0'
        : { distribution: 'lognormal', mean: isoSeconds(first), sd: isoSeconds(Math.sqrt(second)), ...within(third, fourth) }
    case 'gamma':
      return first === 0 || second === 0
        ? 'the mean and the variance of "gamma" must be above 0'
        : { distribution: 'gamma', shape: (first * first) / second, scale: isoSeconds(second / first), ...within(third, fourth) }
    default:
      return first <= second && second <= third
        ? { distribution: 'triangular', min: isoSeconds(first), mode: isoSeconds(second), max: isoSeconds(third) }
        : 'the numbers of "triang" must be in order'
  }
}

const shifted = (by: number) => (by > 0 ? { shift: isoSeconds(by) } : {})

const within = (least: number, most: number) => ({
  ...(least > 0 && { atLeast: isoSeconds(least) }),
  ...(most > 0 && { atMost: isoSeconds(most) }),
})
