/** Boxed expressions to FEEL trees: a context is a FEEL context, knowledge is a function, and only the table has an operator of its own. */
import { externalCall } from '../feel/external.ts'
import type { FeelTree, FeelType, Iteration, NamedTree, Parameter } from '../feel/tree.ts'
import { type DmnCompilation, declaredType, feelOf, literalOf, refuse, typedBy } from './compilation.ts'
import { compileTable } from './compile-table.ts'
import { attributeOf, called, childOf, childrenOf, type DmnElement, expressionsIn, idOf, nameOf, typeRefOf } from './element.ts'

/** The expression that stands in an element, converted to the expression's own type; a finding and null when there is none. */
export const compileIn = (to: DmnCompilation, holder: DmnElement | undefined, around: DmnElement): FeelTree => {
  const expression = expressionsIn(holder)[0]
  if (expression) return compileExpression(to, expression, around)
  return refuse(to, around, 'missing-expression', `"${called(around)}" has no expression.`, 'Write its logic.', {
    message: `« ${called(around)} » n'a pas d'expression.`,
    help: 'Écrivez sa logique.',
  })
}

/**
 * The expression in an element, as the type of the variable that holds it. On a function, many tools write the type of its result
 * where the standard has a function's type: that is what any other type means there.
 */
export const compileAs = (
  to: DmnCompilation,
  variable: DmnElement | undefined,
  holder: DmnElement,
  around: DmnElement,
): FeelTree => {
  const expression = expressionsIn(holder)[0]
  if (!variable || expression?.type !== 'functionDefinition') return typedBy(to, variable, compileIn(to, holder, around))
  return compileFunction(to, expression, around, resultType(declaredType(to, variable, typeRefOf(variable))))
}

/** What a function gives whose variable has this type. */
export const resultType = (type: FeelType | null): FeelType | null =>
  Array.isArray(type) && type[0] === 'function' ? type[2] : type === 'function' ? null : type

const compileExpression = (to: DmnCompilation, element: DmnElement, around: DmnElement): FeelTree => {
  const tree = compileBare(to, element, around)
  return element.type === 'functionDefinition' ? tree : typedBy(to, element, tree)
}

const compileBare = (to: DmnCompilation, element: DmnElement, around: DmnElement): FeelTree => {
  switch (element.type) {
    case 'decisionTable':
      return ['table', compileTable(to, element, around)]
    case 'context':
      return compileContext(to, element)
    case 'list':
      return ['list', expressionsIn(element).map((item) => compileExpression(to, item, element))]
    case 'relation':
      return compileRelation(to, element)
    case 'invocation':
      return compileInvocation(to, element)
    case 'functionDefinition':
      return compileFunction(to, element, around, null)
    case 'conditional':
      return [
        'if',
        compileIn(to, childOf(element, 'if'), element),
        compileIn(to, childOf(element, 'then'), element),
        compileIn(to, childOf(element, 'else'), element),
        'boxed',
      ]
    case 'filter':
      return [
        'filter',
        compileIn(to, childOf(element, 'in'), element),
        compileIn(to, childOf(element, 'match'), element),
        'boxed',
      ]
    case 'for':
      return ['for', [iterationOf(to, element)], compileIn(to, childOf(element, 'return'), element)]
    case 'every':
    case 'some':
      return [element.type, [iterationOf(to, element)], compileIn(to, childOf(element, 'satisfies'), element), 'boxed']
    default: {
      const text = literalOf(to, element)
      return text === '' ? ['value', null] : feelOf(to, element, text)
    }
  }
}

const iterationOf = (to: DmnCompilation, element: DmnElement): Iteration => {
  const name = attributeOf(element, 'iteratorVariable')
  if (name === '') {
    refuse(to, element, 'iterator-name', `"${called(element)}" goes through a list without a name for its items.`, 'Name them.', {
      message: `« ${called(element)} » parcourt une liste sans nommer ses éléments.`,
      help: 'Nommez-les.',
    })
  }
  return [name, compileIn(to, childOf(element, 'in'), element), null]
}

