/** The distributions that a duration may be found to have: how likely they make a value, and where to look for their parameters. Milliseconds throughout. */
import type { ProgramDuration } from '../../pathways/language/program.ts'
import { exp, log, pow } from '../simulate/arithmetic.ts'
import { logGamma } from '../simulate/distributions.ts'
import { gammaBelow } from '../simulate/gamma-probability.ts'
import { digamma, normalProbability, trigamma } from './special.ts'

/** A distribution with its parameters. */
export interface Law {
  duration: ProgramDuration
  logDensity(x: number): number
  /** The share of values up to x. */
  probability(x: number): number
  mean: number
}

export interface Family {
  name: string
  /** How many parameters are estimated: what AIC counts. */
  parameters: number
  /** The most likely parameters, or where to look for them; null where it cannot be that distribution. @param values ascending, above 0. */
  start(values: ArrayLike<number>): { at: number[]; step: number[]; isBest: boolean } | null
  /** Null for parameters that are none. */
  law(at: number[]): Law | null
}

const halfLogTwoPi = 0.9189385332046727

const meanOf = (values: ArrayLike<number>, of = (x: number) => x): number => {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += of(values[index]!)
  return sum / values.length
}

const deviationOf = (values: ArrayLike<number>, mean: number, of = (x: number) => x): number =>
  Math.sqrt(meanOf(values, (x) => (of(x) - mean) * (of(x) - mean)))

const exponential: Family = {
  name: 'exponential',
  parameters: 1,
  start: (values) => ({ at: [log(meanOf(values))], step: [0.1], isBest: true }),
  law: ([location]) => {
    const mean = exp(location!)
    return {
      duration: { distribution: 'exponential', parameters: { mean } },
      logDensity: (x) => -location! - x / mean,
      probability: (x) => (x > 0 ? 1 - exp(-x / mean) : 0),
      mean,
    }
  },
}

const lognormalLaw = (location: number, deviation: number, shift: number): Law | null => {
  if (!(deviation > 1e-6 && deviation < 10)) return null
  const mean = exp(location + (deviation * deviation) / 2)
  const sd = mean * Math.sqrt(exp(deviation * deviation) - 1)
  const front = -log(deviation) - halfLogTwoPi
  return {
    duration: { distribution: 'lognormal', parameters: { mean, sd, ...(shift > 0 && { shift }) } },
    logDensity: (x) => {
      if (x <= shift) return Number.NEGATIVE_INFINITY
      const logarithm = log(x - shift)
      const z = (logarithm - location) / deviation
      return front - logarithm - (z * z) / 2
    },
    probability: (x) => (x > shift ? normalProbability((log(x - shift) - location) / deviation) : 0),
    mean: mean + shift,
  }
}

const lognormal: Family = {
  name: 'lognormal',
  parameters: 2,
  start: (values) => {
    const location = meanOf(values, log)
    const deviation = deviationOf(values, location, log)
    return deviation > 0 ? { at: [location, log(deviation)], step: [0.1, 0.1], isBest: true } : null
  },
  law: ([location, logDeviation]) => lognormalLaw(location!, exp(logDeviation!), 0),
}

/** With three parameters: nothing lies below `shift`. Its likelihood grows without end as the shift comes to the least value, so it stays off it. */
const shiftedLognormal: Family = {
  name: 'lognormal with a shift',
  parameters: 3,
  start: (values) => {
    const at = (share: number) => values[Math.floor(share * (values.length - 1))]!
    const [low, middle, high, least] = [at(0.05), at(0.5), at(0.95), values[0]!]
    const curvature = low + high - 2 * middle
    if (!(curvature > 0)) return null
    const shift = Math.min((low * high - middle * middle) / curvature, least - (middle - least) / Math.sqrt(values.length))
    if (!(shift > 0)) return null
    const logarithm = (x: number) => log(x - shift)
    const location = meanOf(values, logarithm)
    const deviation = deviationOf(values, location, logarithm)
    return deviation > 0 ? { at: [shift, location, log(deviation)], step: [-shift / 10, 0.1, 0.1], isBest: false } : null
  },
  law: ([shift, location, logDeviation]) => (shift! > 0 ? lognormalLaw(location!, exp(logDeviation!), shift!) : null),
}

const gamma: Family = {
  name: 'gamma',
  parameters: 2,
  start: (values) => {
    const mean = meanOf(values)
    const spread = log(mean) - meanOf(values, log)
    if (!(spread > 0)) return null
    // T. P. Minka, "Estimating a gamma distribution" (2002).
    let shape = (3 - spread + Math.sqrt((spread - 3) * (spread - 3) + 24 * spread)) / (12 * spread)
    for (let step = 0; step < 50; step++) {
      const inverse = 1 / shape + (log(shape) - digamma(shape) - spread) / (shape * shape * (1 / shape - trigamma(shape)))
      const next = 1 / inverse
      if (!(next > 0)) return null
      if (Math.abs(next - shape) < 1e-12 * shape) break
      shape = next
    }
    return { at: [log(shape), log(mean / shape)], step: [0.1, 0.1], isBest: true }
  },
  law: ([logShape, logScale]) => {
    const [shape, scale] = [exp(logShape!), exp(logScale!)]
    if (!(shape > 1e-4 && shape < 1e6)) return null
    const front = -logGamma(shape) - shape * logScale!
    return {
      duration: { distribution: 'gamma', parameters: { shape, scale } },
      logDensity: (x) => front + (shape - 1) * log(x) - x / scale,
      probability: (x) => gammaBelow(shape, x / scale),
      mean: shape * scale,
    }
  },
}

