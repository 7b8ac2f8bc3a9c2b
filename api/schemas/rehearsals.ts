/** What designers draw and rehearse with: the connectors there are, what else is published, who came lately, how long everything took. */
import { z } from '@hono/zod-openapi'
import { AnyJson, Id } from './common.ts'

export const LastDays = z.object({
  days: z.coerce.number().int().min(1).max(366).default(28).openapi({ description: 'How many days back, in hospital time.' }),
})

export const ElementTimesItem = z
  .object({
    element: z.string().openapi({ description: 'BPMN id.' }),
    completed: z.number().int(),
    waited: z.number().int().openapi({ description: 'How often units had to be asked for.' }),
    waitMinutesMean: z.number().nullable(),
    waitMinutesP90: z.number().nullable(),
    workMinutesMean: z.number().nullable(),
    workMinutesP90: z.number().nullable(),
  })
  .openapi('ElementTimes')
export const ElementTimesList = z.object({ pathway: Id, days: z.number().int(), items: z.array(ElementTimesItem) })

export const StartsList = z
  .object({
    days: z.number().openapi({ description: 'That were counted: fewer than asked for where the hospital is younger.' }),
    items: z.array(z.object({ pathway: Id, startsByHourOfWeek: z.array(z.number().int()).length(168) })),
  })
  .openapi('Starts')

export const LogProblems = z
  .object({
    facts: z.number().int().openapi({ description: 'The latest, which were looked at.' }),
    runs: z.number().int(),
    items: z.array(
      z.object({
        kind: z.string().openapi({ example: 'unmatched' }),
        count: z.number().int(),
        example: z.string(),
        message: z.string(),
        remedy: z.string(),
      }),
    ),
  })
  .openapi('LogProblems')

export const ProgramsList = z.object({ items: z.array(AnyJson) }).openapi('Programs')

export const ConnectorsList = z
  .object({
    items: z.array(
      z.object({
        name: z.string(),
        label: z.object({ fr: z.string(), en: z.string() }),
        help: z.object({ fr: z.string(), en: z.string() }),
        inputs: z.array(z.string()),
        outputs: z.record(z.string(), z.string()).openapi({ description: 'Variables, from FEEL over `result`.' }),
      }),
    ),
  })
  .openapi('Connectors')
