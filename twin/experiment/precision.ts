/** How many replications are enough (K. Hoad, S. Robinson, R. Davies, "Automated selection of the number of replications for a discrete-event simulation", 2010). */
import { intervalOf } from './interval.ts'

export interface Precision {
  /** Half the interval, over the mean. */
  precision: number
  from: number
  most: number
  confidence: number
}

/** How far is looked ahead, so that a precision met by chance does not count. */
const LOOK_AHEAD = 5

/**
 * The number of replications after which the mean is precise, look-ahead included; null when more are to be made.
 * @param values of the measure, by replication.
 */
export const enoughReplications = (values: number[], { precision, from, most, confidence }: Precision): number | null => {
  const isPrecise = (count: number) => {
    const { mean, high } = intervalOf(values.slice(0, count), confidence)
    return high - mean <= precision * Math.abs(mean)
  }
  for (let count = Math.max(2, from); count <= values.length; count++) {
    const ahead = Math.max(LOOK_AHEAD, Math.floor((LOOK_AHEAD * count) / 100))
    const last = Math.min(count + ahead, most)
    if (last > values.length) break
    if (Array.from({ length: last - count + 1 }, (_, index) => count + index).every(isPrecise)) return last
  }
  return values.length >= most ? most : null
}

/**
 * How many replications are to be there next, or how many were enough: the same number in the end, however many are made at once.
 * @param values of the measure, of the replications that are there.
 */
export const replicationsNext = (
  values: number[],
  precision: Precision,
  atOnce: number,
): { upTo: number } | { enough: number } => {
  const enough = enoughReplications(values, precision)
  if (enough !== null) return { enough }
  // A quarter more each time: few rounds, and few replications that turn out to have been too many.
  const more = Math.max(atOnce, Math.ceil(values.length / 4))
  return { upTo: Math.min(precision.most, Math.max(precision.from + LOOK_AHEAD, values.length + more)) }
}
