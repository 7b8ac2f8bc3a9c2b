/** Boxed expressions to FEEL trees: a context is a FEEL context, knowledge is a function, and only the table has an operator of its own. */
import { type Element, elementOf, elementsOf, idOf, textOf } from '../bpmn/element.ts'
import { unknownFunctions } from '../feel/check.ts'
import { FeelError, parseFeel } from '../feel/parse.ts'
import type { FeelTree, NamedTree, Parameter } from '../feel/tree.ts'
import type { Finding } from '../finding.ts'
import { compileTable } from './compile-table.ts'
import { typeOf } from './types.ts'

export interface DmnCompilation {
  findings: Finding[]
  definitions: Element
  /** Every name of the file, for the grammar. */
  names: string[]
  /** Names of functions the file defines. */
  functions: string[]
}

export const refuse = (to: DmnCompilation, element: Element, rule: string, message: string, help: string): FeelTree => {
  to.findings.push({ rule, severity: 'error', element: idOf(element), message, help })
  return ['value', null]
}

/** FEEL text of an element; a finding and null when it is not FEEL. */
export const feelOf = (to: DmnCompilation, element: Element, text: string, unaryTests = false): FeelTree => {
  try {
    const tree = parseFeel(text, { unaryTests, names: to.names })
    const unknown = unknownFunctions(tree, to.functions)
    if (unknown.length === 0) return tree
    return refuse(
      to,
      element,
      'unknown-function',
      `"${idOf(element)}": FEEL has no function "${unknown[0]}".`,
      `Correct "${text}".`,
    )
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    return refuse(to, element, 'feel-syntax', `"${idOf(element)}": ${error.message}`, 'Correct the expression.')
  }
}

/** Text of a literal expression; '' when there is none. */
export const literalOf = (to: DmnCompilation, element: Element): string => {
  const language = textOf(element, 'expressionLanguage')
  if (language !== '' && !/feel/i.test(language)) {
    refuse(to, element, 'expression-language', `"${idOf(element)}" is written in "${language}".`, 'Write it in FEEL.')
    return ''
  }
  return textOf(element, 'text')
}

export const compileExpression = (to: DmnCompilation, element: Element | undefined, around: Element): FeelTree => {
  if (!element)
    return refuse(to, around, 'missing-expression', `"${around.name ?? idOf(around)}" has no expression.`, 'Write its logic.')
  switch (element.$type) {
    case 'dmn:LiteralExpression': {
      const text = literalOf(to, element)
      return text === '' ? ['value', null] : feelOf(to, element, text)
    }
    case 'dmn:DecisionTable':
      return ['table', compileTable(to, element)]
    case 'dmn:Context':
      return compileContext(to, element)
    case 'dmn:List':
      return ['list', elementsOf(element, 'elements').map((item) => compileExpression(to, item, element))]
    case 'dmn:Relation':
      return compileRelation(to, element)
    case 'dmn:Invocation':
      return compileInvocation(to, element)
    case 'dmn:FunctionDefinition':
      return compileFunction(to, element, around)
    default:
      return refuse(
        to,
        element,
        'unsupported-expression',
        `"${idOf(element)}" is a ${element.$type.slice(4)}, which is not executed yet.`,
        'Write it as a literal FEEL expression.',
      )
  }
}

/** A context whose last entry has no variable gives that entry's value (DMN 1.5, section 10.2.1.4). */
const compileContext = (to: DmnCompilation, element: Element): FeelTree => {
  const result = '(result)'
  const entries = elementsOf(element, 'contextEntry').map((entry): NamedTree => {
    const name = textOf(elementOf(entry, 'variable'), 'name')
    return [name === '' ? result : name, compileExpression(to, elementOf(entry, 'value'), element)]
  })
  const context: FeelTree = ['context', entries]
  return entries.some(([name]) => name === result) ? ['path', context, result] : context
}

const compileRelation = (to: DmnCompilation, element: Element): FeelTree => {
  const columns = elementsOf(element, 'column').map((column) => column.name ?? '')
  return [
    'list',
    elementsOf(element, 'row').map(
      (row): FeelTree => [
        'context',
        elementsOf(row, 'elements').map((cell, index): NamedTree => [columns[index] ?? '', compileExpression(to, cell, row)]),
      ],
    ),
  ]
}

const compileInvocation = (to: DmnCompilation, element: Element): FeelTree => {
  const bindings = elementsOf(element, 'binding').map(
    (binding): NamedTree => [
      textOf(elementOf(binding, 'parameter'), 'name'),
      compileExpression(to, elementOf(binding, 'bindingFormula'), element),
    ],
  )
  return ['callNamed', compileExpression(to, elementOf(element, 'calledFunction'), element), bindings]
}

export const compileFunction = (to: DmnCompilation, element: Element, around: Element): FeelTree => {
  if (element.kind !== undefined && element.kind !== 'FEEL') {
    return refuse(
      to,
      around,
      'external-function',
      `"${around.name ?? idOf(around)}" is a ${String(element.kind)} function, which is not executed.`,
      'Write it in FEEL.',
    )
  }
  const parameters = elementsOf(element, 'formalParameter').map(
    (parameter): Parameter => [parameter.name ?? '', typeOf(to.definitions, textOf(parameter, 'typeRef'))],
  )
  return ['function', parameters, compileExpression(to, elementOf(element, 'body'), around)]
}
