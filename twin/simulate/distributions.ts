/** How long work takes: one sample of a duration, in milliseconds, from the numbers that belong to a key. */
import type { ProgramDuration } from '../../pathways/language/program.ts'
import { exp, log, pow } from './arithmetic.ts'
import { byWeight, type ChanceKey, logOfUniform, openUniformOf, Purpose, withinHigh, withinLow } from './chance.ts'

/** Parameters that are no distribution. */
export class ImpossibleDistribution extends Error {
  /** @param place whose it is, where that is known. */
  constructor(distribution: string, remedy: string, place = '') {
    super(`${place && `${place}: `}this ${distribution} distribution is impossible. ${remedy}`)
    this.name = 'ImpossibleDistribution'
  }
}

/** Draws outside the limits, before their middle is taken for a value. */
const DRAWS_MAX = 200

/** Draws one value of a distribution, from the lanes of a key. */
export type Sampler = (low: number, high: number, purpose: Purpose) => number

/** A value, its `shift` added, between `atLeast` and `atMost` where these are given: what is outside is drawn again. */
export const sample = (duration: ProgramDuration, { low, high }: ChanceKey, purpose: Purpose): number =>
  samplerOf(duration)(low, high, purpose)

/** `sample` of one distribution, with all that does not depend on chance worked out once. */
export const samplerOf = (duration: ProgramDuration): Sampler => {
  const { shift = 0, atLeast = 0, atMost = Number.POSITIVE_INFINITY } = duration.parameters
  const drawn = drawerOf(duration)
  // Of the others none is below 0.
  if (shift === 0 && atLeast === 0 && atMost === Number.POSITIVE_INFINITY && duration.distribution !== 'exgaussian') return drawn
  return (low, high, purpose) => {
    const value = shift + drawn(low, high, purpose)
    if (value >= atLeast && value <= atMost) return value
    for (let draw = 1; draw < DRAWS_MAX; draw++) {
      const again = shift + drawn(withinLow(low, draw), withinHigh(high, draw), purpose)
      if (again >= atLeast && again <= atMost) return again
    }
    return atMost < Number.POSITIVE_INFINITY ? (atLeast + atMost) / 2 : atLeast
  }
}

/** Draws after the first only where a method rejects: distributions sampled by inversion use one uniform each, so that more is more. */
const drawerOf = ({ distribution, parameters, values = [] }: ProgramDuration): Sampler => {
  const { mean = 0, sd = 0, min = 0, mode = 0, max = 0, shape = 0, scale = 0, tail = 0, value = 0 } = parameters
  switch (distribution) {
    case 'fixed':
      return () => value
    case 'exponential':
      return (low, high, purpose) => -mean * logOfUniform(low, high, purpose, 0)
    case 'uniform':
      return (low, high, purpose) => min + (max - min) * openUniformOf(low, high, purpose, 0)
    case 'triangular':
      return (low, high, purpose) => triangular(min, mode, max, openUniformOf(low, high, purpose, 0))
    case 'normal':
      return truncatedNormal(mean, sd)
    case 'lognormal': {
      // Of mean and sd of the duration itself, not of its logarithm.
      const variance = log(1 + (sd / mean) * (sd / mean))
      const [location, deviation] = [log(mean) - variance / 2, Math.sqrt(variance)]
      return (low, high, purpose) => exp(location + deviation * normalQuantile(openUniformOf(low, high, purpose, 0)))
    }
    case 'gamma': {
      const drawn = gamma(shape)
      return (low, high, purpose) => drawn(low, high, purpose) * scale
    }
    case 'weibull':
      return (low, high, purpose) => scale * pow(-logOfUniform(low, high, purpose, 0), 1 / shape)
    case 'pert':
      return pert(min, mode, max)
    case 'empirical': {
      const shares = values.map(({ share }) => share)
      return (low, high, purpose) => values[byWeight(shares, openUniformOf(low, high, purpose, 0))]!.value
    }
    case 'exgaussian':
      return (low, high, purpose) =>
        mean + sd * normalQuantile(openUniformOf(low, high, purpose, 0)) - tail * logOfUniform(low, high, purpose, 1)
  }
}

