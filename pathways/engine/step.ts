/**
 * One step: an event in, effects out, the Instance changed in place. Bad input changes nothing; what the pathway cannot do fails the run;
 * what the engine must never do throws an InvariantError.
 */
import { concerns, EventKind, NodeKind } from '../language/program.ts'
import { accepts } from './accepts.ts'
import { close, hasInside, open } from './activation.ts'
import { enterActivity } from './activity.ts'
import { endCall, startCall } from './call.ts'
import { enterCatchEvent, enterEventBasedGateway, happen, hear, listenInScope } from './catching.ts'
import { ask, chosen } from './choice.ts'
import { arriveAtComplex, decideComplex } from './complex.ts'
import { noticeConditions } from './conditional.ts'
import type { Event, Host } from './contract.ts'
import { failActivity } from './error.ts'
import { InvariantError, RefusedEventError, RunFault } from './errors.ts'
import { enterEnd, enterStart, enterThrow } from './event.ts'
import type { Executable } from './executable.ts'
import { arriveAtParallel, passExclusive } from './gateway.ts'
import { arriveAtInclusive, decideInclusive } from './inclusive.ts'
import type { Instance } from './instance.ts'
import { beginAt } from './instantiation.ts'
import { clearQueue, find, get, type Machine, push, record, Work } from './machine.ts'
import { fail, stop } from './outcome.ts'
import { gather } from './quantity.ts'
import { reschedule } from './reschedule.ts'
import { forget, grant, move, receive } from './resources.ts'
import { revoke } from './revocation.ts'
import { settle, startScope } from './subprocess.ts'
import { completeTask, startTask } from './task.ts'
import { assignAll, merge } from './variables.ts'
import { closeWait, findWait } from './waits.ts'

/** What one event may set in motion, before it is taken for a loop that never waits: much more than a wide fork or a script over a long list does. */
export const MOVES_MAX = 100_000

/** A run that has not started: its first event is `started`. */
export function begin(executable: Executable): Instance {
  return {
    program: executable.program.hash,
    marking: { tokens: [], activations: [], waits: [], holds: [], outcome: 'running' },
    variables: { 0: {} },
    bookkeeping: { nextId: 0, startedAt: 0, at: 0, since: {}, items: {}, error: null },
  }
}

/** True when the run has ended, however it ended. */
export const isOver = (instance: Instance): boolean => instance.marking.outcome !== 'running'

/**
 * Takes one event: changes the Instance and emits what the host must do, in order.
 * @throws RefusedEventError, and changes nothing, when `accepts` refuses the event.
 * @throws InvariantError when the engine itself is wrong; the Instance is then of no use any more.
 */
export function step(executable: Executable, instance: Instance, event: Event, host: Host): void {
  const refusal = accepts(executable, instance, event)
  if (refusal) throw new RefusedEventError(refusal)
  if ('wait' in event && !findWait(instance.marking.waits, event.wait)) return answerLate(instance, event, host)
  const m = executable.machine
  m.instance = instance
  m.marking = instance.marking
  m.host = host
  clearQueue(m)
  m.changed = false
  // A run's own time never goes back, even when two clocks stamped its events.
  m.at = event.at > instance.bookkeeping.at || event.type === 'started' ? event.at : instance.bookkeeping.at
  instance.bookkeeping.at = m.at
  attempt(m, event)
  work(m)
  check(m)
}

/** A late grant is given back, unless it only repeats one that was heard. A called run that ended late is nobody's any more. */
function answerLate(instance: Instance, event: Event, host: Host): void {
  if (event.type !== 'granted') return
  for (const { hold } of event.grants) {
    if (!instance.marking.holds.some((held) => held.id === hold)) host.emit({ type: 'release', hold })
  }
}

function attempt(m: Machine, event: Event): void {
  try {
    take(m, event)
  } catch (fault) {
    failFor(m, fault)
  }
}

/** Carries out whatever the queue holds, until the run waits for the world. */
export function work(m: Machine): void {
  let moves = 0
  do moves = drain(m, moves)
  while (goesOnByItself(m))
}

/** What is decided only when nothing moves any more. */
function goesOnByItself(m: Machine): boolean {
  const { executable, marking } = m
  if (marking.outcome !== 'running') return false
  try {
    if (marking.tokens.length > 0 && executable.reaches.length > 0 && decideInclusive(m)) return true
    if (executable.hasComplex && decideComplex(m)) return true
    // Some conditions change with the time alone.
    return executable.hasConditions && noticeConditions(m)
  } catch (fault) {
    failFor(m, fault)
    return true
  }
}

function drain(m: Machine, movesBefore: number): number {
  const { queue } = m
  let moves = movesBefore
  while (m.head < m.tail) {
    const { head } = m
    m.head = head + 3
    try {
      if (++moves > MOVES_MAX) throw new RunFault('endlessLoop', 'The pathway goes round without ever waiting for anything', 0)
      run(m, queue[head]!, queue[head + 1]!, queue[head + 2]!)
      if (m.changed) noticeChange(m)
    } catch (fault) {
      failFor(m, fault)
    }
  }
  return moves
}

/** A condition is looked at as soon as it may have become true: a scope that waits for it may be over when nothing moves any more. */
function noticeChange(m: Machine): void {
  m.changed = false
  if (m.executable.hasConditions) while (m.marking.outcome === 'running' && noticeConditions(m));
}

function failFor(m: Machine, fault: unknown): void {
  if (!(fault instanceof RunFault)) throw fault
  const failed = m.marking.activations.findLast((activation) => activation.node === fault.node)
  if (failed && failed.id !== 0 && !hasInside(m, failed)) close(m, failed, 'failed')
  else if (fault.node !== 0) record(m, 'failed', fault.node, 0)
  fail(m, { code: fault.code, message: fault.message, element: m.nodes[fault.node]!.id })
}

