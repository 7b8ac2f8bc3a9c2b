/** Decisions at work. No parser is imported here. */
import { closureOf } from '../feel/closure.ts'
import type { Closure } from '../feel/evaluate.ts'
import { type Inner, leave, type Scope } from '../feel/inner.ts'
import { readInput } from '../feel/instance.ts'
import { textOfRange } from '../feel/range.ts'
import { LocalScope } from '../feel/scope.ts'
import type { DecisionTree } from './tree.ts'

/**
 * A closure that decides over a scope's variables: for a table with one output its value, with several an object by output name.
 * Input data is read by its declared type; what does not conform is null.
 */
export const toDecision = (tree: DecisionTree): Closure => {
  const requires = tree.requires.map(([name, required]) => [name, closureOf(required)] as const)
  const result = closureOf(tree.result)
  return (variables) => {
    const around = variables as unknown as Scope
    const names = new Map<string, Inner>()
    const scope = new LocalScope(around, names)
    for (const { name, type } of tree.inputs) names.set(name, readInput(around.get(name) ?? null, type))
    for (const [name, closure] of requires) names.set(name, closure(scope))
    return leave(result(scope), textOfRange)
  }
}
