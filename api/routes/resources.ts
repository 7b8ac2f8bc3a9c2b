/** Beds, theatres, people, stock: what there is, who has it, who waits for it and why. */
import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageOf } from '../pages.ts'
import { HOUSE } from '../roles.ts'
import { answers, bodyOf, declared } from '../route.ts'
import { Id, IdempotencyHeader, IdPath } from '../schemas/common.ts'
import {
  HoldItem,
  OccupancyItem,
  PoolItem,
  QueueItem,
  Restock,
  UnitClosing,
  UnitItem,
  UnitStateName,
} from '../schemas/resources.ts'

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
  responses: answers(pageOf(QueueItem), 'In the order in which they are served'),
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
  ...declared({ id: 'closeUnit', tag, summary: 'Close a unit that nobody holds', admits: STEWARDS }),
  request: { params: IdPath, ...bodyOf(UnitClosing) },
  responses: answers(UnitItem, 'Closed'),
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
export const resourceRouteDefinitions = { pools, units, queue, holds, occupancy, close, open, restock }
