/** Runs as people ask for them. */
import type { Event } from '../pathways/engine/contract.ts'
import type { Instance } from '../pathways/engine/instance.ts'
import { currentClock } from './clock.ts'
import type { Queries, Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { addToOutbox } from './outbox.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'
import type { Position, RunState } from './schema.ts'

export interface RunSummary {
  id: string
  site: string
  pathway: string
  version: number
  /** Of its Program. */
  hash: string
  patient: string | null
  callerRun: string | null
  state: RunState
  startedAt: number
  endedAt: number | null
  sequence: number
  positions: Position[]
  errorCode: string | null
  errorElement: string | null
  cancelledBy: string | null
  cancelReason: string | null
}

export interface RunFilter extends PageRequest {
  pathway?: string | undefined
  state?: RunState | undefined
  /** BPMN id of an element it stands on. */
  element?: string | undefined
  patient?: string | undefined
  /** Its id, or the beginning of the last part of it. */
  named?: string | undefined
  /** Only those with an open incident: somebody must decide. */
  troubled?: boolean | undefined
  /** Started at this hospital time or later. */
  since?: number | undefined
}

const columns = (sql: Queries) => sql`
  id, site, pathway, version, hash, patient, caller_run as "callerRun", state, started_at as "startedAt", ended_at as "endedAt", sequence,
  positions, error_code as "errorCode", error_element as "errorElement", cancelled_by as "cancelledBy", cancel_reason as "cancelReason"`

/** The first text, byte by byte, after all those that begin so. */
const after = (beginning: string) =>
  beginning.slice(0, -1) + String.fromCodePoint(beginning.codePointAt(beginning.length - 1)! + 1)

/** Newest first. How many there are is counted once, for the first page: the cursor takes it along. */
export async function listRuns({ sql }: Records, filter: RunFilter): Promise<Page<RunSummary>> {
  const { pathway, state, element, patient, named, troubled, since, limit } = filter
  const key = keyOfCursor(filter.cursor, ['number', 'string', 'number'])
  const open = state === 'starting' || state === 'running' || element !== undefined
  const where = sql`
    where true ${pathway === undefined ? sql`` : sql`and pathway = ${pathway}`} ${state === undefined ? sql`` : sql`and state = ${state}`}
      ${open ? sql`and ended_at is null` : sql``} ${patient === undefined ? sql`` : sql`and patient = ${patient}`}
      ${element === undefined ? sql`` : sql`and positions @> ${JSON.stringify([{ element }])}::jsonb`}
      ${
        // As a range of bytes: of a pattern that is a parameter, Postgres cannot use the index.
        named === undefined
          ? sql``
          : sql`and (id = ${named} or (substring(id from '[^-]*$') ~>=~ ${named} and substring(id from '[^-]*$') ~<~ ${after(named)}))`
      }
      ${troubled ? sql`and id in (select run from incidents where state = 'open')` : sql``}
      ${since === undefined ? sql`` : sql`and started_at >= ${since}`}`
  const next = key ? sql`and started_at <= ${key[0]!} and (started_at < ${key[0]!} or id > ${key[1]!})` : sql``
  const [rows, [count]] = await Promise.all([
    sql<RunSummary[]>`select ${columns(sql)} from runs ${where} ${next} order by started_at desc, id limit ${limit + 1}`,
    key ? [{ total: key[2] as number }] : sql<{ total: number }[]>`select count(*)::int as total from runs ${where}`,
  ])
  const { total } = count!
  return pageOf(rows, limit, total, ({ startedAt, id }) => [startedAt, id, total])
}

/** One run with its Instance (null before its first step); null when there is none. */
export async function readRun(
  { sql, encryption }: Records,
  id: string,
): Promise<(RunSummary & { instance: Instance | null }) | null> {
  const [row] = await sql<
    (RunSummary & { instance: Uint8Array | null })[]
  >`select ${columns(sql)}, instance from runs where id = ${id}`
  return row ? { ...row, instance: row.instance && encryption.decryptJson<Instance>(row.instance) } : null
}

/**
 * Asks a run to end: durable when this returns, heard soon after. Who asked first, and why, stays with the run.
 * @throws RecordsError `unknownRun`, `runOver`.
 */
export async function cancelRun(
  records: Records,
  { run, reason, by, at, traceparent }: { run: string; reason: string; by: string; at?: number; traceparent?: string },
  given?: Transaction,
): Promise<void> {
  if (!given) return records.sql.begin((tx) => cancelRun(records, { run, reason, by, at, traceparent }, tx))
  const [row] = await given<{ over: boolean }[]>`select ended_at is not null as over from runs where id = ${run}`
  if (!row) throw new RecordsError('unknownRun', `There is no run "${run}".`)
  if (row.over) throw new RecordsError('runOver', `The run "${run}" is over already.`)
  await noteCancellation(given, run, by, reason)
  const event: Event = { type: 'cancelled', at: at ?? (await currentClock(records, records.site, given)).hospitalNow, reason }
  await addToOutbox(records, given, [{ target: run, kind: 'event', payload: event }], traceparent)
}

/** Who asks for a run's end, and why; the first to ask stays. */
export async function noteCancellation(tx: Transaction, run: string, by: string, reason: string): Promise<void> {
  await tx`
    update runs set cancelled_by = coalesce(cancelled_by, ${by}), cancel_reason = coalesce(cancel_reason, ${reason}) where id = ${run}`
}

export interface PositionCount {
  element: string
  count: number
  /** Of those, how many wait for resources. */
  waiting: number
  /** Since when the longest has been there. */
  since: number
}

/** How many of a pathway's open runs stand on each element. */
export async function countPositions({ sql }: Records, pathway: string): Promise<PositionCount[]> {
  return sql<PositionCount[]>`
    select position->>'element' as element, count(*)::int as count,
      count(*) filter (where position->>'state' = 'requesting')::int as waiting, min((position->>'since')::bigint) as since
    from runs, jsonb_array_elements(positions) as position
    where pathway = ${pathway} and ended_at is null group by 1 order by 1`
}
