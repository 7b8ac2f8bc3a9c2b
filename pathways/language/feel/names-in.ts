/** The names that an expression mentions; those that it binds itself are among them. */
import type { FeelTree } from './tree.ts'

export const namesIn = (tree: FeelTree): ReadonlySet<string> => {
  const names = new Set<string>()
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return
    if (part[0] === 'name' && part.length === 2) names.add(part[1] as string)
    else part.forEach(walk)
  }
  walk(tree)
  return names
}
