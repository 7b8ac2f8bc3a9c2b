/** Decision tables (DMN 1.5, chapter 8). */
import type { FeelTree, HitPolicy, TableOutput, TableTree } from '../feel/tree.ts'
import { findingsOfAnalysis } from './analysis-findings.ts'
import { type DmnCompilation, declaredType, feelOf, literalOf, refuse, typedBy } from './compilation.ts'
import { attributeOf, called, childOf, childrenOf, type DmnElement, idOf, nameOf, textIn, typeRefOf } from './element.ts'
import { allowedText } from './types.ts'

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

/** `around` is what the table is the logic of: where outputs are ordered, its type lists the values of a single output that lists none. */
export const compileTable = (to: DmnCompilation, table: DmnElement, around: DmnElement): TableTree => {
  const clauses = childrenOf(table, 'input')
  const columns = childrenOf(table, 'output')
  const hitPolicy = policyOf(to, table)
  const byImportance = hitPolicy === 'priority' || hitPolicy === 'output order'
  const single = typeRefOf(table) || typeRefOf(childOf(around, 'variable'))
  const outputs = columns.map((column) => compileOutput(to, column, columns.length === 1, byImportance ? single : null))
  const aggregation = aggregationOf(to, table, columns.length)
  if (columns.length === 0) {
    refuse(to, table, 'table-outputs', `The table "${idOf(table)}" has no output.`, 'Add an output column.', {
      message: `La table « ${idOf(table)} » n'a pas de sortie.`,
      help: 'Ajoutez une colonne de sortie.',
    })
  }
  if (byImportance && !outputs.some((output) => output.values)) {
    refuse(
      to,
      table,
      'table-priorities',
      `The table "${idOf(table)}" has hit policy "${hitPolicy}" but no output values to order by.`,
      'List the output values from the most important down.',
      {
        message: `La table « ${idOf(table)} » classe ses résultats par importance, mais ne dit pas dans quel ordre.`,
        help: 'Énumérez les valeurs de sortie, de la plus importante à la moins importante.',
      },
    )
  }
  const tree: TableTree = {
    id: idOf(table),
    hitPolicy,
    aggregation,
    inputs: clauses.map((clause) => compileInput(to, clause)),
    allowed: clauses.map((clause) => allowedOf(to, clause)),
    outputs,
    rules: childrenOf(table, 'rule').map((rule) => compileRule(to, rule, clauses.length, columns)),
  }
  findingsOfAnalysis(to, table, tree)
  return tree
}

const policyOf = (to: DmnCompilation, table: DmnElement): HitPolicy => {
  const written = attributeOf(table, 'hitPolicy') || 'UNIQUE'
  if (Object.hasOwn(policies, written)) return policies[written]!
  refuse(
    to,
    table,
    'table-policy',
    `The table "${idOf(table)}" has the hit policy "${written}", which DMN does not know.`,
    `Choose one of ${Object.keys(policies).join(', ')}.`,
    {
      message: `La table « ${idOf(table)} » a la règle de choix « ${written} », que DMN ne connaît pas.`,
      help: `Choisissez parmi ${Object.keys(policies).join(', ')}.`,
    },
  )
  return 'unique'
}

const aggregationOf = (to: DmnCompilation, table: DmnElement, outputs: number): TableTree['aggregation'] => {
  const written = attributeOf(table, 'aggregation')
  if (written === '') return null
  const found = Object.hasOwn(aggregations, written) ? aggregations[written]! : null
  if (found && outputs <= 1) return found
  refuse(
    to,
    table,
    'table-aggregation',
    found
      ? `The table "${idOf(table)}" adds up several outputs.`
      : `The table "${idOf(table)}" has the aggregator "${written}", which DMN does not know.`,
    found
      ? 'Keep one output, or collect without an aggregator.'
      : `Choose one of ${Object.keys(aggregations).join(', ')}, or none.`,
    {
      message: found
        ? `La table « ${idOf(table)} » agrège plusieurs sorties.`
        : `La table « ${idOf(table)} » a l'agrégation « ${written} », que DMN ne connaît pas.`,
      help: found
        ? 'Gardez une seule sortie, ou rassemblez sans agréger.'
        : `Choisissez parmi ${Object.keys(aggregations).join(', ')}, ou aucune.`,
    },
  )
  return null
}

const compileInput = (to: DmnCompilation, clause: DmnElement): FeelTree => {
  const expression = childOf(clause, 'inputExpression')
  const text = expression ? literalOf(to, expression) : ''
  if (text !== '') return typedBy(to, expression, feelOf(to, clause, text))
  return refuse(to, clause, 'table-input', `The input "${called(clause)}" has no expression.`, 'Write which value it tests.', {
    message: `L'entrée « ${called(clause)} » n'a pas d'expression.`,
    help: 'Écrivez quelle valeur elle examine.',
  })
}

const allowedOf = (to: DmnCompilation, clause: DmnElement): FeelTree | null => {
  const text = textIn(childOf(clause, 'inputValues'))
  return text === '' || text === '-' ? null : feelOf(to, clause, text, true)
}

const compileOutput = (to: DmnCompilation, clause: DmnElement, only: boolean, single: string | null): TableOutput => {
  const listed = textIn(childOf(clause, 'outputValues'))
  const values = listed || (single === null ? '' : allowedText(to.model, typeRefOf(clause) || (only ? single : '')))
  const fallback = textIn(childOf(clause, 'defaultOutputEntry'))
  const name = nameOf(clause)
  if (!only && name === '') {
    refuse(to, clause, 'table-output-name', `The output "${called(clause)}" of a table with several has no name.`, 'Name it.', {
      message: `La sortie « ${called(clause)} », d'une table qui en a plusieurs, n'a pas de nom.`,
      help: 'Nommez-la.',
    })
  }
  return {
    name: only ? '' : name,
    values: values === '' || values === '-' ? null : feelOf(to, clause, `[${values}]`),
    fallback: fallback === '' ? null : typedBy(to, clause, feelOf(to, clause, fallback)),
  }
}

const compileRule = (to: DmnCompilation, rule: DmnElement, inputs: number, columns: DmnElement[]): TableTree['rules'][number] => {
  const tests = childrenOf(rule, 'inputEntry')
  const entries = childrenOf(rule, 'outputEntry')
  if (tests.length !== inputs || entries.length !== columns.length) {
    const cells = `${tests.length} + ${entries.length}`
    refuse(
      to,
      rule,
      'table-rule',
      `The rule "${idOf(rule)}" has ${tests.length} tests and ${entries.length} outputs for ${inputs} and ${columns.length} columns.`,
      'Fill in every cell.',
      {
        message: `La règle « ${idOf(rule)} » a ${cells} cases pour ${inputs} + ${columns.length} colonnes.`,
        help: 'Remplissez chaque case.',
      },
    )
  }
  return {
    tests: tests.map((entry) => feelOf(to, entry, textIn(entry), true)),
    outputs: entries.map((entry, index): FeelTree => {
      const text = literalOf(to, entry)
      if (text === '' || text === '-') return ['value', null]
      const type = columns[index] ? declaredType(to, columns[index], typeRefOf(columns[index])) : null
      const tree = feelOf(to, entry, text)
      return type === null ? tree : ['as', tree, type, called(columns[index]!)]
    }),
  }
}
