/**
 * Live events by SSE: `fact` (id: its position in the log, data: a Fact) and `counters` (data: Counters; no id). Resumes after
 * `Last-Event-ID`. Identities never travel here.
 */
import { createRoute, z } from '@hono/zod-openapi'
import type { SSEStreamingApi } from 'hono/streaming'
import { readCounters } from '../../records/counters.ts'
import { type FactRow, isAfter, lastPosition, recentFacts } from '../../records/facts.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { eventStream, HEARTBEAT_MS, type Line, RECONNECT_MS } from '../event-stream.ts'
import type { Metrics } from '../observing.ts'
import { factItem } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { HOUSE } from '../roles.ts'
import { declared, newRouter, PROBLEM_RESPONSE } from '../route.ts'
import { Id } from '../schemas/common.ts'

const stream = createRoute({
  method: 'get',
  path: '/events',
  ...declared({ id: 'followEvents', tag: 'events', summary: 'Facts and counters as they happen', admits: HOUSE }),
  request: {
    headers: z.object({
      'last-event-id': z
        .string()
        .max(40)
        .optional()
        .openapi({ description: 'Goes on after this fact; without it, with what happens from now on.' }),
    }),
    query: z.object({
      pathway: Id.optional(),
      run: Id.optional(),
      after: z.string().max(40).optional().openapi({ description: 'As Last-Event-ID.' }),
      last: z.coerce
        .number()
        .int()
        .min(0)
        .max(200)
        .default(0)
        .openapi({ description: 'A first connection begins with so many facts that are there already.' }),
    }),
  },
  responses: {
    200: { description: 'An endless stream', content: { 'text/event-stream': { schema: z.string() } } },
    default: PROBLEM_RESPONSE,
  },
})
const COUNTERS_APART_MS = 2_000

export function eventRoutes({ records, live, log }: Dependencies, metrics: Metrics) {
  const counters = shared(() => readCounters(records), COUNTERS_APART_MS)
  return newRouter().openapi(stream, async (context) => {
    const { pathway, run, after, last } = context.req.valid('query')
    const resumed = context.req.valid('header')['last-event-id'] ?? after
    if (resumed !== undefined && !/^(\d{1,20}-\d{1,15})?$/.test(resumed)) throw new ProblemError('bad-cursor')
    const from = resumed === undefined ? await beforeTheLast(last) : await noLaterThanNow(resumed)
    const site = await siteOf(records)
    const isWanted = (fact: FactRow) =>
      (pathway === undefined || fact.pathway === pathway) && (run === undefined || fact.run === run)

    const follow = async (stream: SSEStreamingApi, line: Line) => {
      let position = from
      let told = ''
      let saidAt = Date.now()
      // An empty id would make the browser forget where it is.
      await stream.writeSSE({ event: 'hello', data: '{}', retry: RECONNECT_MS, ...(position === '' ? {} : { id: position }) })
      while (line.isOpen) {
        const figures = JSON.stringify(await counters())
        if (figures !== told) {
          await stream.writeSSE({ event: 'counters', data: figures })
          told = figures
          saidAt = Date.now()
        }
        const batch = await live.after(position, COUNTERS_APART_MS, line.signal)
        for (const fact of batch.facts.filter(isWanted)) {
          const data = JSON.stringify(factItem(fact.position, fact, site))
          await stream.writeSSE({ event: 'fact', id: fact.position, data })
          saidAt = Date.now()
        }
        position = batch.position
        if (Date.now() - saidAt < HEARTBEAT_MS) continue
        await stream.write(': still here\n\n')
        saidAt = Date.now()
      }
    }

    return eventStream(context, { log, metrics, source: live, name: 'event' }, follow)
  })

  /** A place beyond the end is of another log, before the hospital was begun afresh: nothing would ever come after it. */
  async function noLaterThanNow(position: string): Promise<string> {
    const end = await lastPosition(records)
    return isAfter(position, end) ? end : position
  }

  /** Where to begin so that the last few facts come first. */
  async function beforeTheLast(count: number): Promise<string> {
    if (count === 0) return lastPosition(records)
    const recent = await recentFacts(records, count + 1)
    return recent.length > count ? recent.at(-1)!.position : ''
  }
}

/** One reading for all who ask within `ms`. */
function shared<T>(read: () => Promise<T>, ms: number): () => Promise<T> {
  let reading: Promise<T> | null = null
  let at = Number.NEGATIVE_INFINITY
  return () => {
    if (reading === null || performance.now() - at >= ms) {
      at = performance.now()
      reading = read()
      reading.catch(() => {
        reading = null
      })
    }
    return reading
  }
}
