/** Opening hours as BPSim writes them: iCalendar events (RFC 5545) that repeat every week or day. */
import { weekdays } from '../hospital/schema.ts'

type Day = (typeof weekdays)[number]
export interface OpenPeriod {
  days: Day[]
  from: string
  to: string
}

const DAYS: Record<string, Day> = { MO: 'mon', TU: 'tue', WE: 'wed', TH: 'thu', FR: 'fri', SA: 'sat', SU: 'sun' }

/** Its periods, or null for an event that does not repeat so. */
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

const periodOf = ({ DTSTART = '', DTEND = '', DURATION = '', RRULE = '' }: Record<string, string>): OpenPeriod | null => {
  const rule = Object.fromEntries(RRULE.split(';').map((part) => part.split('=') as [string, string]))
  if (rule.INTERVAL !== undefined && rule.INTERVAL !== '1') return null
  const start = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(DTSTART)
  const end = /^\d{8}T(\d\d)(\d\d)/.exec(DTEND)
  const lasts = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(DURATION)
  if (!start || (!end && !lasts)) return null
  const from = Number(start[4]) * 60 + Number(start[5])
  const to = end ? Number(end[1]) * 60 + Number(end[2]) : (from + Number(lasts![1] ?? 0) * 60 + Number(lasts![2] ?? 0)) % 1440
  const days = daysOf(rule, dayOf(Number(start[1]), Number(start[2]), Number(start[3])))
  return days ? { days, from: clock(from), to: clock(to) } : null
}

const daysOf = ({ FREQ, BYDAY }: Record<string, string>, first: Day): Day[] | null => {
  if (FREQ === 'DAILY' && BYDAY === undefined) return [...weekdays]
  if (FREQ !== 'WEEKLY' && FREQ !== 'DAILY') return null
  const named = (BYDAY?.split(',') ?? []).map((name) => DAYS[name])
  if (named.some((day) => day === undefined)) return null
  return named.length > 0 ? (named as Day[]) : [first]
}

/** T. Sakamoto's method. */
const dayOf = (year: number, month: number, day: number): Day => {
  const shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
  const y = month < 3 ? year - 1 : year
  const sunday0 = (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shifts[month - 1]! + day) % 7
  return weekdays[(sunday0 + 6) % 7]!
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
