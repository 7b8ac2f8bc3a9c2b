/**
 * Numbers as DMN has them: decimals of 34 digits (IEEE 754-2008 decimal128), without paying for them where integers do.
 * Two JS numbers compare as their shortest texts do, so only arithmetic that leaves the safe integers needs decimals.
 */
import { Decimal as DecimalBase } from 'decimal.js'
import { shortly } from './short-digits.ts'
import type { Value } from './value.ts'
import { exactly } from './whole-digits.ts'

export const Decimal = DecimalBase.clone({ precision: 34, rounding: 6, toExpNeg: -40, toExpPos: 40, maxE: 6144, minE: -6143 })
export type Decimal = DecimalBase

/** A JS number, or digits a double cannot hold. */
export type FeelNumber = number | { '@number': string }

/** What was given from outside under this tag may be any text. */
const areDigits = (text: unknown): boolean => typeof text === 'string' && /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)

export const isNumber = (value: unknown): value is FeelNumber =>
  typeof value === 'number' ||
  (typeof value === 'object' && value !== null && areDigits((value as Record<string, unknown>)['@number']))

export const toDecimal = (value: FeelNumber): Decimal => new Decimal(typeof value === 'number' ? value : value['@number'])

/** The plain number when its shortest text is exactly the decimal, else the tagged digits; null for what is no number. */
export const fromDecimal = (decimal: Decimal): FeelNumber | null => {
  if (!decimal.isFinite()) return null
  const plain = decimal.toNumber()
  if (Number.isFinite(plain) && new Decimal(plain).eq(decimal)) return plain === 0 ? 0 : plain
  return { '@number': decimal.toString() }
}

/** A number from its text (as FEEL writes it), or null. */
export const numberOfText = (text: string): FeelNumber | null => {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return null
  const plain = Number(text)
  if (Number.isSafeInteger(plain) && /^[+-]?\d+$/.test(text)) return plain === 0 ? 0 : plain
  return fromDecimal(new Decimal(text).toSignificantDigits(34))
}

const textOf = (value: FeelNumber): string => (typeof value === 'number' ? String(value) : value['@number'])

/** The nearest double: where two differ, the decimals are in the same order. */
export const nearest = (value: FeelNumber): number => (typeof value === 'number' ? value : Number(value['@number']))

/** Negative, zero or positive, as a - b. */
export const compareNumbers = (left: FeelNumber, right: FeelNumber): number => {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0
  const [first, second] = [nearest(left), nearest(right)]
  return first < second ? -1 : first > second ? 1 : toDecimal(left).cmp(toDecimal(right))
}

/** In doubles, else in whole numbers; undefined where it is left to the library. */
const decimally = (operator: '+' | '-' | '*', left: FeelNumber, right: FeelNumber): FeelNumber | undefined => {
  if (typeof left === 'number' && typeof right === 'number') {
    const short = shortly(operator, left, right)
    if (!Number.isNaN(short)) return short
  }
  return exactly(operator, textOf(left), textOf(right))
}

export const addNumbers = (left: FeelNumber, right: FeelNumber): FeelNumber | null => {
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) {
    const sum = (left as number) + (right as number)
    if (Number.isSafeInteger(sum)) return sum
  }
  return decimally('+', left, right) ?? fromDecimal(toDecimal(left).plus(toDecimal(right)))
}

export const subtractNumbers = (left: FeelNumber, right: FeelNumber): FeelNumber | null => {
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) {
    const difference = (left as number) - (right as number)
    if (Number.isSafeInteger(difference)) return difference
  }
  return decimally('-', left, right) ?? fromDecimal(toDecimal(left).minus(toDecimal(right)))
}

export const multiplyNumbers = (left: FeelNumber, right: FeelNumber): FeelNumber | null => {
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) {
    const product = (left as number) * (right as number)
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product
  }
  return decimally('*', left, right) ?? fromDecimal(toDecimal(left).times(toDecimal(right)))
}

/** Null when the divisor is 0. */
export const divideNumbers = (left: FeelNumber, right: FeelNumber): FeelNumber | null => {
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right) && right !== 0) {
    const quotient = (left as number) / (right as number)
    if (Number.isSafeInteger(quotient) && quotient * (right as number) === left) return quotient === 0 ? 0 : quotient
  }
  const divisor = toDecimal(right)
  return divisor.isZero() ? null : fromDecimal(toDecimal(left).div(divisor))
}

/** Null for what has no real result, as (-1) ** 0.5. */
export const raiseNumber = (base: FeelNumber, exponent: FeelNumber): FeelNumber | null =>
  fromDecimal(toDecimal(base).pow(toDecimal(exponent)))

export const negateNumber = (value: FeelNumber): FeelNumber =>
  typeof value === 'number' ? (value === 0 ? 0 : -value) : { '@number': toDecimal(value).neg().toString() }

/** Text as FEEL's `string()` gives it: plain digits. */
export const textOfNumber = (value: FeelNumber): string =>
  Number.isSafeInteger(value) ? `${(value as number) + 0}` : toDecimal(value).toFixed()

/** A safe integer, or null: positions, counts and scales. */
export const integerOf = (value: Value | undefined): number | null => (Number.isSafeInteger(value) ? (value as number) : null)
