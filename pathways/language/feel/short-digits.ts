/**
 * Sums, differences and products of decimals of no more than 15 digits, in doubles: each is a whole number of its last place, as is the
 * result, and a quotient of whole numbers is rounded once (IEEE 754, 5.4.1). No two decimals of so many digits share a double, so the one
 * that comes of it is the exact result's. What has more digits, or more places than are tried, is left to `whole-digits.ts`.
 */

/** Every whole number below is one of at most 15 digits. */
const WHOLE_BOUND = 1e15
/** More places are rarely written: each costs a division. */
const PLACES_MAX = 6
/** Exact as doubles, up to twice as many. */
const powers = Float64Array.from({ length: 2 * PLACES_MAX + 1 }, (_, exponent) => Number(`1e${exponent}`))

/** The places of what `wholeOf` has found last. */
let places = 0

/** The decimal as a whole number of its last place; NaN for one that is left to others. */
const wholeOf = (value: number): number => {
  for (let tried = 0; tried <= PLACES_MAX; tried++) {
    const power = powers[tried]!
    const whole = Math.round(value * power)
    if (!(Math.abs(whole) < WHOLE_BOUND)) return Number.NaN
    if (whole / power === value) {
      places = tried
      return whole
    }
  }
  return Number.NaN
}

/** The result, NaN where it is left to others. */
export const shortly = (operator: '+' | '-' | '*', left: number, right: number): number => {
  const first = wholeOf(left)
  const firstPlaces = places
  const second = wholeOf(right)
  // Not a number neither, where one of them is not.
  if (operator === '*') return resultOf(first * second, firstPlaces + places)
  const most = Math.max(firstPlaces, places)
  const one = first * powers[most - firstPlaces]!
  const other = second * powers[most - places]!
  if (!(Math.abs(one) < WHOLE_BOUND && Math.abs(other) < WHOLE_BOUND)) return Number.NaN
  return resultOf(operator === '+' ? one + other : one - other, most)
}

const resultOf = (whole: number, scale: number): number => {
  if (whole === 0) return 0
  return Math.abs(whole) < WHOLE_BOUND ? whole / powers[scale]! : Number.NaN
}
