/** Decisions at work. No parser is imported here. */
import { closureOf } from '../feel/closure.ts'
import { type Convert, conversionTo, readingOf } from '../feel/declared.ts'
import type { Closure } from '../feel/evaluate.ts'
import { type Context, FeelFunction, type Inner, isContext, leave, member, type Scope, setMember } from '../feel/inner.ts'
import { bounded } from '../feel/limits.ts'
import { textOfRange } from '../feel/range.ts'
import { EntryScope } from '../feel/scope.ts'
import type { DecisionNode, DecisionTree, Need } from './tree.ts'

type Lookup = (path: string[]) => Inner | undefined
type Evaluate = (values: Inner[], lookup: Lookup, around: Scope) => Inner

export type { Trace } from '../feel/trace.ts'
export { traced } from '../feel/trace.ts'

/**
 * A closure that decides over a scope's variables: for a table with one output its value, with several an object by output name.
 * Input data is read by its declared type; what does not conform is null. Inside `traced(trace, …)` the rules that matched and the
 * reasons for nulls are noted.
 */
export const toDecision = (tree: DecisionTree): Closure => {
  const run = graphRun(tree, true)
  return (variables) => {
    const around = variables as unknown as Scope
    return leave(
      bounded(() => run((path) => variableAt(around, path), around), false),
      textOfRange,
    )
  }
}

/** A variable, or a member of one: of an import's name, written as a context or with dots. */
const variableAt = (around: Scope, path: string[]): Inner | undefined => {
  if (path.length === 1) return around.get(path[0]!)
  let value = around.get(path[0]!)
  for (const name of path.slice(1)) value = isContext(value) && Object.hasOwn(value, name) ? member(value, name) : undefined
  return value ?? around.get(path.join('.'))
}

type GraphRun = (lookup: Lookup, around: Scope) => Inner

const graphRun = (tree: DecisionTree, fromOutside: boolean): GraphRun => {
  const run = resultRun(tree, fromOutside)
  if (!tree.result) return run
  const convert = conversionTo(tree.result.type, tree.result.declaredBy)
  return (lookup, around) => convert(run(lookup, around), around)
}

const resultRun = ({ nodes, results, open }: DecisionTree, fromOutside: boolean): GraphRun => {
  const evaluates = nodes.map((node) => evaluateNode(node, fromOutside, open))
  const single = results.length === 1 ? results[0]!.node : -1
  return (lookup, around) => {
    const values: Inner[] = []
    for (const evaluate of evaluates) values.push(evaluate(values, lookup, around))
    if (single >= 0) return values[single] ?? null
    const result: Context = {}
    for (const { name, node } of results) setMember(result, name, values[node] ?? null)
    return result
  }
}

const evaluateNode = (node: DecisionNode, fromOutside: boolean, open: boolean): Evaluate => {
  switch (node.kind) {
    case 'input':
      return evaluateInput(node, fromOutside)
    case 'logic': {
      const run = closureOf(node.tree)
      const { needs, name, callsItself } = node
      return (values, _, around) => {
        // What an element's logic sees: the names it requires, and in an open graph those around.
        const scope = new EntryScope(around, open && !callsItself)
        for (let index = 0; index < needs.length; index++) bind(scope, needs[index]!, values[needs[index]!.node] ?? null)
        const result = run(scope)
        // The scope is the function's own: put there, it can call itself.
        if (callsItself) put(scope, name, result)
        return result
      }
    }
    case 'service': {
      const { parameters, graph } = node
      const run = graphRun(graph, false)
      const converts = parameters.map((parameter) => parameterType(graph, parameter))
      return (_, __, around) =>
        new FeelFunction(parameters, (given) => {
          // An argument that does not conform leaves the call without a result, as for every function.
          const refused = converts.some((convert, index) => {
            const value = given[index] ?? null
            return convert !== null && value !== null && convert(value, around) === null
          })
          return refused ? null : run((path) => given[parameters.indexOf(path.at(-1)!)], around)
        })
    }
  }
}

const parameterType = (graph: DecisionTree, parameter: string): Convert | null => {
  const node = graph.nodes.find((one) => one.kind === 'input' && one.name === parameter)
  return node?.kind === 'input' && node.type !== null ? conversionTo(node.type, parameter) : null
}

const evaluateInput = ({ name, paths, type }: DecisionNode & { kind: 'input' }, fromOutside: boolean): Evaluate => {
  const convert: Convert | null = type === null ? null : fromOutside ? readingOf(type, name) : conversionTo(type, name)
  return (_, lookup, around) => {
    for (const path of paths) {
      const value = lookup(path)
      if (value !== undefined) return convert ? convert(value, around) : value
    }
    return null
  }
}

/** An imported element stands inside a context that bears the import's name. */
const bind = (scope: EntryScope, { path }: Need, value: Inner): void => {
  const [name, inside] = path
  if (path.length === 1) return put(scope, name!, value)
  const place = scope.names.indexOf(name!)
  const around = place < 0 ? null : scope.values[place]
  const context: Context = isContext(around) ? around : {}
  setMember(context, inside!, value)
  put(scope, name!, context)
}

const put = ({ names, values }: EntryScope, name: string, value: Inner): void => {
  const place = names.indexOf(name)
  values[place < 0 ? names.push(name) - 1 : place] = value
}
