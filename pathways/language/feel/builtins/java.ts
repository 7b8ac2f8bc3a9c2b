/** The Java methods of `external.ts`, over FEEL's numbers and texts; what the method's types refuse is null. */
import type { Inner } from '../inner.ts'
import {
  compareNumbers,
  type Decimal,
  type FeelNumber,
  fromDecimal,
  integerOf,
  isNumber,
  numberOfText,
  textOfNumber,
  toDecimal,
} from '../number.ts'
import { type Builtin, takes } from './define.ts'

type NumericType = 'double' | 'float' | 'int' | 'long' | 'short' | 'byte'

const bounds: Partial<Record<NumericType, number>> = { int: 2 ** 31, short: 2 ** 15, byte: 2 ** 7 }

/** The number as Java's type holds it: whole for whole types, and in their bounds. */
const as = (type: NumericType, value: FeelNumber): FeelNumber | null => {
  if (type === 'double' || type === 'float') return value
  const whole = integerOf(fromDecimal(toDecimal(value).trunc()))
  const bound = bounds[type]
  return whole === null || (bound !== undefined && (whole >= bound || whole < -bound)) ? null : whole
}

const two = (type: NumericType, choose: (order: number) => boolean): Builtin =>
  takes(['number', 'number'], ([left, right]) => {
    const [first, second] = [as(type, left), as(type, right)]
    return first === null || second === null ? null : choose(compareNumbers(first, second)) ? first : second
  })

/** A double has no more digits than its own. */
const rounded = (value: Decimal): Inner => (value.isFinite() ? fromDecimal(toDecimal(value.toNumber())) : null)

const one = (work: (value: Decimal) => Decimal): Builtin => takes(['number'], ([value]) => rounded(work(toDecimal(value))))

const mathematics: Record<string, Builtin> = {}
for (const type of ['double', 'float', 'int', 'long'] as const) {
  mathematics[`java.lang.Math.max(${type},${type})`] = two(type, (order) => order >= 0)
  mathematics[`java.lang.Math.min(${type},${type})`] = two(type, (order) => order <= 0)
  mathematics[`java.lang.Math.abs(${type})`] = takes(['number'], ([value]) => {
    const held = as(type, value)
    return held === null ? null : fromDecimal(toDecimal(held).abs())
  })
}

const parsed = (type: NumericType): Builtin =>
  takes(['string'], ([text]) => {
    const value = numberOfText(text)
    return value === null || (!/^(double|float)$/.test(type) && !/^[+-]?\d+$/.test(text)) ? null : as(type, value)
  })

const boxed = (type: NumericType): Builtin => takes(['number'], ([value]) => as(type, value))

/** `%s` and `%d` in turn, `%%` for the sign; any other conversion is null. */
const format = (pattern: string, given: Inner[]): Inner => {
  let next = 0
  let fits = true
  const text = pattern.replace(/%(.?)/gs, (_, sign: string) => {
    if (sign === '%') return '%'
    const value = given[next++]
    if (sign === 's' && typeof value === 'string') return value
    if ((sign === 's' || sign === 'd') && isNumber(value)) return textOfNumber(value)
    if (sign === 's' && typeof value === 'boolean') return String(value)
    fits = false
    return ''
  })
  return fits ? text : null
}

export const java: Record<string, Builtin> = {
  ...mathematics,
  'java.lang.Math.cos(double)': one((value) => value.cos()),
  'java.lang.Math.sin(double)': one((value) => value.sin()),
  'java.lang.Math.tan(double)': one((value) => value.tan()),
  'java.lang.Math.sqrt(double)': one((value) => value.sqrt()),
  'java.lang.Math.floor(double)': one((value) => value.floor()),
  'java.lang.Math.ceil(double)': one((value) => value.ceil()),
  'java.lang.Math.exp(double)': one((value) => value.exp()),
  'java.lang.Math.log(double)': one((value) => value.ln()),
  'java.lang.Math.pow(double,double)': takes(['number', 'number'], ([base, exponent]) =>
    rounded(toDecimal(base).pow(toDecimal(exponent))),
  ),
  'java.lang.Byte.valueOf(java.lang.String)': parsed('byte'),
  'java.lang.Short.valueOf(java.lang.String)': parsed('short'),
  'java.lang.Integer.valueOf(java.lang.String)': parsed('int'),
  'java.lang.Long.valueOf(java.lang.String)': parsed('long'),
  'java.lang.Float.valueOf(java.lang.String)': parsed('float'),
  'java.lang.Double.valueOf(java.lang.String)': parsed('double'),
  'java.lang.Byte.valueOf(byte)': boxed('byte'),
  'java.lang.Short.valueOf(short)': boxed('short'),
  'java.lang.Integer.valueOf(int)': boxed('int'),
  'java.lang.Long.valueOf(long)': boxed('long'),
  'java.lang.Float.valueOf(float)': boxed('float'),
  'java.lang.Double.valueOf(double)': boxed('double'),
  'java.lang.String.valueOf(char)': takes(['string'], ([text]) => ([...text].length === 1 ? text : null)),
  'java.lang.String.format(java.lang.String,[Ljava.lang.Object;)': ([pattern, ...given]) =>
    typeof pattern === 'string' ? format(pattern, given) : null,
}
