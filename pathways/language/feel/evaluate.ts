/** Trees to closures. No parser is imported here: this is what runs inside a workflow and in the twin. */
import type { SiteTime } from '../../time/site.ts'
import { closureOf } from './closure.ts'
import { leave, type Scope } from './inner.ts'
import { textOfRange } from './range.ts'
import type { FeelTree } from './tree.ts'
import type { Value } from './value.ts'

export interface FeelScope {
  /** Undefined for a name that is not set. */
  get(name: string): Value | undefined
  /** Hospital milliseconds: what `now()` and `today()` read. */
  at: number
  site: SiteTime
}

export type Closure = (scope: FeelScope) => Value

/** Operators whose results are plain JSON already. */
const plain = new Set<FeelTree[0]>(
  '= != < <= > >= + - * / ** negate and or not between in some every instance'.split(' ') as FeelTree[0][],
)

/**
 * A closure that evaluates the tree over a scope; it never throws for any value, what has no result is null.
 * Lists and contexts in the result are copies: nothing is shared with the scope's variables.
 */
export const toClosure = (tree: FeelTree): Closure => {
  const run = closureOf(tree)
  if (plain.has(tree[0])) return run as unknown as Closure
  return (scope) => {
    const value = run(scope as unknown as Scope)
    return typeof value !== 'object' || value === null ? value : leave(value, textOfRange)
  }
}
