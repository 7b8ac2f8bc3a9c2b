/** The worklist: what people have to do. */
import type { Variables } from '../pathways/language/feel/value.ts'
import type { Queries, Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'
import type { TaskState } from './schema.ts'

export interface TaskRow {
  /** `run:wait` */
  id: string
  run: string
  wait: number
  pathway: string
  /** Hash of its Program. */
  hash: string
  patient: string | null
  element: string
  name: string
  kind: 'user' | 'manual'
  role: string
  unit: string
  place: string
  form: string
  priority: number
  state: TaskState
  assignee: string | null
  /** The last time somebody handed it over; null for never. */
  handover: Handover | null
  completedBy: string | null
  completionKey: string | null
  createdAt: number
  dueAt: number | null
  endedAt: number | null
}

export interface Handover {
  by: string
  at: number
  note: string
}

export interface TaskFilter extends PageRequest {
  /** Hospital time: what is due before it is late, and comes first. The pages that follow one go by its time. */
  at: number
  /** All roles when absent. */
  roles?: string[] | undefined
  states?: TaskState[] | undefined
  unit?: string | undefined
  run?: string | undefined
  priorityMin?: number | undefined
  assignee?: string | undefined
  /** Late ones only. */
  late?: boolean | undefined
}

type SealedTask = Omit<TaskRow, 'handover'> & { handover: Uint8Array | null }

const opened = <Row extends SealedTask>(
  { encryption }: Records,
  row: Row,
): Omit<Row, 'handover'> & Pick<TaskRow, 'handover'> => ({
  ...row,
  handover: row.handover && encryption.decryptJson<Handover>(row.handover),
})

const columns = (sql: Queries) => sql`
  id, run, wait, pathway, hash, patient, element, name, kind, role, unit, place, form, priority, state, assignee, handover,
  completed_by as "completedBy", completion_key as "completionKey", created_at as "createdAt", due_at as "dueAt", ended_at as "endedAt"`

/** Late ones first, then most urgent, then oldest; open and claimed ones unless `states` says otherwise. */
export async function listTasks(records: Records, filter: TaskFilter): Promise<Page<TaskRow>> {
  const { sql } = records
  const { roles, states = ['open', 'claimed'], unit, run, priorityMin, assignee, late, limit } = filter
  const key = keyOfCursor(filter.cursor, ['number', 'boolean', 'fraction', 'number', 'string'])
  const at = key ? (key[0] as number) : filter.at
  const isLate = sql`(ended_at is null and coalesce(due_at < ${at}::bigint, false))`
  const toDo = states.every((state) => state === 'open' || state === 'claimed')
  const where = sql`
    where ${toDo ? sql`ended_at is null and state = any(${states}::text[])` : sql`state = any(${states}::text[])`}
      ${roles === undefined ? sql`` : sql`and role = any(${roles}::text[])`}
      ${unit === undefined ? sql`` : sql`and unit = ${unit}`} ${run === undefined ? sql`` : sql`and run = ${run}`}
      ${priorityMin === undefined ? sql`` : sql`and priority >= ${priorityMin}`}
      ${assignee === undefined ? sql`` : sql`and assignee = ${assignee}`} ${late ? sql`and ${isLate}` : sql``}`
  const after = key
    ? sql`and (not ${isLate}, -priority, created_at, id) > (${!key[1]}::boolean, ${-key[2]!}::float8, ${key[3]!}::bigint, ${key[4]!})`
    : sql``
  const [rows, [count]] = await Promise.all([
    sql<(SealedTask & { isLate: boolean })[]>`
      select ${columns(sql)}, ${isLate} as "isLate" from tasks ${where} ${after}
      order by ${isLate} desc, priority desc, created_at, id limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from tasks ${where}`,
  ])
  const page = pageOf(rows, limit, count!.total, ({ isLate, priority, createdAt, id }) => [at, isLate, priority, createdAt, id])
  return { ...page, items: page.items.map(({ isLate: _, ...row }) => opened(records, row)) }
}

export interface UnitTasks {
  unit: string
  total: number
  late: number
  /** Nobody has them in hand. */
  free: number
}

/** How much there is to do in each unit, for these roles. */
export async function countTasks({ sql }: Records, roles: readonly string[], at: number): Promise<UnitTasks[]> {
  return sql<UnitTasks[]>`
    select unit, count(*)::int as total, count(*) filter (where due_at < ${at})::int as late,
      count(*) filter (where state = 'open')::int as free
    from tasks where ended_at is null and role = any(${roles as string[]}::text[]) group by unit order by unit`
}

/** One task with what its form starts with; null when there is none. */
export async function readTask(records: Records, id: string): Promise<(TaskRow & { inputs: Variables }) | null> {
  const { sql, encryption } = records
  const [row] = await sql<(SealedTask & { inputs: Uint8Array })[]>`select ${columns(sql)}, inputs from tasks where id = ${id}`
  return row ? { ...opened(records, row), inputs: encryption.decryptJson<Variables>(row.inputs) } : null
}

/** Takes a task; taking one's own again changes nothing. @throws RecordsError `unknownTask`, `taskOver`, `taskTaken`. */
export async function claimTask(records: Records, id: string, actor: string, sql: Queries = records.sql): Promise<TaskRow> {
  const [row] = await sql<SealedTask[]>`
    update tasks set state = 'claimed', assignee = ${actor}
    where id = ${id} and ended_at is null and (assignee is null or assignee = ${actor}) returning ${columns(sql)}`
  return row ? opened(records, row) : refuse(sql, id)
}

/** Gives a task back; giving back a free one changes nothing. @throws RecordsError `unknownTask`, `taskOver`, `taskTaken`. */
export async function releaseTask(records: Records, id: string, actor: string, sql: Queries = records.sql): Promise<TaskRow> {
  const [row] = await sql<SealedTask[]>`
    update tasks set state = 'open', assignee = null
    where id = ${id} and ended_at is null and (assignee is null or assignee = ${actor}) returning ${columns(sql)}`
  return row ? opened(records, row) : refuse(sql, id)
}

/** To whom: a role, anybody of which may then take it, or one person of it. */
export interface Receiver {
  role: string
  actor: string | null
}

/**
 * Gives a free task, or one's own, to somebody else, with a note.
 * @throws RecordsError `unknownTask`, `taskOver`, `taskTaken`.
 */
export async function handOverTask(
  records: Records,
  tx: Transaction,
  id: string,
  { role, actor }: Receiver,
  handover: Handover,
): Promise<TaskRow> {
  const [row] = await tx<SealedTask[]>`
    update tasks set state = ${actor === null ? 'open' : 'claimed'}, assignee = ${actor}, role = ${role},
      handover = ${records.encryption.encryptJson(handover)}
    where id = ${id} and ended_at is null and (assignee is null or assignee = ${handover.by}) returning ${columns(tx)}`
  return row ? opened(records, row) : refuse(tx, id)
}

async function refuse(sql: Queries, id: string): Promise<never> {
  const [row] = await sql<{ over: boolean }[]>`select ended_at is not null as over from tasks where id = ${id}`
  if (!row) throw new RecordsError('unknownTask', `There is no task "${id}".`)
  if (row.over) throw new RecordsError('taskOver', `The task "${id}" is done already, or needed no more.`)
  throw new RecordsError('taskTaken', `Somebody else has taken the task "${id}": ask them to give it back.`)
}
