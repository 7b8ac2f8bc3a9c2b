/** A whole file as it was read, for rules that look across processes, pools and lanes: every element once, in document order. */
import type { Finding } from '../finding.ts'
import type { Element } from './element.ts'

/** What bpmn-moddle knows of a property of a type. */
interface Property {
  name: string
  type: string
  isReference?: boolean
  isMany?: boolean
  isVirtual?: boolean
}

export interface FileElements {
  definitions: Element
  /** Every element of the model, without the diagrams and without what stands in extension elements. */
  elements: Element[]
  /** Those of one type, by its name: `bpmn:Lane`. */
  ofType: (type: string) => Element[]
}

const aside: ReadonlySet<string> = new Set(['diagrams', 'extensionElements', 'documentation'])

/** What bpmn-moddle knows of the properties of an element; nothing of what it did not read. */
export const propertiesOf = (element: Element): Property[] =>
  (element.$descriptor as { properties?: Property[] } | undefined)?.properties ?? []

/** Gathers a file’s elements, once for all rules. */
export const fileElementsOf = (definitions: Element): FileElements => {
  const elements: Element[] = []
  const byType = new Map<string, Element[]>()
  const pending = [definitions]
  for (let element = pending.pop(); element; element = pending.pop()) {
    elements.push(element)
    const same = byType.get(element.$type)
    if (same) same.push(element)
    else byType.set(element.$type, [element])
    pending.push(...childrenOf(element).reverse())
  }
  return { definitions, elements, ofType: (type) => byType.get(type) ?? [] }
}

const childrenOf = (element: Element): Element[] =>
  propertiesOf(element).flatMap(({ name, isReference }) => {
    const property = name.replace(/^bpmn:/, '')
    if (isReference || aside.has(property)) return []
    const value = element[property]
    return (Array.isArray(value) ? value : [value]).filter(isElement)
  })

/** Something that was read, rather than a text or a number. */
export const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && typeof (value as Element).$type === 'string'

/** The process, subprocess or choreography that an element stands in; undefined for what stands in none. */
export const containerOf = (element: Element): Element | undefined => {
  for (let at = element.$parent; at; at = at.$parent) if (isContainer(at)) return at
  return undefined
}

/** The process that an element is of, itself included. */
export const processAround = (element: Element): Element | undefined => {
  let at: Element | undefined = element
  while (at && at.$type !== 'bpmn:Process') at = at.$parent
  return at
}

/** How bad it is to say of data what only execution needs, and wrongly: other tools' drawings do (table 10.1, isExecutable). */
export const severityOfData = (element: Element): Finding['severity'] =>
  processAround(element)?.isExecutable === true ? 'error' : 'warning'

const containers: ReadonlySet<string> = new Set([
  'bpmn:Process',
  'bpmn:SubProcess',
  'bpmn:Transaction',
  'bpmn:AdHocSubProcess',
  'bpmn:Choreography',
  'bpmn:SubChoreography',
])

/** Whether flow elements stand in it. */
export const isContainer = ({ $type }: Element): boolean => containers.has($type)

type Said = [message: string, help: string]

/** A finding about an element of a file, in both languages. */
export const said = (
  element: string,
  rule: string,
  [message, help]: Said,
  [french, frenchHelp]: Said,
  severity: Finding['severity'] = 'error',
): Finding => ({ rule, severity, element, message, help, french: { message: french, help: frenchHelp } })

/** Something of another file is named, and nothing says which file that is. */
export const missingImport = (element: string, reference: string, namespace: string): Finding =>
  said(
    element,
    'missing-import',
    [
      `"${element}" refers to "${reference}", of another file ("${namespace}") that is not imported.`,
      'Import that file, or refer to something of this one.',
    ],
    [
      `« ${element} » renvoie à « ${reference} », d’un autre fichier (« ${namespace} ») qui n’est pas importé.`,
      'Importez ce fichier, ou renvoyez à un élément de celui-ci.',
    ],
  )
