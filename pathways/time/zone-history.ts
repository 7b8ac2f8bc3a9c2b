/** Offsets of any time zone of the table: looked up among its changes, then by its rule. */
import { civilFromDays, dayMs, daysFromCivil, daysInMonth, weekdayOfDays } from './civil.ts'
import { zoneLines } from './zone-table.ts'

/** A day of the year as rules name it, and the minute of that day by the clock in force. */
interface RuleDay {
  month: number
  /** 5 is the last one of the month. */
  week: number
  /** 0 is Sunday. */
  weekday: number
  minutes: number
}

interface Zone {
  /** Minutes since 1970-01-01T00:00Z of each change, rising. */
  changes: number[]
  /** Minutes from UTC before the first change, then after each. */
  offsets: number[]
  standard: number
  summer: { offset: number; start: RuleDay; end: RuleDay } | null
}

let lines: Map<string, string> | null = null
const read = new Map<string, Zone>()

/** The table's lines by name, made when a zone is first looked for: most runs never ask for one. */
const linesByName = (): Map<string, string> => {
  if (lines) return lines
  lines = new Map()
  for (const line of zoneLines.trim().split('\n'))
    for (const name of line.slice(0, line.indexOf('|')).split(',')) lines.set(name, line)
  return lines
}

export const isInTable = (name: string): boolean => linesByName().has(name)
export const namesInTable = (): string[] => [...linesByName().keys()].sort()

const ruleDay = (text: string): RuleDay => {
  const [month, week, weekday, minutes] = text.split('.').map(Number)
  return { month: month!, week: week!, weekday: weekday!, minutes: minutes! }
}

const zoneOf = (name: string): Zone | null => {
  const line = linesByName().get(name)
  if (line === undefined) return null
  const before = read.get(line)
  if (before) return before
  const [, offsets, which, when, rule] = line.split('|') as [string, string, string, string, string]
  const known = offsets.split(' ').map(Number)
  const [standard, summer, start, end] = rule.split(' ')
  let at = 0
  const zone: Zone = {
    changes: (when === '' ? [] : when.split(' ')).map((digits) => {
      at += Number.parseInt(digits, 36)
      return at
    }),
    offsets: [known[0]!, ...[...which].map((digit) => known[Number.parseInt(digit, 36)]!)],
    standard: Number(standard),
    summer: summer && start && end ? { offset: Number(summer), start: ruleDay(start), end: ruleDay(end) } : null,
  }
  read.set(line, zone)
  return zone
}

/** Minutes since 1970 at which a rule's day comes in a year, while the clock is `offset` from UTC. */
const minuteOf = (year: number, { month, week, weekday, minutes }: RuleDay, offset: number): number => {
  const first = daysFromCivil(year, month, 1)
  const shift = (weekday - (weekdayOfDays(first) % 7) + 7) % 7
  let day = 1 + shift + 7 * (week - 1)
  if (day > daysInMonth(year, month)) day -= 7
  return (first + day - 1) * 1440 + minutes - offset
}

const byRule = ({ standard, summer }: Zone, minute: number): number => {
  if (!summer) return standard
  const { year } = civilFromDays(Math.floor((minute + standard) / 1440))
  const start = minuteOf(year, summer.start, standard)
  const end = minuteOf(year, summer.end, summer.offset)
  const isSummer = start < end ? minute >= start && minute < end : minute >= start || minute < end
  return isSummer ? summer.offset : standard
}

/** Minutes to add to UTC at an instant (milliseconds since 1970-01-01T00:00Z); null for a zone that is not in the table. */
export const tableOffsetAt = (name: string, epochMs: number): number | null => {
  const zone = zoneOf(name)
  if (!zone) return null
  const minute = Math.floor(epochMs / (dayMs / 1440))
  const { changes, offsets } = zone
  const last = changes.at(-1)
  if (epochMs < 0) return offsets[0]!
  if (last === undefined || minute >= last) return byRule(zone, minute)
  let [low, high] = [0, changes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (changes[middle]! <= minute) low = middle + 1
    else high = middle
  }
  return offsets[low]!
}
