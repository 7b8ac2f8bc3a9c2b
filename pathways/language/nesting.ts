/** How deep a text nests XML elements, in one pass and without a parser: comments, CDATA and instructions hold none. */

/** What is skipped whole: how it begins, how it ends. */
const asides = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

/** The deepest level of elements. Stops at what is no XML, which the parser then names. */
export const nestingOf = (xml: string): number => {
  let depth = 0
  let deepest = 0
  let at = xml.indexOf('<')
  while (at >= 0) {
    const aside = asides.find(([begin]) => xml.startsWith(begin, at))
    const end = aside ? endOfAside(xml, at + aside[0].length, aside[1]) : endOfTag(xml, at + 1)
    if (end < 0) return deepest
    if (!aside && xml[at + 1] === '/') depth = Math.max(0, depth - 1)
    else if (!aside && xml[end - 2] !== '/') depth += 1
    if (depth > deepest) deepest = depth
    at = xml.indexOf('<', end)
  }
  return deepest
}

const endOfAside = (xml: string, from: number, ending: string): number => {
  const found = xml.indexOf(ending, from)
  return found < 0 ? -1 : found + ending.length
}

/** The place after a tag's `>`, which may stand in quotes; -1 when there is none. */
const endOfTag = (xml: string, from: number): number => {
  for (let at = from; at < xml.length; at += 1) {
    const character = xml[at]
    if (character === '>') return at + 1
    if (character !== '"' && character !== "'") continue
    at = xml.indexOf(character, at + 1)
    if (at < 0) return -1
  }
  return -1
}
