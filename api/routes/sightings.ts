/** What beacons see: a location system says where patients and equipment are, and whoever watches the hospital is told as it happens. */
import { createRoute, z } from '@hono/zod-openapi'
import { hospitalMsOfIso, type SiteTime } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import { forgetSightings, keepSightings, listSightings, type Sighting } from '../../records/sightings.ts'
import type { HospitalPlaces } from '../../twin/hospital/places.ts'
import type { Look } from '../../twin/hospital/places-file.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { eventStream, HEARTBEAT_MS, RECONNECT_MS } from '../event-stream.ts'
import type { Metrics } from '../observing.ts'
import { LIMIT_MAX, PageQuery, pageOf, pageOfAll } from '../pages.ts'
import { timeOf } from '../presenting.ts'
import { type FieldError, languageOf, ProblemError } from '../problems.ts'
import { HOUSE } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter, PROBLEM_RESPONSE } from '../route.ts'
import { SightingIn, SightingItem, SightingsAnswer } from '../schemas/places.ts'
import { placesOf } from '../site-places.ts'

const tag = 'sightings'
const report = createRoute({
  method: 'post',
  path: '/sightings',
  ...declared({
    id: 'reportSightings',
    tag,
    summary: 'Beacons have seen patients or equipment; the newest sighting of each is kept, so that asking twice changes nothing',
    admits: ['location-system', 'administrator'],
  }),
  request: bodyOf(z.strictObject({ sightings: z.array(SightingIn).min(1).max(LIMIT_MAX) })),
  responses: answers(SightingsAnswer, 'What became of them'),
})
const list = createRoute({
  method: 'get',
  path: '/sightings',
  ...declared({ id: 'listSightings', tag, summary: 'Where beacons last saw whom and what', admits: HOUSE }),
  request: { query: PageQuery },
  responses: answers(pageOf(SightingItem), 'The last sighting of each, kept for 24 hours and no longer than the patient is here'),
})
const follow = createRoute({
  method: 'get',
  path: '/sightings/events',
  ...declared({ id: 'followSightings', tag, summary: 'All sightings there are, then each as it comes', admits: HOUSE }),
  responses: {
    200: {
      description: 'An endless stream of `sighting` (data: a Sighting); a new connection begins with all of them',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    default: PROBLEM_RESPONSE,
  },
})
/** People who work here are not followed. */
const STAFF_LOOKS: readonly Look[] = ['clerk', 'nurse', 'physician', 'team', 'porter', 'cleaner']

export function sightingRoutes({ records, sightings, log }: Dependencies, metrics: Metrics) {
  return newRouter()
    .openapi(report, async (context) => {
      const reported = context.req.valid('json').sightings
      const [site, now, places] = await Promise.all([siteOf(records), hospitalNow(records), placesOf({ records })])
      const seen = reported.map(({ subject, location, at }): Sighting => {
        const ms = at === undefined ? now : hospitalMsOfIso(at, site)!
        if (ms > now) throw new ProblemError('not-in-the-future')
        return { subjectType: subject.type, subject: subject.id, location, at: ms }
      })
      refuseStaff(seen, places)
      refuseElsewhere(seen, places, languageOf(context.req.header('accept-language')) === 'fr')
      const answer = await keepSightings(records, seen, { now, reportedBy: callerOf(context).actor })
      return context.json(answer, 200)
    })
    .openapi(list, async (context) => {
      const site = await siteOf(records)
      const all = await listSightings(records, await hospitalNow(records))
      const items = all.map((sighting) => sightingItem(sighting, site))
      return context.json(pageOfAll(items, context.req.valid('query')), 200)
    })
    .openapi(follow, async (context) => {
      const site = await siteOf(records)
      await forgetSightings(records, await hospitalNow(records))
      return eventStream(context, { log, metrics, source: sightings, name: 'sighting' }, async (stream, line) => {
        await stream.writeSSE({ event: 'hello', data: '{}', retry: RECONNECT_MS })
        for (let position = '0'; line.isOpen; ) {
          const batch = await sightings.after(position, HEARTBEAT_MS, line.signal)
          position = batch.position
          for (const sighting of batch.facts)
            await stream.writeSSE({ event: 'sighting', data: JSON.stringify(sightingItem(sighting, site)) })
          if (batch.facts.length === 0) await stream.write(': still here\n\n')
        }
      })
    })
}

const sightingItem = ({ subjectType, subject, location, at }: Sighting, site: SiteTime): z.infer<typeof SightingItem> => ({
  subject: { type: subjectType, id: subject },
  location,
  at: timeOf(at, site),
})

function refuseStaff(seen: readonly Sighting[], { spots }: HospitalPlaces): void {
  const staff = new Set(spots.flatMap(({ unit, look }) => (STAFF_LOOKS.includes(look) ? [unit] : [])))
  const one = seen.find(({ subjectType, subject }) => subjectType === 'Device' && staff.has(subject))
  if (one) throw new ProblemError('staff-not-followed', { unit: one.subject })
}

function refuseElsewhere(seen: readonly Sighting[], { rooms, areas }: HospitalPlaces, isFrench: boolean): void {
  const known = new Set([...rooms.map(({ id }) => id), ...areas.map(({ place }) => place)])
  const errors = seen.flatMap(({ location }, index): FieldError[] =>
    known.has(location)
      ? []
      : [
          {
            path: `sightings.${index}.location`,
            message: isFrench ? 'un lieu que GET /api/places ne connaît pas' : 'a place that GET /api/places does not know',
          },
        ],
  )
  if (errors.length > 0) throw new ProblemError('invalid-input', {}, errors)
}
