/** System activities that gave up: somebody decides. */
import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageOf } from '../pages.ts'
import { STAFF } from '../roles.ts'
import { answers, bodyOf, declared } from '../route.ts'
import { Id, IdPath } from '../schemas/common.ts'
import { IncidentDecision, IncidentItem } from '../schemas/watch.ts'

const tag = 'incidents'

const list = createRoute({
  method: 'get',
  path: '/incidents',
  ...declared({ id: 'listIncidents', tag, summary: 'Incidents, open ones first', admits: [...STAFF, 'administrator'] }),
  request: { query: PageQuery.extend({ state: z.enum(['open', 'resolved']).optional(), run: Id.optional() }) },
  responses: answers(pageOf(IncidentItem), 'Open ones first, newest first'),
})
const resolve = createRoute({
  method: 'post',
  path: '/incidents/{id}/resolve',
  ...declared({
    id: 'resolveIncident',
    tag,
    summary: 'Retry, skip with a reason, or cancel the run',
    admits: ['physician', 'bed-manager', 'theatre-manager', 'administrator'],
  }),
  request: { params: IdPath, ...bodyOf(IncidentDecision) },
  responses: answers(IncidentItem, 'Resolved'),
})
export const incidentRouteDefinitions = { list, resolve }
