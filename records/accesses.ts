/** The trail of who looked for, or at, whose file: written in the same breath as the answer, never changed. */
import type { Records } from './database.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'

export interface AccessRow {
  id: number
  actor: string
  role: string
  what: 'searched' | 'read'
  at: number
}

/** A file that the same person opens again so soon is the same reading: a page that follows it live reads it again and again. */
const SAME_READING_MINUTES = 10

/** @param access.query what was searched for, kept encrypted; null when a file was opened. */
export async function recordAccess(
  { sql, site, encryption }: Records,
  { actor, role, what, patients, query, at }: Omit<AccessRow, 'id'> & { patients: string[]; query: string | null },
): Promise<void> {
  await sql`
    insert into accesses (site, actor, role, what, patients, query, at)
    select ${site}, ${actor}, ${role}, ${what}, ${patients}::text[], ${query && encryption.encryptJson(query)}::bytea, ${at}
    where ${what} <> 'read' or not exists (
      select 1 from accesses where patients @> ${patients}::text[] and actor = ${actor} and what = 'read'
        and wall > now() - ${SAME_READING_MINUTES} * interval '1 minute')`
}

/** Who was shown this patient, newest first. */
export async function listAccesses({ sql }: Records, filter: { patient: string } & PageRequest): Promise<Page<AccessRow>> {
  const { patient, limit } = filter
  const key = keyOfCursor(filter.cursor, ['number'])
  const where = sql`where patients @> ${[patient]}::text[]`
  const after = key ? sql`and id < ${key[0]!}` : sql``
  const [rows, [count]] = await Promise.all([
    sql<AccessRow[]>`select id, actor, role, what, at from accesses ${where} ${after} order by id desc limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from accesses ${where}`,
  ])
  return pageOf(rows, limit, count!.total, ({ id }) => [id])
}