/** A context whose last entry has no variable gives that entry's value (DMN 1.5, section 10.2.1.4). */
const compileContext = (to: DmnCompilation, element: DmnElement): FeelTree => {
  const cells = childrenOf(element, 'contextEntry')
  const entries: NamedTree[] = []
  for (const [index, cell] of cells.entries()) {
    const variable = childOf(cell, 'variable')
    const tree = compileAs(to, variable, cell, cell)
    const name = nameOf(variable)
    if (name !== '') entries.push([name, tree])
    else if (index === cells.length - 1) return entries.length === 0 ? tree : ['let', entries, tree]
    else {
      refuse(to, cell, 'context-entry', `An entry of "${idOf(element)}" has no name and is not the last.`, 'Name it.', {
        message: `Une entrée de « ${idOf(element)} » n'a pas de nom et n'est pas la dernière.`,
        help: 'Nommez-la.',
      })
    }
  }
  return ['context', entries]
}

const compileRelation = (to: DmnCompilation, element: DmnElement): FeelTree => {
  const columns = childrenOf(element, 'column')
  return [
    'list',
    childrenOf(element, 'row').map((row): FeelTree => {
      const cells = expressionsIn(row)
      if (cells.length !== columns.length) {
        refuse(
          to,
          row,
          'relation-row',
          `A row of "${idOf(element)}" has ${cells.length} cells for ${columns.length} columns.`,
          'Fill in every cell.',
          {
            message: `Une ligne de « ${idOf(element)} » a ${cells.length} cases pour ${columns.length} colonnes.`,
            help: 'Remplissez chaque case.',
          },
        )
      }
      return [
        'context',
        cells.map(
          (cell, index): NamedTree => [nameOf(columns[index]), typedBy(to, columns[index], compileExpression(to, cell, row))],
        ),
      ]
    }),
  ]
}

const compileInvocation = (to: DmnCompilation, element: DmnElement): FeelTree => {
  const bindings = childrenOf(element, 'binding').map((binding): NamedTree => {
    const parameter = childOf(binding, 'parameter')
    const given: FeelTree = expressionsIn(binding)[0] ? compileIn(to, binding, element) : ['value', null]
    return [nameOf(parameter), typedBy(to, parameter, given)]
  })
  const target = childOf(element, 'calledFunction') ?? element
  return ['callNamed', compileIn(to, target, element), bindings]
}

/** A function whose parameters and result are converted to their types; Java is but a few methods (`external.ts`), PMML is refused by name. */
export const compileFunction = (
  to: DmnCompilation,
  element: DmnElement,
  around: DmnElement,
  result: FeelType | null,
): FeelTree => {
  const kind = attributeOf(element, 'kind')
  const names = childrenOf(element, 'formalParameter').map((parameter): Parameter => [nameOf(parameter), null])
  const external = kind === 'Java' ? externalCall(compileIn({ ...to, findings: [] }, element, around), names) : null
  if (kind !== '' && kind !== 'FEEL' && !external) {
    return refuse(
      to,
      around,
      'external-function',
      `"${called(around)}" is a ${kind} function, which is not executed.`,
      'Write it in FEEL.',
      { message: `« ${called(around)} » est une fonction ${kind}, qui n'est pas exécutée.`, help: 'Écrivez-la en FEEL.' },
    )
  }
  const formal = childrenOf(element, 'formalParameter')
  const typed = formal.flatMap((parameter): [string, FeelType, string][] => {
    const type = declaredType(to, parameter, typeRefOf(parameter))
    return type === null ? [] : [[nameOf(parameter), type, called(parameter)]]
  })
  const body = external ?? typedBy(to, element, compileIn(to, element, around))
  const converted: FeelTree = result === null ? body : ['as', body, result, called(around)]
  return ['function', names, typed.length === 0 ? converted : ['arguments', typed, converted]]
}
