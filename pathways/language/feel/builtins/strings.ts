/** String functions (DMN 1.5, section 10.3.4.3). Positions count characters, not UTF-16 units. */
import { type Builtin, takes } from './define.ts'
import { expressionOf, replacementOf } from './pattern.ts'

export const strings: Record<string, Builtin> = {
  substring: takes(['string', 'whole', 'whole?'], ([text, start, length]) => {
    const characters = [...text]
    if (start === 0) return null
    const from = start > 0 ? start - 1 : Math.max(0, characters.length + start)
    if (length !== null && length < 1) return null
    return characters.slice(from, length === null ? undefined : from + length).join('')
  }),
  'string length': takes(['string'], ([text]) => [...text].length),
  'upper case': takes(['string'], ([text]) => text.toUpperCase()),
  'lower case': takes(['string'], ([text]) => text.toLowerCase()),
  'substring before': takes(['string', 'string'], ([text, match]) => text.slice(0, Math.max(0, text.indexOf(match)))),
  'substring after': takes(['string', 'string'], ([text, match]) => {
    const position = text.indexOf(match)
    return position < 0 ? '' : text.slice(position + match.length)
  }),
  replace: takes(['string', 'string', 'string', 'string?'], ([text, pattern, replacement, flags]) => {
    const expression = expressionOf(pattern, flags)
    const written = flags?.includes('q') ? replacement.replaceAll('$', '$$$$') : replacementOf(replacement)
    return expression && written !== null ? expression.replace(text, written) : null
  }),
  contains: takes(['string', 'string'], ([text, match]) => text.includes(match)),
  'starts with': takes(['string', 'string'], ([text, match]) => text.startsWith(match)),
  'ends with': takes(['string', 'string'], ([text, match]) => text.endsWith(match)),
  matches: takes(['string', 'string', 'string?'], ([text, pattern, flags]) => expressionOf(pattern, flags)?.test(text) ?? null),
  split: takes(['string', 'string'], ([text, delimiter]) => {
    const expression = expressionOf(delimiter, null)
    return expression?.split(text) ?? null
  }),
  'string join': takes(['list', 'string?'], ([items, delimiter]) => {
    const texts = items.filter((item) => item !== null)
    return texts.every((item) => typeof item === 'string') ? texts.join(delimiter ?? '') : null
  }),
}
