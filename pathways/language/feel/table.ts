/** Decision tables at work: every hit policy and aggregator (DMN 1.5, section 8.2.10). */

import { builtinCall } from './builtins/index.ts'
import { closureOf } from './closure.ts'
import { equal, isIn } from './compare.ts'
import { type Context, type Inner, type Run, type Scope, setMember } from './inner.ts'
import { namesIn } from './names-in.ts'
import { InputScope } from './scope.ts'
import { isTraced, matched, warn } from './trace.ts'
import type { FeelTree, TableTree } from './tree.ts'

interface Rule {
  number: number
  tests: (Run | null)[]
  outputs: Run[]
}

interface Table {
  id: string
  inputs: Run[]
  allowed: (Run | null)[]
  rules: Rule[]
  onlyFirst: boolean
}

/** Null is a test that always holds. */
const testOf = (tree: FeelTree): Run | null => (tree[0] === 'value' && tree[1] === true ? null : closureOf(tree))

const none: null[] = []

const orNull = (tree: FeelTree | null): Run | null => tree && closureOf(tree)

/** What a table says of a text or a truth value, where it looks at nothing else, it says each time: that is kept, of so many. */
const KEPT_MAX = 64

export const tableClosure = (tree: TableTree): Run => {
  const run = decidedEachTime(tree)
  const [asked] = tree.inputs
  if (!asked || tree.inputs.length > 1 || !looksAtNothingElse(tree)) return run
  const input = closureOf(asked)
  const known = new Map<Inner, Inner>()
  return (scope) => {
    const value = input(scope)
    if ((typeof value !== 'string' && typeof value !== 'boolean') || isTraced()) return run(scope)
    const before = known.get(value)
    if (before !== undefined) return before
    const result = run(scope)
    if (known.size < KEPT_MAX) known.set(value, result)
    return result
  }
}

const looksAtNothingElse = ({ allowed, rules, outputs }: TableTree): boolean => {
  const isConstant = (tree: FeelTree): boolean => tree[0] === 'value' || (tree[0] === 'as' && isConstant(tree[1]))
  const isOfInput = (tree: FeelTree | null): boolean => tree === null || [...namesIn(tree)].every((name) => name === '?')
  return (
    allowed.every(isOfInput) &&
    outputs.every(({ values, fallback }) => values === null && (fallback === null || isConstant(fallback))) &&
    rules.every((rule) => rule.tests.every(isOfInput) && rule.outputs.every(isConstant))
  )
}

const decidedEachTime = (tree: TableTree): Run => {
  const table: Table = {
    id: tree.id,
    inputs: tree.inputs.map(closureOf),
    allowed: tree.allowed.map(orNull),
    rules: tree.rules.map((rule, index) => ({
      number: index + 1,
      tests: rule.tests.map(testOf),
      outputs: rule.outputs.map(closureOf),
    })),
    onlyFirst: tree.hitPolicy === 'first',
  }
  const values = tree.outputs.map((output) => orNull(output.values))
  const listing = values.some((list) => list !== null)
  const fallbacks = tree.outputs.map((output) => orNull(output.fallback))
  const isPlain = !listing && fallbacks.every((fallback) => fallback === null)
  const isOneOf = tree.hitPolicy === 'unique' || tree.hitPolicy === 'first'
  const resultOf = (outputs: Inner[]): Inner => {
    if (tree.outputs.length === 1) return outputs[0] ?? null
    const result: Context = {}
    tree.outputs.forEach((output, index) => {
      setMember(result, output.name, outputs[index] ?? null)
    })
    return result
  }
  return (scope) => {
    const hits = matching(table, scope)
    if (hits === null) return null
    if (isPlain && isOneOf && hits.length === 1) {
      const { outputs } = hits[0]!
      if (outputs.length === 1) return outputs[0]!(scope)
      return resultOf(outputs.map((output) => output(scope)))
    }
    if (hits.length === 0 && fallbacks.some((fallback) => fallback !== null)) {
      return resultOf(fallbacks.map((fallback) => (fallback ? fallback(scope) : null)))
    }
    const orders = listing ? values.map((list) => (list ? (list(scope) as Inner[]) : null)) : none
    const rows = hits.map((rule) =>
      listing
        ? rule.outputs.map((output, index) => listed(output(scope), orders[index] ?? null, tree.id, scope))
        : rule.outputs.map((output) => output(scope)),
    )
    switch (tree.hitPolicy) {
      case 'unique':
        if (rows.length > 1) warn(`${tree.id}: several rules match, and the hit policy is Unique: the result is null.`)
        return rows.length === 1 ? resultOf(rows[0]!) : null
      case 'any':
        return anyOf(rows, tree.id, resultOf, scope)
      case 'first':
        return rows.length > 0 ? resultOf(rows[0]!) : null
      case 'priority':
        return rows.length > 0 ? resultOf(byPriority(rows, orders, scope)[0]!) : null
      case 'output order':
        return byPriority(rows, orders, scope).map(resultOf)
      case 'rule order':
        return rows.map(resultOf)
      case 'collect':
        return aggregate(tree, rows.map(resultOf), scope)
    }
  }
}

/** Null when an input is not among the values it may have: then no rule speaks of it (DMN 1.5, section 8.2.6). */
const matching = ({ id, inputs, allowed, rules, onlyFirst }: Table, scope: Scope): Rule[] | null => {
  const inner = new InputScope(scope)
  const values: Inner[] = []
  for (let index = 0; index < inputs.length; index++) values.push(inputs[index]!(scope))
  for (let index = 0; index < allowed.length; index++) {
    const test = allowed[index]!
    if (test === null) continue
    inner.input = values[index] ?? null
    if (test(inner) === true) continue
    warn(`${id}: input ${index + 1} is not among the values it may have: the result is null.`)
    return null
  }
  const found: Rule[] = []
  for (let number = 0; number < rules.length; number++) {
    const rule = rules[number]!
    const { tests } = rule
    let index = 0
    for (; index < tests.length; index++) {
      const test = tests[index]!
      if (test === null) continue
      inner.input = values[index] ?? null
      if (test(inner) !== true) break
    }
    if (index < tests.length) continue
    matched(id, rule.number)
    found.push(rule)
    if (onlyFirst) break
  }
  return found
}

/** An output that its column does not list is null. */
const listed = (value: Inner, values: Inner[] | null, table: string, scope: Scope): Inner => {
  if (value === null || values === null || isIn(value, values, scope.site) === true) return value
  warn(`${table}: an output is not among the values its column lists, and is null.`)
  return null
}

const anyOf = (rows: Inner[][], table: string, resultOf: (row: Inner[]) => Inner, scope: Scope): Inner => {
  if (rows.length === 0) return null
  if (rows.every((row) => equal(row, rows[0]!, scope.site) === true)) return resultOf(rows[0]!)
  warn(`${table}: rules that match give different outputs, and the hit policy is Any: the result is null.`)
  return null
}

/** By the first output's list of values, then the second's; what is not listed comes last; equals keep rule order. */
const byPriority = (rows: Inner[][], orders: (Inner[] | null)[], scope: Scope): Inner[][] => {
  const rank = (row: Inner[], output: number): number => {
    const position = orders[output]?.findIndex((value) => isIn(row[output] ?? null, value, scope.site) === true) ?? -1
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
