/** Escalations: like errors, but the thrower may go on, and one that nobody catches is only recorded (BPMN 2.0.2, 10.5.5.4). */
import { EventKind, NodeKind } from '../language/program.ts'
import { bestMatch, eventHandler } from './error.ts'
import { leave } from './flow.ts'
import type { Activation } from './instance.ts'
import { beginEventSubProcess, interrupt } from './interruption.ts'
import { find, get, type Machine, record } from './machine.ts'
import { assignAll } from './variables.ts'

export function throwEscalation(m: Machine, thrownIn: Activation, code: string): void {
  let from = -1
  for (let scope: Activation | undefined = thrownIn; scope; scope = find(m, scope.scope)) {
    const node = m.nodes[scope.node]!
    const handler = from >= 0 && m.executable.interrupts[from] ? -1 : eventHandler(m, node, EventKind.escalation, code, from)
    if (handler >= 0) return beginHandler(m, handler, scope, code)
    const boundary = bestMatch(m, node.boundaries, EventKind.escalation, code)
    if (boundary >= 0) return catchAt(m, boundary, scope.whole >= 0 ? get(m, scope.whole) : scope, code)
    from = node.kind === NodeKind.eventSubProcess ? scope.node : -1
  }
}

/** An activity itself throws, none of its insides: its own boundary comes first. */
export function throwEscalationFrom(m: Machine, activation: Activation, code: string): void {
  const boundary = bestMatch(m, m.nodes[activation.node]!.boundaries, EventKind.escalation, code)
  if (boundary >= 0) catchAt(m, boundary, activation, code)
  else throwEscalation(m, get(m, activation.scope), code)
}

function beginHandler(m: Machine, handler: number, scope: Activation, code: string): void {
  const start = m.nodes[handler]!.starts[0]!
  assignAll(m, m.nodes[start]!.event!.assignments, scope.id, { error: { code } })
  if (m.executable.interrupts[handler]) interrupt(m, scope, handler)
  else beginEventSubProcess(m, handler, scope.id)
}

function catchAt(m: Machine, boundary: number, carrier: Activation, code: string): void {
  const { event, interrupting } = m.nodes[boundary]!
  record(m, 'entered', boundary, carrier.scope)
  record(m, 'caught', boundary, carrier.scope)
  assignAll(m, event!.assignments, carrier.scope, { error: { code } })
  if (interrupting) return interrupt(m, carrier, boundary)
  record(m, 'completed', boundary, carrier.scope)
  leave(m, boundary, carrier.scope)
}
