/**
 * What evaluation works on: values, and two things that never leave as they are. A function leaves as null, a range as its text.
 * Numbers and temporal values stay as JSON has them, so that variables are read without conversion.
 */
import type { SiteTime } from '../../time/site.ts'
import { type FeelNumber, isNumber } from './number.ts'
import type { Value } from './value.ts'

export type Inner = null | boolean | number | string | FeelFunction | FeelRange | Inner[] | Context
export type Context = { [name: string]: Inner }

/** Where names are looked up during evaluation. */
export interface Scope {
  get(name: string): Inner | undefined
  /** Hospital milliseconds: what `now()` reads. */
  at: number
  site: SiteTime
}

export type Run = (scope: Scope) => Inner

export class FeelFunction {
  parameters: string[]
  call: (values: Inner[]) => Inner
  constructor(parameters: string[], call: (values: Inner[]) => Inner) {
    this.parameters = parameters
    this.call = call
  }
}

export class FeelRange {
  /** Null is unbounded. */
  start: Inner
  end: Inner
  startIncluded: boolean
  endIncluded: boolean
  /** For `(=10)` and `(!=10)`: the one value that is meant, or left out. */
  only: '=' | '!=' | null
  constructor(start: Inner, end: Inner, startIncluded: boolean, endIncluded: boolean, only: '=' | '!=' | null = null) {
    this.only = only
    this.start = start
    this.end = end
    this.startIncluded = startIncluded
    this.endIncluded = endIncluded
  }
}

/** `{ "@": text }`: a date, time, date and time, or duration. */
export type TemporalValue = { '@': string }

export const isTemporal = (value: Inner | undefined): value is TemporalValue =>
  typeof value === 'object' && value !== null && typeof (value as Context)['@'] === 'string'

export const isContext = (value: Inner | undefined): value is Context =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof FeelFunction) &&
  !(value instanceof FeelRange) &&
  !isTemporal(value) &&
  !isNumber(value)

export type InnerKind = 'null' | 'boolean' | 'number' | 'string' | 'temporal' | 'range' | 'function' | 'list' | 'context'

export const kindOf = (value: Inner): InnerKind => {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value as 'boolean' | 'number' | 'string'
  if (Array.isArray(value)) return 'list'
  if (value instanceof FeelFunction) return 'function'
  if (value instanceof FeelRange) return 'range'
  if (isTemporal(value)) return /^[[(\]]/.test(value['@']) ? 'range' : 'temporal'
  return isNumber(value) ? 'number' : 'context'
}

/** A member of a context, whatever its name; null when it is absent. */
export const member = (context: Context, name: string): Inner => (Object.hasOwn(context, name) ? (context[name] ?? null) : null)

/** Sets a member whose name may be anything, `__proto__` included. */
export const setMember = (context: Context, name: string, value: Inner): void => {
  if (name !== '__proto__') context[name] = value
  else Object.defineProperty(context, name, { value, writable: true, enumerable: true, configurable: true })
}

export const asNumber = (value: Inner): FeelNumber | null => (isNumber(value) ? value : null)

/** A list as it is, null as null, anything else as a list of one (DMN 1.5, section 10.3.2.9.4). */
export const asList = (value: Inner): Inner[] => (Array.isArray(value) ? value : [value])

/** What leaves evaluation: plain JSON. */
export const leave = (value: Inner, textOfRange: (range: FeelRange) => string): Value => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => leave(item, textOfRange))
  if (value instanceof FeelFunction) return null
  if (value instanceof FeelRange) return { '@': textOfRange(value) }
  const left: Context = {}
  for (const name of Object.keys(value)) setMember(left, name, leave(value[name] as Inner, textOfRange) as Inner)
  return left as Value
}
