/** Incidents: a system activity that gave up, or a request that nothing could ever grant; somebody decides. */
import type { Effect } from '../pathways/engine/contract.ts'
import { type ImpossibleReason, request } from '../pathways/resources/index.ts'
import type { Queries, Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { changeLedger } from './ledger-change.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'
import { cancelRun } from './runs.ts'

/** A request that nothing could ever grant, as the run asked for it. The values that it filters by may be a patient's. */
export type RefusedRequest = Extract<Effect, { type: 'acquire' }> & { refused: { pool: string; reason: ImpossibleReason } }

export interface IncidentRow {
  id: number
  run: string
  wait: number
  pathway: string
  element: string
  name: string
  /** Name of the system activity, or `request`. */
  activity: string
  reason: string
  owner: string
  state: 'open' | 'resolved'
  remedy: 'retry' | 'skip' | 'cancel' | null
  remedyReason: string | null
  resolvedBy: string | null
  openedAt: number
  resolvedAt: number | null
  /** Null for a system activity. */
  request: RefusedRequest | null
}

const columns = (sql: Queries) => sql`
  id, run, wait, pathway, element, name, activity, reason, owner, state, remedy, remedy_reason as "remedyReason",
  resolved_by as "resolvedBy", opened_at as "openedAt", resolved_at as "resolvedAt", request`

/** Open ones first, then newest first. */
export async function listIncidents(
  { sql }: Records,
  filter: { state?: 'open' | 'resolved' | undefined; run?: string | undefined } & PageRequest,
): Promise<Page<IncidentRow>> {
  const { state, run, limit } = filter
  const key = keyOfCursor(filter.cursor, ['boolean', 'number', 'number'])
  const where = sql`where true ${state === undefined ? sql`` : sql`and state = ${state}`} ${run === undefined ? sql`` : sql`and run = ${run}`}`
  const after = key
    ? sql`and (state = 'open', opened_at, id) < (${key[0]!}::boolean, ${key[1]!}::bigint, ${key[2]!}::bigint)`
    : sql``
  const [rows, [count]] = await Promise.all([
    sql<IncidentRow[]>`
      select ${columns(sql)} from incidents ${where} ${after} order by state = 'open' desc, opened_at desc, id desc limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from incidents ${where}`,
  ])
  return pageOf(rows, limit, count!.total, ({ state, openedAt, id }) => [state === 'open', openedAt, id])
}

/** Null when there is none. */
export async function readIncident({ sql }: Records, id: string | number, given: Queries = sql): Promise<IncidentRow | null> {
  if (!/^\d{1,15}$/.test(String(id))) return null
  const [row] = await given<IncidentRow[]>`select ${columns(given)} from incidents where id = ${id}`
  return row ?? null
}

/**
 * Decides about a request that could not be granted: asks again (beds may have been added), or cancels the run. The workflow knows nothing of
 * such an incident: it simply waits. Asked again in vain, it is an incident again.
 * @throws RecordsError `unknownIncident`.
 */
export async function resolveRefusedRequest(
  records: Records,
  decision: { id: string | number; action: 'retry' | 'cancel'; reason: string; by: string; at: number },
): Promise<void> {
  const { id, action, reason, by, at } = decision
  const decide = async (tx: Transaction) => {
    const [incident] = await tx<{ run: string; wait: number; request: RefusedRequest }[]>`
      update incidents set state = 'resolved', remedy = ${action}, remedy_reason = ${reason}, resolved_by = ${by}, resolved_at = ${at}
      where id = ${id} and state = 'open' and activity = 'request' returning run, wait, request`
    if (!incident) throw new RecordsError('unknownIncident', `There is no open incident "${id}" about a request.`)
    return incident
  }
  if (action === 'cancel') {
    await records.sql.begin(async (tx) => {
      // The run's row is locked before its incidents', as when it steps.
      const incident = await readIncident(records, id, tx)
      if (incident?.state === 'open') await cancelRun(records, { run: incident.run, reason, by, at }, tx)
      await decide(tx)
    })
    return
  }
  await changeLedger(records, at, async (ledger, tx) => {
    const { run, wait, request: asked } = await decide(tx)
    const { needs, priority, slot } = asked
    request(ledger, { holder: run, wait, needs, priority, slot, at })
  })
}
