import { z } from '@hono/zod-openapi'
import { STAFF } from '../roles.ts'
import { AnyJson, Id, Time, Values } from './common.ts'
import { PatientName } from './patients.ts'

export const TaskState = z.enum(['open', 'claimed', 'completed', 'cancelled'])

export const TaskItem = z
  .object({
    id: Id,
    run: Id,
    pathway: Id,
    element: z.string(),
    name: z.string(),
    role: z.string(),
    form: z.string().openapi({ description: 'Form id, `` when there is nothing to fill in.' }),
    state: TaskState,
    unit: z.string().openapi({ description: 'Ward or department: the first part of the place.' }),
    place: z.string(),
    priority: z.number().openapi({ description: 'Higher is more urgent.' }),
    createdAt: Time,
    due: Time.nullable(),
    overdue: z.boolean(),
    claimedBy: z.string().nullable(),
    mine: z.boolean().openapi({ description: 'Claimed by you.' }),
    handover: z
      .object({ by: z.string(), at: Time, note: z.string() })
      .nullable()
      .openapi({ description: 'The last time somebody handed it over.' }),
    patient: Id.nullable().openapi({ description: 'Pseudonym; null for roles that see only the place.' }),
    patientName: PatientName.nullable().openapi({ description: 'Whose it is; null for roles that may not see it.' }),
  })
  .openapi('Task')

export const TaskDetail = TaskItem.extend({
  schema: Values.nullable().openapi({ description: 'The form as a form-js schema.' }),
  inputs: Values.openapi({ description: 'What the form starts with, as far as your role may see it.' }),
  holds: z
    .array(z.object({ hold: z.string(), name: z.string(), place: z.string() }))
    .openapi({ description: 'What its run holds under a name: the bed, the theatre; by their names in the hospital.' }),
  checklist: z
    .array(
      z.object({
        element: z.string(),
        name: z.string(),
        isNow: z.boolean(),
        decision: z.string().nullable().openapi({ description: '`Go` or `No-Go` once it is taken.' }),
      }),
    )
    .nullable()
    .openapi({ description: 'For a safety checklist, its times in order; null for another task.' }),
  duration: Values.nullable().optional().openapi({ description: 'Synthetic staff only: how long it takes, as the model says.' }),
  outcomes: z
    .array(z.object({ variable: z.string(), expression: z.array(AnyJson) }))
    .optional()
    .openapi({ description: 'Synthetic staff only: what to write, as FEEL trees over the variables and `luck`.' }),
  variables: Values.optional().openapi({ description: 'Synthetic staff only: the run’s variables where the task stands.' }),
}).openapi('TaskDetail')

export const TaskCompletion = z
  .strictObject({
    data: Values.default({}),
    at: Time.optional().openapi({
      description: 'When it was done, in hospital time: synthetic staff of a demo only, never in the future.',
    }),
  })
  .openapi('TaskCompletion')

export const TaskAnswer = z
  .object({ id: Id, run: Id, state: TaskState, completedAt: Time.nullable(), claimedBy: z.string().nullable() })
  .openapi('TaskAnswer')

export const TaskSummary = z
  .object({
    mine: z.number().int(),
    total: z.number().int(),
    late: z.number().int(),
    units: z.array(
      z.object({
        unit: z.string(),
        total: z.number().int(),
        late: z.number().int(),
        free: z.number().int().openapi({ description: 'Nobody has them in hand.' }),
      }),
    ),
  })
  .openapi('TaskSummary')

export const TaskHandover = z
  .strictObject({
    role: z
      .enum([...STAFF, 'operations'])
      .optional()
      .openapi({ description: 'Anybody of this role may take it then.' }),
    person: z.string().max(100).optional().openapi({ description: 'Somebody at work, as `GET /tasks/colleagues` names them.' }),
    note: z.string().trim().min(3).max(1000),
  })
  .refine(({ role, person }) => (role === undefined) !== (person === undefined), { path: ['person'] })
  .openapi('TaskHandover')

export const ColleagueItem = z.object({ actor: z.string(), role: z.string() }).openapi('Colleague')
