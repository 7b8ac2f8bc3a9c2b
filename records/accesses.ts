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

/** @param access.query what was searched for, kept encrypted; null when a file was opened. */
export async function recordAccess(
  { sql, site, encryption }: Records,
  { actor, role, what, patients, query, at }: Omit<AccessRow, 'id'> & { patients: string[]; query: string | null },
): Promise<void> {
  await sql`
    insert into accesses (site, actor, role, what, patients, query, at)
    values (${site}, ${actor}, ${role}, ${what}, ${patients}, ${query && encryption.encryptJson(query)}, ${at})`
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
