/** System activities that gave up, and requests that nothing could ever grant: somebody decides. */
import { createRoute, z } from '@hono/zod-openapi'
import { currentTraceparent } from '../../activities/traced.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { hospitalNow } from '../../records/clock.ts'
import { type IncidentRow, listIncidents, readIncident, resolveRefusedRequest } from '../../records/incidents.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { actionsFor, incidentItem } from '../presenting-incidents.ts'
import { languageOf, ProblemError } from '../problems.ts'
import { isAdmitted, STAFF } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { Id, IdPath } from '../schemas/common.ts'
import { IncidentDecision, IncidentItem } from '../schemas/watch.ts'
import { resolveIncident } from '../workflows.ts'

interface Decision {
  action: 'retry' | 'skip' | 'cancel'
  reason: string
  by: string
  at: number
  variables?: Variables
}

const tag = 'incidents'
const DECIDERS = ['physician', 'bed-manager', 'theatre-manager', 'administrator'] as const

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
    admits: DECIDERS,
  }),
  request: { params: IdPath, ...bodyOf(IncidentDecision) },
  responses: answers(IncidentItem, 'Resolved'),
})
export function incidentRoutes({ records, temporal }: Dependencies) {
  /** The workflow knows nothing of a refused request: it simply waits. */
  const decide = async (incident: IncidentRow, decision: Decision): Promise<void> => {
    const { id, run, wait, activity } = incident
    const { action } = decision
    if (!actionsFor(incident).includes(action)) throw new ProblemError('cannot-skip')
    if (activity !== 'request') await resolveIncident(temporal, run, { wait, ...decision, traceparent: currentTraceparent() })
    else if (action !== 'skip') await resolveRefusedRequest(records, { ...decision, action, id })
  }
  const read = async (id: string) => {
    const incident = await readIncident(records, id)
    if (!incident) throw new ProblemError('unknown-incident')
    return incident
  }
  return newRouter()
    .openapi(list, async (context) => {
      const page = await listIncidents(records, context.req.valid('query'))
      const site = await siteOf(records)
      const language = languageOf(context.req.header('accept-language'))
      const decides = isAdmitted(callerOf(context).role, DECIDERS)
      const items = page.items.map((row) => {
        const item = incidentItem(row, site, language)
        return decides ? item : { ...item, actions: [] }
      })
      return context.json({ ...page, items }, 200)
    })
    .openapi(resolve, async (context) => {
      const { id } = context.req.valid('param')
      const { action, reason, variables } = context.req.valid('json')
      const by = callerOf(context).actor
      const incident = await read(id)
      if (incident.state === 'open') {
        try {
          const at = await hospitalNow(records)
          await decide(incident, { action, reason, by, at, ...(variables && { variables: variables as Variables }) })
        } catch (error) {
          // Two decide at the same moment: the other one was heard first.
          if ((await read(id)).state === 'open') throw error
        }
      }
      const decided = await read(id)
      if (decided.resolvedBy !== by || decided.remedy !== action) throw new ProblemError('no-such-incident')
      return context.json(incidentItem(decided, await siteOf(records), languageOf(context.req.header('accept-language'))), 200)
    })
}