/** The mean of a distribution, before limits: of a normal one, before it is kept from being negative. */
export const meanOf = (duration: ProgramDuration): number => (duration.parameters.shift ?? 0) + plainMean(duration)

const plainMean = ({ distribution, parameters, values = [] }: ProgramDuration): number => {
  const { min = 0, mode = 0, max = 0 } = parameters
  switch (distribution) {
    case 'fixed':
      return parameters.value!
    case 'exponential':
    case 'normal':
    case 'lognormal':
      return parameters.mean!
    case 'uniform':
      return (min + max) / 2
    case 'triangular':
      return (min + mode + max) / 3
    case 'pert':
      return (min + 4 * mode + max) / 6
    case 'gamma':
      return parameters.shape! * parameters.scale!
    case 'empirical':
      return values.reduce((sum, { value, share }) => sum + value * share, 0) / totalOf(values)
    case 'exgaussian':
      return parameters.mean! + parameters.tail!
    case 'weibull':
      return parameters.scale! * exp(logGamma(1 + 1 / parameters.shape!))
  }
}

/** @param place whose it is, for people. @throws ImpossibleDistribution, before anything is sampled. */
export const checkDistribution = (duration: ProgramDuration, place?: string): void => {
  const remedy = remedyOf(duration)
  if (remedy !== null) throw new ImpossibleDistribution(duration.distribution, remedy, place)
}

/** What to do about a distribution that is impossible; null for one that is not. */
const remedyOf = (duration: ProgramDuration): string | null => {
  const { distribution, parameters, values = [] } = duration
  const { min = 0, mode = min, max = Number.POSITIVE_INFINITY } = parameters
  for (const [name, value] of Object.entries(parameters))
    if (!Number.isFinite(value) || (value < 0 && name !== 'shift')) return `Make its ${name} a number of at least 0.`
  if (values.some(({ value, share }) => !(value >= 0 && share >= 0 && Number.isFinite(value + share))))
    return 'Make its values and their shares numbers of at least 0.'
  if (distribution === 'empirical' && totalOf(values) === 0) return 'Give a value a share of more than 0.'
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = parameters
  if (atLeast > atMost) return 'Make its atLeast no more than its atMost.'
  if (distribution === 'uniform' && min > max) return 'Make its min no more than its max.'
  if (min > mode || mode > max) return 'Put its min, mode and max in order.'
  if (distribution === 'lognormal' && parameters.mean === 0) return 'Make its mean more than 0.'
  if ((distribution === 'gamma' || distribution === 'weibull') && parameters.shape === 0) return 'Make its shape more than 0.'
  return (parameters.atLeast ?? parameters.atMost) === undefined || mayBeWithinLimits(duration)
    ? null
    : 'Next to nothing of it lies between its atLeast and its atMost: change them.'
}

/** Draws of which one must lie within the limits: a hundredth of a distribution is missed by all of them once in 10^8. */
const TRIALS = 2_000

const mayBeWithinLimits = (duration: ProgramDuration): boolean => {
  const { shift = 0, atLeast = 0, atMost = Number.POSITIVE_INFINITY } = duration.parameters
  const drawn = drawerOf(duration)
  for (let trial = 0; trial < TRIALS; trial++) {
    const value = shift + drawn(trial, 0, Purpose.duration)
    if (value >= atLeast && value <= atMost) return true
  }
  return false
}

type Values = NonNullable<ProgramDuration['values']>

const totalOf = (values: Values): number => values.reduce((sum, { share }) => sum + share, 0)

const triangular = (min: number, mode: number, max: number, u: number): number => {
  const range = max - min
  if (range === 0) return min
  const rising = (mode - min) / range
  return u < rising ? min + Math.sqrt(u * range * (mode - min)) : max - Math.sqrt((1 - u) * range * (max - mode))
}

/** Conditional on not being negative; mean and sd are those before truncation. With a mean of at least 0, half of the draws are kept. */
const truncatedNormal =
  (mean: number, sd: number): Sampler =>
  (low, high, purpose) => {
    for (let draw = 0; ; draw++) {
      const value = mean + sd * normalQuantile(openUniformOf(low, high, purpose, draw))
      if (value >= 0) return value
    }
  }

