/** The pathways that are published, their versions and diagrams, and how many patients stand where. */
import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageOf } from '../pages.ts'
import { HOUSE } from '../roles.ts'
import { answers, declared } from '../route.ts'
import { Id, IdPath } from '../schemas/common.ts'
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
  ...declared({ id: 'readPathwayVersion', tag, summary: 'One version: BPMN, DMN, forms', admits: HOUSE }),
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
export const pathwayRouteDefinitions = { list, one, versions, version, positions }
