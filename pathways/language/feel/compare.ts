/** Equality and order of any two values (DMN 1.5, section 10.3.2.13, tables 49 to 54). */
import type { SiteTime } from '../../time/site.ts'
import { type Context, FeelRange, type Inner, isContext, isTemporal, kindOf, member, type TemporalValue } from './inner.ts'
import { compareNumbers, isNumber } from './number.ts'
import { asRange } from './range.ts'
import { parseTemporal } from './temporal.ts'
import { compareTemporals, equalTemporals } from './temporal-arithmetic.ts'

/** Negative, zero or positive; null when the values have no order. */
export const compare = (left: Inner, right: Inner, site: SiteTime): number | null => {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right)
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  if (!isTemporal(left) || !isTemporal(right)) return null
  const [first, second] = [parseTemporal(left['@']), parseTemporal(right['@'])]
  return first && second ? compareTemporals(first, second, site) : null
}

/** True or false; null for values of different kinds. */
export const equal = (left: Inner, right: Inner, site: SiteTime): boolean | null => {
  if (left === null || right === null) return left === right
  if (typeof left === 'boolean' && typeof right === 'boolean') return left === right
  const kind = kindOf(left)
  if (kind !== kindOf(right)) return null
  switch (kind) {
    case 'number':
    case 'string':
      return compare(left, right, site) === 0
    case 'temporal': {
      const [first, second] = [parseTemporal((left as TemporalValue)['@']), parseTemporal((right as TemporalValue)['@'])]
      return first && second ? equalTemporals(first, second, site) : null
    }
    case 'list':
      return equalLists(left as Inner[], right as Inner[], site)
    case 'context':
      return isContext(left) && isContext(right) ? equalContexts(left, right, site) : null
    case 'range':
      return equalRanges(asRange(left), asRange(right), site)
    default:
      return left === right
  }
}

const equalLists = (left: Inner[], right: Inner[], site: SiteTime) =>
  left.length === right.length && left.every((item, index) => equal(item, right[index]!, site) === true)

const equalContexts = (left: Context, right: Context, site: SiteTime) => {
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && equal(member(left, name), member(right, name), site) === true)
  )
}

const equalRanges = (left: FeelRange | null, right: FeelRange | null, site: SiteTime) =>
  left !== null &&
  right !== null &&
  left.only === right.only &&
  left.startIncluded === right.startIncluded &&
  left.endIncluded === right.endIncluded &&
  equal(left.start, right.start, site) === true &&
  equal(left.end, right.end, site) === true

/** Whether a value lies in a range; null when it cannot be compared with its ends. */
export const within = (value: Inner, range: FeelRange, site: SiteTime): boolean | null => {
  if (range.only !== null) {
    const same = equal(value, range.start, site)
    return same === null || range.only === '=' ? same : !same
  }
  const low = range.start === null ? 1 : compare(value, range.start, site)
  const high = range.end === null ? -1 : compare(value, range.end, site)
  if (value === null || low === null || high === null) return null
  return (low > 0 || (low === 0 && range.startIncluded)) && (high < 0 || (high === 0 && range.endIncluded))
}

/** `value in test`: equal to it, inside its range, or among its items (DMN 1.5, section 10.3.2.15). */
export const isIn = (value: Inner, test: Inner, site: SiteTime): boolean | null => {
  const range = asRange(test)
  if (range && !(value instanceof FeelRange)) return within(value, range, site)
  if (!Array.isArray(test)) return equal(value, test, site)
  if (Array.isArray(value) && equalLists(value, test, site)) return true
  return test.some((item) => isIn(value, item, site) === true)
}
