/** How likely a duration is to last longer: the survival functions of the distributions that the twin draws from, with the project's own arithmetic. */
import type { ProgramDuration } from '../../pathways/language/program.ts'
import { exp, log, pow } from '../simulate/arithmetic.ts'
import { logGamma } from '../simulate/distributions.ts'
import { awayFrom0, gammaAbove } from '../simulate/gamma-probability.ts'

/** P(X > x). */
export type Survival = (x: number) => number

/** The survival function of a distribution as it is drawn, before its `shift` is added and its limits are kept. Milliseconds. */
export const survivalOf = ({ distribution, parameters, values = [] }: ProgramDuration): Survival => {
  const { mean = 0, sd = 0, min = 0, mode = 0, max = 0, shape = 0, scale = 0, tail = 0, value = 0 } = parameters
  switch (distribution) {
    case 'fixed':
      return (x) => (x < value ? 1 : 0)
    case 'exponential':
      return (x) => (x <= 0 ? 1 : mean > 0 ? exp(-x / mean) : 0)
    case 'uniform':
      return (x) => (x < min ? 1 : x >= max ? 0 : (max - x) / (max - min))
    case 'triangular':
      return triangular(min, mode, max)
    case 'normal':
      // One that is drawn again while it is negative.
      return (x) => (x < 0 ? 1 : normalAbove(x, mean, sd) / normalAbove(0, mean, sd))
    case 'lognormal': {
      const variance = log(1 + (sd / mean) * (sd / mean))
      const [location, deviation] = [log(mean) - variance / 2, Math.sqrt(variance)]
      return (x) => (x <= 0 ? 1 : normalAbove(log(x), location, deviation))
    }
    case 'gamma':
      return (x) => (x <= 0 ? 1 : scale > 0 ? gammaAbove(shape, x / scale) : 0)
    case 'weibull':
      return (x) => (x <= 0 ? 1 : scale > 0 ? exp(-pow(x / scale, shape)) : 0)
    case 'pert': {
      const range = max - min
      if (range === 0) return (x) => (x < min ? 1 : 0)
      const [first, second] = [1 + (4 * (mode - min)) / range, 1 + (4 * (max - mode)) / range]
      return (x) => (x <= min ? 1 : x >= max ? 0 : betaBelow(second, first, (max - x) / range))
    }
    case 'exgaussian':
      return exgaussian(mean, sd, tail)
    case 'empirical': {
      const total = values.reduce((sum, { share }) => sum + share, 0)
      return (x) => values.reduce((sum, { value: each, share }) => (each > x ? sum + share : sum), 0) / total
    }
  }
}

const triangular =
  (min: number, mode: number, max: number): Survival =>
  (x) => {
    if (x < min) return 1
    if (x >= max) return 0
    return x < mode
      ? 1 - ((x - min) * (x - min)) / ((max - min) * (mode - min))
      : ((max - x) * (max - x)) / ((max - min) * (max - mode))
  }

/** Of a normal variable plus an exponential one (E. Grushka, 1972). */
const exgaussian = (mean: number, sd: number, tail: number): Survival => {
  if (tail === 0) return (x) => normalAbove(x, mean, sd)
  if (sd === 0) return (x) => (x <= mean ? 1 : exp(-(x - mean) / tail))
  const ratio = sd / tail
  return (x) => {
    const exponent = (ratio * ratio) / 2 - (x - mean) / tail
    // Beyond, the exponential part is so short that it no longer counts.
    const late = exponent > 600 ? 0 : exp(exponent) * normalAbove(ratio - (x - mean) / sd, 0, 1)
    return Math.min(1, normalAbove(x, mean, sd) + late)
  }
}

/** P(Z > x) of a normal variable. The square of a standard one is a gamma variable of shape 1/2, so its tail keeps its digits. */
export const normalAbove = (x: number, mean: number, sd: number): number => {
  if (sd === 0) return x < mean ? 1 : 0
  const z = (x - mean) / sd
  const tail = gammaAbove(0.5, (z * z) / 2) / 2
  return z >= 0 ? tail : 1 - tail
}

const TERMS_MAX = 10_000
const PRECISION = 1e-15

/** P(X <= x) of a beta variable, 0 < x < 1: the continued fraction 26.5.8 of M. Abramowitz, I. A. Stegun, on the side where it converges fast. */
export const betaBelow = (first: number, second: number, x: number): number => {
  const front = exp(logGamma(first + second) - logGamma(first) - logGamma(second) + first * log(x) + second * log(1 - x))
  return x < (first + 1) / (first + second + 2)
    ? (front * betaFraction(first, second, x)) / first
    : 1 - (front * betaFraction(second, first, 1 - x)) / second
}

const betaFraction = (first: number, second: number, x: number): number => {
  let c = 1
  let d = 1 / awayFrom0(1 - ((first + second) * x) / (first + 1))
  let value = d
  for (let n = 1; n < TERMS_MAX; n++) {
    const even = (n * (second - n) * x) / ((first + 2 * n - 1) * (first + 2 * n))
    d = 1 / awayFrom0(1 + even * d)
    c = awayFrom0(1 + even / c)
    value *= d * c
    const odd = (-(first + n) * (first + second + n) * x) / ((first + 2 * n) * (first + 2 * n + 1))
    d = 1 / awayFrom0(1 + odd * d)
    c = awayFrom0(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < PRECISION) break
  }
  return value
}
