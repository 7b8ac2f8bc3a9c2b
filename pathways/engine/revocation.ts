/**
 * A held unit is lost: it broke down, or somebody more urgent has it. A task whose own need is lost stops and asks again; the loss of
 * anything held longer is the error `revoked`, for those who catch it.
 */
import { NodeKind } from '../language/program.ts'
import { throwError } from './error.ts'
import type { Activation } from './instance.ts'
import { get, type Machine, push, Work } from './machine.ts'
import { releaseNeeds, request } from './resources.ts'
import { withdraw } from './waits.ts'

export function revoke(m: Machine, id: number): void {
  const { holds } = m.marking
  const index = holds.findIndex((hold) => hold.id === id)
  const hold = holds[index]!
  holds.splice(index, 1)
  const activation = get(m, hold.activation)
  const { kind } = m.nodes[activation.node]!
  if (hold.declaration < 0 && kind !== NodeKind.subProcess && kind !== NodeKind.callActivity) return startAgain(m, activation)
  throwError(m, activation, { code: 'revoked', message: 'A held unit was lost', element: m.nodes[activation.node]!.id }, false)
}

function startAgain(m: Machine, activation: Activation): void {
  const { waits } = m.marking
  for (const wait of waits.filter((open) => open.activation === activation.id && open.node === activation.node)) withdraw(m, wait)
  releaseNeeds(m, activation)
  if (request(m, activation, true)) push(m, Work.start, activation.id, activation.scope)
}
