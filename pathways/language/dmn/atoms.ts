/**
 * A column of a decision table cut into the fewest pieces that its tests can tell apart: for ordered values every bound and what lies
 * between, for texts each one named and all others. A test is the same everywhere in a piece, so one value stands for it.
 */
import { toClosure } from '../feel/evaluate.ts'
import {
  addNumbers,
  compareNumbers,
  divideNumbers,
  type FeelNumber,
  isNumber,
  subtractNumbers,
  textOfNumber,
} from '../feel/number.ts'
import { parseTemporal, type Temporal, tagged } from '../feel/temporal.ts'
import type { FeelTree, FeelType } from '../feel/tree.ts'
import type { Value } from '../feel/value.ts'

export interface Atom {
  /** One value that stands for all of the piece. */
  example: Value
  /** Bounds as FEEL text, for ordered values: equal ends are one value, null is unbounded. */
  from: string | null
  to: string | null
  kind: 'point' | 'between' | 'other'
}

/** Constants of one kind, or null when a test is something whose truth constants do not settle. */
type Constants = Value[] | null

const comparisons = new Set(['=', '!=', '<', '<=', '>', '>='])
const isInput = (tree: FeelTree) => tree[0] === 'name' && tree[1] === '?'

/** A literal's value, undefined when the tree is none. */
export const literalValue = (tree: FeelTree): Value | undefined => {
  if (tree[0] === 'value') return tree[1]
  const made = tree[0] === 'call' && tree[1][0] === 'name' && /^(@|date|duration)$/.test(tree[1][1])
  const negated = tree[0] === 'negate' && tree[1][0] === 'value'
  if (!negated && !(made && tree[2].length === 1 && tree[2][0]![0] === 'value')) return undefined
  return toClosure(tree)({ get: () => undefined, ...nowhere })
}

const nowhere = { at: 0, site: { epoch: '1970-01-01T00:00:00Z', timeZone: 'UTC' } }

/** The constants that a test over `?` compares with; null when it is anything but comparisons with literals. */
export const constantsOf = (test: FeelTree): Constants => {
  switch (test[0]) {
    case 'value':
      return []
    case 'not':
      return constantsOf(test[1])
    case 'and':
    case 'or':
      return joined([constantsOf(test[1]), constantsOf(test[2])])
    case 'in':
      return isInput(test[1]) ? operandConstants(test[2]) : null
    case 'between':
      return isInput(test[1]) ? joined([operandConstants(test[2]), operandConstants(test[3])]) : null
    default:
      break
  }
  if (!comparisons.has(test[0])) return null
  const [, left, right] = test as ['=', FeelTree, FeelTree]
  if (isInput(left)) return operandConstants(right)
  if (isInput(right)) return operandConstants(left)
  return right[0] === 'value' && right[1] === true ? constantsOf(left) : null
}

const operandConstants = (tree: FeelTree): Constants => {
  if (tree[0] === 'range') return joined([tree[1], tree[2]].flatMap((end) => (end ? [operandConstants(end)] : [])))
  if (tree[0] === 'list') return joined(tree[1].map(operandConstants))
  const value = literalValue(tree)
  return value === undefined ? null : [value]
}

const joined = (parts: Constants[]): Constants => (parts.some((part) => part === null) ? null : parts.flatMap((part) => part!))

/** What a declared type says of an input's values: tests to pass, and whether they are booleans. */
export const domainOf = (type: FeelType | null): { tests: FeelTree[]; boolean: boolean } => {
  if (type === null || typeof type === 'string') return { tests: [], boolean: type === 'boolean' }
  if (type[0] !== 'allowed') return { tests: [], boolean: false }
  const inner = domainOf(type[1])
  return { tests: [...inner.tests, type[2]], boolean: inner.boolean }
}

/** The pieces for constants of one kind; null when they are of several, or of a kind without pieces (times, lists). */
export const atomsOf = (constants: Value[], boolean: boolean): Atom[] | null => {
  const values = constants.filter((value) => value !== null)
  if (boolean || (values.length > 0 && values.every((value) => typeof value === 'boolean'))) {
    return values.every((value) => typeof value === 'boolean') ? [true, false].map((value) => point(value, String(value))) : null
  }
  if (values.length === 0) return [{ example: null, from: null, to: null, kind: 'other' }]
  if (values.every((value) => typeof value === 'string')) return textAtoms([...new Set(values as string[])])
  if (values.every(isNumber)) return orderedAtoms(values as FeelNumber[], numbers)
  const temporals = values.map((value) => temporalOf(value))
  for (const order of [dates, months, nanos]) {
    if (temporals.every((value) => value?.kind === order.kind))
      return orderedAtoms(temporals as Temporal[], order as Order<Temporal>)
  }
  return null
}

