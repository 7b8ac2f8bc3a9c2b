/**
 * A held unit is lost: it broke down, or somebody more urgent has it. A task whose own need is lost stops and asks again; the loss of
 * anything held longer is the error `revoked`, for those who catch it.
 */
import { EventKind, NodeKind } from '../language/program.ts'
import { bestMatch, eventHandler, throwError } from './error.ts'
import type { Executable } from './executable.ts'
import type { Activation, Instance } from './instance.ts'
import { get, type Machine, push, Work } from './machine.ts'
import { releaseNeeds, request } from './resources.ts'
import { withdraw } from './waits.ts'

const REVOKED = 'revoked'

/** Whether somebody would catch the loss of what a run keeps: an event subprocess in, or a boundary event on, the scope that declares it or one around that. */
export function catchesLoss({ program: { nodes } }: Executable, { marking }: Instance, id: number): boolean {
  const hold = marking.holds.find((each) => each.id === id)
  let scope = hold && hold.declaration >= 0 ? hold.activation : -1
  while (scope >= 0) {
    const activation = marking.activations.find((each) => each.id === scope)
    if (!activation) return false
    const node = nodes[activation.node]!
    if (eventHandler({ nodes }, node, EventKind.error, REVOKED, -1) >= 0) return true
    if (bestMatch({ nodes }, node.boundaries, EventKind.error, REVOKED) >= 0) return true
    scope = activation.scope
  }
  return false
}

export function revoke(m: Machine, id: number): void {
  const { holds } = m.marking
  const index = holds.findIndex((hold) => hold.id === id)
  const hold = holds[index]!
  holds.splice(index, 1)
  const activation = get(m, hold.activation)
  const { kind } = m.nodes[activation.node]!
  if (hold.declaration < 0 && kind !== NodeKind.subProcess && kind !== NodeKind.callActivity) return startAgain(m, activation)
  throwError(m, activation, { code: REVOKED, message: 'A held unit was lost', element: m.nodes[activation.node]!.id }, false)
}

function startAgain(m: Machine, activation: Activation): void {
  const { waits } = m.marking
  for (const wait of waits.filter((open) => open.activation === activation.id && open.node === activation.node)) withdraw(m, wait)
  releaseNeeds(m, activation)
  if (request(m, activation, true)) push(m, Work.start, activation.id, activation.scope)
}
