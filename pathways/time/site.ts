/** A site's clock as arithmetic: hospital time (whole milliseconds since the site's epoch) and the wall clock of its time zone. */
import { civilFromDays, dayMs, daysFromCivil, weekdayOfDays } from './civil.ts'
import { offsetMinutesAt, offsetMinutesOfLocal } from './zones.ts'

export interface SiteTime {
  /** ISO 8601 instant of hospital time 0, with its offset: `2026-01-01T00:00:00Z`. */
  epoch: string
  /** IANA name; see `zones.ts` for those we know. */
  timeZone: string
}

export interface LocalTime {
  year: number
  month: number
  day: number
  /** 1 is Monday. */
  weekday: number
  hour: number
  minute: number
  second: number
  millisecond: number
  offsetMinutes: number
  /** Minutes since Monday 00:00 by the wall clock, 0 to 10079. */
  minuteOfWeek: number
}

export type LocalFields = Pick<LocalTime, 'year' | 'month' | 'day'> &
  Partial<Pick<LocalTime, 'hour' | 'minute' | 'second' | 'millisecond'>>

const instantPattern = /^(-?\d{4,9})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)$/

/**
 * Milliseconds since 1970-01-01T00:00Z of an ISO 8601 instant; finer digits are dropped.
 * @throws Error when the text is not an instant with an offset.
 */
export const epochMsOfInstant = (text: string): number => {
  const parts = instantPattern.exec(text)
  if (!parts) throw new Error(`"${text}" is not an ISO 8601 instant. Write it like 2026-01-01T00:00:00Z.`)
  const [, year, month, day, hour, minute, second, fraction, zone] = parts
  const offset = zone === 'Z' ? 0 : (zone![0] === '-' ? -1 : 1) * (Number(zone!.slice(1, 3)) * 60 + Number(zone!.slice(4, 6)))
  return (
    daysFromCivil(Number(year), Number(month), Number(day)) * dayMs +
    Number(hour) * 3_600_000 +
    (Number(minute) - offset) * 60_000 +
    Number(second ?? 0) * 1000 +
    Number((fraction ?? '').padEnd(3, '0').slice(0, 3))
  )
}

// A pure function's last answer: one site's epoch is asked for at every reading of a clock.
let lastEpoch = ''
let lastEpochMs = 0
const siteEpochMs = (site: SiteTime): number => {
  if (site.epoch !== lastEpoch) {
    lastEpochMs = epochMsOfInstant(site.epoch)
    lastEpoch = site.epoch
  }
  return lastEpochMs
}

/** Hospital milliseconds to milliseconds since 1970-01-01T00:00Z. */
export const epochMsOf = (at: number, site: SiteTime): number => siteEpochMs(site) + at

/** Milliseconds since 1970-01-01T00:00Z to hospital milliseconds. */
export const hospitalMsOf = (epochMs: number, site: SiteTime): number => epochMs - siteEpochMs(site)

/** What the wall clock shows at a hospital time. */
export const localTime = (at: number, site: SiteTime): LocalTime => {
  const epochMs = epochMsOf(at, site)
  const offsetMinutes = offsetMinutesAt(site.timeZone, epochMs)
  const local = epochMs + offsetMinutes * 60_000
  const days = Math.floor(local / dayMs)
  const ofDay = local - days * dayMs
  const weekday = weekdayOfDays(days)
  const { year, month, day } = civilFromDays(days)
  return {
    year,
    month,
    day,
    weekday,
    hour: Math.floor(ofDay / 3_600_000),
    minute: Math.floor(ofDay / 60_000) % 60,
    second: Math.floor(ofDay / 1000) % 60,
    millisecond: Math.floor(ofDay) % 1000,
    offsetMinutes,
    minuteOfWeek: (weekday - 1) * 1440 + Math.floor(ofDay / 60_000),
  }
}

/** Wall-clock fields read as if they were UTC, in milliseconds: the common currency of zone arithmetic. */
export const localMsOf = (fields: LocalFields): number =>
  daysFromCivil(fields.year, fields.month, fields.day) * dayMs +
  (fields.hour ?? 0) * 3_600_000 +
  (fields.minute ?? 0) * 60_000 +
  (fields.second ?? 0) * 1000 +
  (fields.millisecond ?? 0)

/** The hospital time at which the wall clock shows these fields; see `offsetMinutesOfLocal` for hours skipped or repeated. */
export const instantOf = (fields: LocalFields, site: SiteTime): number => {
  const local = localMsOf(fields)
  return hospitalMsOf(local - offsetMinutesOfLocal(site.timeZone, local) * 60_000, site)
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0')

/** ISO 8601 with the site's offset, to the millisecond when there is one: `2026-11-23T08:15:00+01:00`. */
export const isoOf = (at: number, site: SiteTime): string => {
  const time = localTime(at, site)
  const offset = Math.abs(time.offsetMinutes)
  const zone =
    time.offsetMinutes === 0 ? 'Z' : `${time.offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(offset / 60))}:${pad(offset % 60)}`
  const fraction = time.millisecond === 0 ? '' : `.${pad(time.millisecond, 3)}`
  return `${pad(time.year, 4)}-${pad(time.month)}-${pad(time.day)}T${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}${fraction}${zone}`
}

/** Hospital time of an ISO 8601 text: with an offset an instant, without one the site's wall clock. Null when it is neither. */
export const hospitalMsOfIso = (text: string, site: SiteTime): number | null => {
  if (instantPattern.test(text)) return hospitalMsOf(epochMsOfInstant(text), site)
  const withTime = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text
  if (!instantPattern.test(`${withTime}Z`)) return null
  const local = epochMsOfInstant(`${withTime}Z`)
  return hospitalMsOf(local - offsetMinutesOfLocal(site.timeZone, local) * 60_000, site)
}
