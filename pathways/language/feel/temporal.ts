/** FEEL's dates, times and durations: read from their text, written back in one canonical form. */
import { civilFromDays, daysFromCivil, daysInMonth } from '../../time/civil.ts'
import { isKnownZone } from '../../time/zones.ts'
import type { TemporalValue } from './inner.ts'

export type Zone = { offsetSeconds: number } | { id: string } | null
export type Temporal =
  | { kind: 'date'; days: number }
  /** `nanos` since midnight: always a safe integer. */
  | { kind: 'time'; nanos: number; zone: Zone }
  | { kind: 'dateTime'; days: number; nanos: number; zone: Zone }
  | { kind: 'months'; months: number }
  | { kind: 'nanos'; nanos: bigint }

export const dayNanos = 86_400_000_000_000
const datePart = '(-?\\d{4,9})-(\\d\\d)-(\\d\\d)'
const timePart = '(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d+))?([Zz]|[+-]\\d\\d:\\d\\d(?::\\d\\d)?|@[A-Za-z0-9_/+-]+)?'
const datePattern = new RegExp(`^${datePart}$`)
const timePattern = new RegExp(`^${timePart}$`)
const dateTimePattern = new RegExp(`^${datePart}T${timePart}$`)
const monthsPattern = /^(-)?P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?$/
const nanosPattern = /^(-)?P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?$/

const daysOf = (year: string, month: string, day: string): number | null => {
  if (/^-?0\d{4,}$/.test(year)) return null
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  return m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m) ? daysFromCivil(y, m, d) : null
}

const nanosOf = (hour: string, minute: string, second: string, fraction = ''): number | null => {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)]
  if (h > 23 || m > 59 || s > 59) return null
  return (h * 3600 + m * 60 + s) * 1_000_000_000 + Number(fraction.padEnd(9, '0').slice(0, 9))
}

const nanosOfEnd = (minute: string, second: string, fraction = ''): number | null =>
  /^0*$/.test(minute + second + fraction) ? 0 : null

/** Undefined when the text is no zone. */
const zoneOf = (text: string | undefined): Zone | undefined => {
  if (text === undefined) return null
  if (text === 'Z' || text === 'z') return { offsetSeconds: 0 }
  if (text[0] === '@') return isKnownZone(text.slice(1)) ? { id: text.slice(1) } : undefined
  const [hours, minutes, seconds] = text.slice(1).split(':').map(Number)
  if (hours! > 18 || minutes! > 59 || (seconds ?? 0) > 59) return undefined
  return { offsetSeconds: (text[0] === '-' ? -1 : 1) * (hours! * 3600 + minutes! * 60 + (seconds ?? 0)) }
}

export const parseDate = (text: string): Temporal | null => {
  const parts = datePattern.exec(text)
  const days = parts && daysOf(parts[1]!, parts[2]!, parts[3]!)
  return days === null ? null : { kind: 'date', days }
}

export const parseTime = (text: string): Temporal | null => {
  const parts = timePattern.exec(text)
  if (!parts) return null
  const nanos = nanosOf(parts[1]!, parts[2]!, parts[3]!, parts[4])
  const zone = zoneOf(parts[5])
  return nanos === null || zone === undefined ? null : { kind: 'time', nanos, zone }
}

export const parseDateTime = (text: string): Temporal | null => {
  const parts = dateTimePattern.exec(text)
  if (!parts) return null
  const midnight = parts[4] === '24'
  const day = daysOf(parts[1]!, parts[2]!, parts[3]!)
  // XML Schema writes the end of a day as 24:00:00, which is the next one's midnight.
  const days = midnight && day !== null ? day + 1 : day
  const nanos = midnight ? nanosOfEnd(parts[5]!, parts[6]!, parts[7]) : nanosOf(parts[4]!, parts[5]!, parts[6]!, parts[7])
  const zone = zoneOf(parts[8])
  return days === null || nanos === null || zone === undefined ? null : { kind: 'dateTime', days, nanos, zone }
}

