/** `list[condition]` and `list[position]` (DMN 1.5, section 10.3.2.5). */
import { closureOf } from './closure.ts'
import { asList, type Inner, type Run } from './inner.ts'
import { ItemScope } from './scope.ts'
import type { FeelTree } from './tree.ts'

const booleanOperators = new Set([
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
  'not',
  'between',
  'in',
  'some',
  'every',
  'instance',
])

/** Counted from 1, or from the end with -1; null beyond. */
const itemAt = (items: Inner[], position: number): Inner => items[position > 0 ? position - 1 : items.length + position] ?? null

/** Boxed, the match is a position, or for every item true, false or null, which counts as false; else there is no result (DMN 1.5, section 10.2.1.9). */
const boxedFilter =
  (source: Run, test: Run): Run =>
  (scope) => {
    const value = source(scope)
    if (value === null) return null
    const inner = new ItemScope(scope)
    const kept: Inner[] = []
    for (const item of asList(value)) {
      inner.item = item
      const verdict = test(inner)
      if (typeof verdict === 'number') return itemAt(asList(value), verdict)
      if (verdict === true) kept.push(item)
      else if (verdict !== false && verdict !== null) return null
    }
    return kept
  }

export const filterClosure = (list: FeelTree, filter: FeelTree, boxed = false): Run => {
  const source = closureOf(list)
  const test = closureOf(filter)
  if (boxed) return boxedFilter(source, test)
  if (filter[0] === 'value' && typeof filter[1] === 'number') {
    const position = filter[1]
    return (scope) => {
      const items = source(scope)
      return items === null ? null : itemAt(asList(items), position)
    }
  }
  const mayBePosition = !booleanOperators.has(filter[0])
  return (scope) => {
    const value = source(scope)
    if (value === null) return mayBePosition ? null : []
    const items = asList(value)
    const inner = new ItemScope(scope)
    if (mayBePosition && items.length === 0) return typeof test(scope) === 'number' ? null : []
    const kept: Inner[] = []
    for (const item of items) {
      inner.item = item
      const verdict = test(inner)
      if (mayBePosition && typeof verdict === 'number') return itemAt(items, verdict)
      if (verdict === true) kept.push(item)
    }
    return kept
  }
}
