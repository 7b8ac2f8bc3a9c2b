/** The hospital's clock, and its figures at a glance. */
import { createRoute } from '@hono/zod-openapi'
import { currentClock } from '../../records/clock.ts'
import { readCounters } from '../../records/counters.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { timeOf } from '../presenting.ts'
import { HOUSE } from '../roles.ts'
import { answers, declared, newRouter } from '../route.ts'
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
export function watchRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(clock, async (context) => {
      const { hospitalNow, wall, rate } = await currentClock(records)
      const site = await siteOf(records)
      context.header('cache-control', 'no-store')
      const { timeZone, epoch } = site
      return context.json({ now: timeOf(hospitalNow, site), wall: new Date(wall).toISOString(), rate, timeZone, epoch }, 200)
    })
    .openapi(counters, async (context) => context.json(await readCounters(records), 200))
}
