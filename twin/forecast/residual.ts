/**
 * How long work that is under way will have lasted when it is done: drawn from its distribution, given that it has lasted so long already. A few draws by rejection, then by inversion of the
 * survival function: both give exactly the conditional distribution.
 */
import type { ProgramDuration } from '../../pathways/language/program.ts'
import { log } from '../simulate/arithmetic.ts'
import { byWeight, type ChanceKey, openUniform, Purpose, within } from '../simulate/chance.ts'
import { sample } from '../simulate/distributions.ts'
import { type Survival, survivalOf } from './survival.ts'

const REJECTIONS_MAX = 16
const minuteMs = 60_000
/** Of what has lasted longer than its distribution allows: the mean of what is left, as a share of what has passed. */
const OVERDUE_SHARE = 0.1
const HALF_MS = 0.5

/**
 * The whole duration, more than `elapsed`, milliseconds. One that can no longer be (a fixed duration that is over, a task without any) ends soon: what is left is exponential, of a tenth of what
 * has passed and at least a minute in the mean.
 */
export const residualSample = (duration: ProgramDuration | null, elapsed: number, key: ChanceKey): number => {
  if (!duration) return overdue(elapsed, key)
  const { shift = 0, atLeast = 0, atMost = Number.POSITIVE_INFINITY } = duration.parameters
  if (elapsed < atMost) {
    for (let draw = 0; draw < REJECTIONS_MAX; draw++) {
      const value = sample(duration, within(key, draw), Purpose.duration)
      if (value > elapsed) return value
      if (duration.distribution === 'fixed') return overdue(elapsed, key)
    }
    const inverted = invert(duration, Math.max(elapsed, atLeast) - shift, atMost - shift, openUniform(key, Purpose.duration, 0))
    if (inverted !== null) return shift + inverted
  }
  return overdue(elapsed, key)
}

const overdue = (elapsed: number, key: ChanceKey): number =>
  elapsed - Math.max(minuteMs, OVERDUE_SHARE * elapsed) * log(openUniform(key, Purpose.duration, 0))

/** The value above `low` and up to `high` that a share of those between lies above; null when there is none. */
const invert = (duration: ProgramDuration, low: number, high: number, share: number): number | null => {
  if (duration.distribution === 'empirical') {
    const left = duration.values!.filter(({ value, share: weight }) => value > low && value <= high && weight > 0)
    return left.length > 0
      ? left[
          byWeight(
            left.map((each) => each.share),
            share,
          )
        ]!.value
      : null
  }
  const survival = survivalOf(duration)
  const [above, beyond] = [survival(low), high < Number.POSITIVE_INFINITY ? survival(high) : 0]
  // So far out the functions have no digits left.
  if (!(above - beyond > 1e-280)) return null
  return bisect(survival, low, high, beyond + share * (above - beyond))
}

const bisect = (survival: Survival, from: number, until: number, wanted: number): number => {
  let low = from
  let high = until
  if (high === Number.POSITIVE_INFINITY) {
    let step = Math.max(minuteMs, Math.abs(from))
    for (high = from + step; survival(high) > wanted; high += step) {
      low = high
      step *= 2
    }
  }
  while (high - low > HALF_MS) {
    const middle = low + (high - low) / 2
    if (survival(middle) > wanted) low = middle
    else high = middle
  }
  return low + (high - low) / 2
}
