/** Decision tables (DMN 1.5, chapter 8). */
import { type Element, elementOf, elementsOf, textOf } from '../bpmn/element.ts'
import type { FeelTree, HitPolicy, TableOutput, TableTree } from '../feel/tree.ts'
import { type DmnCompilation, feelOf, literalOf, refuse } from './compile-expression.ts'

const policies: Record<string, HitPolicy> = {
  UNIQUE: 'unique',
  ANY: 'any',
  PRIORITY: 'priority',
  FIRST: 'first',
  'RULE ORDER': 'rule order',
  'OUTPUT ORDER': 'output order',
  COLLECT: 'collect',
}

const aggregations: Record<string, TableTree['aggregation']> = { SUM: 'sum', MIN: 'min', MAX: 'max', COUNT: 'count' }

export const compileTable = (to: DmnCompilation, table: Element): TableTree => {
  const inputs = elementsOf(table, 'input').map((clause) => compileInput(to, clause))
  const clauses = elementsOf(table, 'output')
  const outputs = clauses.map((clause) => compileOutput(to, clause, clauses.length === 1))
  const hitPolicy = policies[String(table.hitPolicy ?? 'UNIQUE')] ?? 'unique'
  const aggregation = table.aggregation === undefined ? null : (aggregations[String(table.aggregation)] ?? null)
  if (outputs.length === 0)
    refuse(to, table, 'table-outputs', `The table "${table.id ?? ''}" has no output.`, 'Add an output column.')
  if (aggregation && outputs.length > 1) {
    refuse(
      to,
      table,
      'table-aggregation',
      `The table "${table.id ?? ''}" adds up several outputs.`,
      'Keep one output, or collect without an aggregator.',
    )
  }
  if ((hitPolicy === 'priority' || hitPolicy === 'output order') && !outputs.some((output) => output.values)) {
    refuse(
      to,
      table,
      'table-priorities',
      `The table "${table.id ?? ''}" has hit policy "${hitPolicy}" but no output values to order by.`,
      'List the output values from the most important down.',
    )
  }
  return {
    hitPolicy,
    aggregation,
    inputs,
    outputs,
    rules: elementsOf(table, 'rule').map((rule) => compileRule(to, rule, inputs.length, outputs.length)),
  }
}

const compileInput = (to: DmnCompilation, clause: Element): FeelTree => {
  const expression = elementOf(clause, 'inputExpression')
  const text = expression ? literalOf(to, expression) : ''
  if (text === '')
    return refuse(
      to,
      clause,
      'table-input',
      `The input "${clause.label ?? clause.id ?? ''}" has no expression.`,
      'Write which value it tests.',
    )
  return feelOf(to, clause, text)
}

const compileOutput = (to: DmnCompilation, clause: Element, only: boolean): TableOutput => {
  const values = textOf(elementOf(clause, 'outputValues'), 'text')
  const fallback = textOf(elementOf(clause, 'defaultOutputEntry'), 'text')
  if (!only && !clause.name)
    refuse(to, clause, 'table-output-name', `The output "${clause.id ?? ''}" of a table with several has no name.`, 'Name it.')
  return {
    name: only ? '' : (clause.name ?? ''),
    values: values === '' ? null : feelOf(to, clause, `[${values}]`),
    fallback: fallback === '' ? null : feelOf(to, clause, fallback),
  }
}

const compileRule = (to: DmnCompilation, rule: Element, inputs: number, outputs: number): TableTree['rules'][number] => {
  const tests = elementsOf(rule, 'inputEntry')
  const entries = elementsOf(rule, 'outputEntry')
  if (tests.length !== inputs || entries.length !== outputs) {
    refuse(
      to,
      rule,
      'table-rule',
      `The rule "${rule.id ?? ''}" has ${tests.length} tests and ${entries.length} outputs for ${inputs} and ${outputs} columns.`,
      'Fill in every cell.',
    )
  }
  return {
    tests: tests.map((entry) => feelOf(to, entry, textOf(entry, 'text'), true)),
    outputs: entries.map((entry): FeelTree => {
      const text = literalOf(to, entry)
      return text === '' || text === '-' ? ['value', null] : feelOf(to, entry, text)
    }),
  }
}
