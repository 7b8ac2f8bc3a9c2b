/** Whether a weekly calendar is open at a time, by the site's wall clock. */
import { instantOf, localTime, type SiteTime } from '../time/site.ts'
import type { Calendar, Unit } from './contract.ts'
import { type CalendarEntry, calendarOf, type Ledger, poolOf } from './ledger.ts'

const weekMinutes = 10_080

/** Whether a calendar is open; '' always is. */
export const isOpen = (ledger: Ledger, calendar: string, at: number): boolean => {
  if (calendar === '') return true
  const entry = calendarOf(ledger, calendar)
  refresh(ledger, entry, at)
  return entry.open
}

export const refresh = (ledger: Ledger, entry: CalendarEntry, at: number): void => {
  if (at >= entry.from && at < entry.until) return
  entry.open = openAt(entry.calendar, ledger.site, at)
  entry.from = at
  entry.until = boundaryAfter(entry.calendar, ledger.site, at)
}

const openAt = (calendar: Calendar, site: SiteTime, at: number): boolean => {
  const { minuteOfWeek } = localTime(at, site)
  return calendar.open.some(({ fromMinute, toMinute }) => contains(fromMinute, toMinute, minuteOfWeek))
}

/** An interval may run past the end of the week: Sunday 20:00 to Monday 08:00 is 9840 to 10560. */
const contains = (from: number, to: number, minute: number): boolean =>
  (minute >= from && minute < to) || (minute + weekMinutes >= from && minute + weekMinutes < to)

/** At most a week later; always after `at`, also where clocks go back. */
const boundaryAfter = (calendar: Calendar, site: SiteTime, at: number): number => {
  const now = localTime(at, site)
  let next = Number.POSITIVE_INFINITY
  for (const { fromMinute, toMinute } of calendar.open)
    for (const minute of [fromMinute % weekMinutes, toMinute % weekMinutes]) {
      const ahead = minute > now.minuteOfWeek ? minute : minute + weekMinutes
      const { year, month, day } = now
      const instant = instantOf({ year, month, day: day - (now.weekday - 1), minute: ahead }, site)
      if (instant > at) next = Math.min(next, instant)
    }
  return clockChangeBefore(next, at, site)
}

/** Where the zone's offset changes first, the wall clock jumps: the calendar is read again there. */
const clockChangeBefore = (next: number, at: number, site: SiteTime): number => {
  const { offsetMinutes } = localTime(at, site)
  const limit = Number.isFinite(next) ? next : at + weekMinutes * 60_000
  if (localTime(limit, site).offsetMinutes === offsetMinutes) return next
  let before = at
  let after = limit
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (localTime(middle, site).offsetMinutes === offsetMinutes) before = middle
    else after = middle
  }
  return after
}

/** Units of a pool that somebody has although their opening hours are over. @throws UnknownToLedger */
export const inUseOutsideHours = (ledger: Ledger, pool: string, at: number): Readonly<Unit>[] =>
  poolOf(ledger, pool).units.flatMap(({ unit }) => (unit.holder !== '' && !isOpen(ledger, unit.calendar, at) ? [unit] : []))
