/** The worklist: what people have to do. */
import { createRoute, z } from '@hono/zod-openapi'
import { currentTraceparent } from '../../activities/traced.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { type FormProblem, validateForm } from '../../pathways/language/forms.ts'
import type { Program } from '../../pathways/language/program.ts'
import { hospitalMsOfIso, type SiteTime } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import { loadProgram } from '../../records/programs.ts'
import { readRun } from '../../records/runs.ts'
import { claimTask, listTasks, readTask, releaseTask, type TaskRow } from '../../records/worklist.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { idempotencyKeyOf } from '../idempotency.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { isFreeFor, nodeOf, taskItem, timeOrNull, variablesAt } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { type Role, STAFF, taskRolesOf, visibleVariables } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { Id, IdempotencyHeader, IdPath, type Json, RoleName } from '../schemas/common.ts'
import { TaskAnswer, TaskCompletion, TaskDetail, TaskItem, TaskState } from '../schemas/tasks.ts'
import type { Session } from '../sessions.ts'
import { completeTask } from '../workflows.ts'

const tag = 'tasks'

const list = createRoute({
  method: 'get',
  path: '/tasks',
  ...declared({ id: 'listTasks', tag, summary: 'Tasks, most urgent first', admits: STAFF }),
  request: {
    query: PageQuery.extend({
      role: RoleName.optional(),
      unit: z.string().max(100).optional().openapi({ description: 'Ward or department.' }),
      urgency: z.coerce.number().optional().openapi({ description: 'This priority at least.' }),
      state: TaskState.optional().openapi({ description: 'Without it: open and claimed.' }),
      run: Id.optional(),
      mine: z.enum(['true', 'false']).optional().openapi({ description: 'Only those you have claimed.' }),
    }),
  },
  responses: answers(pageOf(TaskItem), 'Most urgent first, then oldest; of your roles only'),
})
const one = createRoute({
  method: 'get',
  path: '/tasks/{id}',
  ...declared({ id: 'readTask', tag, summary: 'One task with its form', admits: STAFF }),
  request: { params: IdPath },
  responses: answers(TaskDetail, 'The task'),
})
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
const complete = createRoute({
  method: 'post',
  path: '/tasks/{id}/complete',
  ...declared({ id: 'completeTask', tag, summary: 'Complete a task: once, however often it is asked', admits: STAFF }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(TaskCompletion) },
  responses: answers(TaskAnswer, 'Done and durable'),
})
export function taskRoutes({ records, temporal, demo }: Dependencies) {
  /** The task, if it is this caller's to see. */
  const taskFor = async (id: string, caller: Session) => {
    const task = await readTask(records, id)
    if (!task) throw new ProblemError('unknown-task')
    if (!taskRolesOf(caller.role).includes(task.role as Role))
      throw new ProblemError('forbidden', { role: caller.role, admitted: task.role })
    return task
  }
  /** What synthetic staff go by. */
  const workOf = async ({ run, wait, element }: TaskRow, program: Program) => {
    const node = nodeOf(program, element)
    const instance = (await readRun(records, run))?.instance ?? null
    return {
      duration: (node?.duration ?? null) as Json | null,
      outcomes: (node?.outcomes ?? []).map(({ variable, expression }) => ({
        variable,
        expression: program.expressions[expression] as unknown as Json[string][],
      })),
      variables: variablesAt(instance, wait) as Json,
    }
  }
  return newRouter()
    .openapi(list, async (context) => {
      const caller = callerOf(context)
      const { role, urgency, mine, state, ...query } = context.req.valid('query')
      const roles = taskRolesOf(caller.role)
      if (role !== undefined && !roles.includes(role)) throw new ProblemError('forbidden', { role: caller.role, admitted: role })
      const page = await listTasks(records, {
        ...query,
        roles: role === undefined ? [...roles] : [role],
        priorityMin: urgency,
        states: state === undefined ? undefined : [state],
        assignee: mine === 'true' ? caller.actor : undefined,
      })
      const now = await hospitalNow(records)
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((task) => taskItem(task, caller, now, site)) }, 200)
    })
    .openapi(one, async (context) => {
      const caller = callerOf(context)
      const task = await taskFor(context.req.valid('param').id, caller)
      const program = await loadProgram(records, task.hash)
      return context.json(
        {
          ...taskItem(task, caller, await hospitalNow(records), await siteOf(records)),
          schema: (program.forms[task.form] ?? null) as Json | null,
          inputs: visibleVariables(task.inputs, caller.role) as Json,
          ...(caller.synthetic ? await workOf(task, program) : {}),
        },
        200,
      )
    })
    .openapi(claim, async (context) => {
      const caller = callerOf(context)
      const task = await taskFor(context.req.valid('param').id, caller)
      if (task.assignee !== null && isFreeFor(task, caller)) await releaseTask(records, task.id, task.assignee)
      return context.json(taskAnswer(await claimTask(records, task.id, caller.actor), await siteOf(records)), 200)
    })
    .openapi(release, async (context) => {
      const caller = callerOf(context)
      const { id } = await taskFor(context.req.valid('param').id, caller)
      return context.json(taskAnswer(await releaseTask(records, id, caller.actor), await siteOf(records)), 200)
    })
    .openapi(complete, async (context) => {
      const caller = callerOf(context)
      const { data, at: claimed } = context.req.valid('json')
      const key = idempotencyKeyOf(context)
      const site = await siteOf(records)
      const task = await taskFor(context.req.valid('param').id, caller)
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
        if (!doneBy(await taskFor(task.id, caller), caller)) throw error
      }
      return context.json(taskAnswer(await taskFor(task.id, caller), site), 200)
    })
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
function checkForm(program: Program, task: TaskRow, data: Record<string, unknown>, { synthetic }: Session): void {
  const outcomes = nodeOf(program, task.element)?.outcomes.map(({ variable }) => variable) ?? []
  const schema = program.forms[task.form] ?? { type: 'default', components: [] }
  const isForgiven = ({ rule, key }: FormProblem) =>
    (rule === 'unknown-key' && outcomes.includes(key)) || (rule === 'required' && synthetic)
  const problems = validateForm(schema, data).filter((problem) => !isForgiven(problem))
  const errors = problems.map(({ key, message }) => ({ path: key, message }))
  if (errors.length > 0) throw new ProblemError('wrong-form', {}, errors)
}
