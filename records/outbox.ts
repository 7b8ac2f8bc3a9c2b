/**
 * The outbox: what must reach Temporal. Rows are written in the transaction that causes them, taken in order by a relay, and taken again
 * until they are marked as delivered; whoever hears one twice knows it by its id.
 */
import type { Event } from '../pathways/engine/contract.ts'
import type { Instance } from '../pathways/engine/instance.ts'
import type { SiteTime } from '../pathways/time/site.ts'
import type { Queries, Records } from './database.ts'
import { siteTime } from './sites.ts'

/** Notified whenever a row is added: `sql.listen(OUTBOX_CHANNEL, …)`. */
export const OUTBOX_CHANNEL = 'outbox'
/** How long a taken row is left to whoever took it. */
const LEASE_SECONDS = 10
const BACKOFF_SECONDS_MAX = 30
/** Serialises the taking, so that two relays never reverse what one run hears. */
const TAKING_LOCK = 4_927_403

/** What begins a run: its first event; nothing when it goes on from the Instance that the records have. */
export interface StartPayload {
  first?: Event
  resume?: true
}

export interface OutboxEntry {
  target: string
  kind: 'start' | 'event'
  payload: StartPayload | Event
}

interface OutboxBase {
  id: string
  run: string
  traceparent: string
  /** How often it was taken, this time included. */
  attempts: number
}
export type OutboxItem =
  | (OutboxBase & { kind: 'event'; event: Event })
  | (OutboxBase & {
      kind: 'start'
      pathway: string
      hash: string
      site: SiteTime
      /** The first event, or null when the run goes on from `instance`, committed under `sequence`. */
      first: Event | null
      sequence: number
      instance: Instance | null
      /** Another run waits for its end. */
      called: boolean
    })

/** Adds rows, in order, and wakes the relay when the transaction commits. */
export async function addToOutbox(records: Records, tx: Queries, entries: OutboxEntry[], traceparent = ''): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ target, kind, payload }) => ({
    target,
    kind,
    payload: records.encryption.encryptJson(payload),
    traceparent,
  }))
  await Promise.all([tx`insert into outbox ${tx(rows)}`, tx`select pg_notify(${OUTBOX_CHANNEL}, '')`])
}

interface OutboxRow {
  id: number
  target: string
  kind: 'start' | 'event'
  payload: Uint8Array
  traceparent: string
  attempts: number
  site: string
  pathway: string
  hash: string
  sequence: number
  instance: Uint8Array | null
  called: boolean
}

/**
 * The oldest rows that may be delivered now, in order; those of one run must be delivered in this order, and none
 * after one that failed. They are nobody else's for ten seconds. A row that waits after a failure holds back the later ones of its run.
 */
export async function takeOutbox(records: Records, limit: number): Promise<OutboxItem[]> {
  const rows = await records.sql.begin(async (tx): Promise<OutboxRow[]> => {
    const [lock] = await tx`select pg_try_advisory_xact_lock(${TAKING_LOCK}) as taken`
    if (!lock!.taken) return []
    return tx<OutboxRow[]>`
      with taken as (
        update outbox set wall_available = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second', attempts = attempts + 1
        where id in (
          select id from outbox candidate
          where wall_delivered is null and wall_available <= clock_timestamp() and not exists (
            select 1 from outbox earlier where earlier.target = candidate.target and earlier.id < candidate.id
              and earlier.wall_delivered is null and earlier.wall_available > clock_timestamp())
          order by id limit ${limit})
        returning id, target, kind, payload, traceparent, attempts)
      select taken.*, runs.site, runs.pathway, runs.hash, runs.sequence, runs.caller_run is not null as called, case when taken.kind = 'start' then runs.instance end as instance
      from taken left join runs on runs.id = taken.target order by taken.id`
  })
  const items: OutboxItem[] = []
  for (const row of rows) items.push(await itemOf(records, row))
  return items
}

async function itemOf(records: Records, row: OutboxRow): Promise<OutboxItem> {
  const { target: run, traceparent, attempts, pathway, hash, sequence, called } = row
  const base = { id: String(row.id), run, traceparent, attempts }
  if (row.kind === 'event') return { ...base, kind: 'event', event: records.encryption.decryptJson<Event>(row.payload) }
  const { first = null, resume } = records.encryption.decryptJson<StartPayload>(row.payload)
  const instance = resume && row.instance ? records.encryption.decryptJson<Instance>(row.instance) : null
  const site = await siteTime(records, records.sql, row.site)
  return { ...base, kind: 'start', pathway, hash, site, first, sequence: instance ? sequence : 0, instance, called }
}

/** Temporal has accepted them. */
export async function markDelivered(records: Records, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await records.sql`
    update outbox set wall_delivered = clock_timestamp(), last_error = null
    where id = any(${ids.map(Number)}::bigint[]) and wall_delivered is null`
}

/** Not now: it is taken again after a while, longer each time. @param reason without health data: an error's name. */
export async function markFailed(records: Records, id: string, reason: string): Promise<void> {
  await records.sql`
    update outbox set last_error = ${reason},
      wall_available = clock_timestamp() + least(${BACKOFF_SECONDS_MAX}, 0.25 * power(2, least(attempts, 10))) * interval '1 second'
    where id = ${id} and wall_delivered is null`
}

/** How many wait, and for how long the oldest has. Wall milliseconds. */
export async function outboxBacklog(records: Records): Promise<{ waiting: number; oldestMs: number }> {
  const [row] = await records.sql<{ waiting: number; oldestMs: number }[]>`
    select count(*)::int as waiting, coalesce(extract(epoch from clock_timestamp() - min(wall_created)) * 1000, 0)::float8 as "oldestMs"
    from outbox where wall_delivered is null`
  return row!
}

/** Forgets what was delivered long ago. @returns how many rows. */
export async function pruneOutbox(records: Records, olderThanHours: number): Promise<number> {
  const gone = await records.sql`
    delete from outbox where wall_delivered < clock_timestamp() - ${olderThanHours} * interval '1 hour'`
  return gone.count
}
