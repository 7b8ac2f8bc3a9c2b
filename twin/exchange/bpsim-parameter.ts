/** Values of BPSim parameters: constants and distributions (WfMC, BPSim 1.0 and 2.0, section "Parameter values"). */
import type { Element } from '../../pathways/language/bpmn/element.ts'
import { millisecondsOf } from '../../pathways/time/duration.ts'
import type { Distribution } from '../experiment/schema.ts'
import { exp } from '../simulate/arithmetic.ts'
import { isoSeconds } from './imported.ts'

const UNIT_SECONDS: Record<string, number> = { ms: 0.001, s: 1, min: 60, hour: 3_600, day: 86_400, year: 31_536_000 }

interface Wrong {
  wrong: string
}
type Made = Distribution | Wrong

/** `ProcessingTime` of `bpsim:ProcessingTime`, whatever the prefix is. */
export const localName = ({ $type }: Element): string => $type.slice($type.indexOf(':') + 1)

export const childrenOf = (element: Element | undefined, name?: string): Element[] =>
  (element?.$children ?? []).filter((child) => name === undefined || localName(child) === name)

const numberOf = (element: Element, attribute: string): number => {
  const text = element[attribute]
  return typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN
}

/** A time parameter's distribution, or what is wrong with it. @param base seconds of the scenario's time unit. */
export const timeOf = (parameter: Element, base: number): Made => {
  const unit = parameter.timeUnit === undefined ? base : UNIT_SECONDS[String(parameter.timeUnit)]
  if (unit === undefined) return { wrong: `"${parameter.timeUnit}" is no unit of time` }
  const made = madeOf(parameter, unit)
  if (typeof made !== 'string' && 'wrong' in made) return made
  const values = typeof made === 'string' ? [made] : Object.values(made)
  const isBad = values.some((each) => each === BAD || (typeof each === 'number' && !(each > 0)))
  return isBad ? { wrong: `the numbers of ${localName(parameter)} are not those of a time` } : made
}

/** What stands for a number that is no time. */
const BAD = 'bad'
const iso = (seconds: number): string => (Number.isFinite(seconds) && seconds >= 0 ? isoSeconds(seconds) : BAD)

/** @param unit seconds. */
const madeOf = (parameter: Element, unit: number): Made => {
  const plain = (name: string) => numberOf(parameter, name)
  const time = (name: string) => iso(plain(name) * unit)
  switch (localName(parameter)) {
    case 'DurationParameter': {
      const text = String(parameter.value ?? '')
      return (millisecondsOf(text) ?? -1) < 0 ? BAD : text
    }
    case 'NumericParameter':
    case 'FloatingParameter':
      return time('value')
    case 'NegativeExponentialDistribution':
      return { distribution: 'exponential', mean: time('mean') }
    case 'UniformDistribution':
      return { distribution: 'uniform', min: time('min'), max: time('max') }
    case 'TriangularDistribution':
      return { distribution: 'triangular', min: time('min'), mode: time('mode'), max: time('max') }
    case 'NormalDistribution':
      return { distribution: 'normal', mean: time('mean'), sd: time('standardDeviation') }
    case 'TruncatedNormalDistribution': {
      // A limit that is not given is none, and no time is below 0.
      const least = Math.max(0, plain('min') || 0)
      return {
        distribution: 'normal',
        mean: time('mean'),
        sd: time('standardDeviation'),
        ...(least > 0 && { atLeast: iso(least * unit) }),
        ...(parameter.max !== undefined && { atMost: time('max') }),
      }
    }
    case 'LogNormalDistribution':
      return { distribution: 'lognormal', mean: time('mean'), sd: time('standardDeviation') }
    case 'GammaDistribution':
      return { distribution: 'gamma', shape: plain('shape'), scale: time('scale') }
    case 'ErlangDistribution':
      return { distribution: 'gamma', shape: plain('k'), scale: iso((plain('mean') * unit) / plain('k')) }
    case 'WeibullDistribution':
      return { distribution: 'weibull', shape: plain('shape'), scale: time('scale') }
    case 'PoissonDistribution':
      return counted(poisson(plain('mean')), unit)
    case 'BinomialDistribution':
      return counted(binomial(plain('trials'), plain('probability')), unit)
    case 'UserDistribution':
      return ofPoints(parameter, unit)
    default:
      return { wrong: `${localName(parameter)} cannot be a time here` }
  }
}

/** Whole numbers of a unit of time, from 0, by their shares. */
const counted = (shares: number[], unit: number): Made =>
  shares.length === 0
    ? { wrong: 'its numbers are none of a count' }
    : { distribution: 'empirical', values: shares.map((share, count) => ({ value: isoSeconds(count * unit), share })) }

const COUNT_MAX = 500
const SHARE_MIN = 1e-12

/** Shares of 0, 1, 2, … as long as they count; none for a mean that is none, or too high for that. */
const poisson = (mean: number): number[] => {
  if (!(mean >= 0 && mean <= COUNT_MAX)) return []
  const shares = [exp(-mean)]
  for (let count = 1; count <= mean || shares.at(-1)! > SHARE_MIN; count++) shares.push((shares.at(-1)! * mean) / count)
  return shares
}

const binomial = (trials: number, probability: number): number[] => {
  if (!Number.isInteger(trials) || trials < 0 || trials > COUNT_MAX || !(probability >= 0 && probability <= 1)) return []
  // By adding one trial after the other: every step is between 0 and 1.
  let shares = [1]
  for (let trial = 0; trial < trials; trial++) {
    shares = [...shares, 0].map((share, count) => share * (1 - probability) + (shares[count - 1] ?? 0) * probability)
  }
  return shares
}

/** Points that each have a probability; what lies between them, where it is not discrete, is not said here. */
const ofPoints = (parameter: Element, unit: number): Made => {
  const values: { value: string; share: number }[] = []
  for (const point of childrenOf(parameter, 'UserDistributionDataPoint')) {
    const [value] = childrenOf(point)
    const made = value ? timeOf(value, unit) : { wrong: 'a point of UserDistribution has no value' }
    if (typeof made !== 'string') return 'wrong' in made ? made : { wrong: 'a point of UserDistribution is no constant' }
    values.push({ value: made, share: numberOf(point, 'probability') })
  }
  return values.length > 0 && values.every(({ share }) => share >= 0)
    ? { distribution: 'empirical', values }
    : { wrong: 'UserDistribution needs points, each with a probability' }
}

/** Whether more is meant than its points are: a distribution that is not discrete. */
export const isBetweenPoints = (parameter: Element): boolean =>
  localName(parameter) === 'UserDistribution' && parameter.discrete !== 'true'

/** Seconds of a unit of time; those of a minute, BPSim's default, where none is said. */
export const unitSeconds = (name: unknown): number => UNIT_SECONDS[String(name ?? 'min')] ?? 60

/** A constant number, NaN where the parameter is none. */
export const constantOf = (parameter: Element | undefined): number => (parameter ? numberOf(parameter, 'value') : Number.NaN)
