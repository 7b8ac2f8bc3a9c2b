/** System activities that gave up, and requests that nothing could ever grant: somebody decides. */
import { createRoute, z } from '@hono/zod-openapi'
import { currentTraceparent } from '../../activities/traced.ts'
import { hospitalNow } from '../../records/clock.ts'
import { type IncidentRow, listIncidents, readIncident, resolveRefusedRequest } from '../../records/incidents.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { incidentItem } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { STAFF } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { Id, IdPath } from '../schemas/common.ts'
import { IncidentDecision, IncidentItem } from '../schemas/watch.ts'
import { resolveIncident } from '../workflows.ts'

interface Decision {
  action: 'retry' | 'skip' | 'cancel'
  reason: string
  by: string
  at: number
}

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
export function incidentRoutes({ records, temporal }: Dependencies) {
  /** The workflow knows nothing of a refused request: it simply waits. */
  const decide = async ({ id, run, wait, activity }: IncidentRow, decision: Decision): Promise<void> => {
    const { action } = decision
    if (activity !== 'request') {
      await resolveIncident(temporal, run, { wait, ...decision, traceparent: currentTraceparent() })
    } else if (action !== 'skip') await resolveRefusedRequest(records, { ...decision, action, id })
    else throw new ProblemError('cannot-skip')
  }
  return newRouter()
    .openapi(list, async (context) => {
      const page = await listIncidents(records, context.req.valid('query'))
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => incidentItem(row, site)) }, 200)
    })
    .openapi(resolve, async (context) => {
      const { id } = context.req.valid('param')
      const { action, reason } = context.req.valid('json')
      const by = callerOf(context).actor
      const incident = await readIncident(records, id)
      if (!incident) throw new ProblemError('unknown-incident')
      if (incident.state === 'resolved' && (incident.resolvedBy !== by || incident.remedy !== action))
        throw new ProblemError('no-such-incident')
      if (incident.state === 'open') await decide(incident, { action, reason, by, at: await hospitalNow(records) })
      return context.json(incidentItem((await readIncident(records, id))!, await siteOf(records)), 200)
    })
}
