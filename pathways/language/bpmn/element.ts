/** What we use of a moddle element: a BPMN or hospital element as read from the file. */
export interface Element {
  $type: string
  $parent?: Element
  $attrs?: Record<string, string>
  $children?: Element[]
  $instanceOf?(type: string): boolean
  id?: string
  name?: string
  [property: string]: unknown
}

export const elementsOf = (element: Element, property: string): Element[] => {
  const value = element[property]
  return Array.isArray(value) ? (value as Element[]) : []
}

export const elementOf = (element: Element | undefined, property: string): Element | undefined => {
  const value = element?.[property]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Element) : undefined
}

/** Text of an attribute or of a body, '' when there is none. */
export const textOf = (element: Element | undefined, property: string): string => {
  const value = element?.[property]
  return typeof value === 'string' ? value.trim() : ''
}

/** Body of a formal expression, '' when there is none. */
export const bodyOf = (element: Element, property: string): string => textOf(elementOf(element, property), 'body')

/** What stands in an element's extensionElements, in document order. */
export const extensionsOf = (element: Element): Element[] => {
  const holder = elementOf(element, 'extensionElements')
  return holder ? elementsOf(holder, 'values') : []
}

/** `handOver` of <hospital:handOver>; '' for what is not ours. */
export const extensionName = (extension: Element): string => {
  const [prefix, name] = extension.$type.split(':')
  return prefix === 'hospital' && name ? name[0]!.toLowerCase() + name.slice(1) : ''
}

/** All extension elements of one hospital type, in document order. */
export const extensions = (element: Element, name: string): Element[] =>
  extensionsOf(element).filter((extension) => extensionName(extension) === name)

/** An element's id, or that of the nearest one around it that has one. */
export const idOf = (element: Element | undefined): string => {
  for (let at = element; at; at = at.$parent) if (at.id) return at.id
  return ''
}

/** What an element stands in, all the way out: the definitions of its file. */
export const rootOf = (element: Element): Element => {
  let root = element
  while (root.$parent) root = root.$parent
  return root
}

const SCHEMA = 'http://www.w3.org/2001/XMLSchema'

/**
 * The namespace of what a name with a prefix means in another file that its own does not import, '' for all else: "Imports MUST be explicitly defined" (BPMN
 * 2.0.2, 8.4.9). The types of XML Schema are everybody's.
 */
export const notImported = (definitions: Element, name: string): string => {
  const prefix = /^([^:]+):./.exec(name.trim())?.[1]
  const namespace = prefix === undefined ? undefined : definitions.$attrs?.[`xmlns:${prefix}`]
  if (namespace === undefined || namespace === SCHEMA || namespace === definitions.targetNamespace) return ''
  return elementsOf(definitions, 'imports').some((one) => one.namespace === namespace) ? '' : namespace
}
