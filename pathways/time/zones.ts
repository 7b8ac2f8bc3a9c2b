/**
 * Time zones as data, without Intl, so that every machine gives the same bytes: those of a French hospital and its neighbours by rule,
 * every other zone of the IANA database from a table (`zone-history.ts`).
 * Times here are milliseconds since 1970-01-01T00:00Z. "Local" milliseconds read the wall clock as if it were UTC.
 * Sources: directive 2000/84/EC (last Sunday of March and of October, 01:00 UTC); IANA tz database for the fixed offsets and the years before 1996.
 */
import { civilFromDays, dayMs, daysFromCivil, weekdayOfDays } from './civil.ts'
import { isInTable, namesInTable, tableOffsetAt } from './zone-history.ts'

/** Winter offset in minutes of zones that follow the European rule. */
const europeanZones: Record<string, number> = {
  'Europe/Paris': 60,
  'Europe/Monaco': 60,
  'Europe/Brussels': 60,
  'Europe/Luxembourg': 60,
  'Europe/Berlin': 60,
  'Europe/Zurich': 60,
  'Europe/Rome': 60,
  'Europe/Madrid': 60,
  'Europe/Amsterdam': 60,
  'Europe/Vienna': 60,
  'Europe/London': 0,
  'Europe/Dublin': 0,
  'Europe/Lisbon': 0,
  'Europe/Athens': 120,
  'Europe/Helsinki': 120,
}

/** Offset in minutes of zones whose clocks never change. */
const fixedZones: Record<string, number> = {
  UTC: 0,
  GMT: 0,
  'Etc/UTC': 0,
  'Etc/GMT': 0,
  'America/Guadeloupe': -240,
  'America/Martinique': -240,
  'America/Marigot': -240,
  'America/St_Barthelemy': -240,
  'America/Cayenne': -180,
  'Indian/Reunion': 240,
  'Indian/Mayotte': 180,
  'Indian/Kerguelen': 300,
  'Pacific/Noumea': 660,
  'Pacific/Wallis': 720,
  'Pacific/Tahiti': -600,
  'Pacific/Marquesas': -570,
  'Pacific/Gambier': -540,
}

/** True for a name of the IANA database. */
export const isKnownZone = (zone: string): boolean =>
  Object.hasOwn(europeanZones, zone) || Object.hasOwn(fixedZones, zone) || isInTable(zone)

/** The names of every zone we know, for messages and menus. */
export const knownZones = (): string[] => namesInTable()

const hourMs = 3_600_000
const lastSundayMs = (year: number, month: number, days: number): number => {
  const last = daysFromCivil(year, month, days)
  return (last - (weekdayOfDays(last) % 7)) * dayMs + hourMs
}

/** From 1981 to 1995 summer time ended with September; before 1981 we know no summer time. */
const isSummer = (epochMs: number): boolean => {
  const { year } = civilFromDays(Math.floor(epochMs / dayMs))
  if (year < 1981) return false
  const end = year < 1996 ? lastSundayMs(year, 9, 30) : lastSundayMs(year, 10, 31)
  return epochMs >= lastSundayMs(year, 3, 31) && epochMs < end
}

/**
 * Minutes to add to UTC in a zone at an instant.
 * @throws Error naming the zone when the IANA database has no such name.
 */
export const offsetMinutesAt = (zone: string, epochMs: number): number => {
  const fixed = Object.hasOwn(fixedZones, zone) ? fixedZones[zone] : undefined
  if (fixed !== undefined) return fixed
  const winter = europeanZones[zone]
  if (winter === undefined) {
    const found = tableOffsetAt(zone, epochMs)
    if (found === null)
      throw new Error(`Time zone "${zone}" is not known. Use a name of the IANA database, such as Europe/Paris.`)
    return found
  }
  return isSummer(epochMs) ? winter + 60 : winter
}

/**
 * The offset to take away from a wall-clock time. An hour that comes twice is the first of the two; an hour that is skipped moves
 * on by the length of the gap (as RFC 5545, section 3.3.5, has it).
 */
export const offsetMinutesOfLocal = (zone: string, localMs: number): number => {
  const before = offsetMinutesAt(zone, localMs - dayMs)
  const after = offsetMinutesAt(zone, localMs + dayMs)
  if (before === after) return before
  const fits = (offset: number) => offsetMinutesAt(zone, localMs - offset * 60_000) === offset
  if (fits(before)) return before
  return fits(after) ? after : before
}
