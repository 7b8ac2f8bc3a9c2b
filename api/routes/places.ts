/** Where everything stands: floors, areas, rooms, beds, corridors, laid out from the units that there are. */
import { createRoute } from '@hono/zod-openapi'
import { readLedger } from '../../records/ledger.ts'
import { sitePlaces } from '../../records/sites.ts'
import { layOut } from '../../twin/hospital/layout.ts'
import { PlacesFile } from '../../twin/hospital/places-file.ts'
import type { Dependencies } from '../dependencies.ts'
import { HOUSE } from '../roles.ts'
import { answers, declared, newRouter } from '../route.ts'
import { PlacesItem } from '../schemas/places.ts'

const places = createRoute({
  method: 'get',
  path: '/places',
  ...declared({ id: 'readPlaces', tag: 'resources', summary: 'Floors, areas, rooms, spots of units and ways', admits: HOUSE }),
  responses: answers(PlacesItem, 'As the hospital says it, or by rule'),
})

export function placeRoutes({ records }: Dependencies) {
  return newRouter().openapi(places, async (context) => {
    const [{ units }, said] = await Promise.all([readLedger(records.sql, records.site, 0), sitePlaces(records)])
    // What an older release wrote, and this one no longer reads, is laid out by rule.
    const file = PlacesFile.safeParse(said)
    return context.json(layOut(units, file.success ? file.data : undefined), 200)
  })
}
