/** Probes for whoever runs this. */
import { createRoute, z } from '@hono/zod-openapi'
import { databaseHealth } from '../../records/health.ts'
import type { Dependencies } from '../dependencies.ts'
import { declared, newRouter } from '../route.ts'
import { isTemporalReady } from '../workflows.ts'

const Health = z
  .object({ ok: z.boolean(), postgres: z.boolean(), migrations: z.boolean(), temporal: z.boolean() })
  .openapi('Health')
const health = { content: { 'application/json': { schema: Health } } }

const live = createRoute({
  method: 'get',
  path: '/health/live',
  ...declared({ id: 'isLive', tag: 'operations', summary: 'The process is there', admits: 'everybody' }),
  responses: { 200: { description: 'It is', content: { 'application/json': { schema: z.object({ ok: z.literal(true) }) } } } },
})
const ready = createRoute({
  method: 'get',
  path: '/health/ready',
  ...declared({
    id: 'isReady',
    tag: 'operations',
    summary: 'Postgres answers and is migrated, Temporal answers',
    admits: 'everybody',
  }),
  responses: { 200: { description: 'All of it', ...health }, 503: { description: 'What is false is missing', ...health } },
})

export function healthRoutes({ temporal, records }: Pick<Dependencies, 'temporal' | 'records'>) {
  return newRouter()
    .openapi(live, (context) => context.json({ ok: true as const }, 200))
    .openapi(ready, async (context) => {
      const [{ postgres, migrations }, isTemporal] = await Promise.all([databaseHealth(records), isTemporalReady(temporal)])
      const ok = postgres && migrations && isTemporal
      context.header('cache-control', 'no-store')
      return context.json({ ok, postgres, migrations, temporal: isTemporal }, ok ? 200 : 503)
    })
}
