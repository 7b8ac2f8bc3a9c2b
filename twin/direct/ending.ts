/** Cancelling, interrupting, failing: `pathways/engine/{activation,interruption,error,outcome}.ts`. */
import type { ThrownError } from '../../pathways/engine/contract.ts'
import { EventKind, NodeKind } from '../../pathways/language/program.ts'
import { close, dropTokens, leave, type Machine, push, setAll, stopWaiting, Work, withdraw } from './machine.ts'
import type { Node } from './model.ts'
import { type Activation, type Run, State, WaitKind } from './run.ts'

/** Cancels an activation and all inside it, the inner ones first; one that waits for a called run stays, cancelling, until that has ended. */
const cancel = (m: Machine, activation: Activation): void => {
  cancelInside(m, activation)
  activation.interruptedBy = null
  if (askCallToEnd(m, activation) || activation.inside > 0) {
    stopWaiting(m, activation)
    activation.state = State.cancelling
  } else close(m, activation)
}

const cancelInside = (m: Machine, activation: Activation): void => {
  dropTokens(m, activation)
  if (activation.inside === 0) return
  for (const other of activation.run.activations.filter(({ scope }) => scope === activation)) cancel(m, other)
}

/** True when it has a call under way, which has now been asked to end, once. */
const askCallToEnd = (m: Machine, activation: Activation): boolean => {
  const wait = activation.waits.find(({ kind }) => kind === WaitKind.call)
  if (!wait) return false
  if (activation.state !== State.cancelling) withdraw(m, wait)
  return true
}

/** @param by the boundary event that interrupts, or the activation's own node when it is to complete at once. */
export const interrupt = (m: Machine, activation: Activation, by: Node): void => {
  cancelInside(m, activation)
  if (by.kind === NodeKind.boundaryEvent) stopWaiting(m, activation)
  activation.interruptedBy = by
  if (askCallToEnd(m, activation) || activation.inside > 0) activation.state = State.cancelling
  else goOn(m, activation)
}

/** Nothing is left inside an interrupted activation. */
const goOn = (m: Machine, activation: Activation): void => {
  const by = activation.interruptedBy!
  if (by.kind === NodeKind.boundaryEvent) {
    close(m, activation)
    return leave(m, by, activation.scope!)
  }
  activation.state = State.active
  activation.interruptedBy = null
  push(m, Work.settle, activation, activation)
}

/** A called run has ended that was asked to: what waited for it is cancelled too, outwards, as far as nothing else is left. */
export const calledRunEnded = (m: Machine, activation: Activation): void => {
  let ended: Activation | null = activation
  while (ended !== null && ended.state === State.cancelling && ended.inside === 0) {
    if (ended.interruptedBy !== null) return goOn(m, ended)
    const { scope }: Activation = ended
    if (scope === null) return endStopped(m, ended.run)
    close(m, ended)
    ended = scope
  }
}

/** A task, or a call, has failed: its own boundary comes first. */
export const failActivity = (m: Machine, activation: Activation, error: ThrownError): void => {
  const own = handlerOn(activation.node, error.code)
  const scope = activation.scope!
  close(m, activation)
  if (own === null) return throwError(m, scope, error)
  setAll(m, own.event!.assignments, scope.run, 'error', { ...error })
  leave(m, own, scope)
}

/** An error rises inside a scope. Uncaught, it fails the run. */
export const throwError = (m: Machine, from: Activation, error: ThrownError): void => {
  const left: Activation[] = []
  for (let around: Activation | null = from; around !== null; around = around.scope) {
    const boundary = handlerOn(around.node, error.code)
    if (boundary !== null) {
      failAll(m, left)
      setAll(m, boundary.event!.assignments, around.run, 'error', { ...error })
      return interrupt(m, around, boundary)
    }
    if (around.scope !== null) left.push(around)
  }
  failAll(m, left)
  from.run.error = error
  stop(m, from.run)
}

const failAll = (m: Machine, left: Activation[]): void => {
  for (const scope of left) {
    cancelInside(m, scope)
    if (scope.inside === 0) close(m, scope)
  }
}

/** The boundary event that catches a code: one that names it before one for any. */
const handlerOn = ({ boundaries }: Node, code: string): Node | null => {
  let any: Node | null = null
  for (const boundary of boundaries) {
    const { kind, name } = boundary.event!
    if (kind !== EventKind.error) continue
    if (name === code) return boundary
    if (name === '') any ??= boundary
  }
  return any
}

/** Cancels all; ends the run unless a called run must end first. */
export const stop = (m: Machine, run: Run): void => {
  const process = run.activations[0]!
  process.state = State.cancelling
  process.interruptedBy = null
  cancelInside(m, process)
  if (process.inside === 0) endStopped(m, run)
}

const endStopped = (m: Machine, run: Run): void => end(m, run, run.error ? 'failed' : 'cancelled')

export const end = (m: Machine, run: Run, outcome: 'completed' | 'failed' | 'cancelled'): void => {
  close(m, run.activations[0]!)
  m.tail = m.head
  run.isOver = true
  m.world.ended(run, outcome)
}
