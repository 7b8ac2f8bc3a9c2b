/** What every activity has in common: it is entered and asks for its resources before it works (BPMN 2.0.2, 13.3.2, the activity lifecycle). */
import { open } from './activation.ts'
import { mayBegin } from './ad-hoc.ts'
import { listenOnBoundaries } from './catching.ts'
import type { Activation } from './instance.ts'
import { type Machine, push, record, Work } from './machine.ts'
import { enterWhole } from './multi-instance.ts'
import { request } from './resources.ts'
import { enterLoop } from './standard-loop.ts'

/** A token reaches an activity. */
export function enterActivity(m: Machine, node: number, scope: number): void {
  if (mayBegin(m, node, scope)) beginActivity(m, node, scope)
}

/** `undoes`: what it undoes, when it is no ordinary activity but a compensation handler. */
export function beginActivity(m: Machine, node: number, scope: number, undoes?: Activation['undoes']): void {
  const { loop, boundaries } = m.nodes[node]!
  const activation = open(m, node, scope)
  if (undoes) takeUp(m, activation, undoes)
  if (loop) {
    if (boundaries.length > 0) listenOnBoundaries(m, activation)
    return loop.standard ? enterLoop(m, activation, loop) : enterWhole(m, activation, loop)
  }
  record(m, 'entered', node, activation.id)
  if (boundaries.length > 0) listenOnBoundaries(m, activation)
  if (request(m, activation)) push(m, Work.start, activation.id, scope)
}

/** A handler finds the data as they were when the work it undoes completed. */
function takeUp(m: Machine, handler: Activation, undoes: NonNullable<Activation['undoes']>): void {
  const { variables } = m.instance
  handler.undoes = undoes
  variables[handler.id] = variables[undoes.work]!
  delete variables[undoes.work]
}
