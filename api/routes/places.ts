/** Where everything stands, laid out from the units that there are: floors, areas, rooms, beds, corridors; and who is there. */
import { createRoute, type z } from '@hono/zod-openapi'
import type { Program } from '../../pathways/language/program.ts'
import { isoOf, type SiteTime } from '../../pathways/time/site.ts'
import { listPresence, type Presence } from '../../records/presence.ts'
import { loadProgram } from '../../records/programs.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { nodeOf } from '../presenting.ts'
import { HOUSE, visibleVariables } from '../roles.ts'
import { answers, callerOf, declared, newRouter } from '../route.ts'
import { PlacesItem, PresenceItem } from '../schemas/places.ts'
import { placesOf } from '../site-places.ts'

const places = createRoute({
  method: 'get',
  path: '/places',
  ...declared({ id: 'readPlaces', tag: 'resources', summary: 'Floors, areas, rooms, spots of units and ways', admits: HOUSE }),
  responses: answers(PlacesItem, 'As the hospital says it, or by rule'),
})

const presence = createRoute({
  method: 'get',
  path: '/presence',
  ...declared({
    id: 'listPresence',
    tag: 'resources',
    summary: 'Who is in the hospital, at which step and where',
    admits: HOUSE,
  }),
  request: { query: PageQuery },
  responses: answers(pageOf(PresenceItem), 'Every open run, by id; where it is follows from what it holds and waits for'),
})

export function placeRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(places, async (context) => {
      return context.json(await placesOf({ records }), 200)
    })
    .openapi(presence, async (context) => {
      const { role } = callerOf(context)
      const seesTriage = 'triage' in visibleVariables({ triage: true }, role)
      const site = await siteOf(records)
      const page = await listPresence(records, context.req.valid('query'), seesTriage)
      const items = await Promise.all(
        page.items.map(async (row) => presenceItem(row, await loadProgram(records, row.hash), site, seesTriage)),
      )
      return context.json({ ...page, items }, 200)
    })
}

function presenceItem(
  { id, pathway, positions, place, urgency }: Presence,
  program: Program,
  site: SiteTime,
  seesTriage: boolean,
): z.infer<typeof PresenceItem> {
  const newest = positions.reduce<(typeof positions)[number] | null>(
    (best, each) => (best === null || each.since >= best.since ? each : best),
    null,
  )
  return {
    ...{ run: id, pathway, place, urgency: seesTriage ? urgency : null },
    element: newest?.element ?? null,
    name: newest ? (nodeOf(program, newest.element)?.name ?? '') : '',
    since: newest ? isoOf(newest.since, site) : null,
  }
}
