/**
 * What can be seen of a request from outside: one JSON log line, one span, metrics. Always the route's pattern, never the address asked for:
 * an address may hold what a person typed. No bodies, no health data.
 */
import { randomUUID } from 'node:crypto'
import { propagation, SpanKind, SpanStatusCode, context as telemetry, trace } from '@opentelemetry/api'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Logger } from 'pino'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ApiEnv } from './route.ts'

const tracer = trace.getTracer('parcours-api')

/** The API's own metrics; docs/api.md says what each means. */
export interface Metrics {
  registry: Registry
  requests: Counter<'method' | 'route' | 'status'>
  requestSeconds: Histogram<'method' | 'route'>
  streams: Gauge
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'parcours_api_' })
  return {
    registry,
    requests: new Counter({
      name: 'parcours_api_requests_total',
      help: 'Requests answered, by method, route pattern and status',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'parcours_api_request_seconds',
      help: 'Time to answer, by method and route pattern',
      labelNames: ['method', 'route'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    streams: new Gauge({ name: 'parcours_api_event_streams', help: 'Open live event streams', registers }),
  }
}

/** Gives every request an id, a span, a log line and its place in the metrics. */
export function observe(log: Logger, metrics: Metrics): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const requestId = randomUUID()
    context.set('requestId', requestId)
    context.header('x-request-id', requestId)
    const startedAt = performance.now()
    const parent = propagation.extract(telemetry.active(), Object.fromEntries(context.req.raw.headers))
    await tracer.startActiveSpan(`API ${context.req.method}`, { kind: SpanKind.SERVER }, parent, async (span) => {
      try {
        await next()
      } finally {
        const route = routePattern(context)
        const method = context.req.method
        const status = context.res.status
        const milliseconds = Math.round(performance.now() - startedAt)
        span.updateName(`${method} ${route}`)
        span.setAttributes({ 'http.request.method': method, 'http.route': route, 'http.response.status_code': status })
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
        metrics.requests.inc({ method, route, status })
        metrics.requestSeconds.observe({ method, route }, milliseconds / 1000)
        const role = context.get('session')?.role ?? null
        const level = status >= 500 ? 'error' : route.startsWith('/api') ? 'info' : 'debug'
        log[level]({ requestId, method, route, role, status, milliseconds, ...context.get('log') }, 'request')
      }
    })
  }
}

/** The pattern of the route that answers, `(none)` when there is none. */
function routePattern(context: Context): string {
  const routes = matchedRoutes(context).filter((route) => !route.path.endsWith('*'))
  return routes.at(-1)?.path ?? '(none)'
}
