/** Sequence flows: which a node takes when it is done (BPMN 2.0.2, 8.3.13 and 13.3.2). */
import type { ProgramNode } from '../language/program.ts'
import { RunFault } from './errors.ts'
import { type Machine, push, record, Work } from './machine.ts'
import { scopeAt } from './variables.ts'

/** Puts a token on one flow. */
export function take(m: Machine, flow: number, scope: number): void {
  record(m, 'taken', flow, scope)
  push(m, Work.arrive, flow, scope)
}

/** Leaves an activity or an event: every flow without a condition and every one whose condition is true, else the default. */
export function leave(m: Machine, node: number, scope: number): void {
  const { completionQuantity = 1 } = m.nodes[node]!
  for (let token = 0; token < completionQuantity; token++) leaveOnce(m, node, scope)
}

function leaveOnce(m: Machine, node: number, scope: number): void {
  const { outgoing } = m.nodes[node]!
  if (outgoing.length === 0) push(m, Work.settle, scope, scope)
  else if (!m.executable.conditional[node]) for (let index = 0; index < outgoing.length; index++) take(m, outgoing[index]!, scope)
  else leaveByCondition(m, m.nodes[node]!, node, scope)
}

function leaveByCondition(m: Machine, { outgoing, defaultFlow, id }: ProgramNode, node: number, scope: number): void {
  const { flows } = m.executable.program
  const variables = scopeAt(m, scope)
  let taken = 0
  let taking = 0
  for (const flow of outgoing) {
    if (flow === defaultFlow) continue
    const { condition } = flows[flow]!
    if (condition >= 0 && m.executable.expressions[condition]!(variables) !== true) continue
    take(m, flow, scope)
    taken++
    if (condition >= 0) taking++
  }
  // The default counts against the conditional flows only: one without a condition is taken whatever the others say.
  if (taking === 0 && defaultFlow >= 0) take(m, defaultFlow, scope)
  else if (taken === 0) throw noWayOut(id, node)
}

export const noWayOut = (id: string, node: number) =>
  new RunFault('noFlow', `No condition after "${id}" is true and it has no default flow`, node)
