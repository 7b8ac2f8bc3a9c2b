/** Patients who are followed at home: how each is, who must act, and by when. */
import type { Instance } from '../pathways/engine/instance.ts'
import type { Records } from './database.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'
import type { Position } from './schema.ts'

/** The pathway of follow-up at home. */
export const FOLLOW_UP = 'telesurveillance'
export const ALERT_COLOURS = ['red', 'orange', 'green'] as const
export type AlertColour = (typeof ALERT_COLOURS)[number]

export interface FollowUpRow {
  run: string
  patient: string
  version: number
  hash: string
  startedAt: number
  positions: Position[]
  instance: Instance | null
  /** Of its most serious open alert; green without one. */
  rank: 0 | 1 | 2
  alert: { id: number; reason: string | null; owner: string; openedAt: number; dueAt: number | null } | null
  /** What is to be done next by somebody; null while nothing is. */
  task: { id: string; name: string; role: string; assignee: string | null; createdAt: number; dueAt: number | null } | null
  /** The last time somebody of the house spoke with them or saw to them; null for never. */
  contact: { what: string; by: string; at: number } | null
}

interface SealedRow extends Omit<FollowUpRow, 'instance' | 'alert'> {
  instance: Uint8Array | null
  alertId: number | null
  reason: Uint8Array | null
  owner: string
  openedAt: number
  dueAt: number | null
  order: number
}

/** Without a clock of its own, one comes after all that have one. */
const NO_CLOCK = 2 ** 52

/** Red first, then orange, then green; among them whose clock ends first. */
export async function listFollowUps(
  { sql, site, encryption }: Records,
  filter: { colour?: AlertColour | undefined; patient?: string | undefined } & PageRequest,
): Promise<Page<FollowUpRow> & { byColour: Record<AlertColour, number> }> {
  const { colour, patient, limit } = filter
  const key = keyOfCursor(filter.cursor, ['number', 'number', 'string'])
  const followed = sql`
    with open as (
      select distinct on (patient) patient, id, owner, reason, opened_at, due_at,
        case level when 'critical' then 0 when 'warning' then 1 else 2 end as rank
      from alerts where site = ${site} and kind = ${FOLLOW_UP} and state = 'open'
      order by patient, rank, due_at, id
    ), followed as (
      select r.id, r.patient, r.version, r.hash, r.started_at, r.positions, r.instance, coalesce(o.rank, 2) as rank, o.id as alert, o.owner,
        o.reason, o.opened_at, o.due_at, coalesce(o.due_at, ${NO_CLOCK}::bigint) as clock
      from runs r left join open o on o.patient = r.patient
      where r.site = ${site} and r.pathway = ${FOLLOW_UP} and r.ended_at is null and r.patient is not null
        ${patient === undefined ? sql`` : sql`and r.patient = ${patient}`}
    )`
  const wanted = colour === undefined ? sql`true` : sql`rank = ${ALERT_COLOURS.indexOf(colour)}`
  const after = key ? sql`and (rank, clock, f.id) > (${key[0]!}::int, ${key[1]!}::bigint, ${key[2]!})` : sql``
  const [rows, counts] = await Promise.all([
    sql<SealedRow[]>`
      ${followed}
      select f.id as run, f.patient, f.version, f.hash, f.started_at as "startedAt", f.positions, f.instance, f.rank, f.alert as "alertId",
        f.owner, f.reason, f.opened_at as "openedAt", f.due_at as "dueAt", f.clock as order, t.task, c.contact
      from followed f
      left join lateral (
        select jsonb_build_object('id', id, 'name', name, 'role', role, 'assignee', assignee, 'createdAt', created_at, 'dueAt', due_at) as task
        from tasks where run = f.id and ended_at is null order by due_at nulls last, created_at limit 1
      ) t on true
      left join lateral (
        select jsonb_build_object('what', what, 'by', by, 'at', at) as contact from (
          select kind as what, by, at from contacts where patient = f.patient and kind in ('call', 'visit', 'message')
          union all
          select name, completed_by, ended_at from tasks where run = f.id and state = 'completed' and completed_by is not null
        ) seen order by at desc limit 1
      ) c on true
      where ${wanted} ${after} order by f.rank, f.clock, f.id limit ${limit + 1}`,
    sql<{ rank: number; count: number }[]>`${followed} select rank, count(*)::int as count from followed group by rank`,
  ])
  const countOf = (one: AlertColour) => counts.find(({ rank }) => rank === ALERT_COLOURS.indexOf(one))?.count ?? 0
  const byColour = { red: countOf('red'), orange: countOf('orange'), green: countOf('green') }
  const total = colour === undefined ? byColour.red + byColour.orange + byColour.green : byColour[colour]
  const page = pageOf(rows, limit, total, ({ rank, order, run }) => [rank, order, run])
  const items = page.items.map(({ instance, alertId, reason, owner, openedAt, dueAt, order: _, ...row }) => ({
    ...row,
    instance: instance && encryption.decryptJson<Instance>(instance),
    alert:
      alertId === null ? null : { id: alertId, reason: reason && encryption.decryptJson<string>(reason), owner, openedAt, dueAt },
  }))
  return { ...page, items, byColour }
}
