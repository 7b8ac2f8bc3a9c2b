/** What changed in a decision table: its policy, its columns, its rules and their cells. */
import { attributeOf, called, childOf, childrenOf, type DmnElement, idOf, nameOf, textIn, typeRefOf } from '../dmn/element.ts'
import type { Change } from './change.ts'
import { differences, match } from './match.ts'

const ownId = (element: DmnElement) => attributeOf(element, 'id')

/** What a column asks or gives: its expression, else its name. */
const columnText = (column: DmnElement): string =>
  column.type === 'input' ? textIn(childOf(column, 'inputExpression')) : nameOf(column) || attributeOf(column, 'label')

const columnName = (column: DmnElement): string => attributeOf(column, 'label') || columnText(column) || idOf(column)

const columnProperties = (column: DmnElement): Map<string, string> =>
  said([
    ['expression', textIn(childOf(column, 'inputExpression'))],
    ['label', attributeOf(column, 'label')],
    ['name', nameOf(column)],
    ['type', typeRefOf(column) || typeRefOf(childOf(column, 'inputExpression'))],
    ['values', textIn(childOf(column, 'inputValues', 'outputValues'))],
    ['default', textIn(childOf(column, 'defaultOutputEntry'))],
  ])

/** Properties that say something. */
export const said = (pairs: [string, string][]): Map<string, string> => new Map(pairs.filter(([, text]) => text !== ''))

const cellsOf = (rule: DmnElement): DmnElement[] => childrenOf(rule, 'inputEntry', 'outputEntry')
const rowText = (rule: DmnElement): string => JSON.stringify(cellsOf(rule).map((cell) => textIn(cell)))
const rowShown = (rule: DmnElement): string =>
  cellsOf(rule)
    .map((cell) => textIn(cell) || '-')
    .join(' | ')

const annotationsOf = (rule: DmnElement): string =>
  [textIn(rule, 'description'), ...childrenOf(rule, 'annotationEntry').map((entry) => textIn(entry))].filter(Boolean).join('; ')

/** The changes of one table, `holder` being the decision or knowledge it is the logic of. Rules go by their number in their own version. */
export const tableChanges = (older: DmnElement, newer: DmnElement, holder: DmnElement): Change[] => {
  const base = { element: idOf(newer), type: 'dmn:DecisionTable', name: called(holder) }
  const columns = match(childrenOf(older, 'input', 'output'), childrenOf(newer, 'input', 'output'), [
    ownId,
    (column) => `${column.type} ${columnText(column)}`,
  ])
  const rows = match(childrenOf(older, 'rule'), childrenOf(newer, 'rule'), [ownId, rowText])
  const [before, now] = [childrenOf(older, 'rule'), childrenOf(newer, 'rule')]
  const cells = (rule: DmnElement, table: DmnElement, column: DmnElement): string =>
    textIn(cellsOf(rule)[childrenOf(table, 'input', 'output').indexOf(column)])
  return [
    ...differences(policyOf(older), policyOf(newer)).map((one): Change => ({ change: 'changed', ...base, ...one })),
    ...columns.removed.map(
      (column): Change => ({
        change: 'removed',
        ...base,
        property: `${column.type} ${columnName(column)}`,
        from: columnText(column),
      }),
    ),
    ...columns.added.map(
      (column): Change => ({
        change: 'added',
        ...base,
        property: `${column.type} ${columnName(column)}`,
        to: columnText(column),
      }),
    ),
    ...columns.pairs.flatMap(([from, to]) =>
      differences(columnProperties(from), columnProperties(to)).map(
        (one): Change => ({ change: 'changed', ...base, ...one, property: `${to.type} ${columnName(to)}: ${one.property}` }),
      ),
    ),
    ...rows.removed.map(
      (rule): Change => ({ change: 'removed', ...base, property: `rule ${before.indexOf(rule) + 1}`, from: rowShown(rule) }),
    ),
    ...rows.added.map(
      (rule): Change => ({ change: 'added', ...base, property: `rule ${now.indexOf(rule) + 1}`, to: rowShown(rule) }),
    ),
    ...rows.pairs.flatMap(([from, to]): Change[] => {
      const row = `rule ${now.indexOf(to) + 1}`
      const places = { from: String(before.indexOf(from) + 1), to: String(now.indexOf(to) + 1) }
      const changed = columns.pairs.flatMap(([was, is]) =>
        differences(
          new Map([[columnName(is), cells(from, older, was) || '-']]),
          new Map([[columnName(is), cells(to, newer, is) || '-']]),
        ),
      )
      const notes = differences(said([['annotation', annotationsOf(from)]]), said([['annotation', annotationsOf(to)]]))
      return [
        ...(rows.moved.has(to) ? [{ change: 'moved' as const, ...base, property: row, ...places }] : []),
        ...[...changed, ...notes].map(
          (one): Change => ({ change: 'changed', ...base, ...one, property: `${row}: ${one.property}` }),
        ),
      ]
    }),
  ]
}

const policyOf = (table: DmnElement): Map<string, string> =>
  said([
    ['hitPolicy', attributeOf(table, 'hitPolicy') || 'UNIQUE'],
    ['aggregation', attributeOf(table, 'aggregation')],
  ])
