/** ISO 8601 durations: months follow the calendar of the site's time zone, days and less are exact lengths of time. */
import { addMonths } from './civil.ts'
import { instantOf, localTime, type SiteTime } from './site.ts'

export interface Duration {
  /** Years and months; whole, negative for a negative duration. */
  months: number
  /** Weeks, days and time of day, to the millisecond. */
  milliseconds: number
}

/** `R3/2026-01-01T00:00:00Z/PT1H`: how often, from when, how far apart. */
export interface Cycle {
  /** -1 is for ever. */
  repeats: number
  /** ISO text of the first time, '' when it starts one period from now. */
  start: string
  period: string
  /** ISO text of the last time, of one that says its end instead of its start. */
  end?: string
}

const pattern =
  /^(-)?P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?=\d)(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/

const whole = (text: string | undefined) => Number(text ?? 0)
// Rounded at the end: 1.1 s is 1100 ms, whatever a double makes of it.
const scaled = (text: string | undefined, factor: number) => Math.round(Number((text ?? '0').replace(',', '.')) * factor)

/** Texts that were read, and what they say: a pathway has few. */
const known = new Map<string, Duration | null>()
const KNOWN_MAX = 1_000

/** Null when the text is not a duration or too long for whole milliseconds. */
export const parseDuration = (text: string): Readonly<Duration> | null => {
  const before = known.get(text)
  if (before !== undefined) return before
  if (known.size >= KNOWN_MAX) known.clear()
  const duration = readDuration(text)
  known.set(text, duration)
  return duration
}

const readDuration = (text: string): Duration | null => {
  const parts = pattern.exec(text)
  if (!parts) return null
  const [, minus, years, months, weeks, days, hours, minutes, seconds] = parts
  const sign = minus ? -1 : 1
  const milliseconds =
    whole(weeks) * 604_800_000 +
    scaled(days, 86_400_000) +
    scaled(hours, 3_600_000) +
    scaled(minutes, 60_000) +
    scaled(seconds, 1000)
  const allMonths = whole(years) * 12 + whole(months)
  if (!Number.isSafeInteger(milliseconds) || !Number.isSafeInteger(allMonths)) return null
  return { months: allMonths === 0 ? 0 : sign * allMonths, milliseconds: milliseconds === 0 ? 0 : sign * milliseconds }
}

/** Milliseconds of a duration without years and months; null when it has some, or is no duration. */
export const millisecondsOf = (text: string): number | null => {
  const duration = parseDuration(text)
  return duration && duration.months === 0 ? duration.milliseconds : null
}

/** The hospital time a duration later, `times` over. Months keep the wall clock's hour across daylight saving; days are 24 hours. */
export const addDuration = (at: number, duration: Duration, site: SiteTime, times = 1): number => {
  const exact = duration.milliseconds * times
  if (duration.months === 0) return at + exact
  const local = localTime(at, site)
  return instantOf({ ...local, ...addMonths(local, duration.months * times) }, site) + exact
}

/** Shortest ISO text: `P1Y2M`, `P1DT2H`, `PT0S`, with a leading minus when negative. Years-months and days-time are not mixed in sign. */
export const formatDuration = (duration: Duration): string => {
  const negative = duration.months < 0 || duration.milliseconds < 0
  const months = Math.abs(duration.months)
  const total = Math.abs(duration.milliseconds)
  const part = (value: number, unit: string) => (value === 0 ? '' : `${value}${unit}`)
  const date = part(Math.floor(months / 12), 'Y') + part(months % 12, 'M') + part(Math.floor(total / 86_400_000), 'D')
  const time =
    part(Math.floor(total / 3_600_000) % 24, 'H') +
    part(Math.floor(total / 60_000) % 60, 'M') +
    part((total % 60_000) / 1000, 'S')
  return date + time === '' ? 'PT0S' : `${negative ? '-' : ''}P${date}${time && `T${time}`}`
}

/** `R/PT1H`, `R3/2026-01-01T08:00:00/P1D`, `R3/P1D/2026-01-03T08:00:00`. Null when it is no repeating interval. */
export const parseCycle = (text: string): Cycle | null => {
  const parts = text.split('/')
  const repeats = /^R(\d*)$/.exec(parts[0] ?? '')
  if (!repeats || parts.length < 2 || parts.length > 3) return null
  const [, first, second = ''] = parts
  const saysEnd = second !== '' && parseDuration(first!) !== null
  const period = saysEnd || second === '' ? first! : second
  const duration = parseDuration(period)
  if (!duration || duration.months + duration.milliseconds <= 0) return null
  const count = repeats[1] === '' ? -1 : Number(repeats[1])
  if (saysEnd) return { repeats: count, start: '', period, end: second }
  return { repeats: count, start: second === '' ? '' : first!, period }
}
