import { z } from '@hono/zod-openapi'
import { Id, Time } from './common.ts'

const Elements = z.record(z.string(), z.string()).openapi({
  description: 'From each element of the older version to its counterpart in the newer one, by BPMN id.',
  example: { Triage: 'Triage', Wait: 'WaitForBed' },
})

export const MigrationInput = z
  .object({
    from: z.number().int().positive().openapi({ description: 'The version that runs are on.' }),
    to: z.number().int().positive().openapi({ description: 'The version that they go to: a published one.' }),
    run: Id.optional().openapi({ description: 'For this run alone; left out, for all that are on the older version.' }),
    elements: Elements.optional().openapi({ description: 'Left out, it is proposed from ids, names and neighbours.' }),
  })
  .openapi('MigrationInput')

export const PlanInput = z.object({ elements: Elements }).openapi('PlanInput')

export const MigrationItem = z
  .object({
    id: Id,
    pathway: Id,
    from: z.number().int(),
    to: z.number().int(),
    run: Id.nullable().openapi({ description: 'The run that it is for alone; null for all.' }),
    elements: Elements,
    unmapped: z
      .array(z.string())
      .openapi({ description: 'Elements of the older version without a counterpart: runs that stand there are refused.' }),
    state: z.enum(['planned', 'running', 'stopped', 'done']),
    createdBy: z.string(),
    createdAt: Time,
    startedBy: z.string().nullable(),
    endedAt: Time.nullable(),
    counts: z.object({ pending: z.number().int(), moved: z.number().int(), refused: z.number().int(), over: z.number().int() }),
  })
  .openapi('Migration')

export const MigrationRunItem = z
  .object({
    run: Id,
    state: z.enum(['pending', 'moved', 'refused', 'over']),
    at: Time.nullable(),
    refusals: z.array(z.object({ code: z.string(), element: z.string(), message: z.string() })),
    moves: z.array(z.object({ from: z.string(), to: z.string() })),
    begins: z.array(z.string()).openapi({ description: 'Events that it would listen for besides.' }),
    ends: z.array(z.string()).openapi({ description: 'Events that it would listen for no more.' }),
  })
  .openapi('MigrationRun')
