/** Where a run's tokens stand, for lists and diagrams. */
import type { Instance } from '../pathways/engine/instance.ts'
import type { Program } from '../pathways/language/program.ts'
import type { Position } from './schema.ts'

/** Open activations; one of several instances of an activity stands for itself, the whole of them not. */
export function positionsOf(program: Program, { marking, bookkeeping }: Instance): Position[] {
  const wholes = new Set(marking.activations.map((activation) => activation.whole))
  return marking.activations
    .filter(({ id, node }) => node > 0 && !wholes.has(id))
    .map(({ id, node, state }) => ({ element: program.nodes[node]!.id, since: bookkeeping.since[id] ?? bookkeeping.at, state }))
}
