/** Prometheus metrics; docs/api.md says what each means. */
import { createRoute, z } from '@hono/zod-openapi'
import { Gauge } from 'prom-client'
import { readCounters } from '../../records/counters.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Metrics } from '../observing.ts'
import { declared, newRouter } from '../route.ts'

const read = createRoute({
  method: 'get',
  path: '/metrics',
  ...declared({
    id: 'readMetrics',
    tag: 'operations',
    summary: 'Prometheus metrics: counts and times, nothing about anybody',
    admits: 'everybody',
  }),
  responses: { 200: { description: 'Prometheus text format', content: { 'text/plain': { schema: z.string() } } } },
})

export function metricsRoutes({ records }: Pick<Dependencies, 'records'>, { registry }: Metrics) {
  const registers = [registry]
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name, help, labelNames, registers })
  const up = gauge('parcours_records_up', 'Whether the database answered this scrape')
  const runs = gauge('parcours_runs', 'Runs under way, by pathway', ['pathway'])
  const tasks = gauge('parcours_tasks', 'Tasks to do, by role', ['role'])
  const queue = gauge('parcours_queue', 'Requests that wait for a resource')
  const alerts = gauge('parcours_alerts', 'Open alerts')
  const incidents = gauge('parcours_incidents', 'Open incidents')
  const deposits = gauge('parcours_deposits', 'Documents deposited in Mon Espace Santé')
  const mails = gauge('parcours_mails', 'Documents mailed to general practitioners')

  const refresh = async () => {
    const counters = await readCounters(records)
    runs.reset()
    tasks.reset()
    for (const [pathway, count] of Object.entries(counters.running)) runs.set({ pathway }, count)
    for (const [role, count] of Object.entries(counters.tasks)) tasks.set({ role }, count)
    queue.set(counters.queue)
    alerts.set(counters.alerts)
    incidents.set(counters.incidents)
    deposits.set(counters.deposits)
    mails.set(counters.mails)
    up.set(1)
  }
  return newRouter().openapi(read, async (context) => {
    // A scrape must say how the process is even when the database is not there.
    await refresh().catch(() => up.set(0))
    return context.text(await registry.metrics(), 200, { 'content-type': registry.contentType })
  })
}