/** G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables" (2000); shapes below 1 by their boost. */
const gamma = (shape: number): Sampler => {
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  return (low, high, purpose) => {
    for (let draw = 0; ; draw += 2) {
      const x = normalQuantile(openUniformOf(low, high, purpose, draw))
      const root = 1 + c * x
      if (root <= 0) continue
      const v = root * root * root
      if (logOfUniform(low, high, purpose, draw + 1) >= 0.5 * x * x + d - d * v + d * log(v)) continue
      return shape < 1 ? d * v * pow(openUniformOf(low, high, purpose, -1), 1 / shape) : d * v
    }
  }
}

/** A beta distribution of mean (min + 4 mode + max) / 6, as the ratio of two gammas (D. G. Malcolm and others, 1959). */
const pert = (min: number, mode: number, max: number): Sampler => {
  if (max === min) return () => min
  const first = gamma(1 + (4 * (mode - min)) / (max - min))
  const second = gamma(1 + (4 * (max - mode)) / (max - min))
  return (low, high, purpose) => {
    const x = first(withinLow(low, 1), withinHigh(high, 1), purpose)
    return min + ((max - min) * x) / (x + second(withinLow(low, 2), withinHigh(high, 2), purpose))
  }
}

/** The logarithm of the gamma function above 0: C. Lanczos (1964), with g = 7 and nine terms, about 1e-15 relative. */
export const logGamma = (x: number): number => {
  let sum = lanczos[0]!
  for (let term = 1; term < lanczos.length; term++) sum += lanczos[term]! / (x - 1 + term)
  const t = x + 6.5
  return 0.9189385332046727 + (x - 0.5) * log(t) - t + log(sum)
}

const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

/** The standard normal quantile: M. J. Wichura, algorithm AS 241 (1988), PPND16, about 1e-16 relative. */
export const normalQuantile = (p: number): number => {
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * centralNumerator(r)) / centralDenominator(r)
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p))
  const tail = r <= 5 ? middleNumerator(r - 1.6) / middleDenominator(r - 1.6) : farNumerator(r - 5) / farDenominator(r - 5)
  return q < 0 ? -tail : tail
}

/** Polynomials of degree 7, each written out with its coefficients: they stand in the middle of every draw. */
const centralNumerator = (x: number): number =>
  ((((((2509.0809287301227 * x + 33430.57558358813) * x + 67265.7709270087) * x + 45921.95393154987) * x + 13731.69376550946) *
    x +
    1971.5909503065513) *
    x +
    133.14166789178438) *
    x +
  3.3871328727963665
const centralDenominator = (x: number): number =>
  ((((((5226.495278852854 * x + 28729.085735721943) * x + 39307.89580009271) * x + 21213.794301586597) * x + 5394.196021424751) *
    x +
    687.1870074920579) *
    x +
    42.31333070160091) *
    x +
  1
const middleNumerator = (x: number): number =>
  ((((((0.0007745450142783414 * x + 0.022723844989269184) * x + 0.2417807251774506) * x + 1.2704582524523684) * x +
    3.6478483247632045) *
    x +
    5.769497221460691) *
    x +
    4.630337846156546) *
    x +
  1.4234371107496835
const middleDenominator = (x: number): number =>
  ((((((1.0507500716444169e-9 * x + 0.0005475938084995345) * x + 0.015198666563616457) * x + 0.14810397642748008) * x +
    0.6897673349851) *
    x +
    1.6763848301838038) *
    x +
    2.053191626637759) *
    x +
  1
const farNumerator = (x: number): number =>
  ((((((2.0103343992922881e-7 * x + 0.000027115555687434876) * x + 0.0012426609473880784) * x + 0.026532189526576124) * x +
    0.29656057182850487) *
    x +
    1.7848265399172913) *
    x +
    5.463784911164114) *
    x +
  6.657904643501103
const farDenominator = (x: number): number =>
  ((((((2.0442631033899397e-15 * x + 1.421511758316446e-7) * x + 0.000018463183175100548) * x + 0.0007868691311456133) * x +
    0.014875361290850615) *
    x +
    0.1369298809227358) *
    x +
    0.599832206555888) *
    x +
  1
