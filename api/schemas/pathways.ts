import { z } from '@hono/zod-openapi'
import { Id, Time, Values } from './common.ts'

export const PathwayItem = z
  .object({
    id: Id.openapi({ example: 'admission' }),
    name: z.string(),
    version: z.number().int().openapi({ description: 'The version that new runs take.' }),
    publishedAt: Time,
    running: z.number().int().openapi({ description: 'Runs under way, all versions.' }),
  })
  .openapi('Pathway')

export const PathwayVersionItem = z
  .object({
    pathway: Id,
    version: z.number().int(),
    program: z
      .string()
      .openapi({ description: 'Content hash of the compiled pathway; empty for a draft that cannot be executed yet.' }),
    revision: z.string().openapi({ description: 'Content hash of its sources: say it when you replace or publish it.' }),
    name: z.string(),
    state: z.enum(['draft', 'published', 'retired']),
    author: z.string().openapi({ example: 'designer/4f21ab' }),
    approver: z.string().nullable(),
    note: z.string().openapi({ description: 'Why it is as it is, in its author’s words.' }),
    savedAt: Time,
    submittedBy: z.string().nullable(),
    submittedAt: Time.nullable().openapi({ description: 'Since when a draft waits for a second person to publish it.' }),
    publishedAt: Time.nullable(),
    retiredAt: Time.nullable(),
    current: z.boolean().openapi({ description: 'New runs take it.' }),
    running: z.number().int(),
  })
  .openapi('PathwayVersion')

export const PathwayElement = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string().openapi({ example: 'bpmn:UserTask' }),
})

const Words = z.record(z.string(), z.string())

export const TextsItem = z
  .object({
    site: Words.openapi({ description: 'Pools, units and places.' }),
    pathways: z.record(z.string(), Words).openapi({ description: 'By pathway; older versions included.' }),
  })
  .openapi('Texts')

export const PathwayVersionDetail = PathwayVersionItem.extend({
  bpmn: z.string().openapi({ description: 'BPMN 2.0 XML with its diagram.' }),
  dmn: z.array(z.string()).openapi({ description: 'DMN 1.3 XML.' }),
  forms: Values.openapi({ description: 'form-js schemas by form id.' }),
  texts: z.record(z.string(), Words).openapi({ description: 'By language, from each text of the version to its translation.' }),
  scenarios: z.string().openapi({ description: 'Its scenario tests, as YAML; empty for none.' }),
  elements: z.array(PathwayElement),
}).openapi('PathwayVersionDetail')

export const VersionSources = z
  .object({
    bpmn: z.string().min(1).openapi({ description: 'BPMN 2.0 XML.' }),
    dmn: z.array(z.string()).max(100).default([]).openapi({ description: 'DMN XML, 1.1 to 1.5.' }),
    forms: Values.default({}).openapi({ description: 'form-js schemas by form id.' }),
    texts: z
      .record(z.string().regex(/^[a-z]{2}$/), Words)
      .default({})
      .openapi({ description: 'By language.' }),
  })
  .openapi('VersionSources')

export const DraftInput = VersionSources.extend({
  note: z.string().max(2_000).default(''),
  scenarios: z.string().max(1_000_000).optional().openapi({
    description:
      'Scenario tests, YAML as in *.scenarios.yaml: publishing asks that all are met. Left out, those of the draft that is replaced, or of the current version, are kept; empty takes them away.',
  }),
}).openapi('DraftInput')

export const DraftReplacement = DraftInput.extend({
  revision: z
    .string()
    .openapi({ description: 'The revision that you have read: another one means that somebody else saved it.' }),
}).openapi('DraftReplacement')

export const FindingItem = z
  .object({
    rule: z.string(),
    severity: z.enum(['error', 'warning']),
    element: z.string(),
    message: z.string(),
    help: z.string(),
  })
  .openapi('Finding')

export const CheckedSources = z
  .object({
    executable: z.boolean().openapi({ description: 'It could be published.' }),
    sound: z
      .boolean()
      .nullable()
      .openapi({ description: 'It can always end, properly, and every activity can happen; null when that is not proven.' }),
    verdict: z.array(z.string()),
    counterexample: z
      .array(z.object({ element: z.string(), event: z.string() }))
      .nullable()
      .openapi({ description: 'The shortest way to what is wrong.' }),
    findings: z.array(FindingItem),
  })
  .openapi('CheckedSources')

export const ScenarioTests = VersionSources.extend({
  scenarios: z.string().min(1).openapi({ description: 'YAML, as it stands beside a pathway in *.scenarios.yaml.' }),
}).openapi('ScenarioTests')

const Covered = z.object({ total: z.number().int(), missing: z.array(z.string()) })

export const ScenarioResults = z
  .object({
    scenarios: z.array(
      z.object({
        name: z.string(),
        ok: z.boolean(),
        outcome: z.enum(['completed', 'failed', 'stuck', 'unfinished']),
        at: z.string(),
        unmet: z.array(z.object({ expectation: z.string(), of: z.string(), expected: z.string(), found: z.string() })),
      }),
    ),
    coverage: z.object({ elements: Covered, flows: Covered }),
  })
  .openapi('ScenarioResults')

export const SavedDraft = PathwayVersionItem.extend({ check: CheckedSources }).openapi('SavedDraft')

export const PositionItem = z
  .object({
    element: z.string(),
    name: z.string(),
    type: z.string(),
    count: z.number().int().openapi({ description: 'Runs that stand there now.' }),
    waiting: z.number().int().openapi({ description: 'Of those, how many wait for a resource.' }),
    since: Time.nullable().openapi({ description: 'Since when the longest has been there.' }),
  })
  .openapi('Position')
export const Positions = z.object({ pathway: Id, running: z.number().int(), items: z.array(PositionItem) })

export const PresenceInput = z.object({
  window: z
    .string()
    .min(8)
    .max(64)
    .openapi({ description: 'Of your window, by an id that you choose; the same for as long as it is open.' }),
})

export const Presences = z
  .object({
    others: z.array(
      z.object({
        actor: z.string(),
        since: Time,
        self: z.boolean().openapi({ description: 'You, in another window.' }),
      }),
    ),
  })
  .openapi('Presences')
