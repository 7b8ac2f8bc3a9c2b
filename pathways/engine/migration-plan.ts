/** Which element of a newer version stands for which of an older one: proposed from ids, names and structure, corrected by a person. */
import { NodeKind, type Program, type ProgramNode, partsOf } from '../language/program.ts'

export interface MigrationPlan {
  /** BPMN ids, from the older version's to the newer's. An element that is not named has no counterpart. */
  elements: Record<string, string>
}

/** By node index of the older version: the index in the newer one, -1 for none. The process stands for the process. */
export function correspondence(from: Program, to: Program, { elements }: MigrationPlan): number[] {
  const indexes = new Map(to.nodes.map((node, index) => [node.id, index]))
  return from.nodes.map(({ id }, index) => (index === 0 ? 0 : (indexes.get(elements[id] ?? '') ?? -1)))
}

/**
 * Proposes counterparts: the same id first, then the only one of the same kind and name in the same scope, then the only one of the same kind
 * between counterparts of its neighbours.
 */
export function proposePlan(from: Program, to: Program): MigrationPlan {
  const map: number[] = from.nodes.map(() => -1)
  const taken = new Set<number>([0])
  map[0] = 0
  const pair = (older: number, newer: number) => {
    map[older] = newer
    taken.add(newer)
  }
  const free = (older: number) => {
    const node = from.nodes[older]!
    return to.nodes.flatMap((other, index) =>
      !taken.has(index) && index > 0 && isSameKind(node, other) && other.scope === map[node.scope] ? [index] : [],
    )
  }
  const pairUnmatched = (matches: (older: ProgramNode, newer: ProgramNode) => boolean) => {
    from.nodes.forEach((node, older) => {
      if (map[older]! >= 0) return
      const candidates = free(older).filter((newer) => matches(node, to.nodes[newer]!))
      const rivals = from.nodes.filter(
        (other, index) => map[index]! < 0 && other.kind === node.kind && other.scope === node.scope,
      )
      if (candidates.length !== 1 || rivals.filter((rival) => matches(rival, to.nodes[candidates[0]!]!)).length !== 1) return
      pair(older, candidates[0]!)
    })
  }
  pairUnmatched((older, newer) => older.id === newer.id)
  pairUnmatched((older, newer) => older.name !== '' && older.name === newer.name)
  pairUnmatched((older, newer) => hasSameNeighbours(from, to, map, older, newer))
  const elements: Record<string, string> = {}
  map.forEach((newer, older) => {
    if (older > 0 && newer >= 0) elements[from.nodes[older]!.id] = to.nodes[newer]!.id
  })
  return { elements }
}

/** People's tasks stand for each other; any other element for its own kind, an event for the same kind of event. */
export function isSameKind(older: ProgramNode, newer: ProgramNode): boolean {
  const isPersons = ({ kind }: ProgramNode) => kind === NodeKind.userTask || kind === NodeKind.manualTask
  if (isPersons(older) && isPersons(newer)) return true
  return older.kind === newer.kind && eventKindsOf(older) === eventKindsOf(newer)
}

/** Both have neighbours on each side they are drawn on, and those of one are the counterparts of those of the other. */
function hasSameNeighbours(from: Program, to: Program, map: number[], older: ProgramNode, newer: ProgramNode): boolean {
  const sides = [
    [older.incoming.map((flow) => from.flows[flow]!.source), newer.incoming.map((flow) => to.flows[flow]!.source)],
    [older.outgoing.map((flow) => from.flows[flow]!.target), newer.outgoing.map((flow) => to.flows[flow]!.target)],
    [older.attachedTo >= 0 ? [older.attachedTo] : [], newer.attachedTo >= 0 ? [newer.attachedTo] : []],
  ] as const
  const isAlike = ([olders, newers]: readonly [number[], number[]]) =>
    olders.length === newers.length && olders.every((node) => map[node]! >= 0 && newers.includes(map[node]!))
  return sides.some(([olders]) => olders.length > 0) && sides.every(isAlike)
}

const eventKindsOf = ({ event }: ProgramNode): string =>
  partsOf(event)
    .map(({ kind }) => kind)
    .join(event?.parallel ? '&' : '|')
