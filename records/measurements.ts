/** Readings that come in from home. */
import type { Variables } from '../pathways/language/feel/value.ts'
import type { Queries, Records } from './database.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'

export interface MeasurementValue {
  value: number
  unit: string
  /** Further values of the same reading, by name. */
  answers: Variables
}

export interface MeasurementRow extends MeasurementValue {
  id: number
  patient: string
  kind: string
  /** When it was taken. */
  at: number
}

/**
 * Keeps a reading; the same patient's same idempotency key keeps one.
 * @returns its id, and whether it is new.
 */
export async function addMeasurement(
  { encryption, site, sql }: Records,
  reading: Omit<MeasurementRow, 'id'> & { idempotency?: string | null },
  queries: Queries = sql,
): Promise<{ id: number; created: boolean }> {
  const { patient, kind, at, value, unit, answers, idempotency = null } = reading
  const sealed = encryption.encryptJson({ value, unit, answers })
  const [row] = await queries<{ id: number }[]>`
    insert into measurements (site, patient, kind, value, at, idempotency)
    values (${site}, ${patient}, ${kind}, ${sealed}, ${at}, ${idempotency})
    on conflict (patient, idempotency) do nothing returning id`
  if (row) return { id: row.id, created: true }
  const [known] = await queries<{ id: number }[]>`
    select id from measurements where patient = ${patient} and idempotency = ${idempotency}`
  return { id: known!.id, created: false }
}

/** Newest first. */
export async function listMeasurements(
  { sql, encryption }: Records,
  filter: { patient: string; kind?: string | undefined } & PageRequest,
): Promise<Page<MeasurementRow>> {
  const { patient, kind, limit } = filter
  const key = keyOfCursor(filter.cursor, ['number', 'number'])
  const where = sql`where patient = ${patient} ${kind === undefined ? sql`` : sql`and kind = ${kind}`}`
  const after = key ? sql`and (at, id) < (${key[0]!}::bigint, ${key[1]!}::bigint)` : sql``
  const [rows, [count]] = await Promise.all([
    sql<{ id: number; patient: string; kind: string; at: number; value: Uint8Array }[]>`
      select id, patient, kind, at, value from measurements ${where} ${after} order by at desc, id desc limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from measurements ${where}`,
  ])
  const opened = rows.map((row) => ({ ...row, ...encryption.decryptJson<MeasurementValue>(row.value) }))
  return pageOf(opened, limit, count!.total, ({ at, id }) => [at, id])
}

/** What several patients sent since a time, oldest first. */
export async function measurementsSince(
  { sql, encryption }: Records,
  patients: readonly string[],
  since: number,
): Promise<MeasurementRow[]> {
  if (patients.length === 0) return []
  const rows = await sql<{ id: number; patient: string; kind: string; at: number; value: Uint8Array }[]>`
    select id, patient, kind, at, value from measurements
    where patient = any(${patients as string[]}::text[]) and at >= ${since} order by at, id`
  return rows.map((row) => ({ ...row, ...encryption.decryptJson<MeasurementValue>(row.value) }))
}
