/** Beds, theatres, people, stock, as people ask for them; and what people change by hand. */
import {
  createLedger,
  type Explanation,
  explain,
  type HeldUnits,
  type Ledger,
  type Lot,
  restock,
  setClosed,
  type Unit,
} from '../pathways/resources/index.ts'
import { hospitalNow } from './clock.ts'
import type { Queries, Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { readLedger } from './ledger.ts'
import { changeLedger } from './ledger-change.ts'
import { loadProgram } from './programs.ts'
import { readRun } from './runs.ts'
import { siteTime } from './sites.ts'

export interface PoolRow {
  id: string
  name: string
  kind: 'units' | 'stock'
  capacity: number
  free: number
  reserved: number
  occupied: number
  dirty: number
  closed: number
  /** Requests that wait for it. */
  queue: number
  reorderThreshold: number
  lots: Omit<Lot, 'pool'>[]
}

/** All pools of the site, by id. */
export async function listPools({ sql, site }: Records): Promise<PoolRow[]> {
  return sql<PoolRow[]>`
    select p.id, p.name, p.kind, p.reorder_threshold as "reorderThreshold",
      count(u.id)::int as capacity,
      count(*) filter (where u.state = 'free')::int as free, count(*) filter (where u.state = 'reserved')::int as reserved,
      count(*) filter (where u.state = 'occupied')::int as occupied, count(*) filter (where u.state = 'dirty')::int as dirty,
      count(*) filter (where u.state = 'closed')::int as closed,
      (select count(*)::int from requests r where r.site = p.site and r.needs @> jsonb_build_array(jsonb_build_object('pool', p.id))) as queue,
      (select coalesce(jsonb_agg(jsonb_build_object('lot', lot, 'quantity', quantity, 'expiresAt', expires_at) order by expires_at, lot), '[]')
        from lots where lots.site = p.site and lots.pool = p.id) as lots
    from pools p left join units u on u.site = p.site and u.pool = p.id
    where p.site = ${site} group by p.site, p.id order by p.id`
}

export interface UnitRow extends Omit<Unit, 'holder' | 'hold' | 'turnoverRun' | 'calendar'> {
  /** The run that has it: while dirty, the one that cleans it. */
  run: string | null
  runPathway: string | null
}

export interface UnitFilter {
  pool?: string | undefined
  state?: Unit['state'] | undefined
  /** First part of the place. */
  ward?: string | undefined
}

/** By pool and id. */
export async function listUnits({ sql, site }: Records, { pool, state, ward }: UnitFilter = {}): Promise<UnitRow[]> {
  return sql<UnitRow[]>`
    select u.id, u.pool, u.name, u.place, u.attributes, u.state, u.out_of_service as "outOfService", u.since,
      runs.id as run, runs.pathway as "runPathway"
    from units u left join runs on runs.id = coalesce(nullif(u.turnover_run, ''), nullif(u.holder, ''))
    where u.site = ${site} ${pool === undefined ? sql`` : sql`and u.pool = ${pool}`} ${state === undefined ? sql`` : sql`and u.state = ${state}`}
      ${ward === undefined ? sql`` : sql`and split_part(u.place, '/', 1) = ${ward}`}
    order by u.pool, u.id`
}

export interface HeldRow extends Omit<HeldUnits, 'holder'> {
  run: string
  pathway: string
}

/** Who holds what. */
export async function listHeld(
  { sql, site }: Records,
  { pool, run }: { pool?: string | undefined; run?: string | undefined } = {},
): Promise<HeldRow[]> {
  return sql<HeldRow[]>`
    select h.holder as run, coalesce(runs.pathway, '') as pathway, h.hold, h.pool, h.units, h.lots, h.state, h.since
    from held h left join runs on runs.id = h.holder
    where h.site = ${site} ${pool === undefined ? sql`` : sql`and h.pool = ${pool}`} ${run === undefined ? sql`` : sql`and h.holder = ${run}`}
    order by h.pool, h.since, h.holder, h.hold`
}

export interface OccupancyRow {
  pool: string
  ward: string
  /** Units that are not closed. */
  open: number
  /** Reserved ones included. */
  occupied: number
}

/** By pool and ward; stock apart. */
export async function listOccupancy({ sql, site }: Records): Promise<OccupancyRow[]> {
  return sql<OccupancyRow[]>`
    select pool, split_part(place, '/', 1) as ward, count(*) filter (where state <> 'closed')::int as open,
      count(*) filter (where state in ('reserved', 'occupied'))::int as occupied
    from units where site = ${site} group by 1, 2 order by 1, 2`
}

export interface QueueRow {
  run: string
  pathway: string
  wait: number
  /** BPMN id and label of what asks. */
  element: string
  name: string
  priority: number
  needs: { pool: string; quantity: number; where: object[] }[]
  explanation: Explanation
}

/** Who waits for what, and why, in order of arrival. */
export async function listQueue(records: Records, { pool }: { pool?: string | undefined } = {}): Promise<QueueRow[]> {
  const { sql, site } = records
  const at = await hospitalNow(records)
  const snapshot = (await sql.begin('isolation level repeatable read read only', (tx) => readLedger(tx, site, 0))) as Awaited<
    ReturnType<typeof readLedger>
  >
  const ledger = createLedger(snapshot, await siteTime(records, sql, site))
  const asked = snapshot.requests.filter(({ needs }) => pool === undefined || needs.some((need) => need.pool === pool))
  const rows: QueueRow[] = []
  for (const { holder, wait, priority, needs } of asked) {
    const explanation = explain(ledger, holder, wait, at)
    const run = await readRun(records, holder)
    if (!explanation || !run) continue
    rows.push({ run: holder, pathway: run.pathway, wait, ...(await elementOf(records, run, wait)), priority, needs, explanation })
  }
  return rows
}

async function elementOf(records: Records, { hash, instance }: NonNullable<Awaited<ReturnType<typeof readRun>>>, wait: number) {
  const node = instance?.marking.waits.find(({ id }) => id === wait)?.node ?? 0
  const { id, name } = (await loadProgram(records, hash)).nodes[node]!
  return { element: id, name }
}

/** Closes a unit by hand (at once when nobody has it, else when it is given back), or opens it again. @throws RecordsError `unknownUnit`. */
export async function closeUnit(records: Records, unit: string, closed: boolean, at: number): Promise<UnitRow> {
  await changeLedger(records, at, async (ledger, tx) => {
    if (!ledger.units.has(unit)) throw new RecordsError('unknownUnit', `There is no unit "${unit}".`)
    setClosed(ledger, unit, closed, at)
    await tx`update units set blocked_by = null, block_reason = null where site = ${records.site} and id = ${unit}`
  })
  return (await listUnits(records)).find(({ id }) => id === unit)!
}

export interface Delivery {
  pool: string
  lot: string
  quantity: number
  /** Hospital times. */
  expiresAt: number
  at: number
}

/** A delivery of stock: ends the order under way and its alert, and grants what waited for it. @throws RecordsError `unknownPool`. */
export async function restockPool(
  records: Records,
  { pool, lot, quantity, expiresAt, at }: Delivery,
  given?: Transaction,
): Promise<void> {
  const change = async (ledger: Ledger, tx: Transaction) => {
    if (ledger.pools.get(pool)?.pool.kind !== 'stock') throw new RecordsError('unknownPool', `There is no stock "${pool}".`)
    restock(ledger, pool, lot, quantity, expiresAt)
    await endReorder(tx, records.site, pool, at)
  }
  await changeLedger(records, at, change, records.site, given)
}

/** The oldest order of a stock has come: nobody need look for it any more. */
export async function endReorder(sql: Queries, site: string, pool: string, at: number): Promise<void> {
  const [order] = await sql<{ id: number }[]>`
    update reorders set delivered_at = ${at}
    where id = (select min(id) from reorders where site = ${site} and pool = ${pool} and delivered_at is null) returning id`
  if (order)
    await sql`
      update alerts set state = 'closed', closed_at = ${at} where site = ${site} and cause = ${`reorder ${order.id}`} and state = 'open'`
}
