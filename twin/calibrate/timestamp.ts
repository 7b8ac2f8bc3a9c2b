/** Points in time as logs write them: ISO 8601, the forms of spreadsheets and of countries, seconds since 1970. */
import { dayMs, daysFromCivil, daysInMonth } from '../../pathways/time/civil.ts'
import { offsetMinutesAt, offsetMinutesOfLocal } from '../../pathways/time/zones.ts'

const MONTHS: Record<string, number> = {}
for (const [index, names] of [
  'jan janv january janvier',
  'feb fev fevr february fevrier',
  'mar mars march',
  'apr avr april avril',
  'may mai',
  'jun juin june',
  'jul juil july juillet',
  'aug aou aout august',
  'sep sept september septembre',
  'oct october octobre',
  'nov november novembre',
  'dec december decembre',
].entries())
  for (const name of names.split(' ')) MONTHS[name] = index + 1

const CLOCK =
  '(?:(?:T|,?\\s+|\\s*-\\s*|:)(\\d{1,2})(?:[:h](\\d{2})?)(?::(\\d{2}))?(?:[.,](\\d{1,9}))?\\s*([AaPp]\\.?[Mm]\\.?)?\\s*(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})?)?'
const YEAR_FIRST = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${CLOCK}$`)
const YEAR_LAST = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${CLOCK}$`)
const NAMED_MONTH = new RegExp(`^(\\d{1,2})[-/. ]([A-Za-z]+)\\.?[-/. ](\\d{4}|\\d{2})${CLOCK}$`)

/** Of so many times with an offset one is kept, to tell the zone by. */
const OFFSETS_EVERY = 7

/** Fewer times say nothing of how they are rounded. */
const READ_MIN = 20

export interface TimestampOptions {
  /** Of times without an offset. */
  timeZone: string
  /** Whether `03/04/2026` is the third of April. */
  dayFirst: boolean
}

/** Reads one column's or log's times, and remembers what it saw of them. */
export class TimestampReader {
  readonly #options: TimestampOptions
  /** Of times without an offset. */
  readonly localZone: string
  /** Times with an offset, thinned; and how many without. */
  readonly offsets: { at: number; offsetMinutes: number }[] = []
  #zoned = 0
  local = 0
  /** Dates that can only be day first, or month first. */
  onlyDayFirst = 0
  onlyMonthFirst = 0
  /** Dates that can be both. */
  ambiguous = 0
  /** At wall-clock times that summer time skips. */
  skipped = 0
  /** On the full minute, the full hour, at midnight: of all those read. */
  read = 0
  fullMinute = 0
  fullHour = 0
  midnight = 0

  constructor(options: TimestampOptions) {
    this.#options = options
    this.localZone = options.timeZone
  }

  /** Milliseconds since 1970-01-01T00:00Z; NaN for what is no time. */
  parse(written: string): number {
    const text = written.trim()
    const parts = YEAR_FIRST.exec(text)
    if (parts) return this.#instant(Number(parts[1]), Number(parts[2]), Number(parts[3]), parts)
    const last = YEAR_LAST.exec(text)
    if (last) return this.#yearLast(last)
    const named = NAMED_MONTH.exec(text.normalize('NFD').replace(/[\u0300-\u036f]/g, ''))
    if (named) {
      const month = MONTHS[named[2]!.toLowerCase()]
      return month ? this.#instant(fullYear(named[3]!), month, Number(named[1]), named) : Number.NaN
    }
    return this.#number(text)
  }

  #yearLast(parts: RegExpExecArray): number {
    const [first, second] = [Number(parts[1]), Number(parts[2])]
    if (first > 12) this.onlyDayFirst++
    else if (second > 12) this.onlyMonthFirst++
    else if (first !== second) this.ambiguous++
    const isDayFirst = first > 12 || (second <= 12 && this.#options.dayFirst)
    return this.#instant(fullYear(parts[3]!), isDayFirst ? second : first, isDayFirst ? first : second, parts)
  }

  /** Seconds or milliseconds since 1970, or a spreadsheet's days since 1900. */
  #number(text: string): number {
    if (!/^\d+([.,]\d+)?$/.test(text)) return Number.NaN
    const value = Number(text.replace(',', '.'))
    if (value >= 1e11 && value < 1e13) return this.#seen(Math.floor(value), 0)
    if (value >= 1e8 && value < 1e10) return this.#seen(Math.round(value * 1000), 0)
    // Days until 1970 in the calendar of spreadsheets: 25,569.
    if (value >= 20_000 && value < 80_000) return this.#local(Math.round((value - 25_569) * 86_400) * 1000)
    return Number.NaN
  }

  #instant(year: number, month: number, day: number, parts: RegExpExecArray): number {
    const [, , , , hours, minutes, seconds, fraction, half, zone] = parts
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN
    let hour = Number(hours ?? 0)
    if (half) hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0)
    const [minute, second] = [Number(minutes ?? 0), Number(seconds ?? 0)]
    if (hour > 24 || minute > 59 || second > 60) return Number.NaN
    const ms =
      daysFromCivil(year, month, day) * dayMs +
      hour * 3_600_000 +
      minute * 60_000 +
      second * 1000 +
      Number((fraction ?? '').padEnd(3, '0').slice(0, 3))
    return zone ? this.#seen(ms, offsetOf(zone)) : this.#local(ms)
  }

  /** @param ms what the wall clock shows, as if it were UTC. */
  #seen(ms: number, offsetMinutes: number): number {
    this.#count(ms)
    const at = ms - offsetMinutes * 60_000
    if (this.#zoned++ % OFFSETS_EVERY === 0) this.offsets.push({ at, offsetMinutes })
    return at
  }

  #local(ms: number): number {
    this.#count(ms)
    this.local++
    const offset = offsetMinutesOfLocal(this.#options.timeZone, ms)
    const instant = ms - offset * 60_000
    if (offsetMinutesAt(this.#options.timeZone, instant) !== offset) this.skipped++
    return instant
  }

  #count(ms: number): void {
    this.read++
    if (ms % 60_000 === 0) this.fullMinute++
    if (ms % 3_600_000 === 0) this.fullHour++
    if (ms % dayMs === 0) this.midnight++
  }

  /** What the times are rounded to, milliseconds: 0 for less than a minute. Two in a hundred may say otherwise. */
  get grid(): number {
    const most = 0.98 * this.read
    if (this.read < READ_MIN) return 0
    return this.midnight >= most ? dayMs : this.fullHour >= most ? 3_600_000 : this.fullMinute >= most ? 60_000 : 0
  }
}

const fullYear = (text: string): number => (text.length === 4 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900))

const offsetOf = (zone: string): number => {
  if (!/^[+-]/.test(zone)) return 0
  const digits = zone.replace(/\D/g, '')
  return (zone[0] === '-' ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0))
}

/** The zone whose clocks show these offsets at these times, among those that logs are most often of; '' when none does. */
export const zoneOf = (written: readonly { at: number; offsetMinutes: number }[]): string =>
  CANDIDATES.find((zone) => written.every(({ at, offsetMinutes }) => offsetMinutesAt(zone, at) === offsetMinutes)) ?? ''

const CANDIDATES = [
  'UTC',
  'Europe/Paris',
  'Europe/London',
  'Europe/Helsinki',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Indian/Reunion',
  'America/Martinique',
  'America/Cayenne',
]
