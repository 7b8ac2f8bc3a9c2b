/** Errors: the innermost handler first, one that names the code before one for any (BPMN 2.0.2, 10.5.7); uncaught, the run fails. */
import { concerns, EventKind, NodeKind, type ProgramNode } from '../language/program.ts'
import { cancelInside, close, hasInside } from './activation.ts'
import type { ThrownError } from './contract.ts'
import { leave } from './flow.ts'
import type { Activation } from './instance.ts'
import { interrupt } from './interruption.ts'
import { find, get, type Machine, record } from './machine.ts'
import { fail } from './outcome.ts'
import { assignAll } from './variables.ts'

/** A task, or a call, has failed: its own boundary comes first. */
export function failActivity(m: Machine, activation: Activation, error: ThrownError): void {
  const own = handlerOn(m, activation, error.code)
  close(m, activation, 'failed')
  if (own >= 0 && activation.whole >= 0) return interruptAt(m, own, get(m, activation.whole), error)
  if (own < 0) return throwError(m, get(m, activation.scope), error)
  catchAt(m, own, activation.scope, error)
  record(m, 'completed', own, activation.scope)
  leave(m, own, activation.scope)
}

/** An error rises inside a scope. Uncaught, it fails the run, if it is fatal. The scopes that it leaves have failed. */
export function throwError(m: Machine, scope: Activation, error: ThrownError, fatal = true): void {
  const left: Activation[] = []
  let from = -1
  for (let around: Activation | undefined = scope; around; around = find(m, around.scope)) {
    const node = m.nodes[around.node]!
    // A transaction that is being undone goes on from its boundary, never from inside.
    const isLeft = around.state === 'cancelling' || (from >= 0 && m.executable.interrupts[from])
    const handler = isLeft ? -1 : eventHandler(m, node, EventKind.error, error.code, from)
    if (handler >= 0) {
      failAll(m, left)
      const start = m.nodes[handler]!.starts[0]!
      assignAll(m, m.nodes[start]!.event!.assignments, around.id, { error: { ...error } })
      return interrupt(m, around, handler)
    }
    const boundary = handlerOn(m, around, error.code)
    if (boundary >= 0) {
      if (around.whole >= 0) left.push(around)
      failAll(m, left)
      return interruptAt(m, boundary, around.whole >= 0 ? get(m, around.whole) : around, error)
    }
    if (around.id !== 0) left.push(around)
    from = node.kind === NodeKind.eventSubProcess ? around.node : -1
  }
  if (!fatal) return
  failAll(m, left)
  fail(m, error)
}

/** Ends scopes that an error has left, the inner ones first; one with a called run inside is cancelled with what is around it. */
function failAll(m: Machine, left: Activation[]): void {
  for (const scope of left) {
    cancelInside(m, scope)
    if (!hasInside(m, scope)) close(m, scope, 'failed')
  }
}

function interruptAt(m: Machine, boundary: number, carrier: Activation, error: ThrownError): void {
  catchAt(m, boundary, carrier.scope, error)
  interrupt(m, carrier, boundary)
}

function catchAt(m: Machine, boundary: number, scope: number, error: ThrownError): void {
  record(m, 'entered', boundary, scope)
  record(m, 'caught', boundary, scope)
  assignAll(m, m.nodes[boundary]!.event!.assignments, scope, { error: { ...error } })
}

function handlerOn(m: Machine, activation: Activation, code: string): number {
  return bestMatch(m, m.nodes[activation.node]!.boundaries, EventKind.error, code)
}

/** The event subprocess of a scope that handles an error or escalation code, or -1. */
export function eventHandler(
  m: Pick<Machine, 'nodes'>,
  scope: ProgramNode,
  kind: EventKind,
  code: string,
  except: number,
): number {
  let any = -1
  for (const handler of scope.eventSubProcesses) {
    if (handler === except) continue
    const { event } = m.nodes[m.nodes[handler]!.starts[0]!]!
    if (concerns(event, kind, code)) return handler
    if (any < 0 && concerns(event, kind, '')) any = handler
  }
  return any
}

/** The boundary event that catches a code, or -1. */
export function bestMatch(m: Pick<Machine, 'nodes'>, boundaries: number[], kind: EventKind, code: string): number {
  let any = -1
  for (const boundary of boundaries) {
    const { event } = m.nodes[boundary]!
    if (concerns(event, kind, code)) return boundary
    if (any < 0 && concerns(event, kind, '')) any = boundary
  }
  return any
}
