/** The tags of an XML text with their places, in one pass and without a parser: comments, CDATA and instructions hold none. */

export interface Tag {
  /** From its `<` to after its `>`. */
  start: number
  end: number
  name: string
  kind: 'open' | 'close' | 'empty'
}

/** What is skipped whole: how it begins, how it ends. */
const asides = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

/** In order. Stops at what is no XML, which a parser then names. */
export function* tagsOf(xml: string): Generator<Tag> {
  for (let start = xml.indexOf('<'); start >= 0; ) {
    const aside = asides.find(([begin]) => xml.startsWith(begin, start))
    const end = aside ? endOfAside(xml, start + aside[0].length, aside[1]) : endOfTag(xml, start + 1)
    if (end < 0) return
    if (!aside) {
      const kind = xml[start + 1] === '/' ? 'close' : xml[end - 2] === '/' ? 'empty' : 'open'
      const name = /^[^\s/>]*/.exec(xml.slice(start + (kind === 'close' ? 2 : 1), Math.min(end, start + 200)))![0]
      yield { start, end, name, kind }
    }
    start = xml.indexOf('<', end)
  }
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

/** The attributes of a tag, as they are written: entities are not read. */
export const attributesOf = (xml: string, { start, end, name }: Tag): Record<string, string> =>
  Object.fromEntries(
    [...xml.slice(start + 1 + name.length, end).matchAll(/([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
      ([, attribute, double, single]) => [attribute!, double ?? single ?? ''],
    ),
  )
