/** Messages and signals: hosts route them, by name and key; the engine subscribes and sends (BPMN 2.0.2, 10.5.5.5 and 10.5.5.7). */
import { EventKind } from '../language/program.ts'
import type { Wait } from './instance.ts'
import { type Machine, record } from './machine.ts'
import { collect, evaluate } from './variables.ts'
import { openWait } from './waits.ts'

/** Listens for the message or signal of a node, on behalf of an activation. */
export function subscribe(m: Machine, node: number, activation: number): void {
  const event = m.nodes[node]!.event!
  const wait = openWait(m, event.kind === EventKind.signal ? 'signal' : 'message', node, activation)
  wait.name = event.name
  if (event.correlation >= 0) wait.key = evaluate(m, event.correlation, activation)
  announce(m, wait)
}

/** Asks the host to listen, or, for one that goes on after it was heard, to go on listening. */
export function announce(m: Machine, wait: Wait): void {
  m.host.emit({ type: 'subscribe', wait: wait.id, kind: wait.kind as 'message' | 'signal', name: wait.name, key: wait.key })
}

/** Throws the message or signal of a node. */
export function send(m: Machine, node: number, activation: number): void {
  const event = m.nodes[node]!.event!
  record(m, 'thrown', node, activation)
  m.host.emit({
    type: 'send',
    kind: event.kind === EventKind.signal ? 'signal' : 'message',
    name: event.name,
    key: event.correlation >= 0 ? evaluate(m, event.correlation, activation) : null,
    payload: collect(m, event.assignments, activation),
    node,
  })
}
