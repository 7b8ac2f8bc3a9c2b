/** `+ - * / **` and the leading minus, over every kind that has them (DMN 1.5, tables 55 to 58); anything else is null. */
import type { SiteTime } from '../../time/site.ts'
import { type Inner, isTemporal } from './inner.ts'
import {
  addNumbers,
  Decimal,
  divideNumbers,
  type FeelNumber,
  fromDecimal,
  isNumber,
  multiplyNumbers,
  negateNumber,
  raiseNumber,
  subtractNumbers,
  toDecimal,
} from './number.ts'
import { parseTemporal, type Temporal, tagged } from './temporal.ts'
import { addTemporals, negateTemporal, subtractTemporals } from './temporal-arithmetic.ts'

const temporal = (value: Inner): Temporal | null => (isTemporal(value) ? parseTemporal(value['@']) : null)

export const add = (left: Inner, right: Inner): Inner => {
  if (isNumber(left) && isNumber(right)) return addNumbers(left, right)
  if (typeof left === 'string' && typeof right === 'string') return left + right
  const [first, second] = [temporal(left), temporal(right)]
  return first && second ? tagged(addTemporals(first, second)) : null
}

export const subtract = (left: Inner, right: Inner, site: SiteTime): Inner => {
  if (isNumber(left) && isNumber(right)) return subtractNumbers(left, right)
  const [first, second] = [temporal(left), temporal(right)]
  return first && second ? tagged(subtractTemporals(first, second, site)) : null
}

export const multiply = (left: Inner, right: Inner): Inner => {
  if (isNumber(left) && isNumber(right)) return multiplyNumbers(left, right)
  if (isNumber(left)) return scale(temporal(right), toDecimal(left))
  return isNumber(right) ? scale(temporal(left), toDecimal(right)) : null
}

export const divide = (left: Inner, right: Inner): Inner => {
  if (isNumber(left)) return isNumber(right) ? divideNumbers(left, right) : null
  const duration = temporal(left)
  if (isNumber(right)) {
    const divisor = toDecimal(right)
    return divisor.isZero() ? null : scale(duration, new Decimal(1).div(divisor), divisor)
  }
  const other = temporal(right)
  if (!duration || !other || duration.kind !== other.kind) return null
  const [size, by] = [sizeOf(duration), sizeOf(other)]
  return size && by && !by.isZero() ? fromDecimal(size.div(by)) : null
}

const sizeOf = (duration: Temporal): Decimal | null => {
  if (duration.kind === 'months') return new Decimal(duration.months)
  return duration.kind === 'nanos' ? new Decimal(duration.nanos.toString()) : null
}

/** Whole months or nanoseconds, cut towards zero. Divides where a divisor is given, so that thirds stay exact. */
const scale = (duration: Temporal | null, factor: Decimal, divisor?: Decimal): Inner => {
  const size = duration && sizeOf(duration)
  if (!duration || !size) return null
  const scaled = (divisor ? size.div(divisor) : size.times(factor)).trunc()
  if (duration.kind === 'months') return tagged({ kind: 'months', months: scaled.toNumber() + 0 })
  return tagged({ kind: 'nanos', nanos: BigInt(scaled.toFixed(0)) })
}

export const raise = (left: Inner, right: Inner): Inner => (isNumber(left) && isNumber(right) ? raiseNumber(left, right) : null)

export const negate = (value: Inner): Inner => {
  if (isNumber(value)) return negateNumber(value as FeelNumber)
  const duration = temporal(value)
  return duration ? tagged(negateTemporal(duration)) : null
}
