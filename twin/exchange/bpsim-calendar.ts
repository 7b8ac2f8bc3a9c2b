/** Opening hours as BPSim writes them: iCalendar events (RFC 5545) that repeat every week or day, by the wall clock of the site. */
import { daysFromCivil } from '../../pathways/time/civil.ts'
import { millisecondsOf } from '../../pathways/time/duration.ts'
import { weekdays } from '../hospital/schema.ts'

type Day = (typeof weekdays)[number]
export interface OpenPeriod {
  days: Day[]
  from: string
  to: string
}

const DAYS: Record<string, Day> = { MO: 'mon', TU: 'tue', WE: 'wed', TH: 'thu', FR: 'fri', SA: 'sat', SU: 'sun' }
const dayMinutes = 1_440

/** What of a rule can be said here; one that ends, skips or changes is another calendar than that of any week. */
const RULE = new Set(['FREQ', 'BYDAY', 'INTERVAL', 'WKST'])
const EXCEPTIONS = new Set(['EXDATE', 'RDATE', 'EXRULE'])

/** Its periods, or null for a calendar with an event that does not repeat so, and for ever. */
export const periodsOfCalendar = (text: string): OpenPeriod[] | null => {
  const lines = text
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
  const periods: OpenPeriod[] = []
  let event: Record<string, string> | null = null
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') event = {}
    else if (line === 'END:VEVENT' && event) {
      const period = periodOf(event)
      if (!period) return null
      periods.push(period)
      event = null
    } else if (event) {
      const [, name, value] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? []
      if (name) event[name] = value!
    }
  }
  return periods.length > 0 ? periods : null
}

const periodOf = (event: Record<string, string>): OpenPeriod | null => {
  const { DTSTART = '', DTEND = '', DURATION = '', RRULE = '' } = event
  const rule = Object.fromEntries(RRULE.split(';').map((part) => part.split('=') as [string, string]))
  if (Object.keys(event).some((name) => EXCEPTIONS.has(name)) || Object.keys(rule).some((name) => !RULE.has(name))) return null
  if (rule.INTERVAL !== undefined && rule.INTERVAL !== '1') return null
  const start = instantOf(DTSTART)
  if (!start) return null
  const end = instantOf(DTEND)
  const lasts = end ? end.minutes - start.minutes : (millisecondsOf(DURATION) ?? 0) / 60_000
  if (!Number.isInteger(lasts) || lasts <= 0 || lasts > dayMinutes) return null
  const days = daysOf(rule, weekdays[(Math.floor(start.minutes / dayMinutes) + 3) % 7]!)
  const from = start.minutes % dayMinutes
  return days ? { days, from: clock(from), to: clock((from + lasts) % dayMinutes) } : null
}

/** Minutes since 1970, a Thursday, by the wall clock; null for what is no date and time. */
const instantOf = (text: string): { minutes: number } | null => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(text)
  if (!parts) return null
  const [year, month, day, hour, minute] = parts.slice(1).map(Number) as [number, number, number, number, number]
  return { minutes: daysFromCivil(year, month, day) * dayMinutes + hour * 60 + minute }
}

const daysOf = ({ FREQ, BYDAY }: Record<string, string>, first: Day): Day[] | null => {
  if (FREQ === 'DAILY' && BYDAY === undefined) return [...weekdays]
  if (FREQ !== 'WEEKLY' && FREQ !== 'DAILY') return null
  const named = (BYDAY?.split(',') ?? []).map((name) => DAYS[name])
  if (named.some((day) => day === undefined)) return null
  return named.length > 0 ? (named as Day[]) : [first]
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
