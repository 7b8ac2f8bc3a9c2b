/** Start, end and intermediate throw events (BPMN 2.0.2, 10.5.2, 10.5.3, 13.5.1, 13.5.6). */
import { EventKind, type ProgramEvent } from '../language/program.ts'
import { throwCompensation } from './compensation.ts'
import { throwError } from './error.ts'
import { throwEscalation } from './escalation.ts'
import { leave } from './flow.ts'
import { interrupt } from './interruption.ts'
import { get, type Machine, push, record, Work } from './machine.ts'
import { send } from './message.ts'
import { cancelTransaction } from './transaction.ts'

export function enterStart(m: Machine, node: number, scope: number): void {
  record(m, 'entered', node, scope)
  const { event } = m.nodes[node]!
  if (event && event.kind !== EventKind.none) record(m, 'caught', node, scope)
  record(m, 'completed', node, scope)
  leave(m, node, scope)
}

/** What an event throws last: a multiple one sends its messages and signals before (BPMN 2.0.2, 10.5.5.9: all of it is thrown). */
const thrownLast = (event: ProgramEvent | null): ProgramEvent | null => event?.parts?.at(-1) ?? event

export function enterEnd(m: Machine, node: number, scope: number): void {
  const { event: whole, id } = m.nodes[node]!
  const event = thrownLast(whole)
  if (event?.kind === EventKind.compensation) return throwCompensation(m, node, scope, event)
  record(m, 'entered', node, scope)
  const kind = event ? event.kind : EventKind.none
  send(m, node, scope)
  if (kind === EventKind.error || kind === EventKind.escalation || kind === EventKind.cancel) record(m, 'thrown', node, scope)
  record(m, 'completed', node, scope)
  if (kind === EventKind.error) {
    return throwError(m, get(m, scope), {
      code: event!.name,
      message: `The error end event "${id}" was reached`,
      element: id,
    })
  }
  if (kind === EventKind.cancel) return cancelTransaction(m, node, scope)
  // Terminate ends the scope it stands in, normally, and no other (13.5.6).
  if (kind === EventKind.terminate) return interrupt(m, get(m, scope), get(m, scope).node)
  if (kind === EventKind.escalation) throwEscalation(m, get(m, scope), event!.name)
  push(m, Work.settle, scope, scope)
}

export function enterThrow(m: Machine, node: number, scope: number): void {
  const event = thrownLast(m.nodes[node]!.event)
  if (event?.kind === EventKind.compensation) return throwCompensation(m, node, scope, event)
  record(m, 'entered', node, scope)
  send(m, node, scope)
  if (event?.kind === EventKind.escalation || event?.kind === EventKind.link) record(m, 'thrown', node, scope)
  record(m, 'completed', node, scope)
  if (event?.kind === EventKind.link) return push(m, Work.enter, m.executable.links[node]!, scope)
  if (event?.kind === EventKind.escalation) {
    // The token goes on before the handler begins; an interrupting one cancels it with its scope.
    leave(m, node, scope)
    return throwEscalation(m, get(m, scope), event.name)
  }
  leave(m, node, scope)
}
