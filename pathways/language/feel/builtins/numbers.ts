/** Number functions (DMN 1.5, section 10.3.4.5). */
import type { Inner } from '../inner.ts'
import { Decimal, type FeelNumber, fromDecimal, nearest, toDecimal } from '../number.ts'
import { tagged } from '../temporal.ts'
import { negateTemporal } from '../temporal-arithmetic.ts'
import { type Builtin, takes } from './define.ts'

type Rounding = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** How far a scale may go (DMN 1.5, section 10.3.4.5). */
const [scaleMin, scaleMax] = [-6111, 6176]
const rounded = (value: FeelNumber, scale: number, mode: Rounding): Inner => {
  if (scale < scaleMin || scale > scaleMax) return null
  return roundedByDouble(value, scale, mode) ?? roundedByDecimal(value, scale, mode)
}

/** Where doubles are whole numbers, all of them; and scaled, exact to a millionth. */
const [WHOLE_MAX, SCALED_MAX] = [2 ** 53, 1e8]
const units = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

/** Where a double is far enough from where the rounding turns to say what the decimal near it becomes; else null. */
const roundedByDouble = (value: FeelNumber, scale: number, mode: Rounding): number | null => {
  const double = nearest(value)
  if (scale < 0 || scale >= units.length || Math.abs(double) >= WHOLE_MAX) return null
  if (Number.isInteger(double)) return double === value ? double + 0 : null
  if (scale === 0 && mode === Decimal.ROUND_FLOOR) return Math.floor(double) + 0
  if (scale === 0 && mode === Decimal.ROUND_CEIL) return Math.ceil(double) + 0
  if (mode < Decimal.ROUND_HALF_UP || mode > Decimal.ROUND_HALF_EVEN) return null
  const unit = units[scale]!
  const scaled = double * unit
  const below = Math.floor(scaled)
  const part = scaled - below
  if (Math.abs(scaled) >= SCALED_MAX || Math.abs(part - 0.5) < 1e-6) return null
  return (part < 0.5 ? below : below + 1) / unit + 0
}

const roundedByDecimal = (value: FeelNumber, scale: number, mode: Rounding): Inner => {
  const decimal = toDecimal(value)
  if (scale >= 0) return fromDecimal(decimal.toDecimalPlaces(scale, mode))
  const unit = new Decimal(10).pow(-scale)
  return fromDecimal(decimal.div(unit).toDecimalPlaces(0, mode).times(unit))
}

const rounding = (mode: Rounding): Builtin => takes(['number', 'whole'], ([value, scale]) => rounded(value, scale, mode))

/** To a whole number, or to a scale; a scale that is given may not be null. */
const towards =
  (mode: Rounding): Builtin =>
  (values, scope) =>
    values.length === 1 ? rounding(mode)([values[0]!, 0], scope) : rounding(mode)(values, scope)

const isWhole = (value: FeelNumber) => toDecimal(value).isInteger()

export const numbers: Record<string, Builtin> = {
  decimal: rounding(Decimal.ROUND_HALF_EVEN),
  floor: towards(Decimal.ROUND_FLOOR),
  ceiling: towards(Decimal.ROUND_CEIL),
  'round up': rounding(Decimal.ROUND_UP),
  'round down': rounding(Decimal.ROUND_DOWN),
  'round half up': rounding(Decimal.ROUND_HALF_UP),
  'round half down': rounding(Decimal.ROUND_HALF_DOWN),
  abs: (values, scope) =>
    takes(['number'], ([value]) => fromDecimal(toDecimal(value).abs()))(values, scope) ??
    takes(['temporal'], ([value]) => {
      const negative = (value.kind === 'months' && value.months < 0) || (value.kind === 'nanos' && value.nanos < 0n)
      return value.kind === 'months' || value.kind === 'nanos' ? tagged(negative ? negateTemporal(value) : value) : null
    })(values, scope),
  // Towards minus infinity: the sign is the divisor's.
  modulo: takes(['number', 'number'], ([dividend, divisor]) => {
    if (Number.isSafeInteger(dividend) && Number.isSafeInteger(divisor) && divisor !== 0) {
      const rest = (dividend as number) % (divisor as number)
      return (rest !== 0 && rest < 0 !== (divisor as number) < 0 ? rest + (divisor as number) : rest) + 0
    }
    const [left, right] = [toDecimal(dividend), toDecimal(divisor)]
    return right.isZero() ? null : fromDecimal(left.minus(right.times(left.div(right).floor())))
  }),
  sqrt: takes(['number'], ([value]) => fromDecimal(toDecimal(value).sqrt())),
  log: takes(['number'], ([value]) => fromDecimal(toDecimal(value).ln())),
  exp: takes(['number'], ([value]) => fromDecimal(toDecimal(value).exp())),
  odd: takes(['number'], ([value]) => (isWhole(value) ? !toDecimal(value).mod(2).isZero() : null)),
  even: takes(['number'], ([value]) => (isWhole(value) ? toDecimal(value).mod(2).isZero() : null)),
}
