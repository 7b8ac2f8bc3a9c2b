/** How a pathway begins by what it hears. */
import { concerns, type EventKind } from '../../pathways/language/program.ts'
import type { Model, Node } from './model.ts'

const starts = new WeakMap<Model, Map<string, Node | null>>()

/** The start event by which a message or signal begins a pathway. */
export const startBy = (model: Model, kind: EventKind, name: string): Node | null => {
  let known = starts.get(model)
  if (!known) {
    known = new Map()
    starts.set(model, known)
  }
  const word = `${kind} ${name}`
  const before = known.get(word)
  if (before !== undefined) return before
  const { nodes } = model.program
  const found = nodes[0]!.starts.find((start) => concerns(nodes[start]!.event, kind, name))
  const start = found === undefined ? null : model.nodes[found]!
  known.set(word, start)
  return start
}
