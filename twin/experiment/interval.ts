/** Means with confidence intervals over replications, by Student's t. */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { normalQuantile } from '../simulate/distributions.ts'

export interface Interval {
  mean: number
  low: number
  high: number
  /** Sample standard deviation over replications; 0 of one. */
  deviation: number
  replications: number
}

/** The interval of a mean; without any width where there is but one replication. @param confidence as 0.95. */
export const intervalOf = (values: number[], confidence: number): Interval => {
  const centre = mean(values)
  const deviation = values.length > 1 ? sampleStandardDeviation(values) : 0
  const half =
    values.length > 1 ? (studentQuantile((1 + confidence) / 2, values.length - 1) * deviation) / Math.sqrt(values.length) : 0
  return { mean: centre, low: centre - half, high: centre + half, deviation, replications: values.length }
}

/**
 * Paired differences, the same replication of both: what common random numbers are for.
 * @param comparisons how many are made together: each interval is wider, so that all of them hold at once (Bonferroni).
 */
export const differenceOf = (
  base: number[],
  other: number[],
  confidence: number,
  comparisons = 1,
): Interval & { isDetectable: boolean } => {
  const interval = intervalOf(
    base.map((value, index) => other[index]! - value),
    1 - (1 - confidence) / comparisons,
  )
  return { ...interval, isDetectable: base.length > 1 && (interval.low > 0 || interval.high < 0) }
}

/**
 * Where the probability of what happened in so many of `count` trials lies: E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference" (1927), which holds near 0 and 1 too.
 */
export const proportionOf = (
  happened: number,
  count: number,
  confidence: number,
): { share: number; low: number; high: number } => {
  const share = happened / count
  const z = normalQuantile((1 + confidence) / 2)
  const square = z * z
  const centre = (share + square / (2 * count)) / (1 + square / count)
  const half = (z / (1 + square / count)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count * count))
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** The quantile of Student's t, by bisection of its distribution function. */
export const studentQuantile = (probability: number, freedom: number): number => {
  if (probability === 0.5) return 0
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom)
  let [low, high] = [0, 1]
  while (studentProbability(high, freedom) < probability) high *= 2
  for (let step = 0; step < 200 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2
    if (studentProbability(middle, freedom) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * P(T <= t), t at least 0, in closed form for whole degrees of freedom (M. Abramowitz, I. A. Stegun, 26.7.3 and 26.7.4), with the arithmetic that every
 * machine rounds alike.
 */
const studentProbability = (t: number, freedom: number): number => {
  const length = Math.sqrt(freedom + t * t)
  const [sine, cosine] = [t / length, Math.sqrt(freedom) / length]
  const isOdd = freedom % 2 === 1
  let term = isOdd ? cosine : 1
  let sum = freedom === 1 ? 0 : term
  for (let power = isOdd ? 3 : 2; power < freedom; power += 2) {
    term *= (cosine * cosine * (power - 1)) / power
    sum += term
  }
  const between = isOdd ? (2 / Math.PI) * (arcTangent(t / Math.sqrt(freedom)) + sine * sum) : sine * sum
  return 0.5 + between / 2
}

/** By halving the angle until the series converges at once. */
const arcTangent = (tangent: number): number => {
  let x = tangent
  let factor = 1
  for (; x > 0.05; factor *= 2) x /= 1 + Math.sqrt(1 + x * x)
  const square = x * x
  let sum = 0
  for (let power = 13; power >= 1; power -= 2) sum = 1 / power - square * sum
  return factor * x * sum
}
