/** Messages and signals: hosts route them, by name and key; the engine subscribes and sends (BPMN 2.0.2, 10.5.5.5 and 10.5.5.7). */
import type { Variables } from '../language/feel/value.ts'
import { EventKind, type ProgramEvent } from '../language/program.ts'
import type { Wait } from './instance.ts'
import { type Machine, push, record, Work } from './machine.ts'
import { collect, evaluate } from './variables.ts'
import { openWait } from './waits.ts'

/** Listens for the message or signal of a node, on behalf of an activation. */
export function subscribe(m: Machine, node: number, activation: number, event: ProgramEvent, part: number): void {
  const wait = openWait(m, event.kind === EventKind.signal ? 'signal' : 'message', node, activation, part)
  wait.name = event.name
  if (event.correlation >= 0) wait.key = evaluate(m, event.correlation, activation)
  announce(m, wait)
}

/** Asks the host to listen, or, for one that goes on after it was heard, to go on listening. */
export function announce(m: Machine, wait: Wait): void {
  m.host.emit({ type: 'subscribe', wait: wait.id, kind: wait.kind as 'message' | 'signal', name: wait.name, key: wait.key })
}

/** Throws the message or signal of a node, all of them when it has several. */
export function send(m: Machine, node: number, activation: number): void {
  const { event } = m.nodes[node]!
  if (event?.parts) for (const part of event.parts) sendIfSent(m, node, activation, part)
  else if (event) sendIfSent(m, node, activation, event)
}

function sendIfSent(m: Machine, node: number, activation: number, event: ProgramEvent): void {
  if (event.kind === EventKind.message || event.kind === EventKind.signal) sendOne(m, node, activation, event)
}

/** Throws one message or signal from a node. */
export function sendOne(m: Machine, node: number, activation: number, event: ProgramEvent): void {
  record(m, 'thrown', node, activation)
  const { name, correlation } = event
  const payload = collect(m, event.assignments, activation)
  const kind = event.kind === EventKind.signal ? 'signal' : 'message'
  const key = correlation >= 0 ? evaluate(m, correlation, activation) : null
  m.host.emit({ type: 'send', kind, name, key, payload, node })
  if (kind === 'signal') hearOwn(m, name, payload)
}

/**
 * A signal reaches whatever listens at the moment it is thrown (10.5.5.7): what listens in this run hears it before the thrower goes on, for a
 * scope that waits for it may be over by then. To all others hosts bring it.
 */
function hearOwn(m: Machine, name: string, payload: Variables): void {
  for (const wait of m.marking.waits)
    if (wait.kind === 'signal' && wait.name === name) push(m, Work.hear, m.heard.push({ wait: wait.id, payload }) - 1, -1)
}
