/** A task and who may have it. */
import type { Variables } from '../pathways/language/feel/value.ts'
import type { Records } from '../records/database.ts'
import { readTask, type TaskRow } from '../records/worklist.ts'
import { ProblemError } from './problems.ts'
import { type Role, taskRolesOf } from './roles.ts'
import type { Session } from './sessions.ts'

/** The task, if it is this caller's to see. @throws ProblemError `unknown-task`, `forbidden`. */
export async function taskFor(records: Records, id: string, { role }: Session): Promise<TaskRow & { inputs: Variables }> {
  const task = await readTask(records, id)
  if (!task) throw new ProblemError('unknown-task')
  if (!taskRolesOf(role).includes(task.role as Role)) throw new ProblemError('forbidden', { role, admitted: task.role })
  return task
}
