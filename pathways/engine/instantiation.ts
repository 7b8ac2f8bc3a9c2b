/**
 * Processes that a receive task or an event after an event-based gateway begins (BPMN 2.0.2, 10.3.3.3 and 10.6.6): what began it has happened, and is not
 * waited for; after a parallel gateway the other events still are.
 */

import { NodeKind } from '../language/program.ts'
import { leave } from './flow.ts'
import { type Machine, push, record, Work } from './machine.ts'

/** Begins the process at a node that is no start event. */
export function beginAt(m: Machine, node: number): void {
  const { flows } = m.executable.program
  const flow = m.nodes[node]!.incoming.find((each) => m.nodes[flows[each]!.source]!.kind === NodeKind.eventBasedGateway)
  if (flow !== undefined) passGateway(m, flows[flow]!.source, flow)
  record(m, 'entered', node, 0)
  record(m, 'caught', node, 0)
  record(m, 'completed', node, 0)
  leave(m, node, 0)
}

function passGateway(m: Machine, gateway: number, by: number): void {
  const { outgoing, parallel } = m.nodes[gateway]!
  record(m, 'entered', gateway, 0)
  record(m, 'completed', gateway, 0)
  record(m, 'taken', by, 0)
  if (!parallel) return
  for (const other of outgoing) {
    if (other === by) continue
    record(m, 'taken', other, 0)
    push(m, Work.enter, m.executable.program.flows[other]!.target, 0)
  }
}
