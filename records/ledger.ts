/**
 * A site's allocation ledger in Postgres. Whoever needs it locks the site's row until its transaction ends, so there is one allocator at a
 * time. The ledger is kept in memory between transactions, and read again only when another process has changed it: the site's row
 * carries a mark that each change draws anew.
 */
import { randomUUID } from 'node:crypto'
import { createLedger, drainChanges, type Ledger, type LedgerChanges, type LedgerSnapshot } from '../pathways/resources/index.ts'
import type { Queries, Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { siteTime } from './sites.ts'

/** A ledger that this transaction alone may change. */
export interface OpenLedger {
  site: string
  ledger: Ledger
  state: string
}

/** Waits for the site's lock. @throws RecordsError `unknownSite`. */
export async function openLedger(records: Records, tx: Transaction, site: string): Promise<OpenLedger> {
  const [row] = await tx<{ state: string; sequence: number }[]>`
    select ledger_state::text as state, ledger_sequence as sequence from sites where id = ${site} for update`
  if (!row) throw new RecordsError('unknownSite', `There is no site "${site}".`)
  const kept = records.ledgers.get(site)
  // Taken out while it changes: should this transaction fail, nobody meets what it left.
  records.ledgers.delete(site)
  if (kept?.state === row.state) return { site, ...kept }
  const time = await siteTime(records, tx, site)
  const ledger = createLedger(await readLedger(tx, site, row.sequence), time, { trackChanges: true })
  return { site, ledger, state: row.state }
}

/**
 * Writes what changed. The last thing a transaction does with it: from then on it is kept for the next one, which finds the new mark in
 * the database only if this transaction was committed.
 */
export async function saveLedger(records: Records, tx: Transaction, { site, ledger, state }: OpenLedger): Promise<void> {
  const changes = drainChanges(ledger)
  const writes = changeQueries(tx, site, changes)
  let next = state
  if (writes.length > 0) {
    next = randomUUID()
    writes.push(tx`update sites set ledger_state = ${next}, ledger_sequence = ${changes.nextSequence} where id = ${site}`)
    await Promise.all(writes)
  }
  records.ledgers.set(site, { state: next, ledger })
}

/** The whole ledger as plain JSON. */
export async function readLedger(sql: Queries, site: string, nextSequence: number): Promise<LedgerSnapshot> {
  const [pools, units, lots, calendars, requests, held] = await Promise.all([
    sql<LedgerSnapshot['pools']>`
      select id, name, kind, turnover, reorder_threshold as "reorderThreshold", reorder_quantity as "reorderQuantity", ordered,
        passes_max as "passesMax" from pools where site = ${site} order by id`,
    sql<LedgerSnapshot['units']>`
      select id, pool, name, place, attributes, state, holder, hold, turnover_run as "turnoverRun", calendar,
        out_of_service as "outOfService", since from units where site = ${site} order by id`,
    sql<LedgerSnapshot['lots']>`
      select pool, lot, quantity, expires_at as "expiresAt" from lots where site = ${site} order by pool, lot`,
    sql<LedgerSnapshot['calendars']>`select id, open from calendars where site = ${site} order by id`,
    sql<LedgerSnapshot['requests']>`
      select holder, wait, needs, priority, slot, at, sequence, passed from requests where site = ${site} order by sequence`,
    sql<LedgerSnapshot['held']>`
      select holder, hold, pool, units, lots, state, since from held where site = ${site} order by holder, hold`,
  ])
  return {
    pools: [...pools],
    units: [...units],
    lots: [...lots],
    calendars: [...calendars],
    requests: [...requests],
    held: [...held],
    nextSequence,
  }
}

/** Everything that differs, as queries not sent yet. */
function changeQueries(tx: Transaction, site: string, changes: LedgerChanges) {
  const queries = []
  const { pools, units, lots, requests, held, lotsGone, requestsGone, heldGone } = changes
  // Rows that go come first: a hold may change hands.
  if (heldGone.length > 0)
    queries.push(tx`delete from held using ${recordset(tx, heldGone, 'holder text, hold int')}
      where held.site = ${site} and held.holder = x.holder and held.hold = x.hold`)
  if (requestsGone.length > 0)
    queries.push(tx`delete from requests using ${recordset(tx, requestsGone, 'holder text, wait int')}
      where requests.site = ${site} and requests.holder = x.holder and requests.wait = x.wait`)
  if (lotsGone.length > 0)
    queries.push(tx`delete from lots using ${recordset(tx, lotsGone, 'pool text, lot text')}
      where lots.site = ${site} and lots.pool = x.pool and lots.lot = x.lot`)
  if (pools.length > 0)
    queries.push(tx`update pools set ordered = x.ordered from ${recordset(tx, pools, 'id text, ordered boolean')}
      where pools.site = ${site} and pools.id = x.id`)
  if (units.length > 0) queries.push(updateUnits(tx, site, units))
  if (lots.length > 0) queries.push(writeLots(tx, site, lots))
  if (requests.length > 0) queries.push(writeRequests(tx, site, requests))
  if (held.length > 0) queries.push(writeHeld(tx, site, held))
  return queries
}

const recordset = (tx: Queries, rows: object[], columns: string) =>
  tx`json_to_recordset(${JSON.stringify(rows)}::json) as x(${tx.unsafe(columns)})`

/** Each unit as it is, and what it has become in the history of what it was. */
const updateUnits = (tx: Queries, site: string, rows: LedgerSnapshot['units']) => tx`
  with changed as (
    update units set state = x.state, holder = x.holder, hold = x.hold, turnover_run = x."turnoverRun", out_of_service = x."outOfService",
      since = x.since
    from ${recordset(tx, rows, 'id text, state text, holder text, hold int, "turnoverRun" text, "outOfService" boolean, since bigint')}
    where units.site = ${site} and units.id = x.id
    returning units.site, units.id, units.since, units.state, coalesce(nullif(units.holder, ''), units.turnover_run) as run)
  insert into unit_states (site, unit, since, state, run) select site, id, since, state, run from changed
  on conflict (site, unit, since) do update set state = excluded.state, run = excluded.run`

const writeLots = (tx: Queries, site: string, rows: LedgerSnapshot['lots']) => tx`
  insert into lots (site, pool, lot, quantity, expires_at)
  select ${site}, x.* from ${recordset(tx, rows, 'pool text, lot text, quantity float8, "expiresAt" bigint')}
  on conflict (site, pool, lot) do update set quantity = excluded.quantity`

const writeRequests = (tx: Queries, site: string, rows: LedgerSnapshot['requests']) => tx`
  insert into requests (site, holder, wait, needs, priority, slot, at, sequence, passed)
  select ${site}, x.holder, x.wait, x.needs, x.priority, nullif(x.slot, 'null'::jsonb), x.at, x.sequence, x.passed from ${recordset(
    tx,
    rows,
    'holder text, wait int, needs jsonb, priority float8, slot jsonb, at bigint, sequence bigint, passed int',
  )}
  on conflict (site, holder, wait) do update set priority = excluded.priority, passed = excluded.passed`

const writeHeld = (tx: Queries, site: string, rows: LedgerSnapshot['held']) => tx`
  insert into held (site, holder, hold, pool, units, lots, state, since)
  select ${site}, x.* from ${recordset(
    tx,
    rows,
    'holder text, hold int, pool text, units jsonb, lots jsonb, state text, since bigint',
  )}
  on conflict (site, holder, hold) do update set units = excluded.units, state = excluded.state, since = excluded.since`

/** Writes a whole ledger over whatever the site has: for setting a hospital up, and for starting one in full swing. */
export async function replaceLedger(records: Records, tx: Transaction, site: string, snapshot: LedgerSnapshot): Promise<void> {
  await tx`select 1 from sites where id = ${site} for update`
  for (const table of ['pools', 'units', 'lots', 'calendars', 'requests', 'held']) {
    await tx`delete from ${tx(table)} where site = ${site}`
  }
  const { pools, units, calendars } = snapshot
  const queries = [
    tx`insert into pools (site, id, name, kind, turnover, reorder_threshold, reorder_quantity, ordered, passes_max)
      select ${site}, x.* from ${recordset(
        tx,
        pools,
        'id text, name text, kind text, turnover text, "reorderThreshold" float8, "reorderQuantity" float8, ordered boolean, "passesMax" bigint',
      )}`,
    tx`insert into units (site, id, pool, name, place, attributes, state, holder, hold, turnover_run, calendar, out_of_service, since)
      select ${site}, x.* from ${recordset(
        tx,
        units,
        'id text, pool text, name text, place text, attributes jsonb, state text, holder text, hold int, "turnoverRun" text, calendar text, "outOfService" boolean, since bigint',
      )}`,
    tx`insert into calendars (site, id, open) select ${site}, x.* from ${recordset(tx, calendars, 'id text, open jsonb')}`,
    writeLots(tx, site, snapshot.lots),
    writeRequests(tx, site, snapshot.requests),
    writeHeld(tx, site, snapshot.held),
    tx`update sites set ledger_state = ${randomUUID()}, ledger_sequence = ${snapshot.nextSequence} where id = ${site}`,
  ]
  await Promise.all(queries)
  records.ledgers.delete(site)
}
