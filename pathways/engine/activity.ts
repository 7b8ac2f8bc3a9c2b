/** What every activity has in common: it is entered and asks for its resources before it works (BPMN 2.0.2, 13.3.2, the activity lifecycle). */
import { open } from './activation.ts'
import { listenOnBoundaries } from './catching.ts'
import { type Machine, push, record, Work } from './machine.ts'
import { enterWhole } from './multi-instance.ts'
import { request } from './resources.ts'
import { enterLoop } from './standard-loop.ts'

export function enterActivity(m: Machine, node: number, scope: number): void {
  const { loop, boundaries } = m.nodes[node]!
  const activation = open(m, node, scope)
  if (loop) {
    if (boundaries.length > 0) listenOnBoundaries(m, activation)
    return loop.standard ? enterLoop(m, activation, loop) : enterWhole(m, activation, loop)
  }
  record(m, 'entered', node, activation.id)
  if (boundaries.length > 0) listenOnBoundaries(m, activation)
  if (request(m, activation)) push(m, Work.start, activation.id, scope)
}