const point = (example: Value, text: string): Atom => ({ example, from: text, to: text, kind: 'point' })

const textAtoms = (texts: string[]): Atom[] => {
  let other = 'other'
  while (texts.includes(other)) other += '.'
  return [...texts.map((text) => point(text, JSON.stringify(text))), { example: other, from: null, to: null, kind: 'other' }]
}

const temporalOf = (value: Value): Temporal | null => {
  const text = typeof value === 'object' && value !== null && !Array.isArray(value) ? value['@'] : undefined
  return typeof text === 'string' ? parseTemporal(text) : null
}

interface Order<T> {
  compare(left: T, right: T): number
  /** A value strictly between; null when there is none. */
  between(left: T, right: T): T | null
  before(value: T): T
  after(value: T): T
  value(of: T): Value
  text(of: T): string
}

const numbers: Order<FeelNumber> = {
  compare: compareNumbers,
  between: (left, right) => divideNumbers(addNumbers(left, right) ?? left, 2),
  before: (value) => subtractNumbers(value, 1) ?? value,
  after: (value) => addNumbers(value, 1) ?? value,
  value: (of) => of,
  text: textOfNumber,
}

const temporalOrder = <T extends Temporal, N extends number | bigint>(
  kind: T['kind'],
  numberOf: (value: T) => N,
  make: (number: N) => T,
  one: N,
): Order<T> & { kind: T['kind'] } => ({
  kind,
  compare: (left, right) => (numberOf(left) < numberOf(right) ? -1 : numberOf(left) > numberOf(right) ? 1 : 0),
  between: (left, right) => {
    const next = ((numberOf(left) as number) + (one as number)) as N
    return next < numberOf(right) ? make(next) : null
  },
  before: (value) => make(((numberOf(value) as number) - (one as number)) as N),
  after: (value) => make(((numberOf(value) as number) + (one as number)) as N),
  value: (of) => tagged(of) as Value,
  text: (of) => `@"${(tagged(of) as { '@': string })['@']}"`,
})

const dates = temporalOrder<Temporal & { kind: 'date' }, number>(
  'date',
  ({ days }) => days,
  (days) => ({ kind: 'date', days }),
  1,
)
const months = temporalOrder<Temporal & { kind: 'months' }, number>(
  'months',
  (value) => value.months,
  (count) => ({ kind: 'months', months: count }),
  1,
)
const nanos = temporalOrder<Temporal & { kind: 'nanos' }, bigint>(
  'nanos',
  (value) => value.nanos,
  (count) => ({ kind: 'nanos', nanos: count }),
  1_000_000_000n,
)

const orderedAtoms = <T>(values: T[], order: Order<T>): Atom[] => {
  const sorted = [...values]
    .sort(order.compare)
    .filter((value, index, all) => index === 0 || order.compare(all[index - 1]!, value) !== 0)
  const atoms: Atom[] = []
  const between = (example: T, from: T | null, to: T | null) =>
    atoms.push({ example: order.value(example), from: from && order.text(from), to: to && order.text(to), kind: 'between' })
  between(order.before(sorted[0]!), null, sorted[0]!)
  for (const [index, value] of sorted.entries()) {
    atoms.push(point(order.value(value), order.text(value)))
    const next = sorted[index + 1]
    if (next === undefined) between(order.after(value), value, null)
    else {
      const middle = order.between(value, next)
      if (middle !== null && order.compare(value, middle) < 0 && order.compare(middle, next) < 0) between(middle, value, next)
    }
  }
  return atoms
}

/** Whether a test holds for each piece. */
export const holdsFor = (test: FeelTree, atoms: Atom[]): boolean[] => {
  if (test[0] === 'value' && test[1] === true) return atoms.map(() => true)
  const closure = toClosure(test)
  return atoms.map(({ example }) => closure({ get: (name) => (name === '?' ? example : undefined), ...nowhere }) === true)
}
