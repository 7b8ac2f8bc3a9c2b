/** What is done with a task: taken, given back, handed over, completed. */
import { createRoute } from '@hono/zod-openapi'
import { currentTraceparent } from '../../activities/traced.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { type FormProblem, validateForm } from '../../pathways/language/forms.ts'
import type { Program } from '../../pathways/language/program.ts'
import { checklistProblems } from '../../pathways/language/safety-checklist.ts'
import { hospitalMsOfIso, type SiteTime } from '../../pathways/time/site.ts'
import { type Act, recordAct } from '../../records/acts.ts'
import { hospitalNow } from '../../records/clock.ts'
import { listColleagues } from '../../records/colleagues.ts'
import type { Transaction } from '../../records/database.ts'
import { loadProgram } from '../../records/programs.ts'
import { claimTask, handOverTask, releaseTask, type TaskRow } from '../../records/worklist.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { formOf } from '../form-of.ts'
import { idempotencyKeyOf, once } from '../idempotency.ts'
import { isFreeFor, nodeOf, timeOrNull } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { STAFF } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdempotencyHeader, IdPath } from '../schemas/common.ts'
import { TaskAnswer, TaskCompletion, TaskHandover } from '../schemas/tasks.ts'
import { SESSION_HOURS, type Session } from '../sessions.ts'
import { taskFor } from '../tasks.ts'
import { completeTask } from '../workflows.ts'

const tag = 'tasks'

const claim = createRoute({
  method: 'post',
  path: '/tasks/{id}/claim',
  ...declared({ id: 'claimTask', tag, summary: 'Take a task; taking it twice changes nothing', admits: STAFF }),
  request: { params: IdPath },
  responses: answers(TaskAnswer, 'Yours'),
})
const release = createRoute({
  method: 'post',
  path: '/tasks/{id}/release',
  ...declared({ id: 'releaseTask', tag, summary: 'Give a task back', admits: STAFF }),
  request: { params: IdPath },
  responses: answers(TaskAnswer, 'Open to all again'),
})
const handOver = createRoute({
  method: 'post',
  path: '/tasks/{id}/hand-over',
  ...declared({ id: 'handOverTask', tag, summary: 'Hand a task over to a role or to a person, with a note', admits: STAFF }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(TaskHandover) },
  responses: answers(TaskAnswer, 'Theirs'),
})
const complete = createRoute({
  method: 'post',
  path: '/tasks/{id}/complete',
  ...declared({ id: 'completeTask', tag, summary: 'Complete a task: once, however often it is asked', admits: STAFF }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(TaskCompletion) },
  responses: answers(TaskAnswer, 'Done and durable'),
})

