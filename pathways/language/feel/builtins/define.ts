/** How a built-in function says what it takes: wrong arguments make null (DMN 1.5, section 10.3.4), never an error. */
import { asList, type Context, FeelFunction, type FeelRange, type Inner, isContext, isTemporal, type Scope } from '../inner.ts'
import { type FeelNumber, isNumber } from '../number.ts'
import { asRange } from '../range.ts'
import { parseTemporal, type Temporal } from '../temporal.ts'

export type Builtin = (values: Inner[], scope: Scope) => Inner

interface Kinds {
  any: Inner
  number: FeelNumber
  /** A safe integer. */
  integer: number
  /** The whole part of a number: positions, lengths and scales. */
  whole: number
  string: string
  boolean: boolean
  list: Inner[]
  context: Context
  temporal: Temporal
  range: FeelRange
  function: FeelFunction
}
type Kind = keyof Kinds | `${keyof Kinds}?`
type Taken<K extends Kind> = K extends `${infer Base extends keyof Kinds}?`
  ? Kinds[Base] | null
  : K extends keyof Kinds
    ? Kinds[K]
    : never
type AllTaken<K extends readonly Kind[]> = { [Index in keyof K]: Taken<K[Index]> }

const takers: { [K in keyof Kinds]: (value: Inner) => Kinds[K] | null } = {
  any: (value) => value,
  number: (value) => (isNumber(value) ? value : null),
  integer: (value) => (Number.isSafeInteger(value) ? (value as number) : null),
  whole: (value) => {
    const whole = isNumber(value) ? Math.trunc(Number(typeof value === 'number' ? value : value['@number'])) + 0 : null
    return Number.isSafeInteger(whole) ? whole : null
  },
  string: (value) => (typeof value === 'string' ? value : null),
  boolean: (value) => (typeof value === 'boolean' ? value : null),
  list: (value) => (value === null ? null : asList(value)),
  context: (value) => (isContext(value) ? value : null),
  temporal: (value) => (isTemporal(value) ? parseTemporal(value['@']) : null),
  range: asRange,
  function: (value) => (value instanceof FeelFunction ? value : null),
}

/** A list of one stands for its item where no list is wanted (DMN 1.5, section 10.3.2.9.4). */
const opened = (value: Inner): Inner => (Array.isArray(value) && value.length === 1 ? value[0]! : value)

/** Wraps a function so that it is called with what it takes or gives null; `?` marks what may be left out. */
export const takes = <const K extends readonly Kind[]>(kinds: K, work: (values: AllTaken<K>, scope: Scope) => Inner): Builtin => {
  const wanted = kinds.map((kind) => {
    const optional = kind.endsWith('?')
    const base = (optional ? kind.slice(0, -1) : kind) as keyof Kinds
    return { optional, isAny: base === 'any', isList: base === 'list', take: takers[base] as (value: Inner) => unknown }
  })
  return (values, scope) => {
    if (values.length > wanted.length) return null
    const taken: unknown[] = []
    for (let index = 0; index < wanted.length; index++) {
      const { optional, isAny, isList, take } = wanted[index]!
      const given = values[index]
      if (given === undefined || (given === null && optional)) {
        if (!optional) return null
        taken.push(null)
        continue
      }
      const value = take(given) ?? (isList ? null : take(opened(given)))
      if (value === null && !isAny) return null
      taken.push(value)
    }
    return work(taken as AllTaken<K>, scope)
  }
}

/** For functions over one list or over their arguments: `max([1, 2])` and `max(1, 2)`. */
export const overList =
  (work: (items: Inner[], scope: Scope) => Inner): Builtin =>
  (values, scope) => {
    if (values.length === 0) return null
    const items = values.length === 1 ? values[0]! : values
    return items === null ? null : work(asList(items), scope)
  }
