/** `instance of`, and what a declared type makes of a value (DMN 1.5, sections 10.3.2.9.4 and 10.3.2.13). */
import { FeelFunction, type Inner, isContext, isTemporal, kindOf, member } from './inner.ts'
import { numberOfText } from './number.ts'
import { asRange } from './range.ts'
import { parseDate, parseDateTime, parseDuration, parseTemporal, parseTime, tagged } from './temporal.ts'
import type { FeelType } from './tree.ts'

const temporalKinds: Record<string, string> = {
  date: 'date',
  time: 'time',
  dateTime: 'date and time',
  months: 'years and months duration',
  nanos: 'days and time duration',
}

const typeNameOf = (value: Inner): string => {
  if (!isTemporal(value)) return kindOf(value)
  const parsed = parseTemporal(value['@'])
  return parsed ? temporalKinds[parsed.kind]! : kindOf(value)
}

/** Null is an instance of Any and Null only. */
export const isInstance = (value: Inner, type: FeelType): boolean => {
  if (typeof type === 'string') {
    if (type === 'Any') return value !== null
    if (type === 'Null') return value === null
    return value !== null && (typeNameOf(value) === type || (type === 'duration' && typeNameOf(value).endsWith('duration')))
  }
  switch (type[0]) {
    case 'list':
      return Array.isArray(value) && value.every((item) => item === null || isInstance(item, type[1]))
    case 'range': {
      const range = asRange(value)
      return range !== null && [range.start, range.end].every((end) => end === null || isInstance(end, type[1]))
    }
    case 'context':
      return (
        isContext(value) &&
        type[1].every(
          ([name, inner]) =>
            Object.hasOwn(value, name) && (member(value, name) === null || isInstance(member(value, name), inner)),
        )
      )
    case 'allowed':
      return isInstance(value, type[1])
    case 'function':
      return value instanceof FeelFunction && value.parameters.length === type[1].length
  }
}

const readers: Record<string, (text: string) => Inner> = {
  date: (text) => tagged(parseDate(text)),
  time: (text) => tagged(parseTime(text)),
  'date and time': (text) => tagged(parseDateTime(text)),
  'years and months duration': (text) => tagged(parseDuration(text)),
  'days and time duration': (text) => tagged(parseDuration(text)),
  number: numberOfText,
}

/** A value as a declared type wants it: a list of one opened or made; null when it does not conform. */
export const coerce = (value: Inner, type: FeelType | null): Inner => {
  if (type === null || value === null || type === 'Any' || isInstance(value, type)) return value
  if (Array.isArray(value) && value.length === 1 && isInstance(value[0]!, type)) return value[0]!
  if (typeof type !== 'string' && type[0] === 'list' && !Array.isArray(value) && isInstance(value, type[1])) return [value]
  return null
}

/** Input data by its declared type: texts of dates, durations and numbers are read; what does not conform is null. */
export const readInput = (value: Inner, type: FeelType | null): Inner => {
  if (type === null || value === null) return value
  if (typeof type === 'string') {
    const reader = Object.hasOwn(readers, type) ? readers[type] : undefined
    return typeof value === 'string' && reader ? reader(value) : coerce(value, type)
  }
  if (type[0] === 'list' && Array.isArray(value)) return value.map((item) => readInput(item, type[1]))
  if (type[0] === 'context' && isContext(value)) {
    const entries = type[1].map(([name, inner]) => [name, readInput(member(value, name), inner)] as const)
    return { ...value, ...Object.fromEntries(entries) }
  }
  return coerce(value, type)
}
