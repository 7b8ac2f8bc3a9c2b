/**
 * Compensation (BPMN 2.0.2, 10.7 and 13.5.5): a throw event undoes completed work, one handler after the other, the latest work first. A
 * handler sees the data as they were when the work completed; what it writes is written to the data of today too.
 */
import { NodeKind, type ProgramEvent } from '../language/program.ts'
import { close, open } from './activation.ts'
import { beginActivity } from './activity.ts'
import { claim, latestClaimed } from './compensables.ts'
import { leave } from './flow.ts'
import { find, get, type Machine, newId, push, record, Work } from './machine.ts'
import { send } from './message.ts'
import { leaveCancelled } from './transaction.ts'

/** An intermediate or end event throws compensation: for one activity or for all that it sees; it waits for the handlers unless told not to. */
export function throwCompensation(m: Machine, node: number, scope: number, event: ProgramEvent): void {
  const { activity = -1, waits = true } = event
  const by = waits ? open(m, node, scope).id : newId(m)
  const subject = waits ? by : scope
  record(m, 'entered', node, subject)
  send(m, node, subject)
  record(m, 'thrown', node, subject)
  claim(m, levelsSeen(m, scope), activity, by)
  if (!waits) {
    record(m, 'completed', node, subject)
    leave(m, node, scope)
  }
  undoNext(m, by, scope)
}

/** Where the work stands that a throw event sees: its own scope, and from an event subprocess that around it, or what it undoes (table 10.88). */
function levelsSeen(m: Machine, scope: number): number[] {
  const levels = [scope]
  for (let at = get(m, scope); m.nodes[at.node]!.kind === NodeKind.eventSubProcess; at = get(m, at.scope)) {
    if (at.undoes) return [...levels, at.undoes.work]
    levels.push(at.scope)
  }
  return levels
}

/** The next handler begins, in the scope of who asked for it; after the last one, whoever waited goes on. */
export function undoNext(m: Machine, by: number, scope: number): void {
  const work = latestClaimed(m, by)
  if (work) return beginActivity(m, work.handler, scope, { work: work.id, by })
  const waiting = find(m, by)
  if (!waiting) return push(m, Work.settle, scope, scope)
  if (waiting.state === 'cancelling') return leaveCancelled(m, waiting)
  close(m, waiting, 'completed')
  leave(m, waiting.node, waiting.scope)
}
