/** Ranges from and to their text: `[1..5)`, `(2026-01-01..2026-02-01]`, `("a".."f"]`. */
import { FeelRange, type Inner, isTemporal } from './inner.ts'
import { isNumber, numberOfText, textOfNumber } from './number.ts'
import { parseTemporal, tagged } from './temporal.ts'

/** A range as it is, or read from the text of one that has left evaluation; null for anything else. */
export const asRange = (value: Inner): FeelRange | null => {
  if (value instanceof FeelRange) return value
  return isTemporal(value) && /^[[(\]]/.test(value['@']) ? parseRange(value['@']) : null
}

const pattern = /^\s*([[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])[])\s*$/s

/** Null when the text is not a range of numbers, strings or temporal values in order. */
export const parseRange = (text: string): FeelRange | null => {
  const single = /^\s*\(\s*(!?=)\s*(.*?)\s*\)\s*$/s.exec(text)
  if (single) {
    const only = endpoint(single[2]!)
    return only === undefined || only === null
      ? null
      : new FeelRange(only, only, single[1] === '=', single[1] === '=', single[1] as '=')
  }
  const parts = pattern.exec(text)
  if (!parts) return null
  const [, open, from, to, close] = parts
  const [start, end] = [endpoint(from!), endpoint(to!)]
  if (start === undefined || end === undefined || (start === null && end === null)) return null
  return new FeelRange(start, end, open === '[' && start !== null, close === ']' && end !== null)
}

/** Null for no bound, undefined for what is no literal. */
const endpoint = (text: string): Inner | undefined => {
  if (text === '') return null
  const number = numberOfText(text)
  if (number !== null) return number
  if (/^"(?:[^"\\]|\\.)*"$/s.test(text)) return text.slice(1, -1).replace(/\\(.)/gs, '$1')
  const inner =
    /^@"([^"]*)"$/.exec(text)?.[1] ?? /^(?:date and time|date|time|duration)\(\s*"([^"]*)"\s*\)$/.exec(text)?.[1] ?? text
  return tagged(parseTemporal(inner)) ?? undefined
}

const textOfEnd = (value: Inner): string => {
  if (value === null) return ''
  if (isNumber(value)) return textOfNumber(value)
  if (isTemporal(value)) return `@"${value['@']}"`
  return JSON.stringify(value)
}

export const textOfRange = (range: FeelRange): string =>
  range.only !== null
    ? `(${range.only}${textOfEnd(range.start)})`
    : `${range.startIncluded ? '[' : '('}${textOfEnd(range.start)}..${textOfEnd(range.end)}${range.endIncluded ? ']' : ')'}`
