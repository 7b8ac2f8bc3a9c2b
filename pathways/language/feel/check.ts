/** What can be known to be wrong with a tree before any variable has a value. */
import { isBuiltin } from './names.ts'
import type { FeelTree, NamedTree, TableTree } from './tree.ts'

/** Names that are called, are no built-in function, and are bound by nothing in the tree or in `known`; in order, each once. */
export const unknownFunctions = (tree: FeelTree, known: readonly string[] = []): string[] => {
  const called = (part: FeelTree) =>
    (part[0] === 'call' || part[0] === 'callNamed') && part[1][0] === 'name' ? part[1][1] : null
  return unbound(tree, known, called)
}

/** Names that are read, are no built-in function, and are bound by nothing in the tree or in `known`; what a filter's condition reads is not known. */
export const unknownNames = (tree: FeelTree, known: readonly string[]): string[] =>
  unbound(tree, known, (part) => (part[0] === 'name' && part[1] !== '?' ? part[1].split('.')[0]!.trim() : null))

const unbound = (tree: FeelTree, known: readonly string[], nameIn: (part: FeelTree) => string | null): string[] => {
  const found = new Set<string>()
  const visit = (part: FeelTree, bound: ReadonlySet<string>): void => {
    const name = nameIn(part)
    if (name !== null && !bound.has(name) && !isBuiltin(name)) found.add(name)
    const names = namesBoundBy(part)
    const inside = names.length === 0 ? bound : new Set([...bound, ...names])
    for (const each of partsOf(part)) visit(each, inside)
  }
  visit(tree, new Set(known))
  return [...found]
}

const namesBoundBy = (tree: FeelTree): string[] => {
  switch (tree[0]) {
    case 'function':
    case 'for':
    case 'some':
    case 'every':
    case 'context':
    case 'let':
    case 'arguments':
      return tree[1].map(([name]) => name)
    default:
      return []
  }
}

const named = (entries: NamedTree[]) => entries.map(([, tree]) => tree)

/** The trees directly under a tree, in order; of a filter only the list, because its condition sees members nobody knows here. */
const partsOf = (tree: FeelTree): FeelTree[] => {
  switch (tree[0]) {
    case 'value':
    case 'name':
      return []
    case 'path':
    case 'negate':
    case 'not':
    case 'instance':
    case 'filter':
    case 'as':
      return [tree[1]]
    case 'only':
      return [tree[2]]
    case 'call':
      return [tree[1], ...tree[2]]
    case 'callNamed':
      return [tree[1], ...named(tree[2])]
    case 'if':
    case 'between':
      return [tree[1], tree[2], tree[3]]
    case 'for':
    case 'some':
    case 'every':
      return [...tree[1].flatMap(([, from, to]) => (to ? [from, to] : [from])), tree[2]]
    case 'list':
      return tree[1]
    case 'context':
      return named(tree[1])
    case 'function':
    case 'arguments':
      return [tree[2]]
    case 'let':
      return [...named(tree[1]), tree[2]]
    case 'table':
      return tablePartsOf(tree[1])
    case 'range':
      return [tree[1], tree[2]].filter((bound) => bound !== null)
    default:
      return [tree[1], tree[2]]
  }
}

const tablePartsOf = (table: TableTree): FeelTree[] => [
  ...table.inputs,
  ...table.outputs.flatMap(({ values, fallback }) => [values, fallback]).filter((part) => part !== null),
  ...table.rules.flatMap((rule) => [...rule.tests, ...rule.outputs]),
]
