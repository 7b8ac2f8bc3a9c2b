/** How points and ranges lie to each other (DMN 1.5, section 10.3.4.10, table 78). */
import { compare, equal } from '../compare.ts'
import { FeelRange, type Inner, isTemporal, type Scope } from '../inner.ts'
import { asRange } from '../range.ts'
import type { Builtin } from './define.ts'

/** A point as a range of itself, so that most relations are written once. */
const rangeOf = (value: Inner): FeelRange => asRange(value) ?? new FeelRange(value, value, true, true)
const isPoint = (value: Inner) => asRange(value) === null

type Relation = (left: FeelRange, right: FeelRange, order: (a: Inner, b: Inner) => number) => boolean

/** Raised inside a relation when two ends have no order; the function gives null. */
class NoOrder extends Error {}

/** `points` says which of the two arguments may be a point. */
const relation =
  (points: { left: boolean; right: boolean }, holds: Relation): Builtin =>
  (values, scope) => {
    const [left, right] = values
    if (values.length !== 2 || left === undefined || right === undefined || left === null || right === null) return null
    if ((isPoint(left) && !points.left) || (isPoint(right) && !points.right)) return null
    return verdict(() => holds(rangeOf(left), rangeOf(right), orderIn(scope)))
  }

const verdict = (work: () => boolean): Inner => {
  try {
    return work()
  } catch (error) {
    if (error instanceof NoOrder) return null
    throw error
  }
}

const orderIn = (scope: Scope) => (a: Inner, b: Inner) => {
  const found = compare(a, b, scope.site)
  if (found === null) throw new NoOrder()
  return found
}

const before: Relation = (left, right, order) => {
  const gap = order(left.end, right.start)
  return gap < 0 || (gap === 0 && !(left.endIncluded && right.startIncluded))
}

const meets: Relation = (left, right, order) => left.endIncluded && right.startIncluded && order(left.end, right.start) === 0

const startsNotAfter: Relation = (left, right, order) => {
  const gap = order(left.start, right.start)
  return gap < 0 || (gap === 0 && (left.startIncluded || !right.startIncluded))
}

const endsNotBefore: Relation = (left, right, order) => {
  const gap = order(left.end, right.end)
  return gap > 0 || (gap === 0 && (left.endIncluded || !right.endIncluded))
}

const includes: Relation = (left, right, order) => startsNotAfter(left, right, order) && endsNotBefore(left, right, order)

const sameStart: Relation = (left, right, order) =>
  order(left.start, right.start) === 0 && left.startIncluded === right.startIncluded
const sameEnd: Relation = (left, right, order) => order(left.end, right.end) === 0 && left.endIncluded === right.endIncluded

const overlaps: Relation = (left, right, order) => !before(left, right, order) && !before(right, left, order)
const overlapsBefore: Relation = (left, right, order) =>
  overlaps(left, right, order) && !startsNotAfter(right, left, order) && endsNotBefore(right, left, order)

const finishes: Relation = (left, right, order) => sameEnd(left, right, order) && startsNotAfter(right, left, order)
const starts: Relation = (left, right, order) => sameStart(left, right, order) && endsNotBefore(right, left, order)

const turned =
  (holds: Relation): Relation =>
  (left, right, order) =>
    holds(right, left, order)

const isSame = (left: Inner, right: Inner, scope: Scope): boolean =>
  isTemporal(left) && isTemporal(right) ? left['@'] === right['@'] : equal(left, right, scope.site) === true

const both = { left: true, right: true }
const none = { left: false, right: false }
const pointFirst = { left: true, right: false }
const pointLast = { left: false, right: true }

export const ranges: Record<string, Builtin> = {
  // The same element of FEEL's values: a time with an offset is another than the same instant with another offset.
  is: (values, scope) => (values.length === 2 ? isSame(values[0]!, values[1]!, scope) : null),
  before: relation(both, before),
  after: relation(both, turned(before)),
  meets: relation(none, meets),
  'met by': relation(none, turned(meets)),
  overlaps: relation(none, overlaps),
  'overlaps before': relation(none, overlapsBefore),
  'overlaps after': relation(none, turned(overlapsBefore)),
  finishes: relation(pointFirst, finishes),
  'finished by': relation(pointLast, turned(finishes)),
  includes: relation(pointLast, includes),
  during: relation(pointFirst, turned(includes)),
  starts: relation(pointFirst, starts),
  'started by': relation(pointLast, turned(starts)),
  coincides: relation(both, (left, right, order) => sameStart(left, right, order) && sameEnd(left, right, order)),
}
