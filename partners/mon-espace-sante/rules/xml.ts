/** An XML text as a plain tree, for reading only: no entity beyond XML's own five is known and nothing outside the text is fetched. */
import { create } from 'xmlbuilder2'

export interface Element {
  name: string
  namespace: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

interface DomNode {
  nodeType: number
  localName?: string
  namespaceURI?: string | null
  textContent: string | null
  attributes?: Iterable<{ name: string; value: string }>
  childNodes: Iterable<DomNode>
}

/** @throws Error when the text is not well-formed, or declares a document type. */
export function parseXml(text: string): Element {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new Error('A document type declaration is not accepted.')
  return elementOf(create(text).root().node as unknown as DomNode)
}

function elementOf(node: DomNode): Element {
  const children: Element[] = []
  let text = ''
  for (const child of node.childNodes) {
    if (child.nodeType === 1) children.push(elementOf(child))
    else if (child.nodeType === 3 || child.nodeType === 4) text += child.textContent ?? ''
  }
  const attributes: Record<string, string> = {}
  for (const { name, value } of node.attributes ?? []) attributes[name] = value
  return { name: node.localName ?? '', namespace: node.namespaceURI ?? '', attributes, children, text: text.trim() }
}

/** Every element reached by a path of names: `author/assignedAuthor/id`. */
export function all(element: Element, path: string): Element[] {
  let found = [element]
  for (const name of path.split('/')) found = found.flatMap(({ children }) => children.filter((child) => child.name === name))
  return found
}

export const first = (element: Element, path: string): Element | undefined => all(element, path)[0]
export const attribute = (element: Element, path: string, name: string): string => first(element, path)?.attributes[name] ?? ''
