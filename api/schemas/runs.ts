import { z } from '@hono/zod-openapi'
import { pageOf } from '../pages.ts'
import { Id, Time, Values } from './common.ts'

/** What the records count with. */
const VERSION_MAX = 2 ** 31 - 1

export const RunState = z.enum(['starting', 'running', 'completed', 'failed', 'cancelled'])

export const RunElement = z.object({
  element: z.string(),
  name: z.string(),
  type: z.string(),
  since: Time,
  state: z.enum(['requesting', 'active', 'cancelling']).openapi({ description: '`requesting`: it waits for resources.' }),
})

export const RunItem = z
  .object({
    id: Id,
    pathway: Id,
    version: z.number().int(),
    state: RunState,
    patient: Id.nullable().openapi({ description: 'Pseudonym of the patient, null for a run about no one (cleaning).' }),
    startedAt: Time,
    endedAt: Time.nullable(),
    elements: z.array(RunElement).openapi({ description: 'Where its tokens stand.' }),
    error: z.object({ code: z.string(), element: z.string() }).nullable().openapi({ description: 'Why it failed, and where.' }),
  })
  .openapi('Run')

export const FactItem = z
  .object({
    id: z.string().openapi({ description: 'Position in the fact log; also the SSE event id.' }),
    at: Time,
    run: Id,
    pathway: Id,
    event: z
      .string()
      .openapi({ description: 'entered, completed, cancelled, failed, taken, thrown, caught, requested, granted, released, …' }),
    element: z.string(),
    name: z.string(),
    type: z.string(),
    instance: z.number().int().openapi({ description: 'Multi-instance counter from 1, or 0.' }),
  })
  .openapi('Fact')

export const RunDetail = RunItem.extend({
  program: z.string(),
  waits: z.array(
    z.object({
      id: z.number().int(),
      kind: z.enum(['request', 'task', 'timer', 'message', 'signal', 'call', 'condition']),
      element: z.string(),
      name: z.string().openapi({ description: 'The message or signal listened for, else ``.' }),
      due: Time.nullable(),
    }),
  ),
  holds: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      pool: z.string(),
      state: z.enum(['requested', 'reserved', 'occupied']),
      units: z.array(z.string()),
    }),
  ),
  variables: Values.openapi({ description: 'Those your role may see.' }),
  cancellation: z
    .object({ by: z.string(), reason: z.string() })
    .nullable()
    .openapi({ description: 'Who cancelled it, and why; null unless a person did.' }),
  history: pageOf(FactItem),
}).openapi('RunDetail')

export const RunStart = z
  .strictObject({
    pathway: Id,
    variables: Values.default({}),
    patient: Id.optional().openapi({ description: 'Pseudonym of a known patient.' }),
    version: z
      .number()
      .int()
      .positive()
      .max(VERSION_MAX)
      .optional()
      .openapi({ description: 'Another version than the current one.' }),
  })
  .openapi('RunStart')

export const RunMessage = z.strictObject({ name: z.string().min(1).max(200), payload: Values.default({}) }).openapi('RunMessage')
export const RunCancel = z.strictObject({ reason: z.string().trim().min(3).max(500) }).openapi('RunCancel')
export const RunAnswer = z.object({ id: Id, pathway: Id, version: z.number().int(), state: RunState }).openapi('RunAnswer')
export const Accepted = z.object({ accepted: z.literal(true) }).openapi('Accepted')
