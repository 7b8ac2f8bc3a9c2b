/** What data is made of: the item definitions that elements name (BPMN 2.0.2, 8.4.10). */
import { type Element, elementOf, rootOf, textOf } from './element.ts'

/** A data object's, an input's, an output's; undefined when nothing says what it is. */
export const itemOf = (data: Element | undefined): Element | undefined => {
  const item = elementOf(elementOf(data, 'dataObjectRef') ?? data, 'itemSubjectRef')
  return item?.$type === 'bpmn:ItemDefinition' ? item : undefined
}

/** What a message, a signal, an error or an escalation carries. */
export const carriedBy = (carrier: Element | undefined): Element | undefined => {
  const item = elementOf(carrier, 'itemRef') ?? elementOf(carrier, 'structureRef')
  return item?.$type === 'bpmn:ItemDefinition' ? item : undefined
}

export const isMany = (element: Element): boolean => element.isCollection === true

/** The name of a structure with its namespace, so that prefixes do not matter; '' when nothing says it. */
export const structureOf = (item: Element | undefined): string => {
  const [name, prefix] = textOf(item, 'structureRef').split(':').reverse() as [string, string | undefined]
  if (!item || prefix === undefined) return name
  return `${rootOf(item).$attrs?.[`xmlns:${prefix}`] ?? prefix}:${name}`
}

/** Whether two items are not the same: two definitions are when they have one structure, and both are one or many. Where there is none, nothing is contradicted. */
export const contradict = (one: Element | undefined, other: Element | undefined): boolean => {
  if (!one || !other || one === other) return false
  const structure = structureOf(one)
  return structure === '' || structure !== structureOf(other) || isMany(one) !== isMany(other)
}