export const parseDuration = (text: string): Temporal | null => {
  const months = monthsPattern.exec(text)
  if (months) {
    const total = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0)
    return { kind: 'months', months: total === 0 ? 0 : months[1] ? -total : total }
  }
  const parts = nanosPattern.exec(text)
  if (!parts) return null
  const seconds =
    BigInt(parts[2] ?? 0) * 86_400n + BigInt(parts[3] ?? 0) * 3600n + BigInt(parts[4] ?? 0) * 60n + BigInt(parts[5] ?? 0)
  const nanos = seconds * 1_000_000_000n + BigInt((parts[6] ?? '').padEnd(9, '0').slice(0, 9))
  return { kind: 'nanos', nanos: parts[1] ? -nanos : nanos }
}

/** Any temporal text, as an at-literal holds it; null when it is none. */
export const parseTemporal = (text: string): Temporal | null => {
  if (text[0] === 'P' || text[1] === 'P') return parseDuration(text)
  if (text[2] === ':') return parseTime(text)
  return text.includes('T') ? parseDateTime(text) : parseDate(text)
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0')
const fractionOf = (nanos: number) => (nanos === 0 ? '' : `.${pad(nanos, 9).replace(/0+$/, '')}`)

const formatZone = (zone: Zone): string => {
  if (zone === null) return ''
  if ('id' in zone) return `@${zone.id}`
  if (zone.offsetSeconds === 0) return 'Z'
  const size = Math.abs(zone.offsetSeconds)
  const seconds = size % 60 === 0 ? '' : `:${pad(size % 60)}`
  return `${zone.offsetSeconds < 0 ? '-' : '+'}${pad(Math.floor(size / 3600))}:${pad(Math.floor(size / 60) % 60)}${seconds}`
}

const formatDate = (days: number): string => {
  const { year, month, day } = civilFromDays(days)
  return `${year < 0 ? '-' : ''}${pad(Math.abs(year), 4)}-${pad(month)}-${pad(day)}`
}

const formatTime = (nanos: number): string => {
  const seconds = Math.floor(nanos / 1_000_000_000)
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}${fractionOf(nanos % 1_000_000_000)}`
}

const formatMonths = (months: number): string => {
  const size = Math.abs(months)
  const years = Math.floor(size / 12)
  return `${months < 0 ? '-' : ''}P${years ? `${years}Y` : ''}${size % 12 || !years ? `${size % 12}M` : ''}`
}

const formatNanos = (nanos: bigint): string => {
  const size = nanos < 0n ? -nanos : nanos
  const seconds = size / 1_000_000_000n
  const fraction = fractionOf(Number(size % 1_000_000_000n))
  const part = (value: bigint, unit: string) => (value === 0n ? '' : `${value}${unit}`)
  const last = seconds % 60n === 0n && fraction === '' ? '' : `${seconds % 60n}${fraction}S`
  const time = part((seconds / 3600n) % 24n, 'H') + part((seconds / 60n) % 60n, 'M') + last
  const date = part(seconds / 86_400n, 'D')
  return date + time === '' ? 'PT0S' : `${nanos < 0n ? '-' : ''}P${date}${time && `T${time}`}`
}

export const formatTemporal = (value: Temporal): string => {
  switch (value.kind) {
    case 'date':
      return formatDate(value.days)
    case 'time':
      return formatTime(value.nanos) + formatZone(value.zone)
    case 'dateTime':
      return `${formatDate(value.days)}T${formatTime(value.nanos)}${formatZone(value.zone)}`
    case 'months':
      return formatMonths(value.months)
    case 'nanos':
      return formatNanos(value.nanos)
  }
}

const daysMin = daysFromCivil(-999_999_999, 1, 1)
const daysMax = daysFromCivil(999_999_999, 12, 31)

/** Years a FEEL date may have (DMN 1.5, section 10.3.4.1, by XML Schema): beyond them there is no value. */
const inRange = (value: Temporal): boolean => {
  if (value.kind === 'months') return Number.isSafeInteger(value.months)
  if (value.kind !== 'date' && value.kind !== 'dateTime') return true
  return value.days >= daysMin && value.days <= daysMax
}

/** Into evaluation: the tagged text, or null. */
export const tagged = (value: Temporal | null): TemporalValue | null =>
  value && inRange(value) ? { '@': formatTemporal(value) } : null
