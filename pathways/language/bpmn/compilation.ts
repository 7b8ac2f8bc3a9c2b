/** What is gathered while one process is compiled: findings, expressions, and the elements by index. */
import { canonicalJson } from '../canonical.ts'
import { unknownFunctions } from '../feel/check.ts'
import { FeelError, parseFeel } from '../feel/parse.ts'
import type { FeelTree } from '../feel/tree.ts'
import type { Value } from '../feel/value.ts'
import type { Finding, Words } from '../finding.ts'
import type { Assignment, HoldDeclaration, ProgramDecision } from '../program.ts'
import { type Element, extensions, idOf, textOf } from './element.ts'
import type { LaneRole } from './lane-roles.ts'

export interface Compilation {
  findings: Finding[]
  expressions: FeelTree[]
  /** Where each distinct expression stands, by its canonical text. */
  expressionIndexes: Map<string, number>
  /** Flow nodes (the process first) and sequence flows, in document order. */
  nodes: Element[]
  nodeIndexes: Map<Element, number>
  flows: Element[]
  flowIndexes: Map<Element, number>
  /** What leads to a node, what leaves it and what stands on its boundary, in document order. */
  incoming: Map<Element, Element[]>
  outgoing: Map<Element, Element[]>
  boundaries: Map<Element, Element[]>
  /** Who does what stands in a lane: of what the lanes name, whatever is inside it too. */
  laneRoles: Map<Element, LaneRole>
  holds: HoldDeclaration[]
  /** Every decision of the DMN files given, and those this process uses. */
  decisionsKnown: ProgramDecision[]
  decisions: ProgramDecision[]
  formsKnown: Record<string, unknown>
  forms: Record<string, unknown>
}

export const newCompilation = (decisionsKnown: ProgramDecision[], formsKnown: Record<string, unknown>): Compilation => ({
  findings: [],
  expressions: [],
  expressionIndexes: new Map(),
  nodes: [],
  nodeIndexes: new Map(),
  flows: [],
  flowIndexes: new Map(),
  incoming: new Map(),
  outgoing: new Map(),
  boundaries: new Map(),
  laneRoles: new Map(),
  holds: [],
  decisionsKnown,
  decisions: [],
  formsKnown,
  forms: {},
})

/** What is wrong and what to do, in both languages. */
type Says = [message: string, help: string, french: Words]

export const problem = (to: Compilation, element: Element, rule: string, ...says: Says): void =>
  find(to, element, rule, 'error', says)

/** What breaks the standard and can be played all the same: an error of a process that says it is executable, a warning of a drawing. */
export const asked = (to: Compilation, element: Element, rule: string, ...says: Says): void =>
  find(to, element, rule, to.nodes[0]?.isExecutable === true ? 'error' : 'warning', says)

export const warning = (to: Compilation, element: Element, rule: string, ...says: Says): void =>
  find(to, element, rule, 'warning', says)

const find = (to: Compilation, element: Element, rule: string, severity: Finding['severity'], says: Says): void => {
  const [message, help, french] = says
  to.findings.push({ rule, severity, element: idOf(element), message, help, french })
}