export function taskStepRoutes({ records, temporal, demo }: Dependencies) {
  /** An act of people is kept; synthetic staff leave what they complete. */
  const tell = async (tx: Transaction, act: Act, { run, element, name }: TaskRow, { actor, synthetic }: Session, detail = {}) => {
    if (synthetic) return
    const at = await hospitalNow(records)
    await recordAct(records, tx, { act, run, element, name, type: 'bpmn:UserTask', at, by: actor, detail })
  }
  /** What synthetic staff have in hand is anybody's: it is put down before somebody takes it. */
  const putDown = async (tx: Transaction, task: TaskRow, caller: Session) => {
    if (task.assignee !== null && isFreeFor(task, caller)) await releaseTask(records, task.id, task.assignee, tx)
  }
  return newRouter()
    .openapi(claim, async (context) => {
      const caller = callerOf(context)
      const task = await taskFor(records, context.req.valid('param').id, caller)
      const claimed = await records.sql.begin(async (tx) => {
        await putDown(tx, task, caller)
        const row = await claimTask(records, task.id, caller.actor, tx)
        if (task.assignee !== caller.actor) await tell(tx, 'claimed', task, caller)
        return row
      })
      return context.json(taskAnswer(claimed as TaskRow, await siteOf(records)), 200)
    })
    .openapi(release, async (context) => {
      const caller = callerOf(context)
      const task = await taskFor(records, context.req.valid('param').id, caller)
      const given = await records.sql.begin(async (tx) => {
        const row = await releaseTask(records, task.id, caller.actor, tx)
        if (task.assignee !== null) await tell(tx, 'givenBack', task, caller)
        return row
      })
      return context.json(taskAnswer(given as TaskRow, await siteOf(records)), 200)
    })
    .openapi(handOver, async (context) => {
      const caller = callerOf(context)
      const asked = context.req.valid('json')
      const { id } = context.req.valid('param')
      const site = await siteOf(records)
      const answer = await once(records, context, asked, async (tx) => {
        const task = await taskFor(records, id, caller)
        const to = asked.person === undefined ? { role: asked.role!, actor: null } : await personOf(asked.person)
        await putDown(tx, task, caller)
        const handover = { by: caller.actor, at: await hospitalNow(records), note: asked.note }
        const row = await handOverTask(records, tx, id, to, handover)
        await tell(tx, 'handedOver', task, caller, { to, note: asked.note })
        return taskAnswer(row, site)
      })
      return context.json(answer, 200)
    })
    .openapi(complete, async (context) => {
      const caller = callerOf(context)
      const { data, at: claimed } = context.req.valid('json')
      const key = idempotencyKeyOf(context)
      const site = await siteOf(records)
      const task = await taskFor(records, context.req.valid('param').id, caller)
      const done = doneBy(task, caller)
      if (done) return context.json(taskAnswer(done, site), 200)
      if (task.assignee !== caller.actor && !isFreeFor(task, caller)) throw new ProblemError('task-claimed')
      checkForm(await loadProgram(records, task.hash), task, data, caller)
      const now = await hospitalNow(records)
      const at = claimed !== undefined && demo && caller.synthetic ? pastTime(claimed, now, site) : now
      const completion = {
        wait: task.wait,
        result: data as Variables,
        at,
        by: caller.actor,
        key,
        traceparent: currentTraceparent(),
      }
      try {
        await completeTask(temporal, task.run, completion)
      } catch (error) {
        // Asked twice at the same moment: the other one was heard first.
        if (!doneBy(await taskFor(records, task.id, caller), caller)) throw error
      }
      return context.json(taskAnswer(await taskFor(records, task.id, caller), site), 200)
    })

  /** Somebody at work, by name. @throws ProblemError `unknown-colleague`. */
  async function personOf(actor: string) {
    const at = await listColleagues(records, { roles: [...STAFF, 'operations'], hours: SESSION_HOURS })
    const found = at.find((one) => one.actor === actor)
    if (!found) throw new ProblemError('unknown-colleague')
    return found
  }
}

const taskAnswer = ({ id, run, state, endedAt, assignee, completedBy }: TaskRow, site: SiteTime) => ({
  ...{ id, run, state },
  completedAt: state === 'completed' ? timeOrNull(endedAt, site) : null,
  claimedBy: completedBy ?? assignee,
})

/** The task when this caller has completed it already; null while it is to be done. @throws ProblemError when it is over otherwise. */
function doneBy(task: TaskRow, caller: Session): TaskRow | null {
  if (task.state === 'cancelled') throw new ProblemError('stale-task')
  if (task.state !== 'completed') return null
  if (task.completedBy !== caller.actor) throw new ProblemError('task-done')
  return task
}

/** @throws ProblemError `not-in-the-future`. */
function pastTime(text: string, now: number, site: SiteTime): number {
  const at = hospitalMsOfIso(text, site)!
  if (at > now) throw new ProblemError('not-in-the-future')
  return at
}

/**
 * What the pathway's own outcomes write is welcome whether the form asks for it or not. Synthetic staff write no more than that: what only a
 * person would fill in may stay empty. @throws ProblemError `wrong-form`.
 */
function checkForm(
  program: Program,
  task: TaskRow & { inputs: Variables },
  data: Record<string, unknown>,
  { synthetic }: Session,
): void {
  const outcomes = nodeOf(program, task.element)?.outcomes.map(({ variable }) => variable) ?? []
  const schema = formOf(task, program) ?? { type: 'default', components: [] }
  const isForgiven = ({ rule, key }: FormProblem) =>
    (rule === 'unknown-key' && outcomes.includes(key)) || (rule === 'required' && synthetic)
  const stops = synthetic ? [] : checklistProblems(schema, data)
  const problems = [...validateForm(schema, data).filter((problem) => !isForgiven(problem)), ...stops]
  const errors = problems.map(({ key, message }) => ({ path: key, message }))
  if (errors.length > 0) throw new ProblemError('wrong-form', {}, errors)
}
