/**
 * The shares of a gamma distribution of scale 1 below and above a value: its series below the shape, the continued fraction of the rest above
 * (M. Abramowitz, I. A. Stegun, 6.5.29 and 6.5.31; by W. J. Lentz, 1976, as I. J. Thompson and A. R. Barnett modified it).
 */
import { exp, log } from './arithmetic.ts'
import { logGamma } from './distributions.ts'

const STEPS_MAX = 20_000
const PRECISION = 1e-15
const TINY = 1e-300

/** P(X <= x). */
export const gammaBelow = (shape: number, x: number): number => {
  if (!(x > 0)) return 0
  return x < shape + 1 ? Math.min(1, bySeries(shape, x)) : Math.max(0, 1 - byFraction(shape, x))
}

/** P(X > x), with all its digits far out. */
export const gammaAbove = (shape: number, x: number): number => {
  if (!(x > 0)) return 1
  return x < shape + 1 ? Math.max(0, 1 - bySeries(shape, x)) : byFraction(shape, x)
}

/** What Lentz's method divides by. */
export const awayFrom0 = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

const frontOf = (shape: number, x: number): number => exp(shape * log(x) - x - logGamma(shape))

const bySeries = (shape: number, x: number): number => {
  let [term, sum] = [1 / shape, 1 / shape]
  for (let step = 1; step < STEPS_MAX && term > sum * PRECISION; step++) {
    term *= x / (shape + step)
    sum += term
  }
  return frontOf(shape, x) * sum
}

const byFraction = (shape: number, x: number): number => {
  if (x === Number.POSITIVE_INFINITY) return 0
  let b = x + 1 - shape
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let step = 1; step < STEPS_MAX; step++) {
    const a = -step * (step - shape)
    b += 2
    d = 1 / awayFrom0(a * d + b)
    c = awayFrom0(b + a / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < PRECISION) break
  }
  return frontOf(shape, x) * fraction
}
