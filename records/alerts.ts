/** Alerts: somebody must look, by a time. */
import type { Queries, Records } from './database.ts'

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
