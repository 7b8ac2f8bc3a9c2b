/** Alerts: each has an owner and a clock. */
import { createRoute, z } from '@hono/zod-openapi'
import { closeAlert, listAlerts } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { alertItem } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { FLOW, STAFF } from '../roles.ts'
import { answers, callerOf, declared, newRouter } from '../route.ts'
import { Accepted } from '../schemas/runs.ts'
import { AlertItem } from '../schemas/watch.ts'

const tag = 'alerts'

const list = createRoute({
  method: 'get',
  path: '/alerts',
  ...declared({ id: 'listAlerts', tag, summary: 'Alerts, open ones first', admits: [...STAFF, 'administrator'] }),
  request: { query: PageQuery.extend({ state: z.enum(['open', 'closed']).optional() }) },
  responses: answers(pageOf(AlertItem), 'Open ones first, newest first'),
})
const close = createRoute({
  method: 'post',
  path: '/alerts/{id}/close',
  ...declared({ id: 'closeAlert', tag, summary: 'It has been seen to', admits: [...FLOW, 'administrator'] }),
  request: { params: z.object({ id: z.string().regex(/^\d{1,15}$/) }) },
  responses: answers(Accepted, 'Closed'),
})

export function alertRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(list, async (context) => {
      const page = await listAlerts(records, context.req.valid('query'))
      const { role } = callerOf(context)
      const now = await hospitalNow(records)
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => alertItem(row, role, now, site)) }, 200)
    })
    .openapi(close, async (context) => {
      const closed = await closeAlert(records, context.req.valid('param').id, callerOf(context).actor, await hospitalNow(records))
      if (!closed) throw new ProblemError('unknown-alert')
      return context.json({ accepted: true as const }, 200)
    })
}
