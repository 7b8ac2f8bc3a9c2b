import { z } from '@hono/zod-openapi'
import { METHODS } from '../../twin/search/schema.ts'
import { Id, Time } from './common.ts'

const Replications = z
  .union([
    z.number().int().min(1).max(100_000),
    z.strictObject({
      measure: z.string().min(1).max(300),
      precision: z.number().gt(0).lt(1),
      from: z.number().int().min(2).max(1_000).default(5),
      most: z.number().int().min(2).max(100_000).default(500),
    }),
  ])
  .openapi({
    description: 'So many, or as many as a measure needs to be known within a share of its mean.',
    example: { measure: 'visit.Exam.waitMinutesMean', precision: 0.05 },
  })

export const ExperimentInput = z
  .strictObject({
    scenario: z
      .string()
      .min(1)
      .openapi({
        description:
          'YAML or JSON, as docs/scenarios.md tells. What it extends and its hospital are among `files`, or of the scenarios that come with Parcours ' +
          '(`extends: examples/visit.yaml`); `published:admission` or `published:admission@3` as a pathway’s file is one that is published here, and ' +
          '`hospital: live:hospital` has the resources of this hospital as they are now.',
      }),
    files: z
      .record(z.string().min(1).max(300), z.string())
      .default({})
      .openapi({ description: 'BPMN, DMN, forms and YAML that the scenario names, by their names.' }),
    seed: z.number().int().min(0).optional().openapi({ description: 'Instead of the scenario’s.' }),
    replications: Replications.optional().openapi({ description: 'Instead of the scenario’s.' }),
  })
  .openapi('ExperimentInput')

export const SearchInput = z
  .strictObject({
    search: z.string().min(1).openapi({
      description:
        'YAML or JSON, as docs/search.md tells. Its `scenario` is among `files`, or of the scenarios that come with Parcours (`examples/visit.yaml`).',
    }),
    files: z
      .record(z.string().min(1).max(300), z.string())
      .default({})
      .openapi({ description: 'The scenario, and BPMN, DMN, forms and YAML that it names, by their names.' }),
    seed: z.number().int().min(0).optional().openapi({ description: 'Instead of the search’s or the scenario’s.' }),
    replications: z
      .number()
      .int()
      .min(2)
      .max(10_000)
      .optional()
      .openapi({ description: 'Of each design, instead of the search’s; of kn and ocba, in the first stage.' }),
  })
  .openapi('SearchInput')

export const ExtensionInput = z
  .strictObject({
    replications: Replications.openapi({ description: 'How many there are to be in all, or as many as a measure needs.' }),
  })
  .openapi('ExtensionInput')

export const ExperimentSource = z
  .union([ExperimentInput, SearchInput])
  .openapi('ExperimentSource', { description: 'A scenario, or a search.' })

export const ExperimentItem = z
  .object({
    id: Id,
    name: z.string(),
    state: z.enum(['running', 'stopped', 'done', 'failed']),
    reason: z.string().nullable().openapi({ description: 'Why it failed.' }),
    seed: z.number().int(),
    engine: z.string().openapi({ description: 'The release whose numbers these are.' }),
    horizon: z.string(),
    warmUp: z.string().openapi({ description: '`auto` until it is found.' }),
    warmUpFound: z
      .object({ days: z.number().int(), isShort: z.boolean() })
      .nullable()
      .openapi({ description: '`isShort`: the horizon is too short to be sure of it.' }),
    search: z
      .object({ method: z.enum(METHODS), designs: z.number().int() })
      .nullable()
      .openapi({ description: 'Of a search: how it looks for the best, or what it shows, and among how many designs.' }),
    replications: Replications.openapi({ description: 'Asked for; of a search, the most of all designs together.' }),
    finished: z.number().int().openapi({ description: 'Replications that are finished.' }),
    underWay: z.number().openapi({ description: 'Parts of those that are not, together.' }),
    enough: z.number().int().nullable().openapi({ description: 'Once it is done: how many count.' }),
    progress: z
      .number()
      .nullable()
      .openapi({ description: 'From 0 to 1; null where a measure, or a race, says how many it takes.' }),
    replicationMsMean: z.number().nullable().openapi({ description: 'What one takes of one thread, wall milliseconds.' }),
    overloads: z
      .array(z.object({ pool: z.string(), asked: z.number(), there: z.number() }))
      .openapi({ description: 'Pools of which more is asked than there is, in units at a time: their queues only grow.' }),
    createdBy: z.string(),
    createdAt: Time,
    endedAt: Time.nullable(),
    actions: z.array(z.object({ action: z.enum(['started', 'stopped', 'extended']), by: z.string(), at: Time })),
  })
  .openapi('Experiment')
