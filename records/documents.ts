/** Documents: what was written about a patient, and whether it has arrived where it must. */
import type { Queries, Records } from './database.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'

export interface DocumentRow {
  id: string
  patient: string
  run: string
  /** LOINC. */
  typeCode: string
  title: string
  uniqueId: string
  state: 'created' | 'deposited'
  createdAt: number
  depositedAt: number | null
  mailedAt: number | null
}

export interface DocumentFilter extends PageRequest {
  patient?: string | undefined
  run?: string | undefined
  deposited?: boolean | undefined
}

const columns = (sql: Queries) => sql`
  id, patient, run, type_code as "typeCode", title, unique_id as "uniqueId", state, created_at as "createdAt",
  deposited_at as "depositedAt", mailed_at as "mailedAt"`

/** Newest first, without their content. */
export async function listDocuments({ sql }: Records, filter: DocumentFilter): Promise<Page<DocumentRow>> {
  const { patient, run, deposited, limit } = filter
  const key = keyOfCursor(filter.cursor, ['number', 'string'])
  const where = sql`
    where true ${patient === undefined ? sql`` : sql`and patient = ${patient}`} ${run === undefined ? sql`` : sql`and run = ${run}`}
      ${deposited === undefined ? sql`` : sql`and (deposited_at is not null) = ${deposited}`}`
  const after = key ? sql`and created_at <= ${key[0]!} and (created_at < ${key[0]!} or id > ${key[1]!})` : sql``
  const [rows, [count]] = await Promise.all([
    sql<DocumentRow[]>`select ${columns(sql)} from documents ${where} ${after} order by created_at desc, id limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from documents ${where}`,
  ])
  return pageOf(rows, limit, count!.total, ({ createdAt, id }) => [createdAt, id])
}

/** One document with its CDA as text; null when there is none. */
export async function readDocument({ sql, encryption }: Records, id: string): Promise<(DocumentRow & { cda: string }) | null> {
  const [row] = await sql<(DocumentRow & { cda: Uint8Array })[]>`select ${columns(sql)}, cda from documents where id = ${id}`
  return row ? { ...row, cda: encryption.decrypt(row.cda).toString('utf8') } : null
}
