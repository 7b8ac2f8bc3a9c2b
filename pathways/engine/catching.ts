/** Catching events: what listens, and what happens when a timer elapses or a message or signal is heard (BPMN 2.0.2, 10.5.4, 13.5). */
import type { Variables } from '../language/feel/value.ts'
import { EventKind, NodeKind } from '../language/program.ts'
import { close, open } from './activation.ts'
import { listensAgain } from './ad-hoc.ts'
import { finish } from './completion.ts'
import { awaitCondition } from './conditional.ts'
import { InvariantError } from './errors.ts'
import { leave } from './flow.ts'
import type { Activation, Wait } from './instance.ts'
import { beginEventSubProcess, interrupt } from './interruption.ts'
import { get, type Machine, push, record, Work } from './machine.ts'
import { announce, subscribe } from './message.ts'
import { armTimer, rearm } from './timer.ts'
import { absorb } from './variables.ts'
import { awaited, closeWait, findWait, withdrawAll } from './waits.ts'

/** Listens for the event of a node on behalf of an activation, for each part of a multiple one; errors and escalations are looked for when they are thrown. */
export function listen(m: Machine, node: number, activation: number): void {
  const { parts } = m.nodes[node]!.event!
  if (!parts) listenFor(m, node, activation, -1)
  else for (let part = 0; part < parts.length; part++) listenFor(m, node, activation, part)
}

/** Listens for one part of a multiple event, for the whole of any other with -1. */
export function listenFor(m: Machine, node: number, activation: number, part: number): void {
  const whole = m.nodes[node]!.event!
  const event = part < 0 ? whole : whole.parts![part]!
  const { kind } = event
  if (kind === EventKind.timer) armTimer(m, node, activation, event, part)
  else if (kind === EventKind.message || kind === EventKind.signal) subscribe(m, node, activation, event, part)
  else if (kind === EventKind.conditional) awaitCondition(m, node, activation, part)
}

/** Boundary events listen from the moment the activity is entered, also while it waits for resources. */
export function listenOnBoundaries(m: Machine, activation: Activation): void {
  const { boundaries } = m.nodes[activation.node]!
  for (let index = 0; index < boundaries.length; index++) listen(m, boundaries[index]!, activation.id)
}

/** Event subprocesses listen from the moment their scope begins. */
export function listenInScope(m: Machine, scope: Activation): void {
  const { eventSubProcesses } = m.nodes[scope.node]!
  for (let index = 0; index < eventSubProcesses.length; index++)
    listen(m, m.nodes[eventSubProcesses[index]!]!.starts[0]!, scope.id)
}

/** An intermediate catch event is reached. */
export function enterCatchEvent(m: Machine, node: number, scope: number): void {
  if (m.nodes[node]!.event!.kind === EventKind.link) return passLink(m, node, scope)
  const activation = open(m, node, scope)
  record(m, 'entered', node, activation.id)
  listen(m, node, activation.id)
}

/** A link has been thrown to here: nothing is waited for. */
function passLink(m: Machine, node: number, scope: number): void {
  record(m, 'entered', node, scope)
  record(m, 'caught', node, scope)
  record(m, 'completed', node, scope)
  leave(m, node, scope)
}

/** An event-based gateway listens for every event after it; the first one decides (BPMN 2.0.2, 13.4.5). */
export function enterEventBasedGateway(m: Machine, node: number, scope: number): void {
  const activation = open(m, node, scope)
  record(m, 'entered', node, activation.id)
  const { flows } = m.executable.program
  for (const flow of m.nodes[node]!.outgoing) listen(m, flows[flow]!.target, activation.id)
}

/** A timer has elapsed, a message or signal was heard. */
export function happen(m: Machine, wait: Wait, payload: Variables): void {
  const activation = get(m, wait.activation)
  if (isOneOfSeveral(m, wait)) return happenInPart(m, wait, activation, payload)
  switch (m.nodes[wait.node]!.kind) {
    case NodeKind.boundaryEvent:
      return onBoundary(m, wait, activation, payload)
    case NodeKind.startEvent:
      return onEventSubProcess(m, wait, activation, payload)
    case NodeKind.intermediateCatchEvent:
    case NodeKind.receiveTask:
      return activation.node === wait.node ? caught(m, wait, activation, payload) : decided(m, wait, activation, payload)
    default:
      throw new InvariantError(`Node ${wait.node} cannot wait for an event`)
  }
}

