/** What was done for a patient beside the pathway, and by whom: it stays in their file. */
import type { Queries, Records } from './database.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'

export const CONTACT_KINDS = ['call', 'message', 'visit', 'threshold', 'close'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

export interface Thresholds {
  redBelow: number | null
  orangeBelow: number | null
  orangeAbove: number | null
  redAbove: number | null
}

export interface ContactRow {
  id: number
  patient: string
  run: string | null
  alert: number | null
  kind: ContactKind
  /** For `message`, what the patient reads; else for the team. */
  note: string
  /** Those set by `threshold`. */
  thresholds: Thresholds | null
  by: string
  at: number
}

type Content = Pick<ContactRow, 'note' | 'thresholds'>

/** @returns its id. */
export async function addContact(
  { site, encryption }: Records,
  { patient, run, alert, kind, note, thresholds, by, at }: Omit<ContactRow, 'id'>,
  sql: Queries,
): Promise<number> {
  const content = encryption.encryptJson({ note, thresholds } satisfies Content)
  const [row] = await sql<{ id: number }[]>`
    insert into contacts (site, patient, run, alert, kind, content, by, at)
    values (${site}, ${patient}, ${run}, ${alert}, ${kind}, ${content}, ${by}, ${at}) returning id`
  return row!.id
}

/** Newest first. */
export async function listContacts(
  { sql, encryption }: Records,
  filter: { patient: string; kinds?: readonly ContactKind[] } & PageRequest,
): Promise<Page<ContactRow>> {
  const { patient, kinds = CONTACT_KINDS, limit } = filter
  const key = keyOfCursor(filter.cursor, ['number', 'number'])
  const where = sql`where patient = ${patient} and kind = any(${kinds as unknown as string[]}::text[])`
  const after = key ? sql`and (at, id) < (${key[0]!}::bigint, ${key[1]!}::bigint)` : sql``
  const [rows, [count]] = await Promise.all([
    sql<(Omit<ContactRow, keyof Content> & { content: Uint8Array })[]>`
      select id, patient, run, alert, kind, content, by, at from contacts ${where} ${after} order by at desc, id desc limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from contacts ${where}`,
  ])
  const opened = rows.map(({ content, ...row }) => ({ ...row, ...encryption.decryptJson<Content>(content) }))
  return pageOf(opened, limit, count!.total, ({ at, id }) => [at, id])
}
