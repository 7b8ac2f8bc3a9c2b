/** Conversions (DMN 1.5, section 10.3.4.1), and how values are written as text. */
import { daysFromCivil, daysInMonth } from '../../../time/civil.ts'
import { compare } from '../compare.ts'
import { type Context, FeelFunction, FeelRange, type Inner, isTemporal, member, type Scope } from '../inner.ts'
import { isNumber, numberOfText, textOfNumber } from '../number.ts'
import { parseRange, textOfRange } from '../range.ts'
import {
  formatTemporal,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTemporal,
  parseTime,
  type Temporal,
  tagged,
  type Zone,
} from '../temporal.ts'
import { type Builtin, takes } from './define.ts'

/** As `string()` gives it; inside lists and contexts strings are quoted. */
export const textOf = (value: Inner, inside = false): string => {
  if (value === null) return 'null'
  if (typeof value === 'string') return inside ? `"${value.replace(/["\\]/g, '\\$&')}"` : value
  if (typeof value === 'boolean') return String(value)
  if (isNumber(value)) return textOfNumber(value)
  if (isTemporal(value)) return value['@']
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, true)).join(', ')}]`
  if (value instanceof FeelRange) return textOfRange(value)
  if (value instanceof FeelFunction) return `function(${value.parameters.join(', ')})`
  const entries = Object.keys(value as Context).map((name) => `${keyOf(name)}: ${textOf(member(value as Context, name), true)}`)
  return `{${entries.join(', ')}}`
}

const keyOf = (name: string) => (/^[\p{L}_?][\p{L}\p{N}_ ]*$/u.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`)

const temporalOf = (value: Inner): Temporal | null => (isTemporal(value) ? parseTemporal(value['@']) : null)

const dateOf = (year: number, month: number, day: number): Temporal | null =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) && Math.abs(year) <= 999_999_999
    ? { kind: 'date', days: daysFromCivil(year, month, day) }
    : null

const date: Builtin = (values, scope) => {
  if (values.length === 3) {
    return takes(['integer', 'integer', 'integer'], ([year, month, day]) => tagged(dateOf(year, month, day)))(values, scope)
  }
  return takes(['any'], ([from]) => {
    if (typeof from === 'string') return tagged(parseDate(from) ?? dateTimeAsDate(parseDateTime(from)))
    return tagged(dateTimeAsDate(temporalOf(from)))
  })(values, scope)
}

const dateTimeAsDate = (value: Temporal | null): Temporal | null =>
  value?.kind === 'date' || value?.kind === 'dateTime' ? { kind: 'date', days: value.days } : null

const timeOf = (value: Temporal | null): Temporal | null => {
  if (value?.kind === 'date') return { kind: 'time', nanos: 0, zone: { offsetSeconds: 0 } }
  if (value?.kind === 'dateTime') return { kind: 'time', nanos: value.nanos, zone: value.zone }
  return value?.kind === 'time' ? value : null
}

const clock = (hour: number, minute: number, second: Inner): number | null => {
  const seconds = isNumber(second) ? Number(textOfNumber(second)) : Number.NaN
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !(seconds >= 0 && seconds < 60)) return null
  return (hour * 3600 + minute * 60) * 1_000_000_000 + Math.round(seconds * 1_000_000_000)
}

const offsetOf = (value: Inner): Zone | undefined => {
  if (value === null) return null
  const parsed = temporalOf(value)
  return parsed?.kind === 'nanos' ? { offsetSeconds: Number(parsed.nanos / 1_000_000_000n) } : undefined
}

const time: Builtin = (values, scope) => {
  if (values.length >= 3) {
    return takes(['integer', 'integer', 'number', 'any?'], ([hour, minute, second, offset]) => {
      const [nanos, zone] = [clock(hour, minute, second), offsetOf(offset)]
      return nanos === null || zone === undefined ? null : tagged({ kind: 'time', nanos, zone })
    })(values, scope)
  }
  return takes(['any'], ([from]) => tagged(timeOf(typeof from === 'string' ? parseTime(from) : temporalOf(from))))(values, scope)
}

const joined = (dated: Temporal | null, timed: Temporal | null): Inner => {
  const day = dateTimeAsDate(dated)
  return day?.kind === 'date' && timed?.kind === 'time'
    ? tagged({ kind: 'dateTime', days: day.days, nanos: timed.nanos, zone: timed.zone })
    : null
}

const dateAndTime: Builtin = (values, scope) => {
  if (values.length >= 6) return joined(temporalOf(date(values.slice(0, 3), scope)), temporalOf(time(values.slice(3), scope)))
  if (values.length === 2) return joined(temporalOf(values[0]!), temporalOf(values[1]!))
  return takes(['any'], ([from]) => {
    const parsed = typeof from === 'string' ? (parseDateTime(from) ?? parseDate(from)) : temporalOf(from)
    if (parsed?.kind === 'date') return tagged({ kind: 'dateTime', days: parsed.days, nanos: 0, zone: null })
    return parsed?.kind === 'dateTime' ? tagged(parsed) : null
  })(values, scope)
}

/** Whole months from one date to the other, cut towards zero, the time of day left aside (DMN 1.5, table 71). */
const monthsBetween = (from: string, to: string): number => {
  const [fromYear, fromMonth, fromDay] = partsOf(from)
  const [toYear, toMonth, toDay] = partsOf(to)
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth
  const rest = toDay - fromDay
  if (months > 0 && rest < 0) return months - 1
  return months < 0 && rest > 0 ? months + 1 : months
}

const partsOf = (text: string): [number, number, number] => {
  const parts = /^(-?\d+)-(\d\d)-(\d\d)/.exec(text)!
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])]
}

/** A range's text, whose ends are of one kind and in order, an open end being excluded (DMN 1.5, section 10.3.4.1). */
const strictRange = (text: string, scope: Scope): Inner => {
  const range = parseRange(text)
  if (!range) return null
  if (/^\s*\[\s*\.\.|\.\.\s*\]\s*$/.test(text)) return null
  if (range.start === null || range.end === null) return range
  const order = compare(range.start, range.end, scope.site)
  return order === null || order > 0 ? null : range
}

export const conversion: Record<string, Builtin> = {
  date,
  time,
  'date and time': dateAndTime,
  duration: takes(['any'], ([from]) => {
    const parsed = typeof from === 'string' ? parseDuration(from) : temporalOf(from)
    return parsed?.kind === 'months' || parsed?.kind === 'nanos' ? tagged(parsed) : null
  }),
  '@': takes(['string'], ([text]) => tagged(parseTemporal(text))),
  'years and months duration': takes(['temporal', 'temporal'], ([from, to]) => {
    const dated = (value: Temporal) => value.kind === 'date' || value.kind === 'dateTime'
    if (!dated(from) || !dated(to)) return null
    return tagged({ kind: 'months', months: monthsBetween(formatTemporal(from), formatTemporal(to)) + 0 })
  }),
  string: takes(['any'], ([from]) => (from === null ? null : textOf(from))),
  number: takes(['any', 'string?', 'string?'], ([from, grouping, point]) => {
    if (grouping !== null && grouping === point) return null
    if (isNumber(from)) return from
    if (typeof from !== 'string') return null
    if (grouping !== null && ![' ', ',', '.'].includes(grouping)) return null
    if (point !== null && ![',', '.'].includes(point)) return null
    const ungrouped = grouping === null ? from : from.split(grouping).join('')
    return numberOfText(point === null ? ungrouped : ungrouped.replace(point, '.'))
  }),
  range: takes(['string'], ([from], scope) => strictRange(from, scope)),
}
