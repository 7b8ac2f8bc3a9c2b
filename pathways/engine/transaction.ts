/**
 * Transactions (BPMN 2.0.2, 10.3.5 and 13.5.6): a cancel end event ends what is under way inside, undoes what was completed, and goes on from
 * the cancel boundary event. Any other way out, as by an error (a hazard), undoes nothing.
 */
import { concerns, EventKind } from '../language/program.ts'
import { close } from './activation.ts'
import { claim, claimInside } from './compensables.ts'
import { undoNext } from './compensation.ts'
import { leave } from './flow.ts'
import type { Activation } from './instance.ts'
import { interrupt } from './interruption.ts'
import { get, type Machine, push, record, Work } from './machine.ts'

/** A cancel end event is reached. Of a multi-instance transaction the whole is cancelled, as its boundary event is that of the whole. */
export function cancelTransaction(m: Machine, node: number, scope: number): void {
  const inner = get(m, scope)
  const transaction = inner.whole >= 0 ? get(m, inner.whole) : inner
  claimInside(m, transaction)
  interrupt(m, transaction, node)
}

/** Nothing is under way inside any more: what was completed is undone. */
export function rollBack(m: Machine, transaction: Activation): void {
  transaction.state = 'cancelling'
  claim(m, [transaction.id], -1, transaction.id)
  undoNext(m, transaction.id, transaction.id)
}

/** All is undone. Without a cancel boundary event the path ends here. */
export function leaveCancelled(m: Machine, transaction: Activation): void {
  const { node, scope } = transaction
  const boundary = m.nodes[node]!.boundaries.find((each) => concerns(m.nodes[each]!.event, EventKind.cancel)) ?? -1
  if (boundary >= 0) {
    record(m, 'entered', boundary, scope)
    record(m, 'caught', boundary, scope)
  }
  close(m, transaction, 'cancelled')
  if (boundary < 0) return push(m, Work.settle, scope, scope)
  record(m, 'completed', boundary, scope)
  leave(m, boundary, scope)
}
