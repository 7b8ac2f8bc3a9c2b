/** What is computed without the decimal library is what the library gives, to the last digit. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { numbers } from '../../../../pathways/language/feel/builtins/numbers.ts'
import { toClosure } from '../../../../pathways/language/feel/evaluate.ts'
import {
  addNumbers,
  compareNumbers,
  Decimal,
  divideNumbers,
  type FeelNumber,
  fromDecimal,
  multiplyNumbers,
  negateNumber,
  subtractNumbers,
  toDecimal,
} from '../../../../pathways/language/feel/number.ts'
import type { FeelTree } from '../../../../pathways/language/feel/tree.ts'

const site = { epoch: '2026-01-05T00:00:00Z', timeZone: 'UTC' }
const seed = Number(process.env.PARCOURS_SEED ?? 7)

/** Luck, measurements, counts, prices, and digits that no double holds. */
const someNumber: fc.Arbitrary<FeelNumber> = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -1000, max: 1000 }).map((cents) => cents / 100),
  fc
    .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 8 }))
    .map(([digits, places]) => digits / 10 ** places),
  fc.integer({ min: 1, max: 3 }).map((over) => 10 ** 15 - 2 + over),
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

it('compares and rounds arithmetic as its decimals do, where it comes to equality too', () => {
  const names: FeelTree[] = [
    ['name', 'a'],
    ['name', 'b'],
    ['name', 'c'],
  ]
  const [a, b, c] = names as [FeelTree, FeelTree, FeelTree]
  const shapes: [FeelTree, (values: FeelNumber[]) => FeelNumber | null][] = [
    [['+', ['*', a, b], c], ([x, y, z]) => addNumbers(multiplyNumbers(x!, y!)!, z!)],
    [['-', ['-', a, b], ['value', 0.25]], ([x, y]) => subtractNumbers(subtractNumbers(x!, y!)!, 0.25)],
    [['*', ['-', a, ['value', 0.85]], ['value', 150]], ([x]) => multiplyNumbers(subtractNumbers(x!, 0.85)!, 150)],
    [['/', a, b], ([x, y]) => divideNumbers(x!, y!)],
    [
      ['if', ['<', a, b], ['+', a, c], ['negate', b]],
      ([x, y, z]) => (compareNumbers(x!, y!) < 0 ? addNumbers(x!, z!) : negateNumber(y!)),
    ],
  ]
  const round = (name: string, tree: FeelTree, scale?: number): FeelTree => [
    'call',
    ['name', name],
    scale === undefined ? [tree] : [tree, ['value', scale]],
  ]
  const plain = fc.oneof(
    someNumber,
    fc.integer({ min: -20, max: 20 }),
    fc.integer({ min: -400, max: 400 }).map((each) => each / 8),
  )
  fc.assert(
    fc.property(fc.tuple(plain, plain, plain), plain, fc.boolean(), (values, other, isEqual) => {
      for (const [tree, exact] of shapes) {
        const value = exact(values)
        const beside = isEqual && value !== null ? value : other
        const variables: Record<string, FeelNumber> = { a: values[0], b: values[1], c: values[2], d: beside }
        const scope = { at: 0, site, get: (name: string) => variables[name] }
        const order = value === null ? null : compareNumbers(value, beside)
        const told = (operator: '<' | '>=' | '=') => toClosure([operator, tree, ['name', 'd']])(scope)
        expect(told('<')).toBe(order === null ? null : order < 0)
        expect(told('>=')).toBe(order === null ? null : order >= 0)
        expect(told('=')).toBe(order === null ? beside === null : order === 0)
        for (const [name, scale] of [['floor'], ['ceiling'], ['round half up', 0], ['round half up', 2]] as [string, number?][])
          expect(toClosure(round(name, tree, scale))(scope)).toEqual(
            value === null ? null : numbers[name]!(scale === undefined ? [value] : [value, scale], null as never),
          )
      }
    }),
    { seed, numRuns: 400 },
  )
})