/** `bpmn:UserTask "Trier" (task1)`, for messages. */
export const called = (element: Element): string => {
  const type = element.$type
    .replace(/^\w+:/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return `${type} ${element.name ? `"${element.name}" (${idOf(element)})` : `"${idOf(element)}"`}`
}

const frenchTypes: Record<string, string> = {
  Process: 'le processus',
  SubProcess: 'le sous-processus',
  Transaction: 'la transaction',
  AdHocSubProcess: 'le sous-processus ad hoc',
  CallActivity: 'l’activité appelante',
  Task: 'la tâche',
  UserTask: 'la tâche utilisateur',
  ManualTask: 'la tâche manuelle',
  ServiceTask: 'la tâche de service',
  SendTask: 'la tâche d’envoi',
  ReceiveTask: 'la tâche de réception',
  BusinessRuleTask: 'la tâche de règle métier',
  ScriptTask: 'la tâche de script',
  StartEvent: 'l’événement de début',
  EndEvent: 'l’événement de fin',
  IntermediateCatchEvent: 'l’événement de réception',
  IntermediateThrowEvent: 'l’événement d’émission',
  BoundaryEvent: 'l’événement de bordure',
  ExclusiveGateway: 'la passerelle exclusive',
  InclusiveGateway: 'la passerelle inclusive',
  ParallelGateway: 'la passerelle parallèle',
  ComplexGateway: 'la passerelle complexe',
  EventBasedGateway: 'la passerelle événementielle',
  SequenceFlow: 'le flux de séquence',
  Participant: 'le participant',
  Lane: 'le couloir',
  MessageFlow: 'le flux de message',
  Association: 'l’association',
  Message: 'le message',
  Signal: 'le signal',
  Error: 'l’erreur',
  Escalation: 'l’escalade',
  DataObject: 'l’objet de données',
  DataObjectReference: 'l’objet de données',
  DataStoreReference: 'le stock de données',
  DataInput: 'la donnée d’entrée',
  DataOutput: 'la donnée de sortie',
  DataInputAssociation: 'l’association de données',
  DataOutputAssociation: 'l’association de données',
  TextAnnotation: 'l’annotation',
}

/** The same in French: `la tâche utilisateur « Trier » (task1)`. */
export const calledInFrench = (element: Element): string => {
  const type = frenchTypes[element.$type.replace(/^\w+:/, '')] ?? 'l’élément'
  return `${type} ${element.name ? `« ${element.name} » (${idOf(element)})` : `« ${idOf(element)} »`}`
}

/** A sentence begins with a capital. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const addTree = (to: Compilation, tree: FeelTree): number => {
  const key = canonicalJson(tree)
  const known = to.expressionIndexes.get(key)
  if (known !== undefined) return known
  to.expressionIndexes.set(key, to.expressions.length)
  return to.expressions.push(tree) - 1
}

/** Index of a FEEL text, with or without its leading `=`; a finding and -1 when it is not FEEL. */
export const feel = (to: Compilation, element: Element, text: string): number => {
  const source = text.replace(/^\s*=/, '')
  try {
    const tree = parseFeel(source)
    const unknown = unknownFunctions(tree)
    if (unknown.length > 0) {
      problem(
        to,
        element,
        'unknown-function',
        `${called(element)}: FEEL has no function "${unknown[0]}".`,
        `Correct "${source}".`,
        {
          message: `${sentence(calledInFrench(element))} : FEEL n’a pas de fonction « ${unknown[0]} ».`,
          help: `Corrigez « ${source} ».`,
        },
      )
    }
    return addTree(to, tree)
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    problem(to, element, 'feel-syntax', `${called(element)}: ${error.message}`, 'Correct the expression.', {
      message: `${sentence(calledInFrench(element))} : l’expression « ${source.slice(0, 80)} » n’est pas du FEEL, à partir du caractère ${error.position + 1}.`,
      help: 'Corrigez l’expression.',
    })
    return -1
  }
}

/** A literal: canonical numbers, true and false are themselves; anything else is text. */
const literal = (text: string): Value => {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = Number(text)
  return text !== '' && Number.isFinite(number) && String(number) === text ? number : text
}

/** Index of a value: FEEL after `=`, else a literal; -1 when it is absent. */
export const value = (to: Compilation, element: Element, text: string): number => {
  if (text === '') return -1
  return text.startsWith('=') ? feel(to, element, text) : addTree(to, ['value', literal(text)])
}

/** Index of a value that must be there. */
export const required = (to: Compilation, element: Element, extension: Element, attribute: string): number => {
  const text = textOf(extension, attribute)
  if (text === '') missing(to, element, extension, attribute)
  return value(to, element, text)
}

/** Text of an attribute that must be there. */
export const requiredText = (to: Compilation, element: Element, extension: Element, attribute: string): string => {
  const text = textOf(extension, attribute)
  if (text === '') missing(to, element, extension, attribute)
  return text
}

const missing = (to: Compilation, element: Element, extension: Element, attribute: string) =>
  problem(
    to,
    element,
    'missing-attribute',
    `${called(element)}: <${extension.$type}> has no ${attribute}.`,
    `Write ${attribute}="…" on <${extension.$type}>.`,
    {
      message: `${sentence(calledInFrench(element))} : ${attribute} manque sur <${extension.$type}>.`,
      help: `Écrivez ${attribute}="…" sur <${extension.$type}>.`,
    },
  )

/** The assignments an element's extensions of one name make: `<hospital:input name="x" value="=…"/>`. */
export const assignments = (to: Compilation, element: Element, name: string, target: 'name' | 'variable'): Assignment[] =>
  extensions(element, name).map((extension) => ({
    variable: requiredText(to, element, extension, target),
    expression: required(to, element, extension, 'value'),
  }))

/** The only extension of its name, or undefined; a second one is refused. */
export const single = (to: Compilation, element: Element, name: string): Element | undefined => {
  const [first, second] = extensions(element, name)
  if (second) {
    problem(to, element, 'repeated-extension', `${called(element)} has more than one <hospital:${name}>.`, 'Keep one of them.', {
      message: `${sentence(calledInFrench(element))} porte plusieurs <hospital:${name}>.`,
      help: 'Gardez-en un.',
    })
  }
  return first
}
