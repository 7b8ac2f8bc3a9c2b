/** A DMN file's elements as plain nodes: the same names in every version of the standard, whatever prefix a tool writes. */

export interface DmnElement {
  /** Local name, as `decisionTable`; '' for what stands in a namespace that is not DMN's. */
  type: string
  parent: DmnElement | null
  attributes: Record<string, string>
  children: DmnElement[]
  text: string
}

export const childrenOf = (element: DmnElement | undefined, ...types: string[]): DmnElement[] =>
  element ? element.children.filter((child) => types.includes(child.type)) : []

export const childOf = (element: DmnElement | undefined, ...types: string[]): DmnElement | undefined =>
  element?.children.find((child) => types.includes(child.type))

/** An attribute, '' when there is none. */
export const attributeOf = (element: DmnElement | undefined, name: string): string =>
  element && Object.hasOwn(element.attributes, name) ? element.attributes[name]!.trim() : ''

/** A name, its blanks as FEEL reads them: one between words (DMN 1.5, section 10.3.1.5). */
export const nameOf = (element: DmnElement | undefined): string => attributeOf(element, 'name').replace(/\s+/g, ' ')

/** The text of a child, as `<inputEntry><text>…`; '' when there is none. */
export const textIn = (element: DmnElement | undefined, type = 'text'): string => childOf(element, type)?.text.trim() ?? ''

/** A type reference: an attribute, or a child in item definitions. */
export const typeRefOf = (element: DmnElement | undefined): string =>
  attributeOf(element, 'typeRef') || textIn(element, 'typeRef')

/** An element's id, or that of the nearest one around it that has one. */
export const idOf = (element: DmnElement | null | undefined): string => {
  for (let at = element; at; at = at.parent) {
    const id = attributeOf(at, 'id')
    if (id) return id
  }
  return ''
}

/** What people call an element: its name, else its label, else its id. */
export const called = (element: DmnElement): string => nameOf(element) || attributeOf(element, 'label') || idOf(element)

/** The expressions that may be boxed (DMN 1.5, section 7.3.1 and figure 7.21). */
export const expressionTypes = [
  'literalExpression',
  'decisionTable',
  'context',
  'list',
  'relation',
  'invocation',
  'functionDefinition',
  'conditional',
  'filter',
  'for',
  'every',
  'some',
]

export const expressionsIn = (element: DmnElement | undefined): DmnElement[] => childrenOf(element, ...expressionTypes)
