/** Who is in the hospital: every open run, the step at which it is, where its task is done, and how urgent triage found it. */
import type { Instance } from '../pathways/engine/instance.ts'
import type { Records } from './database.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'
import type { Position } from './schema.ts'
import { OPENED_MAX } from './stays.ts'

export interface Presence {
  id: string
  pathway: string
  /** Of its Program. */
  hash: string
  positions: Position[]
  /** Of its newest open task; null without one, or where that says none. */
  place: string | null
  /** Of triage, 1 the most urgent; 0 before it. */
  urgency: number
}

interface Row extends Omit<Presence, 'urgency'> {
  sequence: number
}

/** What was found in a run's instance, which is encrypted: it is opened again only after another commit, and no more once triage is done. */
const found = new WeakMap<Records, Map<string, { sequence: number; urgency: number }>>()

/** By id. @param withUrgency whoever asks may see it: else it is 0. */
export async function listPresence(
  records: Records,
  { limit, cursor }: PageRequest,
  withUrgency: boolean,
): Promise<Page<Presence>> {
  const { sql, site } = records
  const key = keyOfCursor(cursor, ['string'])
  const [rows, [count]] = await Promise.all([
    sql<Row[]>`
      select id, pathway, hash, positions, sequence, (
        select place from tasks where run = runs.id and ended_at is null and place <> '' order by created_at desc limit 1) as place
      from runs where site = ${site} and ended_at is null ${key ? sql`and id > ${key[0]!}` : sql``} order by id limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from runs where site = ${site} and ended_at is null`,
  ])
  const urgencies = withUrgency ? await urgenciesOf(records, rows) : null
  const items = rows.map(({ sequence, ...row }): Presence => ({ ...row, urgency: urgencies?.get(row.id) ?? 0 }))
  return pageOf(items, limit, count!.total, ({ id }) => [id])
}

async function urgenciesOf(records: Records, rows: Row[]): Promise<Map<string, number>> {
  const { sql, encryption } = records
  const known = found.get(records) ?? new Map<string, { sequence: number; urgency: number }>()
  found.set(records, known)
  if (known.size > OPENED_MAX) known.clear()
  const unread = rows.filter(({ id, sequence }) => {
    const before = known.get(id)
    return !before || (before.urgency === 0 && before.sequence !== sequence)
  })
  if (unread.length > 0) {
    const instances = await sql<{ id: string; sequence: number; instance: Uint8Array | null }[]>`
      select id, sequence, instance from runs where id in ${sql(unread.map(({ id }) => id))}`
    for (const { id, sequence, instance } of instances)
      known.set(id, { sequence, urgency: instance ? urgencyOf(encryption.decryptJson<Instance>(instance)) : 0 })
  }
  return new Map(rows.map(({ id }) => [id, known.get(id)?.urgency ?? 0]))
}

/** As the library's triage writes it. */
const urgencyOf = ({ variables }: Instance): number => {
  const triage = variables[0]?.triage as { order?: unknown } | null | undefined
  const order = triage?.order
  return typeof order === 'number' && order >= 1 && order <= 9 ? order : 0
}
