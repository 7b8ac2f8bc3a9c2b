/**
 * Pathways in which tokens gather without end. A state that holds all that an earlier one on its way held, and more, can go the same way again and
 * again: so there is no end of states (Karp and Miller, Parallel program schemata, 1969). It holds where more tokens never hinder: no inclusive or
 * complex join, nothing cancelled on the way, and what is more stands in the process itself.
 */
import type { Executable } from '../engine/index.ts'
import { EventKind, NodeKind, type Program, type ProgramNode, partsOf } from '../language/program.ts'
import type { Content } from './numbering.ts'

/** Whether the later state of a process holds all that the earlier one does, and more. */
export function covers(more: Content | null, less: Content | null): boolean {
  if (!more || !less || more.head !== less.head) return false
  for (const [flow, count] of less.tokens) if ((more.tokens.get(flow) ?? 0) < count) return false
  const left = [...more.others]
  return less.others.every((one) => {
    const found = left.indexOf(one)
    if (found >= 0) left.splice(found, 1)
    return found >= 0
  })
}

/** Whether more tokens never hinder what could happen with fewer. */
export const isMonotone = ({ reaches, hasComplex, program }: Executable): boolean =>
  reaches.length === 0 && !hasComplex && program.nodes.every(({ kind }) => kind !== NodeKind.complexGateway)

/**
 * Whether every token can come to an end by itself, where none waits for another: from each element that was entered there is a way to an end.
 * @returns null where tokens wait for each other, or where something could cancel those that cannot end.
 */
export function canAllEnd(program: Program, entered: ReadonlySet<number>): boolean | null {
  const { nodes, flows } = program
  if (nodes.some(waitsForOthers)) return null
  const ends = nodes.map(
    ({ outgoing, event, kind }) =>
      outgoing.length === 0 && !(kind === NodeKind.intermediateThrowEvent && event?.kind === EventKind.link),
  )
  for (let before = -1, now = 0; before !== now; now = ends.filter(Boolean).length) {
    before = ends.filter(Boolean).length
    nodes.forEach((node, index) => {
      if (ends[index] || node.outgoing.length === 0) return
      const ways = node.outgoing.map((flow) => ends[flows[flow]!.target]!)
      ends[index] = choosesOne(node) ? ways.some(Boolean) : ways.every(Boolean)
    })
  }
  const canEnd = [...entered].every((index) => index === 0 || ends[index])
  if (canEnd) return true
  return nodes.some(cancels) ? null : false
}

/**
 * Whether a process whose tokens gather without end cannot be sound. If it could always complete, then so it could beside what has gathered, which would be
 * left alone and would have to complete by itself, as often as it has gathered: with more of it than there are end events, one of them is reached twice. This
 * holds where more tokens never hinder, nothing is ended from elsewhere, and a token ends at an end event only.
 */
export const isUnsoundAnyway = ({ nodes }: Program): boolean =>
  !nodes.some(cancels) &&
  nodes.every(
    ({ kind, event, outgoing, scope, forCompensation }, index) =>
      index === 0 ||
      scope !== 0 ||
      outgoing.length > 0 ||
      forCompensation !== undefined ||
      kind === NodeKind.endEvent ||
      (kind === NodeKind.intermediateThrowEvent && event?.kind === EventKind.link),
  )

const choosesOne = ({ kind }: ProgramNode): boolean =>
  kind === NodeKind.exclusiveGateway || kind === NodeKind.inclusiveGateway || kind === NodeKind.eventBasedGateway

/** Tokens, or what is open, wait here for others; or undoing follows. Links are left to the states that were looked at. */
const waitsForOthers = (node: ProgramNode): boolean =>
  ((node.kind === NodeKind.parallelGateway || node.kind === NodeKind.inclusiveGateway) && node.incoming.length > 1) ||
  node.kind === NodeKind.complexGateway ||
  node.startQuantity !== undefined ||
  node.completionQuantity !== undefined ||
  node.adHoc !== undefined ||
  node.parallel !== undefined ||
  node.forCompensation !== undefined ||
  partsOf(node.event).some(
    ({ kind }) => kind === EventKind.compensation || kind === EventKind.cancel || kind === EventKind.link,
  ) ||
  node.event?.parallel !== undefined

/** An end of the whole, or an interruption. */
const cancels = ({ kind, event, interrupting }: ProgramNode): boolean =>
  partsOf(event).some((part) => part.kind === EventKind.terminate || part.kind === EventKind.error) ||
  (kind === NodeKind.boundaryEvent && interrupting) ||
  kind === NodeKind.eventSubProcess
