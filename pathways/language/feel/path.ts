/** `value.name`: members of contexts and lists of them, parts of temporal values and ranges (DMN 1.5, table 61). */
import { civilFromDays, weekdayOfDays } from '../../time/civil.ts'
import { type Context, type Inner, isContext, isTemporal, member, type Scope } from './inner.ts'
import { asRange } from './range.ts'
import { parseTemporal, type Temporal, tagged, type Zone } from './temporal.ts'

export const pathOf = (value: Inner, name: string, scope: Scope): Inner => {
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) return value.map((item) => pathOf(item, name, scope))
  // A context, and nothing that is written as one: the most by far.
  if (value.constructor === Object && !('@' in value) && !('@number' in value)) return member(value as Context, name)
  const range = asRange(value)
  if (range) return rangePart(range, name)
  if (isTemporal(value)) {
    const parsed = parseTemporal(value['@'])
    return parsed ? temporalPart(parsed, name) : null
  }
  return isContext(value) ? member(value, name) : null
}

const rangePart = (range: { start: Inner; end: Inner; startIncluded: boolean; endIncluded: boolean }, name: string): Inner => {
  switch (name) {
    case 'start':
      return range.start
    case 'end':
      return range.end
    case 'start included':
      return range.startIncluded
    case 'end included':
      return range.endIncluded
    default:
      return null
  }
}

const temporalPart = (value: Temporal, name: string): Inner => {
  switch (value.kind) {
    case 'date':
      return datePart(value.days, name)
    case 'time':
      return timePart(value.nanos, value.zone, name)
    case 'dateTime':
      return datePart(value.days, name) ?? timePart(value.nanos, value.zone, name)
    case 'months':
      if (name === 'years') return Math.trunc(value.months / 12) + 0
      return name === 'months' ? (value.months % 12) + 0 : null
    case 'nanos':
      return nanosPart(value.nanos, name)
  }
}

const datePart = (days: number, name: string): Inner => {
  if (name === 'weekday') return weekdayOfDays(days)
  const date = civilFromDays(days)
  return name === 'year' || name === 'month' || name === 'day' ? date[name] : null
}

const timePart = (nanos: number, zone: Zone, name: string): Inner => {
  const seconds = Math.floor(nanos / 1_000_000_000)
  switch (name) {
    case 'hour':
      return Math.floor(seconds / 3600)
    case 'minute':
      return Math.floor(seconds / 60) % 60
    case 'second':
      return seconds % 60
    case 'time offset':
      return zone && 'offsetSeconds' in zone
        ? tagged({ kind: 'nanos', nanos: BigInt(zone.offsetSeconds) * 1_000_000_000n })
        : null
    case 'timezone':
      return zone && 'id' in zone ? zone.id : null
    default:
      return null
  }
}

const nanosPart = (nanos: bigint, name: string): Inner => {
  const seconds = nanos / 1_000_000_000n
  switch (name) {
    case 'days':
      return Number(seconds / 86_400n)
    case 'hours':
      return Number((seconds / 3600n) % 24n)
    case 'minutes':
      return Number((seconds / 60n) % 60n)
    case 'seconds':
      return Number(seconds % 60n)
    default:
      return null
  }
}
