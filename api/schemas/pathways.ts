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
    program: z.string().openapi({ description: 'Content hash of the compiled pathway.' }),
    publishedAt: Time,
    current: z.boolean(),
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
  name: z.string(),
  bpmn: z.string().openapi({ description: 'BPMN 2.0 XML with its diagram.' }),
  dmn: z.array(z.string()).openapi({ description: 'DMN 1.3 XML.' }),
  forms: Values.openapi({ description: 'form-js schemas by form id.' }),
  texts: z.record(z.string(), Words).openapi({ description: 'By language, from each text of the version to its translation.' }),
  elements: z.array(PathwayElement),
}).openapi('PathwayVersionDetail')

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
