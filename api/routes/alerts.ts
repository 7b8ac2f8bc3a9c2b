/** Alerts: each has an owner and a clock. */
import { createRoute, z } from '@hono/zod-openapi'
import { closeAlert, listAlerts } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import { traitsOf } from '../../records/patients.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { alertItem } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { FLOW, STAFF } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { Id } from '../schemas/common.ts'
import { Accepted } from '../schemas/runs.ts'
import { AlertClosing, AlertItem } from '../schemas/watch.ts'

const tag = 'alerts'

const list = createRoute({
  method: 'get',
  path: '/alerts',
  ...declared({ id: 'listAlerts', tag, summary: 'Alerts, open ones first', admits: [...STAFF, 'administrator'] }),
  request: { query: PageQuery.extend({ state: z.enum(['open', 'closed']).optional(), run: Id.optional() }) },
  responses: answers(pageOf(AlertItem), 'Open ones first, newest first'),
})
const close = createRoute({
  method: 'post',
  path: '/alerts/{id}/close',
  ...declared({ id: 'closeAlert', tag, summary: 'It has been seen to, and how', admits: [...FLOW, 'administrator'] }),
  request: { params: z.object({ id: z.string().regex(/^\d{1,15}$/) }), ...bodyOf(AlertClosing) },
  responses: answers(Accepted, 'Closed'),
})

export function alertRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(list, async (context) => {
      const page = await listAlerts(records, context.req.valid('query'))
      const { role } = callerOf(context)
      const now = await hospitalNow(records)
      const site = await siteOf(records)
      const traits = await traitsOf(
        records,
        page.items.flatMap(({ patient }) => patient ?? []),
      )
      const items = page.items.map((row) => alertItem(row, traits.get(row.patient ?? '') ?? null, role, now, site))
      return context.json({ ...page, items }, 200)
    })
    .openapi(close, async (context) => {
      const { id } = context.req.valid('param')
      const closing = { ...context.req.valid('json'), by: callerOf(context).actor, at: await hospitalNow(records) }
      const closed = await records.sql.begin((tx) => closeAlert(records, tx, id, closing))
      if (!closed) throw new ProblemError('unknown-alert')
      return context.json({ accepted: true as const }, 200)
    })
}