function run(m: Machine, work: number, subject: number, scope: number): void {
  switch (work) {
    case Work.arrive: {
      const { target } = m.executable.program.flows[subject]!
      const { kind } = m.nodes[target]!
      if (kind === NodeKind.parallelGateway) return arriveAtParallel(m, target, subject, scope)
      if (kind === NodeKind.inclusiveGateway) return arriveAtInclusive(m, target, subject, scope)
      if (kind === NodeKind.complexGateway) return arriveAtComplex(m, target, subject, scope)
      if (isThrow(kind) && concerns(m.nodes[target]!.event, EventKind.signal)) return push(m, Work.enter, target, scope)
      if (m.nodes[target]!.startQuantity) return gather(m, target, subject, scope)
      return enter(m, target, scope)
    }
    case Work.enter:
      return enter(m, subject, scope)
    case Work.start:
      return start(m, subject)
    case Work.ask:
      return ask(m, subject)
    case Work.hear:
      return hear(m, subject)
    default:
      return settle(m, subject)
  }
}

/** Of tokens that move at once, those that come to listen go before those that throw a signal, which nobody keeps. */
const isThrow = (kind: NodeKind): boolean => kind === NodeKind.intermediateThrowEvent || kind === NodeKind.endEvent

/** A token reaches a node. */
function enter(m: Machine, node: number, scope: number): void {
  switch (m.nodes[node]!.kind) {
    case NodeKind.startEvent:
      return enterStart(m, node, scope)
    case NodeKind.endEvent:
      return enterEnd(m, node, scope)
    case NodeKind.intermediateCatchEvent:
      return enterCatchEvent(m, node, scope)
    case NodeKind.intermediateThrowEvent:
      return enterThrow(m, node, scope)
    case NodeKind.exclusiveGateway:
      return passExclusive(m, node, scope)
    case NodeKind.parallelGateway:
      return arriveAtParallel(m, node, -1, scope)
    case NodeKind.inclusiveGateway:
      return arriveAtInclusive(m, node, -1, scope)
    case NodeKind.complexGateway:
      return arriveAtComplex(m, node, -1, scope)
    case NodeKind.eventBasedGateway:
      return enterEventBasedGateway(m, node, scope)
    case NodeKind.process:
    case NodeKind.boundaryEvent:
    case NodeKind.eventSubProcess:
      throw new InvariantError(`A token cannot reach node ${node}, "${m.nodes[node]!.id}"`)
    default:
      return enterActivity(m, node, scope)
  }
}

/** An activity has what it needs. */
function start(m: Machine, id: number): void {
  const activation = find(m, id)
  if (activation?.state !== 'active') return
  switch (m.nodes[activation.node]!.kind) {
    case NodeKind.subProcess:
    case NodeKind.eventSubProcess:
      return startScope(m, activation)
    case NodeKind.callActivity:
      return startCall(m, activation)
    default:
      return startTask(m, activation)
  }
}

function take(m: Machine, event: Event): void {
  switch (event.type) {
    case 'started':
      return started(m, event)
    case 'variablesChanged':
      return merge(m, 0, event.variables)
    case 'cancelled':
      return stop(m)
    case 'revoked':
      return revoke(m, event.hold)
    case 'rescheduled':
      return reschedule(m, event.variables)
    case 'moved':
      return move(m, event.from, event.to)
  }
  const wait = findWait(m.marking.waits, event.wait)!
  const activation = get(m, wait.activation)
  switch (event.type) {
    case 'granted':
      closeWait(m, wait)
      grant(m, activation, event.grants)
      return push(m, Work.start, activation.id, activation.scope)
    case 'completed':
      return m.nodes[wait.node]!.adHoc
        ? chosen(m, wait, activation, event.result)
        : completeTask(m, wait, activation, event.result)
    case 'failed':
      if (wait.kind === 'request') forget(m, wait)
      closeWait(m, wait)
      return failActivity(m, activation, { code: event.code, message: event.message, element: m.nodes[activation.node]!.id })
    case 'elapsed':
      return happen(m, wait, {})
    case 'received':
      return happen(m, wait, event.payload)
    case 'runEnded':
      return endCall(m, wait, event.outcome, event.variables, event.error)
  }
}

function started(m: Machine, event: Extract<Event, { type: 'started' }>): void {
  const { executable, instance } = m
  instance.bookkeeping.startedAt = m.at
  open(m, 0, -1)
  receive(m, event.holds)
  merge(m, 0, event.variables)
  listenInScope(m, get(m, 0))
  const start = event.start >= 0 ? event.start : executable.plainStart
  if (start >= 0 && m.nodes[start]!.kind !== NodeKind.startEvent) beginAt(m, start)
  else if (start >= 0) push(m, Work.enter, start, 0)
  else for (const entry of executable.entries[0]!) push(m, Work.enter, entry, 0)
  push(m, Work.settle, 0, 0)
  const startEvent = start >= 0 ? m.nodes[start]!.event : null
  // A run that a message or signal starts has its payload as variables; what it is to set comes on top.
  if (startEvent && startEvent.kind !== EventKind.timer) assignAll(m, startEvent.assignments, 0, { payload: event.variables })
}

/** What must hold between any two steps. */
function check(m: Machine): void {
  const { tokens, activations, waits, holds, compensables = [], outcome } = m.marking
  const left = tokens.length + activations.length + waits.length
  if (outcome !== 'running' && left + holds.length + compensables.length > 0)
    throw new InvariantError('The run is over, but something of it is left')
  if (outcome === 'running' && left === 0) throw new InvariantError('Nothing is left of the run, but it is not over')
}