/** What this run sent is heard in it, unless what listened is over meanwhile. */
export function hear(m: Machine, heard: number): void {
  const { wait: id, payload } = m.heard[heard]!
  const wait = findWait(m.marking.waits, id)
  if (!wait) return
  happen(m, wait, payload)
  if (m.marking.outcome === 'running' && !findWait(m.marking.waits, id))
    m.host.emit({ type: 'cancel', wait: id, kind: wait.kind })
}

/** Whether a parallel multiple event waits for more than this (BPMN 2.0.2, 10.5.5.9). */
function isOneOfSeveral(m: Machine, wait: Wait): boolean {
  if (!m.nodes[wait.node]!.event!.parallel) return false
  return m.marking.waits.some((other) => other !== wait && other.node === wait.node && other.activation === wait.activation)
}

function happenInPart(m: Machine, wait: Wait, activation: Activation, payload: Variables): void {
  const isInside = m.nodes[wait.node]!.kind === NodeKind.startEvent || activation.node === wait.node
  takeIn(m, wait, isInside ? activation.id : activation.scope, payload)
  closeWait(m, wait)
}

/** Sets what the event says, from what was heard. */
function takeIn(m: Machine, wait: Wait, scope: number, payload: Variables): void {
  const event = awaited(m, wait)
  if (event.kind !== EventKind.timer) absorb(m, event.assignments, scope, 'payload', payload)
}

function onBoundary(m: Machine, wait: Wait, carrier: Activation, payload: Variables): void {
  const { node } = wait
  const { interrupting } = m.nodes[node]!
  record(m, 'entered', node, carrier.scope)
  record(m, 'caught', node, carrier.scope)
  takeIn(m, wait, carrier.scope, payload)
  if (interrupting) {
    closeWait(m, wait)
    return interrupt(m, carrier, node)
  }
  goOnListening(m, wait)
  record(m, 'completed', node, carrier.scope)
  leave(m, node, carrier.scope)
}

function onEventSubProcess(m: Machine, wait: Wait, scope: Activation, payload: Variables): void {
  const { interrupting, scope: handler } = m.nodes[wait.node]!
  takeIn(m, wait, scope.id, payload)
  if (interrupting) {
    closeWait(m, wait)
    return interrupt(m, scope, handler)
  }
  goOnListening(m, wait)
  beginEventSubProcess(m, handler, scope.id)
}

/** What does not interrupt may happen again: a message or signal always, a timer when it is a cycle, a parallel multiple event never. */
function goOnListening(m: Machine, wait: Wait): void {
  if (m.nodes[wait.node]!.event!.parallel) return closeWait(m, wait)
  if (wait.kind === 'condition') return
  if (wait.kind !== 'timer') announce(m, wait)
  else if (!rearm(m, wait)) closeWait(m, wait)
}

function caught(m: Machine, wait: Wait, activation: Activation, payload: Variables): void {
  closeWait(m, wait)
  record(m, 'caught', wait.node, activation.id, activation.instance)
  takeIn(m, wait, activation.id, payload)
  if (m.nodes[wait.node]!.kind === NodeKind.receiveTask) return finish(m, activation, payload)
  close(m, activation, 'completed')
  if (listensAgain(m, wait.node)) push(m, Work.enter, wait.node, activation.scope)
  leave(m, wait.node, activation.scope)
}

function decided(m: Machine, wait: Wait, gateway: Activation, payload: Variables): void {
  closeWait(m, wait)
  withdrawAll(m, gateway.id)
  close(m, gateway, 'completed')
  const target = m.nodes[wait.node]!
  const { scope } = gateway
  const flow = target.incoming.find((each) => m.executable.program.flows[each]!.source === gateway.node)!
  record(m, 'taken', flow, scope)
  record(m, 'entered', wait.node, scope)
  record(m, 'caught', wait.node, scope)
  takeIn(m, wait, scope, payload)
  record(m, 'completed', wait.node, scope)
  leave(m, wait.node, scope)
}
