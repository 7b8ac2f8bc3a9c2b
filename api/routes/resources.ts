/** Beds, theatres, people, stock: what there is, who has it, who waits for it and why. */
import { createRoute, z } from '@hono/zod-openapi'
import { hospitalMsOfIso, type SiteTime } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import {
  closeUnit,
  listHeld,
  listOccupancy,
  listPools,
  listQueue,
  listUnits,
  type PoolRow,
  type QueueRow,
  restockPool,
  type UnitRow,
} from '../../records/resources.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { once } from '../idempotency.ts'
import { PageQuery, pageOf, pageOfAll } from '../pages.ts'
import { timeOf } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { HOUSE } from '../roles.ts'
import { answers, bodyOf, declared, newRouter } from '../route.ts'
import { Id, IdempotencyHeader, IdPath, type Json } from '../schemas/common.ts'
import { HoldItem, OccupancyItem, PoolItem, QueueItem, Restock, UnitItem, UnitStateName } from '../schemas/resources.ts'

const tag = 'resources'
const STEWARDS = ['bed-manager', 'theatre-manager', 'administrator'] as const

const pools = createRoute({
  method: 'get',
  path: '/resources/pools',
  ...declared({ id: 'listPools', tag, summary: 'Pools with their counts', admits: HOUSE }),
  request: { query: PageQuery },
  responses: answers(pageOf(PoolItem), 'By id'),
})
const units = createRoute({
  method: 'get',
  path: '/resources/units',
  ...declared({ id: 'listUnits', tag, summary: 'Units: state, since when, which run has it', admits: HOUSE }),
  request: {
    query: PageQuery.extend({ pool: Id.optional(), state: UnitStateName.optional(), ward: z.string().max(100).optional() }),
  },
  responses: answers(pageOf(UnitItem), 'By pool and id'),
})
const queue = createRoute({
  method: 'get',
  path: '/resources/queue',
  ...declared({ id: 'readQueue', tag, summary: 'Who waits for what, and why', admits: HOUSE }),
  request: { query: PageQuery.extend({ pool: Id.optional() }) },
  responses: answers(pageOf(QueueItem), 'In order of arrival; `position` says how many are served before'),
})
const holds = createRoute({
  method: 'get',
  path: '/resources/holds',
  ...declared({ id: 'listHolds', tag, summary: 'Who holds what', admits: HOUSE }),
  request: { query: PageQuery.extend({ pool: Id.optional(), run: Id.optional() }) },
  responses: answers(pageOf(HoldItem), 'Oldest first'),
})
const occupancy = createRoute({
  method: 'get',
  path: '/resources/occupancy',
  ...declared({ id: 'readOccupancy', tag, summary: 'Occupancy by pool and ward', admits: HOUSE }),
  request: { query: PageQuery },
  responses: answers(pageOf(OccupancyItem), 'By pool and ward'),
})
const close = createRoute({
  method: 'post',
  path: '/resources/units/{id}/close',
  ...declared({ id: 'closeUnit', tag, summary: 'Close a unit: at once, or when whoever has it gives it back', admits: STEWARDS }),
  request: { params: IdPath },
  responses: answers(UnitItem, 'Closed, or `outOfService` until it is given back'),
})
const open = createRoute({
  method: 'post',
  path: '/resources/units/{id}/open',
  ...declared({ id: 'openUnit', tag, summary: 'Open a closed unit', admits: STEWARDS }),
  request: { params: IdPath },
  responses: answers(UnitItem, 'Free; whoever waits for it may have it at once'),
})
const restock = createRoute({
  method: 'post',
  path: '/resources/pools/{id}/restock',
  ...declared({ id: 'restockPool', tag, summary: 'Add a lot to a stock', admits: [...STEWARDS, 'nurse'] }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(Restock) },
  responses: answers(PoolItem, 'Added'),
})
export function resourceRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(pools, async (context) => {
      const page = pageOfAll(await listPools(records), context.req.valid('query'))
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => poolItem(row, site)) }, 200)
    })
    .openapi(units, async (context) => {
      const query = context.req.valid('query')
      const page = pageOfAll(await listUnits(records, query), query)
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => unitItem(row, site)) }, 200)
    })
    .openapi(queue, async (context) => {
      const query = context.req.valid('query')
      const page = pageOfAll(await listQueue(records, query), query)
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => queueItem(row, site)) }, 200)
    })
    .openapi(holds, async (context) => {
      const query = context.req.valid('query')
      const page = pageOfAll(await listHeld(records, query), query)
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => ({ ...row, since: timeOf(row.since, site) })) }, 200)
    })
    .openapi(occupancy, async (context) => {
      const page = pageOfAll(await listOccupancy(records), context.req.valid('query'))
      const items = page.items.map(({ pool, ward, open: capacity, occupied }) => {
        return { pool, ward, capacity, occupied, share: capacity === 0 ? 0 : occupied / capacity }
      })
      return context.json({ ...page, items }, 200)
    })
    .openapi(close, async (context) => {
      const row = await closeUnit(records, context.req.valid('param').id, true, await hospitalNow(records))
      return context.json(unitItem(row, await siteOf(records)), 200)
    })
    .openapi(open, async (context) => {
      const row = await closeUnit(records, context.req.valid('param').id, false, await hospitalNow(records))
      return context.json(unitItem(row, await siteOf(records)), 200)
    })
    .openapi(restock, async (context) => {
      const { id } = context.req.valid('param')
      const delivery = context.req.valid('json')
      const site = await siteOf(records)
      const known = (await listPools(records)).find((pool) => pool.id === id)
      if (!known) throw new ProblemError('unknown-pool', { pool: id })
      if (known.kind !== 'stock') throw new ProblemError('not-a-stock', { pool: id })
      const { lot, quantity } = delivery
      const received = {
        pool: id,
        lot,
        quantity,
        expiresAt: hospitalMsOfIso(delivery.expiresAt, site)!,
        at: await hospitalNow(records),
      }
      await once(records, context, delivery, async (transaction) => {
        await restockPool(records, received, transaction)
        return { restocked: true }
      })
      return context.json(poolItem((await listPools(records)).find((pool) => pool.id === id)!, site), 200)
    })
}

function poolItem({ reorderThreshold, lots, ...row }: PoolRow, site: SiteTime): z.infer<typeof PoolItem> {
  const { id, name, kind, capacity, free, reserved, occupied, dirty, closed, queue } = row
  const stock = {
    quantity: lots.reduce((sum, { quantity }) => sum + quantity, 0),
    threshold: reorderThreshold,
    lots: lots.map(({ lot, quantity, expiresAt }) => ({ lot, quantity, expiresAt: timeOf(expiresAt, site) })),
  }
  return { id, name, kind, capacity, free, reserved, occupied, dirty, closed, queue, stock: kind === 'stock' ? stock : null }
}

function unitItem(row: UnitRow, site: SiteTime): z.infer<typeof UnitItem> {
  return { ...row, attributes: row.attributes as Json, since: timeOf(row.since, site) }
}

function queueItem({ explanation, ...row }: QueueRow, site: SiteTime): z.infer<typeof QueueItem> {
  const { run, pathway, wait, element, name, priority } = row
  const { state, since, passed, passesMax, position, ahead, needs } = explanation
  return {
    ...{ run, pathway, wait, element, name, priority, state, passed, passesMax, position },
    ahead: ahead.length,
    since: timeOf(since, site),
    needs: needs.map(({ pool, quantity, satisfied, suitable }) => ({ pool, quantity, satisfied, suitable })),
  }
}
