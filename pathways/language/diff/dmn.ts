/** What changed between two versions of a DMN file: what it defines, what that requires, and its logic. */
import {
  attributeOf,
  called,
  childOf,
  childrenOf,
  type DmnElement,
  expressionsIn,
  expressionTypes,
  idOf,
  nameOf,
  textIn,
  typeRefOf,
} from '../dmn/element.ts'
import { elementsWithin, readDmn } from '../dmn/read.ts'
import { hasError } from '../finding.ts'
import type { Change } from './change.ts'
import type { Diff } from './diff.ts'
import { differences, match } from './match.ts'
import { said, tableChanges } from './table.ts'

/** What stands on its own in a file of decisions. */
const standing = [
  'import',
  'itemDefinition',
  'inputData',
  'decision',
  'businessKnowledgeModel',
  'decisionService',
  'knowledgeSource',
]

/** Compares two DMN files: by id, and by kind and name what a tool has given a new id; never throws. Drawings are left aside. */
export const diffDmn = (older: string, newer: string): Promise<Diff> =>
  Promise.all([readDmn(older), readDmn(newer)]).then(([from, to]) => ({
    changes: from.definitions && to.definitions ? changesOf(from.definitions, to.definitions) : null,
    older: from.findings.filter((one) => hasError([one])),
    newer: to.findings.filter((one) => hasError([one])),
  }))

const typeOf = (element: DmnElement) => `dmn:${element.type[0]!.toUpperCase()}${element.type.slice(1)}`
const baseOf = (element: DmnElement) => ({ element: idOf(element), type: typeOf(element), name: called(element) })

const changesOf = (older: DmnElement, newer: DmnElement): Change[] => {
  const found = match(childrenOf(older, ...standing), childrenOf(newer, ...standing), [
    (element) => (attributeOf(element, 'id') ? `${element.type} ${attributeOf(element, 'id')}` : ''),
    (element) => `${element.type} ${nameOf(element)}`,
  ])
  const file = differences(fileProperties(older), fileProperties(newer))
  return [
    ...file.map((one): Change => ({ change: 'changed', element: '', type: 'dmn:Definitions', name: nameOf(newer), ...one })),
    ...found.removed.map((element): Change => ({ change: 'removed', ...baseOf(element) })),
    ...found.added.map((element): Change => ({ change: 'added', ...baseOf(element) })),
    ...found.pairs.flatMap(([from, to]) => [
      ...differences(propertiesOf(from), propertiesOf(to)).map((one): Change => ({ change: 'changed', ...baseOf(to), ...one })),
      ...changesOfTables(from, to),
    ]),
  ]
}

const fileProperties = (definitions: DmnElement) =>
  said([
    ['name', nameOf(definitions)],
    ['namespace', attributeOf(definitions, 'namespace')],
  ])

const changesOfTables = (from: DmnElement, to: DmnElement): Change[] => {
  const tables = (element: DmnElement) => elementsWithin(element).filter(({ type }) => type === 'decisionTable')
  const [before, now] = [tables(from), tables(to)]
  const found = match(before, now, [(table) => attributeOf(table, 'id')])
  const only = before.length === 1 && now.length === 1 ? [[before[0]!, now[0]!] as [DmnElement, DmnElement]] : found.pairs
  return only.flatMap(([older, newer]) => tableChanges(older, newer, to))
}

const requirements = ['informationRequirement', 'knowledgeRequirement', 'authorityRequirement']

const propertiesOf = (element: DmnElement): Map<string, string> => {
  const hrefs = (kinds: string[]) =>
    kinds
      .flatMap((kind) => childrenOf(element, kind))
      .flatMap((holder) => (attributeOf(holder, 'href') ? [holder] : holder.children))
      .map((one) => attributeOf(one, 'href').replace(/^#/, ''))
      .filter(Boolean)
  const variable = childOf(element, 'variable')
  const holder = childOf(element, 'encapsulatedLogic') ?? element
  return new Map([
    ...said([
      ['name', nameOf(element)],
      ['variable', nameOf(variable) === nameOf(element) ? '' : nameOf(variable)],
      ['typeRef', typeRefOf(variable) || typeRefOf(element)],
      ['isCollection', attributeOf(element, 'isCollection')],
      ['allowedValues', textIn(childOf(element, 'allowedValues'))],
      ['typeConstraint', textIn(childOf(element, 'typeConstraint'))],
      ['namespace', attributeOf(element, 'namespace')],
      ['locationURI', attributeOf(element, 'locationURI')],
      ['description', textIn(element, 'description')],
      ['question', textIn(element, 'question')],
      ['allowedAnswers', textIn(element, 'allowedAnswers')],
      ['requires', hrefs(requirements).sort().join('; ')],
      ['outputDecision', hrefs(['outputDecision']).join('; ')],
      ['encapsulatedDecision', hrefs(['encapsulatedDecision']).sort().join('; ')],
      ['inputDecision', hrefs(['inputDecision']).join('; ')],
      ['inputData', hrefs(['inputData']).join('; ')],
      [
        'parameters',
        childrenOf(holder, 'formalParameter')
          .map((one) => `${nameOf(one)}${typeRefOf(one) && `: ${typeRefOf(one)}`}`)
          .join(', '),
      ],
    ]),
    ...componentsOf(element, 'component '),
    ...logicOf(expressionsIn(holder)[0], 'logic'),
  ])
}

const componentsOf = (item: DmnElement, path: string): Map<string, string> =>
  new Map(
    childrenOf(item, 'itemComponent').flatMap((component) => {
      const own = [
        typeRefOf(component) || 'context',
        attributeOf(component, 'isCollection') === 'true' ? '[]' : '',
        ` ${textIn(childOf(component, 'allowedValues'))}`,
      ].join('')
      return [[`${path}${nameOf(component)}`, own.trim()] as const, ...componentsOf(component, `${path}${nameOf(component)}.`)]
    }),
  )

/** An expression as properties: a context entry by entry, tables by their kind alone, since their changes are told apart. */
const logicOf = (expression: DmnElement | undefined, path: string): Map<string, string> => {
  if (!expression) return new Map()
  if (expression.type !== 'context') return new Map([[path, textOf(expression)]])
  return new Map(
    childrenOf(expression, 'contextEntry').flatMap((entry) => [
      ...logicOf(expressionsIn(entry)[0], `${path}: ${nameOf(childOf(entry, 'variable')) || 'result'}`),
    ]),
  )
}

const textOf = (element: DmnElement): string => {
  if (element.type === 'decisionTable') return 'decisionTable'
  if (element.type === 'literalExpression') return textIn(element)
  const attributes = [nameOf(element), attributeOf(element, 'iteratorVariable'), typeRefOf(element)].filter(Boolean).join(' ')
  const inside = element.children
    .filter(({ type }) => type !== '' && type !== 'description')
    .map(textOf)
    .join(', ')
  const text = element.children.length === 0 ? element.text.trim() : inside
  return expressionTypes.includes(element.type) || attributes ? `${element.type}${attributes && ` ${attributes}`}(${text})` : text
}
