/** Sums, differences and order of dates, times and durations (DMN 1.5, section 10.3.2.3.4 to 10.3.2.3.9 and table 55). */
import { addMonths, civilFromDays, dayMs, daysFromCivil } from '../../time/civil.ts'
import type { SiteTime } from '../../time/site.ts'
import { offsetMinutesAt, offsetMinutesOfLocal } from '../../time/zones.ts'
import { dayNanos, type Temporal, type Zone } from './temporal.ts'

const dayNanosBig = BigInt(dayNanos)

/** Seconds to take from a wall-clock time; one without a zone is by the site's. */
const offsetSecondsOf = (days: number, nanos: number, zone: Zone, site: SiteTime): number => {
  if (zone !== null && 'offsetSeconds' in zone) return zone.offsetSeconds
  return offsetMinutesOfLocal(zone === null ? site.timeZone : zone.id, days * dayMs + Math.floor(nanos / 1_000_000)) * 60
}

/** Nanoseconds since 1970-01-01T00:00Z; a date is its midnight, UTC. */
export const instantNanosOf = (value: Temporal & { kind: 'date' | 'dateTime' }, site: SiteTime): bigint => {
  if (value.kind === 'date') return BigInt(value.days) * dayNanosBig
  const offset = offsetSecondsOf(value.days, value.nanos, value.zone, site)
  return BigInt(value.days) * dayNanosBig + BigInt(value.nanos) - BigInt(offset) * 1_000_000_000n
}

const wallNanosOf = (value: { days: number; nanos: number }) => BigInt(value.days) * dayNanosBig + BigInt(value.nanos)

const floorDivide = (value: bigint, by: bigint): bigint => (value - (((value % by) + by) % by)) / by

const splitNanos = (nanos: bigint): { days: number; nanos: number } => {
  const days = floorDivide(nanos, dayNanosBig)
  return { days: Number(days), nanos: Number(nanos - days * dayNanosBig) }
}

/** Negative, zero or positive; null when the two have no order. */
export const compareTemporals = (left: Temporal, right: Temporal, site: SiteTime): number | null => {
  const order = (a: number | bigint, b: number | bigint) => (a < b ? -1 : a > b ? 1 : 0)
  if (left.kind === 'date' && right.kind === 'date') return order(left.days, right.days)
  if (left.kind === 'months' && right.kind === 'months') return order(left.months, right.months)
  if (left.kind === 'nanos' && right.kind === 'nanos') return order(left.nanos, right.nanos)
  if (left.kind === 'dateTime' && right.kind === 'dateTime') return order(instantNanosOf(left, site), instantNanosOf(right, site))
  if (left.kind === 'time' && right.kind === 'time') return order(timeNanosOf(left, site), timeNanosOf(right, site))
  return null
}

/** A time of day in UTC; a zone with summer time counts as on 1970-01-01, in winter. */
const timeNanosOf = (value: Temporal & { kind: 'time' }, site: SiteTime): number =>
  value.nanos - offsetSecondsOf(0, value.nanos, value.zone, site) * 1_000_000_000

const shiftMonths = (days: number, months: number): number => {
  const { year, month, day } = addMonths(civilFromDays(days), months)
  return daysFromCivil(year, month, day)
}

/** Null when the two have no sum. */
export const addTemporals = (left: Temporal, right: Temporal): Temporal | null => {
  if (left.kind === 'months' || left.kind === 'nanos') {
    if (left.kind === 'months' && right.kind === 'months') return { kind: 'months', months: left.months + right.months }
    if (left.kind === 'nanos' && right.kind === 'nanos') return { kind: 'nanos', nanos: left.nanos + right.nanos }
    return right.kind === 'months' || right.kind === 'nanos' ? null : addTemporals(right, left)
  }
  if (right.kind === 'months') return left.kind === 'time' ? null : { ...left, days: shiftMonths(left.days, right.months) }
  return right.kind === 'nanos' ? addNanos(left, right.nanos) : null
}

const addNanos = (value: Temporal & { kind: 'date' | 'time' | 'dateTime' }, nanos: bigint): Temporal => {
  if (value.kind === 'date') return { kind: 'date', days: splitNanos(BigInt(value.days) * dayNanosBig + nanos).days }
  if (value.kind === 'time') return { ...value, nanos: splitNanos(BigInt(value.nanos) + nanos).nanos }
  if (value.zone === null || !('id' in value.zone)) return { ...value, ...splitNanos(wallNanosOf(value) + nanos) }
  // In a named zone a length of time is exact: across daylight saving the wall clock jumps.
  const { id } = value.zone
  const before = offsetMinutesOfLocal(id, value.days * dayMs + Math.floor(value.nanos / 1_000_000))
  const instant = wallNanosOf(value) - BigInt(before) * 60_000_000_000n + nanos
  const after = offsetMinutesAt(id, Number(floorDivide(instant, 1_000_000n)))
  return { ...value, ...splitNanos(instant + BigInt(after) * 60_000_000_000n) }
}

export const negateTemporal = (value: Temporal): Temporal | null => {
  if (value.kind === 'months') return { kind: 'months', months: value.months === 0 ? 0 : -value.months }
  return value.kind === 'nanos' ? { kind: 'nanos', nanos: -value.nanos } : null
}

const isLocal = (value: Temporal): boolean => value.kind === 'dateTime' && value.zone === null

/** Whether two times of day, or two points in time, are the same to the second, which is all that equality looks at (DMN 1.5, table 53). */
export const equalTemporals = (left: Temporal, right: Temporal, site: SiteTime): boolean | null => {
  const order = compareTemporals(toTheSecond(left), toTheSecond(right), site)
  return order === null ? null : order === 0
}

const toTheSecond = (value: Temporal): Temporal =>
  value.kind === 'time' || value.kind === 'dateTime' ? { ...value, nanos: value.nanos - (value.nanos % 1_000_000_000) } : value

/** Null when the two have no difference. */
export const subtractTemporals = (left: Temporal, right: Temporal, site: SiteTime): Temporal | null => {
  const negated = negateTemporal(right)
  if (negated) return addTemporals(left, negated)
  if (left.kind === 'time' && right.kind === 'time') {
    return { kind: 'nanos', nanos: BigInt(timeNanosOf(left, site) - timeNanosOf(right, site)) }
  }
  const dated = (value: Temporal) => value.kind === 'date' || value.kind === 'dateTime'
  if (!dated(left) || !dated(right)) return null
  // A date is midnight UTC; between a value with a zone and one without there is no difference (DMN 1.5, table 57).
  if (isLocal(left) !== isLocal(right)) return null
  const point = (value: Temporal) => instantNanosOf(value as Temporal & { kind: 'date' | 'dateTime' }, site)
  return { kind: 'nanos', nanos: point(left) - point(right) }
}
