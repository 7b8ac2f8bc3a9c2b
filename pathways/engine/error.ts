/** Errors: the innermost handler first, one that names the code before one for any (BPMN 2.0.2, 10.5.7); uncaught, the run fails. */
import { EventKind, NodeKind, type ProgramNode } from '../language/program.ts'
import { close } from './activation.ts'
import type { ThrownError } from './contract.ts'
import type { Activation } from './instance.ts'
import { interrupt } from './interruption.ts'
import { find, get, type Machine, record } from './machine.ts'
import { fail } from './outcome.ts'
import { assignAll } from './variables.ts'

/** A task, or a call, has failed: its own boundary comes first. */
export function failActivity(m: Machine, activation: Activation, error: ThrownError): void {
  const own = handlerOn(m, activation, error.code)
  const carrier = activation.whole >= 0 ? get(m, activation.whole) : activation
  if (own < 0 || carrier !== activation) close(m, activation, 'failed')
  if (own >= 0) catchAt(m, own, carrier, error)
  else throwError(m, get(m, activation.scope), -1, error)
}

/** An error rises inside a scope. `from` is the event subprocess node it comes out of, or -1. Uncaught, it fails the run if it is fatal. */
export function throwError(m: Machine, scope: Activation, from: number, error: ThrownError, fatal = true): void {
  const handler =
    from >= 0 && m.executable.interrupts[from] ? -1 : eventHandler(m, m.nodes[scope.node]!, EventKind.error, error.code, from)
  if (handler >= 0) {
    const start = m.nodes[handler]!.starts[0]!
    assignAll(m, m.nodes[start]!.event!.assignments, scope.id, { error: { ...error } })
    return interrupt(m, scope, handler)
  }
  const boundary = handlerOn(m, scope, error.code)
  const carrier = scope.whole >= 0 ? get(m, scope.whole) : scope
  if (boundary >= 0) return catchAt(m, boundary, carrier, error)
  const outer = find(m, scope.scope)
  if (outer) throwError(m, outer, m.nodes[scope.node]!.kind === NodeKind.eventSubProcess ? scope.node : -1, error, fatal)
  else if (fatal) fail(m, error)
}

function catchAt(m: Machine, boundary: number, carrier: Activation, error: ThrownError): void {
  record(m, 'entered', boundary, carrier.scope)
  record(m, 'caught', boundary, carrier.scope)
  assignAll(m, m.nodes[boundary]!.event!.assignments, carrier.scope, { error: { ...error } })
  interrupt(m, carrier, boundary)
}

function handlerOn(m: Machine, activation: Activation, code: string): number {
  return bestMatch(m, m.nodes[activation.node]!.boundaries, EventKind.error, code)
}

/** The event subprocess of a scope that handles an error or escalation code, or -1. */
export function eventHandler(m: Machine, scope: ProgramNode, kind: EventKind, code: string, except: number): number {
  let any = -1
  for (const handler of scope.eventSubProcesses) {
    if (handler === except) continue
    const event = m.nodes[m.nodes[handler]!.starts[0]!]!.event!
    if (event.kind !== kind) continue
    if (event.name === code) return handler
    if (event.name === '' && any < 0) any = handler
  }
  return any
}

/** The boundary event that catches a code, or -1. */
export function bestMatch(m: Machine, boundaries: number[], kind: EventKind, code: string): number {
  let any = -1
  for (const boundary of boundaries) {
    const event = m.nodes[boundary]!.event!
    if (event.kind !== kind) continue
    if (event.name === code) return boundary
    if (event.name === '' && any < 0) any = boundary
  }
  return any
}
