/** Extensions put into a BPMN file as text: not a byte of the rest changes, its formatting and comments included. */
import { attributesOf, type Tag, tagsOf } from '../../pathways/language/tags.ts'

const URI = 'urn:parcours:hospital:1'

/** Extension elements by the id of the element that gets them, from the prefix of our namespace in the file. */
export type Extensions = Map<string, (prefix: string) => string[]>

/** An element of the text. */
interface Node {
  tag: Tag
  children: Node[]
  /** After its end; where its closing tag begins. */
  end: number
  close: number
}

interface Edit {
  at: number
  /** How many characters it takes the place of. */
  length: number
  text: string
}

/**
 * The file with these extensions, in the `extensionElements` of each element, after those that are there.
 * @param bpmn readable XML. Ids that the file has not are left aside.
 */
export const spliced = (bpmn: string, extensions: Extensions): string => {
  const root = treeOf(bpmn)
  if (!root || extensions.size === 0) return bpmn
  const { prefix, edits } = prefixOf(bpmn, root)
  walk(root, (node) => {
    const made = extensions.get(attributesOf(bpmn, node.tag).id ?? '')?.(prefix) ?? []
    if (made.length > 0) edits.push(editOf(bpmn, node, made))
  })
  let text = bpmn
  for (const { at, length, text: put } of edits.sort((one, other) => other.at - one.at))
    text = text.slice(0, at) + put + text.slice(at + length)
  return text
}

const treeOf = (bpmn: string): Node | null => {
  const document: Node = { tag: { start: 0, end: 0, name: '', kind: 'open' }, children: [], end: 0, close: 0 }
  const open = [document]
  for (const tag of tagsOf(bpmn)) {
    if (tag.kind === 'close') {
      const node = open.length > 1 ? open.pop()! : document
      node.end = tag.end
      node.close = tag.start
      continue
    }
    const node: Node = { tag, children: [], end: tag.end, close: tag.end }
    open.at(-1)!.children.push(node)
    if (tag.kind === 'open') open.push(node)
  }
  return document.children[0] ?? null
}

const walk = (node: Node, see: (node: Node) => void): void => {
  see(node)
  for (const child of node.children) walk(child, see)
}

/** The prefix of our namespace, declared on the root when nothing there does. */
const prefixOf = (bpmn: string, { tag }: Node): { prefix: string; edits: Edit[] } => {
  const attributes = attributesOf(bpmn, tag)
  const declared = Object.keys(attributes).find((name) => name.startsWith('xmlns:') && attributes[name] === URI)
  if (declared) return { prefix: declared.slice('xmlns:'.length), edits: [] }
  let prefix = 'hospital'
  while (`xmlns:${prefix}` in attributes) prefix += '1'
  return { prefix, edits: [{ at: tag.start + 1 + tag.name.length, length: 0, text: ` xmlns:${prefix}="${URI}"` }] }
}

const localOf = ({ tag }: Node): string => tag.name.slice(tag.name.indexOf(':') + 1)

const editOf = (bpmn: string, node: Node, made: string[]): Edit => {
  const { tag } = node
  const holder = node.children.find((child) => localOf(child) === 'extensionElements')
  if (holder && holder.tag.kind === 'open') {
    const line = lineOf(bpmn, holder.tag.start)
    return { at: holder.children.at(-1)?.end ?? holder.tag.end, length: 0, text: made.map((each) => line(1) + each).join('') }
  }
  const name = tag.name.replace(/[^:]*$/, 'extensionElements')
  const line = lineOf(bpmn, tag.start)
  const filled = `<${name}>${made.map((each) => line(2) + each).join('')}${line(1)}</${name}>`
  if (holder) return { at: holder.tag.start, length: holder.tag.end - holder.tag.start, text: filled }
  if (tag.kind === 'empty') return { at: tag.end - 2, length: 2, text: `>${line(1)}${filled}${line(0)}</${tag.name}>` }
  // The standard puts documentation before extensions, and all else after them.
  const documentation = node.children.findLast((child) => localOf(child) === 'documentation')
  return { at: documentation?.end ?? tag.end, length: 0, text: line(1) + filled }
}

/** Begins a line so much further in than the one on which an element begins; nothing where that one does not begin its line. */
const lineOf = (bpmn: string, at: number): ((further: number) => string) => {
  const before = bpmn.slice(bpmn.lastIndexOf('\n', at - 1) + 1, at)
  if (!/^[ \t]*$/.test(before) || before.length === at) return () => ''
  const [end, unit] = [bpmn.includes('\r\n') ? '\r\n' : '\n', before.includes('\t') ? '\t' : '  ']
  return (further) => end + before + unit.repeat(further)
}
