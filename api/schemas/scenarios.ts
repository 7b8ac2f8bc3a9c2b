/** Scenarios that come with Parcours, and scenarios made ready to be simulated by whoever asks. */
import { z } from '@hono/zod-openapi'
import { AnyJson } from './common.ts'

/** Of one scenario. */
export const OPENED_MAX = 16

export const ScenarioItem = z
  .object({
    id: z.string().openapi({ description: 'Its file: `extends: summer/summer.yaml` names it.', example: 'summer/summer.yaml' }),
    name: z.string(),
    note: z.string().nullable(),
    horizon: z.string(),
    warmUp: z.string(),
    text: z.string().openapi({ description: 'The file itself.' }),
  })
  .openapi('Scenario')

export const OpenedPath = z.object({
  version: z.string().regex(/^[0-9a-f]{16,128}$/),
  replication: z.string().regex(/^\d{1,2}$/),
})

export const ScenarioInput = z
  .strictObject({
    scenario: z.string().min(1).openapi({ description: 'YAML or JSON, as for an experiment.' }),
    files: z.record(z.string().min(1).max(300), z.string()).default({}),
    seed: z.number().int().min(0).optional().openapi({ description: 'Instead of the scenario’s.' }),
    open: z.number().int().min(0).max(OPENED_MAX).default(0).openapi({
      description:
        'Replications to be opened behind the answer and kept, so that whoever explores the scenario next begins at once.',
    }),
  })
  .openapi('ScenarioInput')

export const ScenarioModelItem = z
  .object({
    version: z.string().openapi({ description: 'Content hash of scenario and Programs: the same version, the same numbers.' }),
    engine: z.string().openapi({ description: 'The release whose numbers they are.' }),
    scenario: AnyJson.openapi({ description: 'All of it: what it extends, its hospital, and what it leaves unsaid.' }),
    programs: z.array(AnyJson).openapi({ description: 'Pairs of a pathway’s file and its Programs.' }),
    drawings: z.record(z.string(), z.string()).openapi({ description: 'BPMN by the file that a pathway names.' }),
    overloads: z.array(z.object({ pool: z.string(), asked: z.number(), there: z.number() })),
    opened: z
      .array(z.number())
      .openapi({ description: 'Replications that are opened: `/scenarios/opened/{version}/{replication}`.' }),
  })
  .openapi('ScenarioModel')
