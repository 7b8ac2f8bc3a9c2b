/** What compiling a DMN file needs to know and gathers; its findings; FEEL texts and types of its elements. */
import { unknownFunctions } from '../feel/check.ts'
import { FeelError, parseFeel } from '../feel/parse.ts'
import type { FeelTree, FeelType } from '../feel/tree.ts'
import type { Finding, Words } from '../finding.ts'
import { attributeOf, called, type DmnElement, idOf, textIn, typeRefOf } from './element.ts'
import type { DmnModel } from './models.ts'
import { TypeReferenceError, typeOf, unconstrained } from './types.ts'

export interface DmnCompilation {
  model: DmnModel
  findings: Finding[]
  /** Logic that has been compiled, with what is wrong with it. */
  compiled: Map<DmnElement, { tree: FeelTree; findings: Finding[] }>
  /** See `depthOf`. */
  depths: Map<DmnElement, number>
}

const nothing: FeelTree = ['value', null]

export const refuse = (
  to: DmnCompilation,
  element: DmnElement,
  rule: string,
  message: string,
  help: string,
  french: Words,
): FeelTree => {
  to.findings.push({ rule, severity: 'error', element: idOf(element), message, help, french })
  return nothing
}

/** FEEL text of an element; a finding and null when it is not FEEL. */
export const feelOf = (to: DmnCompilation, element: DmnElement, text: string, unaryTests = false): FeelTree => {
  try {
    const tree = parseFeel(text, { unaryTests, names: to.model.names, typeNamed: (name) => typeNamed(to, element, name) })
    const unknown = unknownFunctions(tree, to.model.names)
    if (unknown.length === 0) return tree
    return refuse(
      to,
      element,
      'unknown-function',
      `"${called(element)}": FEEL has no function "${unknown[0]}".`,
      `Correct "${text}".`,
      {
        message: `« ${called(element)} » : FEEL n'a pas de fonction « ${unknown[0]} ».`,
        help: `Corrigez « ${text} ».`,
      },
    )
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    return refuse(to, element, 'feel-syntax', `"${called(element)}": ${error.message}`, 'Correct the expression.', {
      message: `« ${called(element)} » : l'expression n'est pas du FEEL, à partir du caractère ${error.position + 1} de « ${text.slice(0, 80)} ».`,
      help: "Corrigez l'expression.",
    })
  }
}

/** A type that the model defines; FEEL's own are left to FEEL. */
const typeNamed = (to: DmnCompilation, element: DmnElement, name: string): FeelType | undefined => {
  if (/^(Any|Null|list|context|function|range)$/.test(name)) return undefined
  return unconstrained(declaredType(to, element, name))
}

/** Text of a literal expression; '' when there is none. */
export const literalOf = (to: DmnCompilation, element: DmnElement): string => {
  const language = attributeOf(element, 'expressionLanguage')
  if (language !== '' && !/feel/i.test(language)) {
    refuse(to, element, 'expression-language', `"${called(element)}" is written in "${language}".`, 'Write it in FEEL.', {
      message: `« ${called(element)} » est écrit en « ${language} ».`,
      help: 'Écrivez-le en FEEL.',
    })
    return ''
  }
  if (element.children.some((child) => child.type === 'importedValues')) {
    refuse(
      to,
      element,
      'imported-values',
      `"${called(element)}" takes its expression from another file.`,
      'Write the expression here, or import the DMN model that has it.',
      {
        message: `« ${called(element)} » prend son expression dans un autre fichier.`,
        help: "Écrivez l'expression ici, ou importez le modèle DMN qui la contient.",
      },
    )
  }
  return textIn(element)
}

/** A type by its reference; a finding and null when there is no such type. */
export const declaredType = (to: DmnCompilation, element: DmnElement, reference: string): FeelType | null => {
  try {
    return typeOf(to.model, reference)
  } catch (error) {
    if (!(error instanceof TypeReferenceError)) throw error
    refuse(
      to,
      element,
      'unknown-type',
      `"${called(element)}": ${error.message}.`,
      'Correct the type, or add its item definition.',
      {
        message: `« ${called(element)} » : le type « ${error.what} » n'existe pas, n'est pas du FEEL ou a trop de parties.`,
        help: 'Corrigez le type, ou ajoutez sa définition.',
      },
    )
    return null
  }
}

/** A tree whose value is what its element's type wants. */
export const typedBy = (to: DmnCompilation, element: DmnElement | undefined, tree: FeelTree): FeelTree => {
  const type = element ? declaredType(to, element, typeRefOf(element)) : null
  return element && type !== null ? ['as', tree, type, called(element)] : tree
}
