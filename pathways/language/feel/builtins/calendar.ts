/** What time it is, and where a date lies in its year and week (DMN 1.5, sections 10.3.4.7 and 10.3.4.8). */
import { civilFromDays, daysFromCivil, weekdayOfDays } from '../../../time/civil.ts'
import { isoOf } from '../../../time/site.ts'
import type { Inner } from '../inner.ts'
import { type Builtin, takes } from './define.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const ofDay = (work: (days: number) => Inner): Builtin =>
  takes(['temporal'], ([value]) => (value.kind === 'date' || value.kind === 'dateTime' ? work(value.days) : null))

const dayOfYear = (days: number) => days - daysFromCivil(civilFromDays(days).year, 1, 1) + 1

/** ISO 8601: the week that holds the year's first Thursday is week 1. */
const weekOfYear = (days: number): number => Math.ceil(dayOfYear(days - weekdayOfDays(days) + 4) / 7)

export const calendar: Record<string, Builtin> = {
  // With the site's offset: an instant, also in the hour that comes twice.
  now: takes([], (_, scope) => ({ '@': isoOf(scope.at, scope.site) })),
  today: takes([], (_, scope) => ({ '@': isoOf(scope.at, scope.site).slice(0, 10) })),
  'day of year': ofDay(dayOfYear),
  'day of week': ofDay((days) => weekdays[weekdayOfDays(days) - 1]!),
  'month of year': ofDay((days) => months[civilFromDays(days).month - 1]!),
  'week of year': ofDay(weekOfYear),
}
