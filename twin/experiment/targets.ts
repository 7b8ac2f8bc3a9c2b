/** Whether targets are met: by a mean over replications, or in so many of them. */
import { intervalOf, proportionOf } from './interval.ts'
import type { Measure } from './measures.ts'
import type { Target } from './schema.ts'

export interface TargetResult extends Target {
  /** Of the measure, over replications. */
  mean: number
  low: number
  high: number
  /** Of a chance constraint: the share of replications in which it held, and where the probability lies. */
  held?: { share: number; low: number; high: number }
  /** Null when the interval holds the target: more replications may tell. */
  isMet: boolean | null
}

/** Those of which there is the measure. @param runs by replication. @param confidence of each interval. */
export const targetsOf = (targets: Target[], runs: Measure[][], confidence: number): TargetResult[] =>
  targets.flatMap((target) => {
    const place = runs[0]?.findIndex(({ name }) => name === target.measure) ?? -1
    return place < 0
      ? []
      : [
          judged(
            target,
            runs.map((run) => run[place]!.value),
            confidence,
          ),
        ]
  })

/** One target by the values of its measure. */
export const judged = (target: Target, values: number[], confidence: number): TargetResult => {
  const { mean, low, high } = intervalOf(values, confidence)
  if (target.withProbability === undefined) return { ...target, mean, low, high, isMet: byMean(target, low, high) }
  const held = proportionOf(values.filter((value) => holds(target, value)).length, values.length, confidence)
  const isMet = held.low >= target.withProbability ? true : held.high < target.withProbability ? false : null
  return { ...target, mean, low, high, held, isMet }
}

/** Whether one value is where the target wants it. */
export const holds = ({ below, above }: Target, value: number): boolean =>
  (below === undefined || value < below) && (above === undefined || value > above)

const byMean = ({ below, above }: Target, low: number, high: number): boolean | null => {
  if (high < (below ?? Number.POSITIVE_INFINITY) && low > (above ?? Number.NEGATIVE_INFINITY)) return true
  return low >= (below ?? Number.POSITIVE_INFINITY) || high <= (above ?? Number.NEGATIVE_INFINITY) ? false : null
}
