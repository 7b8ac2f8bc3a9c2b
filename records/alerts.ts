/** Alerts: somebody must look, by a time. */
import { recordAct } from './acts.ts'
import type { Queries, Records, Transaction } from './database.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'

export interface NewAlert {
  site: string
  kind: string
  /** Raised again with the same cause, it is the same alert. */
  cause?: string
  run?: string
  unit?: string
  pool?: string
  patient?: string
  place?: string
  level: 'info' | 'warning' | 'critical'
  /** The role that must answer. */
  owner: string
  /** May be about a patient's health: stored encrypted. */
  reason?: string
  openedAt: number
  dueAt?: number
}

/** Raises alerts, each cause once. */
export async function raiseAlerts(records: Records, sql: Queries, alerts: NewAlert[]): Promise<void> {
  if (alerts.length === 0) return
  const rows = alerts.map((alert) => ({
    site: alert.site,
    kind: alert.kind,
    cause: alert.cause ?? null,
    run: alert.run ?? null,
    unit: alert.unit ?? null,
    pool: alert.pool ?? null,
    patient: alert.patient ?? null,
    place: alert.place ?? '',
    level: alert.level,
    owner: alert.owner,
    state: 'open',
    reason: alert.reason === undefined ? null : records.encryption.encryptJson(alert.reason),
    opened_at: alert.openedAt,
    due_at: alert.dueAt ?? null,
  }))
  await sql`insert into alerts ${sql(rows as unknown as Record<string, string>[])} on conflict (site, cause) do nothing`
}

export interface AlertRow {
  id: number
  kind: string
  level: NewAlert['level']
  run: string | null
  unit: string | null
  pool: string | null
  patient: string | null
  place: string
  owner: string
  reason: string | null
  state: 'open' | 'closed'
  openedAt: number
  dueAt: number | null
  closedAt: number | null
  closedBy: string | null
  /** What was done about it. */
  closeNote: string | null
}

/** Open ones first, then newest first. */
export async function listAlerts(
  { sql, encryption }: Records,
  filter: { state?: 'open' | 'closed' | undefined; patient?: string | undefined; run?: string | undefined } & PageRequest,
): Promise<Page<AlertRow>> {
  const { state, patient, run, limit } = filter
  const key = keyOfCursor(filter.cursor, ['boolean', 'number', 'number'])
  const where = sql`
    where true ${state === undefined ? sql`` : sql`and state = ${state}`} ${patient === undefined ? sql`` : sql`and patient = ${patient}`}
      ${run === undefined ? sql`` : sql`and run = ${run}`}`
  const after = key
    ? sql`and (state = 'open', opened_at, id) < (${key[0]!}::boolean, ${key[1]!}::bigint, ${key[2]!}::bigint)`
    : sql``
  const [rows, [count]] = await Promise.all([
    sql<(Omit<AlertRow, 'reason' | 'closeNote'> & { reason: Uint8Array | null; closeNote: Uint8Array | null })[]>`
      select id, kind, level, run, unit, pool, patient, place, owner, reason, state, opened_at as "openedAt", due_at as "dueAt",
        closed_at as "closedAt", closed_by as "closedBy", close_note as "closeNote"
      from alerts ${where} ${after} order by state = 'open' desc, opened_at desc, id desc limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from alerts ${where}`,
  ])
  const read = (sealed: Uint8Array | null) => sealed && encryption.decryptJson<string>(sealed)
  const opened = rows.map((row) => ({ ...row, reason: read(row.reason), closeNote: read(row.closeNote) }))
  return pageOf(opened, limit, count!.total, ({ state, openedAt, id }) => [state === 'open', openedAt, id])
}

export interface AlertClosing {
  by: string
  at: number
  /** What was done about it: kept encrypted, for it may be about a patient's health. */
  note: string
}

/** Somebody has seen to it; it is in the fact log where it is about a run. False when it was closed already, or never was. */
export async function closeAlert(
  records: Records,
  tx: Transaction,
  id: string | number,
  { by, at, note }: AlertClosing,
): Promise<boolean> {
  const [closed] = await tx<{ run: string | null }[]>`
    update alerts set state = 'closed', closed_at = ${at}, closed_by = ${by}, close_note = ${records.encryption.encryptJson(note)}
    where id = ${id} and state = 'open' returning run`
  if (closed?.run) {
    const act = { act: 'alertClosed' as const, run: closed.run, element: '', name: '', type: '' }
    await recordAct(records, tx, { ...act, at, by, detail: { alert: Number(id), note } })
  }
  return closed !== undefined
}

export interface HandedAction {
  /** Of the intervention, in the forecast's what-if. */
  number: number
  action: string
  owner: string
  state: 'open' | 'closed'
  openedAt: number
  dueAt: number | null
  closedAt: number | null
}

/** Interventions of a forecast that were handed to somebody, in their order. */
export async function handedActions({ sql, site, encryption }: Records, forecast: string): Promise<HandedAction[]> {
  const rows = await sql<(Omit<HandedAction, 'number' | 'action'> & { cause: string; reason: Uint8Array | null })[]>`
    select cause, reason, owner, state, opened_at as "openedAt", due_at as "dueAt", closed_at as "closedAt" from alerts
    where site = ${site} and kind = 'forecastAction' and starts_with(cause, ${`${forecast} `}) order by id`
  return rows
    .map(({ cause, reason, ...row }) => ({
      ...row,
      number: Number(cause.slice(forecast.length + 1)),
      action: reason === null ? '' : (encryption.decryptJson(reason) as string),
    }))
    .sort((one, other) => one.number - other.number)
}
