/** What is computed without the decimal library is what the library gives, to the last digit. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { numbers } from '../../../../pathways/language/feel/builtins/numbers.ts'
import {
  addNumbers,
  compareNumbers,
  Decimal,
  type FeelNumber,
  fromDecimal,
  multiplyNumbers,
  subtractNumbers,
  toDecimal,
} from '../../../../pathways/language/feel/number.ts'

const seed = Number(process.env.PARCOURS_SEED ?? 7)

/** Luck, measurements, counts, prices, and digits that no double holds. */
const someNumber: fc.Arbitrary<FeelNumber> = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -1000, max: 1000 }).map((cents) => cents / 100),
  fc.maxSafeInteger(),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 34n), max: 10n ** 34n }), fc.integer({ min: 0, max: 40 }))
    .map(([digits, scale]) => fromDecimal(new Decimal(digits.toString()).div(new Decimal(10).pow(scale)))!),
)

it('adds, subtracts, multiplies and compares as decimals of 34 digits', () => {
  fc.assert(
    fc.property(someNumber, someNumber, (left, right) => {
      const [first, second] = [toDecimal(left), toDecimal(right)]
      expect(addNumbers(left, right)).toEqual(fromDecimal(first.plus(second)))
      expect(subtractNumbers(left, right)).toEqual(fromDecimal(first.minus(second)))
      expect(multiplyNumbers(left, right)).toEqual(fromDecimal(first.times(second)))
      expect(compareNumbers(left, right)).toBe(first.cmp(second))
    }),
    { seed, numRuns: 3000 },
  )
})

const modes = {
  floor: Decimal.ROUND_FLOOR,
  ceiling: Decimal.ROUND_CEIL,
  decimal: Decimal.ROUND_HALF_EVEN,
  'round up': Decimal.ROUND_UP,
  'round down': Decimal.ROUND_DOWN,
  'round half up': Decimal.ROUND_HALF_UP,
  'round half down': Decimal.ROUND_HALF_DOWN,
}

it('rounds as decimals do, where the rounding turns too', () => {
  const near = fc
    .tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 0, max: 3 }))
    .map(([half, scale]) => half / 2 / 10 ** scale)
  fc.assert(
    fc.property(fc.oneof(someNumber, near), fc.integer({ min: 0, max: 5 }), (value, scale) => {
      for (const [name, mode] of Object.entries(modes))
        expect(numbers[name]!([value, scale], null as never), name).toEqual(
          fromDecimal(toDecimal(value).toDecimalPlaces(scale, mode)),
        )
    }),
    { seed, numRuns: 1000 },
  )
})

it('takes whole numbers modulo towards minus infinity', () => {
  const whole = fc.integer({ min: -1000, max: 1000 })
  fc.assert(
    fc.property(
      whole,
      whole.filter((divisor) => divisor !== 0),
      (dividend, divisor) => {
        const exact = new Decimal(dividend).minus(new Decimal(divisor).times(new Decimal(dividend).div(divisor).floor()))
        expect(numbers.modulo!([dividend, divisor], null as never)).toEqual(fromDecimal(exact))
      },
    ),
    { seed, numRuns: 500 },
  )
})
