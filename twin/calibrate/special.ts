/** The functions that fits and their tests stand on, with the arithmetic that every machine rounds alike. */
import { exp, log } from '../simulate/arithmetic.ts'
import { gammaBelow } from '../simulate/gamma-probability.ts'

/** The derivative of the logarithm of the gamma function, above 0: by recurrence to 8, then M. Abramowitz, I. A. Stegun, 6.3.18. */
export const digamma = (x: number): number => {
  let [at, sum] = [x, 0]
  for (; at < 8; at++) sum -= 1 / at
  const s = 1 / (at * at)
  return sum + log(at) - 0.5 / at - s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s / 132))))
}

/** The derivative of `digamma`: 6.4.12 of the same. */
export const trigamma = (x: number): number => {
  let [at, sum] = [x, 0]
  for (; at < 8; at++) sum += 1 / (at * at)
  const s = 1 / (at * at)
  return sum + 1 / at + s / 2 + (s / at) * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s / 30)))
}

/**
 * The share of the standard normal distribution below z, within 1e-14: J. F. Hart and others, "Computer Approximations" (1968), as G. West gives it
 * ("Better approximations to cumulative normal functions", 2005).
 */
export const normalProbability = (z: number): number => {
  const x = Math.abs(z)
  if (x > 37) return z > 0 ? 1 : 0
  const bell = exp((-x * x) / 2)
  const tail =
    x < 7.07106781186547
      ? (bell * polynomial(numerator, x)) / polynomial(denominator, x)
      : bell / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631
  return z > 0 ? 1 - tail : tail
}

/** Of the highest power first. */
const polynomial = (coefficients: readonly number[], x: number): number => {
  let sum = 0
  for (const each of coefficients) sum = sum * x + each
  return sum
}

const numerator = [
  0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376,
]
const denominator = [
  0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948,
  440.413735824752,
]

/** The probability of a value of chi-square above this one. */
export const chiSquareTail = (x: number, freedom: number): number => 1 - gammaBelow(freedom / 2, x / 2)
