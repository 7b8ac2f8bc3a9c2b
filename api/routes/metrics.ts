/** Prometheus metrics; docs/metrics.md says what each means. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Metrics } from '../observing.ts'
import { declared, newRouter } from '../route.ts'

const read = createRoute({
  method: 'get',
  path: '/metrics',
  ...declared({ id: 'readMetrics', tag: 'operations', summary: 'Prometheus metrics: counts and times, nothing about anybody', admits: 'everybody' }),
  responses: { 200: { description: 'Prometheus text format', content: { 'text/plain': { schema: z.string() } } } },
})

export function metricsRoutes(metrics: Metrics) {
  return newRouter().openapi(read, async (context) =>
    context.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  )
}
