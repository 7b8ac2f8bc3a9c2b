/** List functions (DMN 1.5, section 10.3.4.4). */
import { add, divide } from '../arithmetic.ts'
import { compare, equal } from '../compare.ts'
import { FeelFunction, type Inner, isTemporal, type Scope } from '../inner.ts'
import { compareNumbers, Decimal, type FeelNumber, fromDecimal, isNumber, multiplyNumbers, toDecimal } from '../number.ts'
import { type Builtin, overList, takes } from './define.ts'

const same = (left: Inner, right: Inner, scope: Scope) => equal(left, right, scope.site) === true

/** The least or greatest; null when two items have no order. */
const extreme = (direction: 1 | -1): Builtin =>
  overList((items, scope) => {
    let best = items[0] ?? null
    for (const item of items) {
      const order = compare(item, best, scope.site)
      if (order === null) return null
      if (order * direction > 0) best = item
    }
    return best
  })

const ofNumbers = (work: (numbers: FeelNumber[]) => Inner): Builtin =>
  overList((items) => (items.length > 0 && items.every(isNumber) ? work(items as FeelNumber[]) : null))

const sum = (items: Inner[]): Inner => items.slice(1).reduce((left, right) => add(left, right), items[0] ?? null)

const sorted = (numbers: FeelNumber[]) => [...numbers].sort(compareNumbers)

const deviation = (numbers: FeelNumber[]): Inner => {
  if (numbers.length < 2) return null
  const decimals = numbers.map(toDecimal)
  const mean = decimals.reduce((left, right) => left.plus(right)).div(decimals.length)
  const squares = decimals.map((value) => value.minus(mean).pow(2)).reduce((left, right) => left.plus(right))
  return fromDecimal(squares.div(decimals.length - 1).sqrt())
}

const modes = (numbers: FeelNumber[]): Inner => {
  const counts: { value: FeelNumber; count: number }[] = []
  for (const value of sorted(numbers)) {
    const last = counts[counts.length - 1]
    if (last && compareNumbers(last.value, value) === 0) last.count += 1
    else counts.push({ value, count: 1 })
  }
  const most = Math.max(...counts.map(({ count }) => count))
  return counts.filter(({ count }) => count === most).map(({ value }) => value)
}

const distinct = (items: Inner[], scope: Scope): Inner[] => {
  const kept: Inner[] = []
  for (const item of items) if (!kept.some((other) => same(other, item, scope))) kept.push(item)
  return kept
}

const flat = (items: Inner[]): Inner[] => items.flatMap((item) => (Array.isArray(item) ? flat(item) : [item]))

/** Index of a position counted from 1, or from the end with -1; null beyond. */
const indexAt = (items: Inner[], position: number): number | null => {
  const index = position > 0 ? position - 1 : items.length + position
  return position === 0 || index < 0 || index >= items.length ? null : index
}

/** All and any: false, or true, settles it; a null in between leaves null. */
const junction = (deciding: boolean): Builtin =>
  overList((items) => {
    if (items.includes(deciding)) return deciding
    return items.every((item) => item === !deciding) ? !deciding : null
  })

const sort = (items: Inner[], precedes: (left: Inner, right: Inner) => Inner): Inner[] => {
  if (items.length < 2) return items
  const middle = items.length >> 1
  const [left, right] = [sort(items.slice(0, middle), precedes), sort(items.slice(middle), precedes)]
  const merged: Inner[] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length) {
    merged.push(precedes(right[j]!, left[i]!) === true ? right[j++]! : left[i++]!)
  }
  return [...merged, ...left.slice(i), ...right.slice(j)]
}

export const lists: Record<string, Builtin> = {
  'list contains': takes(['list', 'any'], ([items, element], scope) => items.some((item) => same(item, element, scope))),
  'list replace': takes(['list', 'any', 'any'], ([items, which, replacement]) => {
    if (which instanceof FeelFunction) {
      if (which.parameters.length !== 2) return null
      const verdicts = items.map((item) => which.call([item, replacement]))
      if (!verdicts.every((verdict) => typeof verdict === 'boolean')) return null
      return items.map((item, index) => (verdicts[index] ? replacement : item))
    }
    const index = isNumber(which) ? indexAt(items, toDecimal(which).trunc().toNumber()) : null
    return index === null ? null : items.with(index, replacement)
  }),
  count: takes(['list'], ([items]) => items.length),
  min: extreme(-1),
  max: extreme(1),
  sum: overList((items) => (items.every((item) => isNumber(item) || isTemporal(item)) ? sum(items) : null)),
  product: ofNumbers((numbers) => numbers.reduce<FeelNumber | null>((left, right) => left && multiplyNumbers(left, right), 1)),
  mean: overList((items) =>
    items.every((item) => isNumber(item) || isTemporal(item)) ? divide(sum(items), items.length) : null,
  ),
  median: ofNumbers((numbers) => {
    const ordered = sorted(numbers)
    const middle = ordered.length >> 1
    if (ordered.length % 2 === 1) return ordered[middle]!
    return fromDecimal(
      toDecimal(ordered[middle - 1]!)
        .plus(toDecimal(ordered[middle]!))
        .div(new Decimal(2)),
    )
  }),
  stddev: ofNumbers(deviation),
  mode: overList((items) => (items.every(isNumber) ? (items.length === 0 ? [] : modes(items as FeelNumber[])) : null)),
  all: junction(false),
  any: junction(true),
  sublist: takes(['list', 'whole', 'whole?'], ([items, start, length]) => {
    const from = indexAt(items, start)
    if (from === null || (length !== null && (length < 0 || from + length > items.length))) return null
    return items.slice(from, length === null ? undefined : from + length)
  }),
  append: ([first, ...added]) => (first === undefined ? null : [...(Array.isArray(first) ? first : [first]), ...added]),
  concatenate: (values) => (values.includes(null) ? null : values.flatMap((value) => (Array.isArray(value) ? value : [value]))),
  'insert before': takes(['list', 'whole', 'any'], ([items, position, item]) => {
    const index = indexAt(items, position)
    return index === null ? null : [...items.slice(0, index), item, ...items.slice(index)]
  }),
  remove: takes(['list', 'whole'], ([items, position]) => {
    const index = indexAt(items, position)
    return index === null ? null : items.filter((_, at) => at !== index)
  }),
  reverse: takes(['list'], ([items]) => [...items].reverse()),
  'index of': takes(['list', 'any'], ([items, match], scope) =>
    items.flatMap((item, index) => (same(item, match, scope) ? [index + 1] : [])),
  ),
  union: (values, scope) =>
    values.includes(null)
      ? null
      : distinct(
          values.flatMap((value) => (Array.isArray(value) ? value : [value])),
          scope,
        ),
  'distinct values': takes(['list'], ([items], scope) => distinct(items, scope)),
  flatten: takes(['list'], ([items]) => flat(items)),
  sort: takes(['list', 'function?'], ([items, precedes], scope) => {
    if (precedes) return sort(items, (left, right) => precedes.call([left, right]))
    if (items.some((item) => compare(item, items[0]!, scope.site) === null)) return null
    return sort(items, (left, right) => (compare(left, right, scope.site) ?? 0) < 0)
  }),
}
