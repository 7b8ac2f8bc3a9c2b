import { z } from '@hono/zod-openapi'
import { Id, Time, Values } from './common.ts'

export const UnitStateName = z.enum(['free', 'reserved', 'occupied', 'dirty', 'closed'])

export const PoolItem = z
  .object({
    id: Id,
    name: z.string(),
    kind: z.enum(['units', 'stock']),
    capacity: z.number().int(),
    free: z.number().int(),
    reserved: z.number().int(),
    occupied: z.number().int(),
    dirty: z.number().int(),
    closed: z.number().int(),
    queue: z.number().int().openapi({ description: 'Requests that wait for it.' }),
    stock: z
      .object({
        quantity: z.number(),
        threshold: z.number(),
        lots: z.array(z.object({ lot: z.string(), quantity: z.number(), expiresAt: Time })),
      })
      .nullable(),
  })
  .openapi('Pool')

export const UnitItem = z
  .object({
    id: Id,
    pool: Id,
    name: z.string(),
    place: z.string(),
    attributes: Values,
    state: UnitStateName,
    since: Time,
    outOfService: z.boolean().openapi({ description: 'Closed by a person; in effect from when it is next given back.' }),
    run: Id.nullable().openapi({ description: 'The run that has it: the patient’s, or the cleaning one while dirty.' }),
    runPathway: Id.nullable(),
  })
  .openapi('Unit')

/** Units by state; `kept` are free but set aside for others. */
export const Suitable = z.object({
  free: z.number(),
  kept: z.number(),
  reserved: z.number(),
  occupied: z.number(),
  dirty: z.number(),
  closed: z.number(),
})

export const QueueItem = z
  .object({
    run: Id,
    pathway: Id,
    wait: z.number().int(),
    element: z.string(),
    name: z.string(),
    since: Time.openapi({ description: 'Waiting since; its planned start when that is later.' }),
    priority: z.number(),
    position: z.number().int().openapi({ description: '1 is served next.' }),
    state: z.enum(['planned', 'waiting', 'reserving']).openapi({ description: '`reserving`: nobody may pass it any more.' }),
    passed: z.number().int().openapi({ description: 'How many later or lower requests have passed it.' }),
    passesMax: z.number().int(),
    ahead: z.number().int().openapi({ description: 'Requests that come first and want something it could use.' }),
    needs: z.array(
      z.object({
        pool: Id,
        quantity: z.number(),
        satisfied: z.boolean(),
        suitable: Suitable.openapi({
          description: 'The units that fit, by state; `kept` are free but set aside for others. This is why it waits.',
        }),
      }),
    ),
  })
  .openapi('QueueItem')

export const HoldItem = z
  .object({
    run: Id,
    pathway: Id,
    hold: z.number().int(),
    pool: Id,
    units: z.array(Id),
    lots: z.array(z.object({ lot: z.string(), quantity: z.number() })),
    state: z.enum(['reserved', 'occupied']),
    since: Time,
  })
  .openapi('Hold')

export const OccupancyItem = z
  .object({
    pool: Id,
    ward: z.string().openapi({ description: 'First part of the place.' }),
    capacity: z.number().int(),
    occupied: z.number().int().openapi({ description: 'Reserved ones included.' }),
    share: z.number().openapi({ description: 'Occupied over open capacity, 0 to 1.' }),
  })
  .openapi('Occupancy')

export const Restock = z
  .strictObject({ lot: z.string().min(1).max(100), quantity: z.number().int().positive().max(1_000_000), expiresAt: Time })
  .openapi('Restock')
