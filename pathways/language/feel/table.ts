/** Decision tables at work: every hit policy and aggregator (DMN 1.5, section 8.2.10). */

import { builtinCall } from './builtins/index.ts'
import { closureOf } from './closure.ts'
import { equal } from './compare.ts'
import { type Context, type Inner, type Run, type Scope, setMember } from './inner.ts'
import { InputScope } from './scope.ts'
import type { FeelTree, TableTree } from './tree.ts'

interface Rule {
  tests: (Run | null)[]
  outputs: Run[]
}

/** Null is a test that always holds. */
const testOf = (tree: FeelTree): Run | null => (tree[0] === 'value' && tree[1] === true ? null : closureOf(tree))

export const tableClosure = (table: TableTree): Run => {
  const inputs = table.inputs.map(closureOf)
  const rules = table.rules.map((rule): Rule => ({ tests: rule.tests.map(testOf), outputs: rule.outputs.map(closureOf) }))
  const priorities = table.outputs.map((output) => output.values && closureOf(output.values))
  const fallbacks = table.outputs.map((output) => output.fallback && closureOf(output.fallback))
  const onlyFirst = table.hitPolicy === 'first'
  const resultOf = (outputs: Inner[]): Inner => {
    if (table.outputs.length === 1) return outputs[0] ?? null
    const result: Context = {}
    table.outputs.forEach((output, index) => {
      setMember(result, output.name, outputs[index] ?? null)
    })
    return result
  }
  return (scope) => {
    const hits = matching(rules, inputs, scope, onlyFirst)
    if (hits.length === 0 && fallbacks.some((fallback) => fallback !== null)) {
      return resultOf(fallbacks.map((fallback) => (fallback ? fallback(scope) : null)))
    }
    const rows = hits.map((rule) => rule.outputs.map((output) => output(scope)))
    switch (table.hitPolicy) {
      case 'unique':
        return rows.length === 1 ? resultOf(rows[0]!) : null
      case 'any':
        return rows.length > 0 && rows.every((row) => equal(row, rows[0]!, scope.site)) ? resultOf(rows[0]!) : null
      case 'first':
        return rows.length > 0 ? resultOf(rows[0]!) : null
      case 'priority':
        return rows.length > 0 ? resultOf(byPriority(rows, priorities, scope)[0]!) : null
      case 'output order':
        return byPriority(rows, priorities, scope).map(resultOf)
      case 'rule order':
        return rows.map(resultOf)
      case 'collect':
        return aggregate(table, rows.map(resultOf), scope)
    }
  }
}

const matching = (rules: Rule[], inputs: Run[], scope: Scope, onlyFirst: boolean): Rule[] => {
  const values = inputs.map((input) => input(scope))
  const inner = new InputScope(scope)
  const found: Rule[] = []
  for (const rule of rules) {
    let holds = true
    for (let index = 0; holds && index < rule.tests.length; index += 1) {
      const test = rule.tests[index]
      if (!test) continue
      inner.input = values[index] ?? null
      holds = test(inner) === true
    }
    if (!holds) continue
    found.push(rule)
    if (onlyFirst) break
  }
  return found
}

/** By the first output's list of values, then the second's; what is not listed comes last; equals keep rule order. */
const byPriority = (rows: Inner[][], priorities: (Run | null)[], scope: Scope): Inner[][] => {
  const orders = priorities.map((priority) => (priority ? (priority(scope) as Inner[]) : null))
  const rank = (row: Inner[], output: number): number => {
    const position = orders[output]?.findIndex((value) => equal(value, row[output] ?? null, scope.site) === true) ?? -1
    return position < 0 ? Number.MAX_SAFE_INTEGER : position
  }
  return [...rows].sort((left, right) => {
    for (let output = 0; output < orders.length; output += 1) {
      const difference = rank(left, output) - rank(right, output)
      if (difference !== 0) return difference
    }
    return 0
  })
}

const aggregate = (table: TableTree, results: Inner[], scope: Scope): Inner => {
  if (table.aggregation === null) return results
  if (table.aggregation === 'count') return results.length
  return results.length === 0 ? null : builtinCall(table.aggregation)!([results], scope)
}
