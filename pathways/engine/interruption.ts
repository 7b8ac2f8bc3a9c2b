/**
 * Interruptions: the whole subtree is cancelled, then the pathway goes on (BPMN 2.0.2, 13.5.3 boundary events, 13.5.4 event
 * subprocesses, 13.5.6 terminate). Of two at once the later one wins, for the earlier one has cancelled whatever could still be undone.
 */

import { EventKind, NodeKind } from '../language/program.ts'
import { around, askCallToEnd, cancelInside, close, hasInside, open, stopWaiting } from './activation.ts'
import { leave } from './flow.ts'
import type { Activation } from './instance.ts'
import { type Machine, push, record, Work } from './machine.ts'
import { endStopped } from './outcome.ts'
import { rollBack } from './transaction.ts'
import { withdraw } from './waits.ts'

/** `by`: the interrupting boundary event or event subprocess, the cancel end event of a transaction, or the activation's own node when it is to complete at once. */
export function interrupt(m: Machine, activation: Activation, by: number): void {
  cancelInside(m, activation)
  const { kind } = m.nodes[by]!
  if (kind === NodeKind.boundaryEvent || kind === NodeKind.endEvent) stopWaiting(m, activation)
  else withdrawEventSubProcesses(m, activation.id)
  activation.interruptedBy = by
  if (askCallToEnd(m, activation) || hasInside(m, activation)) activation.state = 'cancelling'
  else goOn(m, activation)
}

/** Nothing is left inside an interrupted activation. */
function goOn(m: Machine, activation: Activation): void {
  const by = activation.interruptedBy
  const { kind, event } = m.nodes[by]!
  if (kind === NodeKind.boundaryEvent) {
    close(m, activation, event!.kind === EventKind.error ? 'failed' : 'cancelled')
    record(m, 'completed', by, activation.scope)
    leave(m, by, activation.scope)
    return
  }
  if (kind === NodeKind.endEvent) return rollBack(m, activation)
  activation.state = 'active'
  activation.interruptedBy = -1
  if (kind === NodeKind.eventSubProcess && by !== activation.node) beginEventSubProcess(m, by, activation.id)
  else push(m, Work.settle, activation.id, activation.id)
}

/** A called run has ended that was asked to: what waited for it is cancelled too, outwards, as far as nothing else is left. */
export function calledRunEnded(m: Machine, activation: Activation): void {
  let ended: Activation | undefined = activation
  while (ended && ended.state === 'cancelling' && !hasInside(m, ended)) {
    if (ended.interruptedBy >= 0) return goOn(m, ended)
    if (ended.id === 0) return endStopped(m)
    const next: Activation | undefined = around(m, ended)
    close(m, ended, 'cancelled')
    ended = next
  }
}

/** The start event of an event subprocess has happened: the handler's own activation, and a token at its start. */
export function beginEventSubProcess(m: Machine, node: number, scope: number): void {
  const handler = open(m, node, scope)
  record(m, 'entered', node, handler.id)
  push(m, Work.start, handler.id, scope)
}

/** After an interrupting handler has begun, no other one of the same scope begins. */
function withdrawEventSubProcesses(m: Machine, activation: number): void {
  const { waits } = m.marking
  for (let index = 0; index < waits.length; ) {
    const wait = waits[index]!
    if (wait.activation === activation && m.nodes[wait.node]!.kind === NodeKind.startEvent) withdraw(m, wait)
    else index++
  }
}
