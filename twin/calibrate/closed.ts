/** Hours at which nobody works: work that is under way then stands still, and its duration is what is left. */
import type { SiteTime } from '../../pathways/time/site.ts'
import { HOURS, hourOfWeek, type PoolWork } from './presence.ts'

/** By hour of the week: true where nobody works. */
export type Closed = boolean[]

const hourMs = 3_600_000
const weekMs = HOURS * hourMs
/** So many begins and ends were to be expected in an hour that is said to be closed, and hardly any are there. */
const EXPECTED_MIN = 5
const SHARE_MAX = 0.02
const WORKS_MIN = 20
/** Work over closed hours takes at least so many times as long as other work, and without them at most so many times, or so much longer: long work meets closed hours most, and hours are whole here. */
const LONGER_MIN = 3
const LIKE_MAX = 5
const LIKE_MAX_MS = 1.5 * hourMs

/** Monday to Friday are alike; hours of a kind of day are counted together. */
const kindOf = (hour: number): number => (hour < 120 ? hour % 24 : hour - 96)

/**
 * The hours at which nobody begins or ends work of a pool, if work stands still through them: what goes on over them takes about as long as other work, without
 * them. Null when all hours are worked, and when work goes on through them, as a stay in bed does.
 */
export const closedHours = (works: PoolWork[], site: SiteTime): Closed | null => {
  if (works.length < WORKS_MIN) return null
  const counts = new Array<number>(72).fill(0)
  for (const { start, end } of works) {
    counts[kindOf(hourOfWeek(start, site))]!++
    counts[kindOf(hourOfWeek(end - 1, site))]!++
  }
  const expected = (kind: number) => (2 * works.length * (kind < 24 ? 5 : 1)) / HOURS
  const isClosed = counts.map((count, kind) => expected(kind) >= EXPECTED_MIN && count <= SHARE_MAX * expected(kind))
  if (!isClosed.includes(true)) return null
  const closed = Array.from({ length: HOURS }, (_, hour) => isClosed[kindOf(hour)]!)
  const [through, beside]: [PoolWork[], PoolWork[]] = [[], []]
  for (const work of works) (closedBetween(work.start, work.end, closed, site) > 0 ? through : beside).push(work)
  if (through.length === 0) return closed
  if (beside.length < WORKS_MIN / 2) return null
  const other = median(beside.map(({ start, end }) => end - start))
  const whole = median(through.map(({ start, end }) => end - start))
  const without = median(through.map(({ start, end }) => end - start - closedBetween(start, end, closed, site)))
  return whole >= LONGER_MIN * other && without <= Math.max(LIKE_MAX * other, other + LIKE_MAX_MS) ? closed : null
}

const median = (values: number[]): number => values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!

/** How much of a span is closed, milliseconds. */
export const closedBetween = (from: number, until: number, closed: Closed, site: SiteTime): number => {
  const weeks = Math.floor((until - from) / weekMs)
  let sum = weeks * closed.filter((each) => each).length * hourMs
  for (let at = from + weeks * weekMs; at < until; ) {
    const next = Math.min(until, (Math.floor(at / hourMs) + 1) * hourMs)
    if (closed[hourOfWeek(at, site)]) sum += next - at
    at = next
  }
  return sum
}

/** A work as the pieces of it that lie in open hours; what is wholly in closed ones stays as it is. */
export const openPieces = (work: PoolWork, closed: Closed, site: SiteTime): PoolWork[] => {
  const pieces: PoolWork[] = []
  for (let at = work.start; at < work.end; ) {
    const next = Math.min(work.end, (Math.floor(at / hourMs) + 1) * hourMs)
    if (!closed[hourOfWeek(at, site)]) {
      const last = pieces.at(-1)
      if (last?.end === at) last.end = next
      else pieces.push({ ...work, asked: pieces.length === 0 ? work.asked : Number.NaN, start: at, end: next })
    }
    at = next
  }
  return pieces.length > 0 ? pieces : [work]
}
