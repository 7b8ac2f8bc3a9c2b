/** Small helpers over the grammar's syntax nodes, and the error that names a place in a FEEL text. */

import type { FeelType } from './tree.ts'

/** What we use of a lezer syntax node. */
export interface SyntaxNode {
  name: string
  type: { isError: boolean }
  from: number
  to: number
  firstChild: SyntaxNode | null
  lastChild: SyntaxNode | null
  nextSibling: SyntaxNode | null
  prevSibling: SyntaxNode | null
  getChild(name: string): SyntaxNode | null
  getChildren(name: string): SyntaxNode[]
}

export interface Source {
  text: string
  /** What a type's name stands for; undefined for FEEL's own. */
  typeNamed?: (name: string) => FeelType | undefined
}

/** Text that is not FEEL. `position` counts UTF-16 units from 0. */
export class FeelError extends Error {
  override name = 'FeelError'
  text: string
  position: number
  constructor(message: string, text: string, position: number) {
    super(message)
    this.text = text
    this.position = position
  }
}

export const textOf = (node: SyntaxNode, source: Source): string => source.text.slice(node.from, node.to)

/** @throws FeelError at the node. */
export const refuse = (node: SyntaxNode, source: Source, message: string): never => {
  throw new FeelError(`${message} (column ${node.from + 1} of "${shortened(source.text)}").`, source.text, node.from)
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 77)}…` : text)

/** Children that mean something: comments are not. */
export const children = (node: SyntaxNode): SyntaxNode[] => {
  const found: SyntaxNode[] = []
  for (let next = node.firstChild; next; next = next.nextSibling) {
    if (next.name !== 'LineComment' && next.name !== 'BlockComment') found.push(next)
  }
  return found
}

export const child = (node: SyntaxNode, index: number, source: Source): SyntaxNode =>
  children(node)[index] ?? refuse(node, source, 'Something is missing here')
