/** The pathways that are published, their versions and diagrams, and how many patients stand where. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import * as stored from '../../records/pathways.ts'
import { countPositions } from '../../records/runs.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { PageQuery, pageOf, pageOfAll } from '../pages.ts'
import { nodeOf, timeOf, versionItem } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { DESIGN, HOUSE, isAdmitted } from '../roles.ts'
import { type ApiEnv, answers, callerOf, declared, newRouter } from '../route.ts'
import { Id, IdPath, type Json } from '../schemas/common.ts'
import { PathwayItem, PathwayVersionDetail, PathwayVersionItem, Positions } from '../schemas/pathways.ts'

const tag = 'pathways'

const list = createRoute({
  method: 'get',
  path: '/pathways',
  ...declared({ id: 'listPathways', tag, summary: 'The pathways that can be started', admits: HOUSE }),
  request: { query: PageQuery },
  responses: answers(pageOf(PathwayItem), 'By id'),
})
const one = createRoute({
  method: 'get',
  path: '/pathways/{id}',
  ...declared({ id: 'readPathway', tag, summary: 'One pathway in its current version, with its diagram', admits: HOUSE }),
  request: { params: IdPath },
  responses: answers(PathwayVersionDetail, 'The current version'),
})
const versions = createRoute({
  method: 'get',
  path: '/pathways/{id}/versions',
  ...declared({ id: 'listPathwayVersions', tag, summary: 'Its versions', admits: HOUSE }),
  request: { params: IdPath, query: PageQuery },
  responses: answers(pageOf(PathwayVersionItem), 'Newest first'),
})
const version = createRoute({
  method: 'get',
  path: '/pathways/{id}/versions/{version}',
  ...declared({ id: 'readPathwayVersion', tag, summary: 'One version: BPMN, DMN, forms, translations', admits: HOUSE }),
  request: { params: IdPath.extend({ version: z.coerce.number().int().positive() }) },
  responses: answers(PathwayVersionDetail, 'The version'),
})
const positions = createRoute({
  method: 'get',
  path: '/pathways/{id}/positions',
  ...declared({ id: 'readPositions', tag, summary: 'How many runs stand on each element now', admits: HOUSE }),
  request: { params: z.object({ id: Id }) },
  responses: answers(Positions, 'By element; elements without runs are left out'),
})
export function pathwayRoutes({ records }: Dependencies) {
  const detail = async (context: Context<ApiEnv>, id: string, number?: number) => {
    const found = await stored.readPathwayVersion(records, id, number)
    if (!isShown(context, found)) throw new ProblemError('unknown-version', { pathway: id })
    const { bpmn, dmn, texts, scenarios, forms, program } = found
    return {
      ...versionItem(found, await siteOf(records)),
      ...{ bpmn, dmn, texts, scenarios, forms: forms as Json },
      elements: (program?.nodes ?? []).slice(1).map(({ id: element, name, type }) => ({ id: element, name, type })),
    }
  }
  return newRouter()
    .openapi(list, async (context) => {
      const page = pageOfAll(await stored.listPathways(records), context.req.valid('query'))
      const site = await siteOf(records)
      const items = page.items.map(({ id, title, version: current, publishedAt, running }) => ({
        ...{ id, name: title, version: current, running },
        publishedAt: timeOf(publishedAt, site),
      }))
      return context.json({ ...page, items }, 200)
    })
    .openapi(one, async (context) => context.json(await detail(context, context.req.valid('param').id), 200))
    .openapi(versions, async (context) => {
      const rows = await stored.listPathwayVersions(records, context.req.valid('param').id)
      const page = pageOfAll(
        rows.filter((row) => isShown(context, row)),
        context.req.valid('query'),
      )
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => versionItem(row, site)) }, 200)
    })
    .openapi(version, async (context) => {
      const { id, version: number } = context.req.valid('param')
      return context.json(await detail(context, id, number), 200)
    })
    .openapi(positions, async (context) => {
      const { id } = context.req.valid('param')
      const program = (await stored.readPathwayVersion(records, id)).program!
      const site = await siteOf(records)
      const rows = await countPositions(records, id)
      const running = (await stored.listPathways(records)).find((pathway) => pathway.id === id)!.running
      const items = rows.map(({ element, count, waiting, since }) => {
        const node = nodeOf(program, element)
        return { element, name: node?.name ?? '', type: node?.type ?? '', count, waiting, since: timeOf(since, site) }
      })
      return context.json({ pathway: id, running, items }, 200)
    })
}

/** Drafts are shown to those who draw and approve. */
const isShown = (context: Context<ApiEnv>, { state }: stored.PathwayVersionRow) =>
  state !== 'draft' || isAdmitted(callerOf(context).role, DESIGN)
