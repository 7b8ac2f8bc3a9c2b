/** Alerts: each has an owner and a clock. */
import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageOf } from '../pages.ts'
import { STAFF } from '../roles.ts'
import { answers, declared } from '../route.ts'
import { AlertItem } from '../schemas/watch.ts'

const tag = 'alerts'

const list = createRoute({
  method: 'get',
  path: '/alerts',
  ...declared({ id: 'listAlerts', tag, summary: 'Alerts, open ones first', admits: [...STAFF, 'administrator'] }),
  request: { query: PageQuery.extend({ state: z.enum(['open', 'closed']).optional() }) },
  responses: answers(pageOf(AlertItem), 'Open ones first, newest first'),
})
export const alertRouteDefinitions = { list }
