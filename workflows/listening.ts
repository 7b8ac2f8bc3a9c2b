/** The signals and updates that a run hears. An update is answered when what it asked for is durable; its validator says why not. */
import { type ApplicationFailure, setHandler } from '@temporalio/workflow'
import { clockChanged, complete, hear, migrateRun, moveOn, resolveIncident } from './doors.ts'
import type { ClockReading, Completion, Heard, IncidentResolution, Migration, ProgramReference } from './messages.ts'

type Answer = Promise<{ sequence: number }>
type Objection = ApplicationFailure | null

export interface Listener {
  hear(messages: Heard[]): void
  moveOn(): void
  changeClock(clock: ClockReading): void
  complete(completion: Completion): Answer
  objectsToCompletion(completion: Completion): Objection
  resolve(resolution: IncidentResolution): Answer
  objectsToResolution(resolution: IncidentResolution): Objection
  migrate(to: ProgramReference, migration: Migration): Answer
  objectsToMigration(to: ProgramReference, migration: Migration): Objection
}

export function listen(run: Listener): void {
  setHandler(hear, (messages) => run.hear(messages))
  setHandler(moveOn, () => run.moveOn())
  setHandler(clockChanged, (clock) => run.changeClock(clock))
  setHandler(complete, (completion) => run.complete(completion), {
    validator: (completion) => refuse(run.objectsToCompletion(completion)),
  })
  setHandler(resolveIncident, (resolution) => run.resolve(resolution), {
    validator: (resolution) => refuse(run.objectsToResolution(resolution)),
  })
  setHandler(migrateRun, (to, migration) => run.migrate(to, migration), {
    validator: (to, migration) => refuse(run.objectsToMigration(to, migration)),
  })
}

function refuse(objection: Objection): void {
  if (objection) throw objection
}
