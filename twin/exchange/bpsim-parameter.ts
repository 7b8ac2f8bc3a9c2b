/** Values of BPSim parameters: constants and distributions (WfMC, BPSim 1.0 and 2.0, section "Parameter values"). */
import type { Element } from '../../pathways/language/bpmn/element.ts'
import type { Distribution } from '../experiment/schema.ts'
import { isoSeconds } from './imported.ts'

const UNIT_SECONDS: Record<string, number> = { ms: 0.001, s: 1, min: 60, hour: 3_600, day: 86_400, year: 31_536_000 }

/** `ProcessingTime` of `bpsim:ProcessingTime`, whatever the prefix is. */
export const localName = ({ $type }: Element): string => $type.slice($type.indexOf(':') + 1)

export const childrenOf = (element: Element | undefined, name?: string): Element[] =>
  (element?.$children ?? []).filter((child) => name === undefined || localName(child) === name)

const numberOf = (element: Element, attribute: string): number => {
  const text = element[attribute]
  return typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN
}

/** A time parameter's distribution; a text that begins with a colon says what is wrong with it. @param base seconds of the scenario's time unit. */
export const timeOf = (parameter: Element, base: number): Distribution | { wrong: string } => {
  const unit = parameter.timeUnit === undefined ? base : UNIT_SECONDS[String(parameter.timeUnit)]
  if (unit === undefined) return { wrong: `"${parameter.timeUnit}" is no unit of time` }
  const [seconds, plain] = [(name: string) => numberOf(parameter, name) * unit, (name: string) => numberOf(parameter, name)]
  const made = madeOf(parameter, seconds, plain)
  if (typeof made !== 'string' && 'wrong' in made) return made
  const numbers = Object.values(typeof made === 'string' ? {} : made)
  const isBad = [made, ...numbers].some((each) => each === 'bad' || (typeof each === 'number' && !(each > 0)))
  return isBad ? { wrong: `the numbers of ${localName(parameter)} are not those of a time` } : made
}

type Read = (name: string) => number

const madeOf = (parameter: Element, seconds: Read, plain: Read): Distribution | { wrong: string } => {
  const iso = (value: number): string => (Number.isFinite(value) && value >= 0 ? isoSeconds(value) : 'bad')
  const time = (name: string) => iso(seconds(name))
  switch (localName(parameter)) {
    case 'DurationParameter':
      return String(parameter.value ?? 'bad')
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
    case 'TruncatedNormalDistribution':
      return {
        distribution: 'normal',
        mean: time('mean'),
        sd: time('standardDeviation'),
        atLeast: time('min'),
        atMost: time('max'),
      }
    case 'LogNormalDistribution':
      return { distribution: 'lognormal', mean: time('mean'), sd: time('standardDeviation') }
    case 'GammaDistribution':
      return { distribution: 'gamma', shape: plain('shape'), scale: time('scale') }
    case 'ErlangDistribution':
      return { distribution: 'gamma', shape: plain('k'), scale: iso(seconds('mean') / plain('k')) }
    case 'WeibullDistribution':
      return { distribution: 'weibull', shape: plain('shape'), scale: time('scale') }
    default:
      return { wrong: `${localName(parameter)} is not known` }
  }
}

/** Seconds of a unit of time; those of a minute, BPSim's default, where none is said. */
export const unitSeconds = (name: unknown): number => UNIT_SECONDS[String(name ?? 'min')] ?? 60

/** A constant number, NaN where the parameter is none. */
export const constantOf = (parameter: Element | undefined): number => (parameter ? numberOf(parameter, 'value') : Number.NaN)
