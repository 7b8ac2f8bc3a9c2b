/**
 * Live events by SSE: `fact` (id: position in the log, data: a Fact) and `counters` (data: Counters; no id). Resumes after `Last-Event-ID`.
 * Identities never travel here.
 */
import { createRoute, z } from '@hono/zod-openapi'
import { HOUSE } from '../roles.ts'
import { declared, PROBLEM_RESPONSE } from '../route.ts'
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
    }),
  },
  responses: {
    200: { description: 'An endless stream', content: { 'text/event-stream': { schema: z.string() } } },
    default: PROBLEM_RESPONSE,
  },
})
export const eventRouteDefinitions = { stream }
