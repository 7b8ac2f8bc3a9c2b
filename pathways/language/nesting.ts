/** How deep a text nests XML elements, before a parser sees it. */
import { tagsOf } from './tags.ts'

/** The deepest level of elements. Stops at what is no XML, which the parser then names. */
export const nestingOf = (xml: string): number => {
  let depth = 0
  let deepest = 0
  for (const { kind } of tagsOf(xml)) {
    if (kind === 'close') depth = Math.max(0, depth - 1)
    else if (kind === 'open') depth += 1
    if (depth > deepest) deepest = depth
  }
  return deepest
}
