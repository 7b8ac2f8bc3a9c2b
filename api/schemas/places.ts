/** The hospital's places, laid out. */
import { z } from '@hono/zod-openapi'
import { ROOM_KINDS } from '../../twin/hospital/places.ts'
import { AREA_KINDS, LOOKS } from '../../twin/hospital/places-file.ts'
import { Id, Time } from './common.ts'

const rectangle = { x: z.number(), z: z.number(), width: z.number(), depth: z.number() }
const index = z.int()

export const PlacesItem = z
  .object({
    floors: z.array(z.object({ level: z.int(), name: z.string() })),
    floorHeight: z.number(),
    areas: z.array(
      z.object({
        place: z.string(),
        kind: z.enum(AREA_KINDS),
        floor: index,
        remote: z.boolean(),
        wings: z.array(z.object(rectangle)),
        waiting: index,
      }),
    ),
    rooms: z.array(
      z.object({
        ...rectangle,
        id: z.string(),
        name: z.string(),
        kind: z.enum(ROOM_KINDS),
        area: index,
        floor: index,
        node: index,
      }),
    ),
    spots: z.array(
      z.object({
        unit: z.string(),
        pool: z.string(),
        look: z.enum(LOOKS),
        room: index,
        x: z.number(),
        z: z.number(),
        facing: z.number(),
      }),
    ),
    graph: z.object({
      x: z.array(z.number()),
      z: z.array(z.number()),
      floor: z.array(index),
      edges: z.array(z.tuple([index, index])),
    }),
    entrance: index,
  })
  .openapi('Places', {
    description:
      'Metres east (x) and south (z) of the lifts; floors, areas, rooms and nodes of the graph are named by their place in their list',
  })

export const PresenceItem = z
  .object({
    run: Id,
    pathway: Id,
    element: z.string().nullable().openapi({ description: 'The step that it came to last; null before its first.' }),
    name: z.string(),
    since: Time.nullable(),
    place: z.string().nullable().openapi({ description: 'Where its newest open task is done.' }),
    urgency: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'Of triage, 1 the most urgent, 0 before it; null for roles that may not see it.' }),
  })
  .openapi('Presence')

const Subject = z.object({
  type: z.enum(['Patient', 'Device']),
  id: Id.openapi({ description: 'Of a patient, the pseudonymous id of their run; of a device, that of its unit.' }),
})
const location = z.string().min(1).max(300).openapi({
  description: 'A room by its `id`, or an area by its `place`, of `GET /places`.',
  example: 'Urgences/Box 4',
})

export const SightingIn = z
  .strictObject({
    subject: Subject,
    location,
    at: Time.optional().openapi({ description: 'When it was seen; now, without it.' }),
  })
  .openapi('SightingReport')

export const SightingItem = z.object({ subject: Subject, location, at: Time }).openapi('Sighting')

export const SightingsAnswer = z
  .object({
    kept: z.int(),
    older: z.int().openapi({ description: 'Known already, or older than what is known: nothing changed.' }),
    unknown: z.array(z.string()).openapi({
      description: 'Subjects that are not here: runs that are over, units that the hospital does not have.',
    }),
  })
  .openapi('SightingsAnswer')
