/**
 * The fact log as people follow it. Ids are drawn when a fact is written, but transactions commit in another order: a reader that went by ids
 * alone would pass over the facts of a slow transaction for ever. So the log is read in the order (transaction, id), and only up to the
 * oldest transaction that is still writing: whatever lies before it is complete and never changes.
 */
import type { RecordedEvent } from '../pathways/engine/contract.ts'
import type { Act } from './acts.ts'
import type { Queries, Records } from './database.ts'
import { RecordsError } from './errors.ts'
import type { Page, PageRequest } from './pages.ts'

export interface FactRow {
  /** Place in the log: `transaction-id`, to go on after. */
  position: string
  at: number
  run: string
  pathway: string
  event: RecordedEvent | Act
  element: string
  elementName: string
  /** `bpmn:UserTask` */
  type: string
  activation: number
  instance: number
}

/** Notified when a step that wrote facts commits: `sql.listen(FACTS_CHANNEL, …)`. */
export const FACTS_CHANNEL = 'facts'

const columns = (sql: Queries) => sql`
  transaction::text || '-' || id as position, at, run, pathway, event, element, element_name as "elementName", type, activation, instance`
const complete = (sql: Queries) => sql`transaction < pg_snapshot_xmin(pg_current_snapshot())`

/** The facts after a position, oldest first; '' begins at the beginning. @throws RecordsError `badCursor`. */
export async function factsAfter({ sql }: Records, position: string, limit: number): Promise<FactRow[]> {
  const after = position === '' ? sql`` : sql`and ${sql`(transaction, id) > ${placeOf(sql, position)}`}`
  return sql<FactRow[]>`
    select ${columns(sql)} from facts where ${complete(sql)} ${after} order by transaction, id limit ${limit}`
}

/** The end of the log now: what follows it has not happened yet. '' for an empty log. */
export async function lastPosition({ sql }: Records): Promise<string> {
  const [row] = await sql<{ position: string }[]>`
    select transaction::text || '-' || id as position from facts where ${complete(sql)} order by transaction desc, id desc limit 1`
  return row?.position ?? ''
}

/** When the site's log begins, hospital milliseconds; null while nothing is in it. */
export async function logBeganAt({ sql, site }: Records): Promise<number | null> {
  const [row] = await sql<{ at: number | null }[]>`select min(at) as at from facts where site = ${site}`
  return row?.at ?? null
}

/** Whether a place in the log comes after another; '' is its beginning. */
export function isAfter(position: string, other: string): boolean {
  const [left, right] = [position, other].map((place) => (place === '' ? [-1n, -1n] : place.split('-').map(BigInt)))
  return left![0]! > right![0]! || (left![0] === right![0] && left![1]! > right![1]!)
}

/** The latest facts of the site, newest first. */
export async function recentFacts({ sql }: Records, limit: number): Promise<FactRow[]> {
  return sql<FactRow[]>`
    select ${columns(sql)} from facts where ${complete(sql)} order by transaction desc, id desc limit ${limit}`
}

/** The history of one run, newest first. @throws RecordsError `badCursor`. */
export async function listFacts({ sql }: Records, filter: { run: string } & PageRequest): Promise<Page<FactRow>> {
  const { run, cursor, limit } = filter
  const after = cursor === undefined ? sql`` : sql`and (transaction, id) < ${placeOf(sql, cursor)}`
  const [rows, [count]] = await Promise.all([
    sql<FactRow[]>`
      select ${columns(sql)} from facts where run = ${run} ${after} order by transaction desc, id desc limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from facts where run = ${run}`,
  ])
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? items.at(-1)!.position : null, total: count!.total }
}

/** What happened to a patient in all their pathways, as people tell it: what has a name; newest first. @throws RecordsError `badCursor`. */
export async function listFactsOfPatient(
  { sql }: Records,
  { patient, cursor, limit }: { patient: string } & PageRequest,
): Promise<Page<FactRow>> {
  const told = sql`
    run in (select id from runs where patient = ${patient}) and element_name <> '' and event not in ('taken', 'entered', 'requested', 'granted', 'released')
    and type not like '%Gateway' and type <> 'bpmn:SequenceFlow'`
  const after = cursor === undefined ? sql`` : sql`and (transaction, id) < ${placeOf(sql, cursor)}`
  const [rows, [count]] = await Promise.all([
    sql<
      FactRow[]
    >`select ${columns(sql)} from facts where ${told} ${after} order by transaction desc, id desc limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from facts where ${told}`,
  ])
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? items.at(-1)!.position : null, total: count!.total }
}

function placeOf(sql: Queries, position: string) {
  const [, transaction, id] = /^(\d{1,20})-(\d{1,15})$/.exec(position) ?? []
  if (transaction === undefined) throw new RecordsError('badCursor', 'This is no place in the fact log: begin again without it.')
  return sql`(${transaction}::xid8, ${id!}::bigint)`
}
