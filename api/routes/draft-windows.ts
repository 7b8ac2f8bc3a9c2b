/** Two people on one draft know of each other: each window says that it is open, and is told who else is there. */
import { createRoute, z } from '@hono/zod-openapi'
import { hospitalNow } from '../../records/clock.ts'
import { endWindow, keepWindow } from '../../records/draft-windows.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { timeOf } from '../presenting.ts'
import { DESIGN } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdPath } from '../schemas/common.ts'
import { PresenceInput, Presences } from '../schemas/pathways.ts'

const tag = 'pathways'
const path = '/pathways/{id}/versions/{version}/presence'
const DraftPath = IdPath.extend({ version: z.coerce.number().int().positive() })

const keep = createRoute({
  method: 'put',
  path,
  ...declared({
    id: 'keepPresence',
    tag,
    summary: 'Say every ten seconds that you have a draft open; after thirty without, you have left',
    admits: DESIGN,
  }),
  request: { params: DraftPath, ...bodyOf(PresenceInput) },
  responses: answers(Presences, 'Who else has it open'),
})
const end = createRoute({
  method: 'delete',
  path,
  ...declared({ id: 'endPresence', tag, summary: 'Say that you have closed a draft', admits: DESIGN }),
  request: { params: DraftPath, query: PresenceInput },
  responses: answers(z.object({ ended: z.literal(true) }), 'You are no longer shown to others'),
})

export function draftWindowRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(keep, async (context) => {
      const { id: pathway, version } = context.req.valid('param')
      const { window: windowId } = context.req.valid('json')
      const { actor } = callerOf(context)
      const [site, now] = await Promise.all([siteOf(records), hospitalNow(records)])
      const others = await keepWindow(records, { pathway, version, windowId, actor }, now)
      return context.json(
        { others: others.map((one) => ({ ...one, since: timeOf(one.since, site), self: one.actor === actor })) },
        200,
      )
    })
    .openapi(end, async (context) => {
      const { id: pathway, version } = context.req.valid('param')
      const { window: windowId } = context.req.valid('query')
      await endWindow(records, { pathway, version, windowId, actor: callerOf(context).actor })
      return context.json({ ended: true as const }, 200)
    })
}
