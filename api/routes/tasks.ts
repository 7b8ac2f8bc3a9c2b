/** The worklist: what people have to do. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Variables } from '../../pathways/language/feel/value.ts'
import type { Program } from '../../pathways/language/program.ts'
import { safetyChecklistOf } from '../../pathways/language/safety-checklist.ts'
import { hospitalNow } from '../../records/clock.ts'
import { listColleagues } from '../../records/colleagues.ts'
import { traitsOf } from '../../records/patients.ts'
import { loadProgram } from '../../records/programs.ts'
import { readRun } from '../../records/runs.ts'
import { holdsOfRun } from '../../records/waiting.ts'
import { countTasks, listTasks, type TaskRow } from '../../records/worklist.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { formOf } from '../form-of.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { nodeOf, taskItem, variablesAt } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { STAFF, seesIdentity, taskRolesOf, visibleVariables } from '../roles.ts'
import { answers, callerOf, declared, newRouter } from '../route.ts'
import { Id, IdPath, type Json, RoleName } from '../schemas/common.ts'
import { ColleagueItem, TaskDetail, TaskItem, TaskState, TaskSummary } from '../schemas/tasks.ts'
import { SESSION_HOURS, type Session } from '../sessions.ts'
import { taskFor } from '../tasks.ts'

const tag = 'tasks'

const list = createRoute({
  method: 'get',
  path: '/tasks',
  ...declared({ id: 'listTasks', tag, summary: 'Tasks, late ones first, then most urgent', admits: STAFF }),
  request: {
    query: PageQuery.extend({
      role: RoleName.optional(),
      unit: z.string().max(100).optional().openapi({ description: 'Ward or department.' }),
      urgency: z.coerce.number().optional().openapi({ description: 'This priority at least.' }),
      state: TaskState.optional().openapi({ description: 'Without it: open and claimed.' }),
      run: Id.optional(),
      mine: z.enum(['true', 'false']).optional().openapi({ description: 'Only those you have claimed.' }),
      late: z.enum(['true', 'false']).optional().openapi({ description: 'Only those whose time is over.' }),
    }),
  },
  responses: answers(pageOf(TaskItem), 'Late ones first, then most urgent, then oldest; of your roles only'),
})
const summary = createRoute({
  method: 'get',
  path: '/tasks/summary',
  ...declared({ id: 'summariseTasks', tag, summary: 'How much there is to do, by unit', admits: STAFF }),
  responses: answers(TaskSummary, 'Of your roles only'),
})
const colleagues = createRoute({
  method: 'get',
  path: '/tasks/colleagues',
  ...declared({ id: 'listColleagues', tag, summary: 'Who is at work and may be handed a task', admits: STAFF }),
  responses: answers(z.object({ items: z.array(ColleagueItem) }), 'The latest to sign in first, you excepted'),
})
const one = createRoute({
  method: 'get',
  path: '/tasks/{id}',
  ...declared({ id: 'readTask', tag, summary: 'One task with its form', admits: STAFF }),
  request: { params: IdPath },
  responses: answers(TaskDetail, 'The task'),
})

export function taskRoutes({ records }: Dependencies) {
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
  /** Tasks as this caller sees them; people who may are told whose they are. */
  const itemsOf = async (tasks: TaskRow[], caller: Session) => {
    const patients = seesIdentity(caller.role) && !caller.synthetic ? tasks.flatMap(({ patient }) => patient ?? []) : []
    const traits = await traitsOf(records, patients)
    const now = await hospitalNow(records)
    const site = await siteOf(records)
    return tasks.map((task) => taskItem(task, caller, traits.get(task.patient ?? '') ?? null, now, site))
  }
  const holdsOf = async ({ run }: TaskRow) => {
    const row = await readRun(records, run)
    return row ? (await holdsOfRun(records, row)).map(({ hold, name, place }) => ({ hold, name, place })) : []
  }
  /** The times of a safety checklist, and how far it is; null for another task. */
  const checklistOf = async (task: TaskRow, program: Program) => {
    if (!safetyChecklistOf(program.forms[task.form])) return null
    const variables = variablesAt((await readRun(records, task.run))?.instance ?? null, task.wait)
    return program.nodes.flatMap(({ id, name, task: asked }) => {
      const checklist = asked && safetyChecklistOf(program.forms[asked.form])
      if (!checklist) return []
      const decision = variables[checklist.decisionKey]
      return [{ element: id, name, isNow: id === task.element, decision: typeof decision === 'string' ? decision : null }]
    })
  }
  return newRouter()
    .openapi(list, async (context) => {
      const caller = callerOf(context)
      const { role, urgency, mine, late, state, ...query } = context.req.valid('query')
      const roles = taskRolesOf(caller.role)
      if (role !== undefined && !roles.includes(role)) throw new ProblemError('forbidden', { role: caller.role, admitted: role })
      const page = await listTasks(records, {
        ...query,
        at: await hospitalNow(records),
        roles: role === undefined ? [...roles] : [role],
        priorityMin: urgency,
        states: state === undefined ? undefined : [state],
        assignee: mine === 'true' ? caller.actor : undefined,
        late: late === 'true',
      })
      return context.json({ ...page, items: await itemsOf(page.items, caller) }, 200)
    })
    .openapi(summary, async (context) => {
      const caller = callerOf(context)
      const roles = [...taskRolesOf(caller.role)]
      const at = await hospitalNow(records)
      const [units, mine] = await Promise.all([
        countTasks(records, roles, at),
        listTasks(records, { roles, at, assignee: caller.actor, limit: 1 }),
      ])
      const sum = (key: 'total' | 'late') => units.reduce((whole, unit) => whole + unit[key], 0)
      return context.json({ mine: mine.total, total: sum('total'), late: sum('late'), units: [...units] }, 200)
    })
    .openapi(colleagues, async (context) => {
      const { actor: self } = callerOf(context)
      const rows = await listColleagues(records, { roles: [...STAFF, 'operations'], hours: SESSION_HOURS })
      return context.json({ items: rows.filter(({ actor }) => actor !== self) }, 200)
    })
    .openapi(one, async (context) => {
      const caller = callerOf(context)
      const task = await taskFor(records, context.req.valid('param').id, caller)
      const program = await loadProgram(records, task.hash)
      const [item] = await itemsOf([task], caller)
      return context.json(
        {
          ...item!,
          schema: formOf(task, program) as Json | null,
          inputs: visibleVariables(task.inputs as Variables, caller.role) as Json,
          holds: caller.synthetic ? [] : await holdsOf(task),
          checklist: await checklistOf(task, program),
          ...(caller.synthetic ? await workOf(task, program) : {}),
        },
        200,
      )
    })
}
