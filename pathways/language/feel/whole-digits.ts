/**
 * Sums, differences and products of decimals as whole numbers of their last place: exact, and many times faster than a decimal library
 * where nothing has to be rounded. What has to be, or is written with an exponent, is left to the library.
 */

/** `digits` of 10^-`scale`. */
interface Whole {
  digits: bigint
  scale: number
}

/** More decimal places than any number here keeps. */
const SCALE_MAX = 34
const powers = Array.from({ length: SCALE_MAX + 1 }, (_, exponent) => 10n ** BigInt(exponent))

/** Null for a text with an exponent, or of more places than are kept. */
const wholeOf = (text: string): Whole | null => {
  const dot = text.indexOf('.')
  if (dot < 0) return areDigits(text) ? { digits: BigInt(text), scale: 0 } : null
  const scale = text.length - dot - 1
  const digits = text.slice(0, dot) + text.slice(dot + 1)
  return scale <= SCALE_MAX && areDigits(digits) ? { digits: BigInt(digits), scale } : null
}

const areDigits = (text: string): boolean => {
  const first = text.charCodeAt(0) === MINUS ? 1 : 0
  if (first === text.length) return false
  for (let index = first; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < ZERO || code > ZERO + 9) return false
  }
  return true
}
const MINUS = 45
const ZERO = 48

/** A plain number when its shortest text is exactly the decimal, else its digits. */
type Result = number | { '@number': string }

/** The result of `left` and `right`, as texts; undefined where it is left to the library. */
export const exactly = (operator: '+' | '-' | '*', left: string, right: string): Result | undefined => {
  const first = wholeOf(left)
  const second = wholeOf(right)
  if (first === null || second === null) return undefined
  if (operator === '*') return resultOf(first.digits * second.digits, first.scale + second.scale)
  const scale = Math.max(first.scale, second.scale)
  const one = first.digits * powers[scale - first.scale]!
  const other = second.digits * powers[scale - second.scale]!
  return resultOf(operator === '+' ? one + other : one - other, scale)
}

/** Of so many digits every decimal is the shortest text of a number; of more than the second, none is. */
const [PLAIN_DIGITS, SHORTEST_DIGITS_MAX, DIGITS_MAX] = [15, 17, 34]

const resultOf = (digits: bigint, scaleGiven: number): Result | undefined => {
  if (digits === 0n) return 0
  let scale = scaleGiven
  const isNegative = digits < 0n
  let text = (isNegative ? -digits : digits).toString()
  if (text.length > DIGITS_MAX) return undefined
  let end = text.length
  while (scale > 0 && text.charCodeAt(end - 1) === ZERO) {
    end--
    scale--
  }
  text = text.slice(0, end)
  // Leading zeros after the point are written with an exponent sooner or later: not here.
  if (scale > text.length + 5 || text.length - scale > 20) return undefined
  const significant = text.length
  if (scale > 0) {
    text = text.padStart(scale + 1, '0')
    text = `${text.slice(0, text.length - scale)}.${text.slice(text.length - scale)}`
  }
  if (isNegative) text = `-${text}`
  if (significant > SHORTEST_DIGITS_MAX && scale > 0) return { '@number': text }
  const plain = Number(text)
  return significant <= PLAIN_DIGITS || String(plain) === text ? plain : { '@number': text }
}
