/** The hospital's clock, and its figures at a glance. */
import { createRoute } from '@hono/zod-openapi'
import { HOUSE } from '../roles.ts'
import { answers, declared } from '../route.ts'
import { Clock, Counters } from '../schemas/watch.ts'

const tag = 'watch'

const clock = createRoute({
  method: 'get',
  path: '/clock',
  ...declared({ id: 'readClock', tag, summary: 'What time it is in the hospital', admits: [...HOUSE, 'patient'] }),
  responses: answers(Clock, 'One reading'),
})
const counters = createRoute({
  method: 'get',
  path: '/counters',
  ...declared({ id: 'readCounters', tag, summary: 'Runs, tasks, queue, deposits, mails, alerts, incidents', admits: HOUSE }),
  responses: answers(Counters, 'Now'),
})
export const watchRouteDefinitions = { clock, counters }