const weibull: Family = {
  name: 'weibull',
  parameters: 2,
  start: (values) => {
    const most = values[values.length - 1]!
    const location = meanOf(values, (x) => log(x / most))
    const deviation = deviationOf(values, location, (x) => log(x / most))
    if (!(deviation > 0)) return null
    let shape = 1.28 / deviation
    for (let step = 0; step < 60; step++) {
      let [power, powerLog, powerSquare] = [0, 0, 0]
      for (let index = 0; index < values.length; index++) {
        const logarithm = log(values[index]! / most)
        const term = exp(shape * logarithm)
        power += term
        powerLog += term * logarithm
        powerSquare += term * logarithm * logarithm
      }
      const ratio = powerLog / power
      const change = (ratio - 1 / shape - location) / (powerSquare / power - ratio * ratio + 1 / (shape * shape))
      const next = Math.max(shape - change, shape / 4)
      const isThere = Math.abs(next - shape) < 1e-10 * shape
      shape = next
      if (isThere) break
    }
    const scale =
      most *
      pow(
        meanOf(values, (x) => pow(x / most, shape)),
        1 / shape,
      )
    return { at: [log(shape), log(scale)], step: [0.1, 0.1], isBest: true }
  },
  law: ([logShape, logScale]) => {
    const [shape, scale] = [exp(logShape!), exp(logScale!)]
    if (!(shape > 0.02 && shape < 1e4)) return null
    return {
      duration: { distribution: 'weibull', parameters: { shape, scale } },
      logDensity: (x) => {
        const logarithm = log(x) - logScale!
        return logShape! - logScale! + (shape - 1) * logarithm - exp(shape * logarithm)
      },
      probability: (x) => (x > 0 ? 1 - exp(-pow(x / scale, shape)) : 0),
      mean: scale * exp(logGamma(1 + 1 / shape)),
    }
  },
}

/** Conditional on not being negative, as the twin draws it. */
const normal: Family = {
  name: 'normal',
  parameters: 2,
  start: (values) => {
    const mean = meanOf(values)
    const deviation = deviationOf(values, mean)
    if (!(deviation > 0)) return null
    return { at: [mean, log(deviation)], step: [deviation / 5, 0.1], isBest: mean > 8 * deviation }
  },
  law: ([mean, logDeviation]) => {
    const sd = exp(logDeviation!)
    if (!(mean! >= 0)) return null
    const below = normalProbability(-mean! / sd)
    const front = -logDeviation! - halfLogTwoPi - log(1 - below)
    const ratio = mean! / sd
    return {
      duration: { distribution: 'normal', parameters: { mean: mean!, sd } },
      logDensity: (x) => {
        const z = (x - mean!) / sd
        return front - (z * z) / 2
      },
      probability: (x) => (x > 0 ? (normalProbability((x - mean!) / sd) - below) / (1 - below) : 0),
      mean: mean! + (sd * exp(-(ratio * ratio) / 2 - halfLogTwoPi)) / (1 - below),
    }
  },
}

const uniform: Family = {
  name: 'uniform',
  parameters: 2,
  start: (values) => {
    const [least, most] = [values[0]!, values[values.length - 1]!]
    return most > least ? { at: [least, most], step: [(most - least) / 50, (least - most) / 50], isBest: true } : null
  },
  law: ([least, most]) => {
    if (!(least! >= 0 && most! > least!)) return null
    const front = -log(most! - least!)
    return {
      duration: { distribution: 'uniform', parameters: { min: least!, max: most! } },
      logDensity: (x) => (x >= least! && x <= most! ? front : Number.NEGATIVE_INFINITY),
      probability: (x) => Math.min(1, Math.max(0, (x - least!) / (most! - least!))),
      mean: (least! + most!) / 2,
    }
  },
}

const triangular: Family = {
  name: 'triangular',
  parameters: 3,
  start: (values) => {
    const [least, most] = [values[0]!, values[values.length - 1]!]
    const range = most - least
    if (!(range > 0)) return null
    const [min, max] = [Math.max(0, least - range / 20), most + range / 20]
    const mode = Math.min(max - range / 20, Math.max(min + range / 20, 3 * meanOf(values) - min - max))
    return { at: [min, mode, max], step: [-min / 20 || range / 50, range / 10, range / 20], isBest: false }
  },
  law: ([min, mode, max]) => {
    if (!(min! >= 0 && mode! >= min! && max! >= mode! && max! > min!)) return null
    const range = max! - min!
    return {
      duration: { distribution: 'triangular', parameters: { min: min!, mode: mode!, max: max! } },
      logDensity: (x) => {
        if (x <= min! || x >= max!) return Number.NEGATIVE_INFINITY
        return x < mode! ? log((2 * (x - min!)) / (range * (mode! - min!))) : log((2 * (max! - x)) / (range * (max! - mode!)))
      },
      probability: (x) => {
        if (x <= min!) return 0
        if (x >= max!) return 1
        return x < mode!
          ? ((x - min!) * (x - min!)) / (range * (mode! - min!))
          : 1 - ((max! - x) * (max! - x)) / (range * (max! - mode!))
      },
      mean: (min! + mode! + max!) / 3,
    }
  },
}

/** In the order of a table. */
export const families: readonly Family[] = [exponential, lognormal, shiftedLognormal, gamma, weibull, normal, uniform, triangular]
