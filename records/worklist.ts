/** The worklist: what people have to do. */
import type { Variables } from '../pathways/language/feel/value.ts'
import type { Queries, Records } from './database.ts'
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
  completedBy: string | null
  completionKey: string | null
  createdAt: number
  dueAt: number | null
  endedAt: number | null
}

export interface TaskFilter extends PageRequest {
  /** All roles when absent. */
  roles?: string[] | undefined
  states?: TaskState[] | undefined
  unit?: string | undefined
  run?: string | undefined
  priorityMin?: number | undefined
  assignee?: string | undefined
}

const columns = (sql: Queries) => sql`
  id, run, wait, pathway, hash, patient, element, name, kind, role, unit, place, form, priority, state, assignee,
  completed_by as "completedBy", completion_key as "completionKey", created_at as "createdAt", due_at as "dueAt", ended_at as "endedAt"`

/** Most urgent first, then oldest; open and claimed ones unless `states` says otherwise. */
export async function listTasks({ sql }: Records, filter: TaskFilter): Promise<Page<TaskRow>> {
  const { roles, states = ['open', 'claimed'], unit, run, priorityMin, assignee, limit } = filter
  const key = keyOfCursor(filter.cursor, ['fraction', 'number', 'string'])
  const toDo = states.every((state) => state === 'open' || state === 'claimed')
  const where = sql`
    where ${toDo ? sql`ended_at is null and state = any(${states}::text[])` : sql`state = any(${states}::text[])`}
      ${roles === undefined ? sql`` : sql`and role = any(${roles}::text[])`}
      ${unit === undefined ? sql`` : sql`and unit = ${unit}`} ${run === undefined ? sql`` : sql`and run = ${run}`}
      ${priorityMin === undefined ? sql`` : sql`and priority >= ${priorityMin}`}
      ${assignee === undefined ? sql`` : sql`and assignee = ${assignee}`}`
  const after = key
    ? sql`and priority <= ${key[0]!} and (priority < ${key[0]!} or (created_at, id) > (${key[1]!}::bigint, ${key[2]!}))`
    : sql``
  const [rows, [count]] = await Promise.all([
    sql<TaskRow[]>`select ${columns(sql)} from tasks ${where} ${after} order by priority desc, created_at, id limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from tasks ${where}`,
  ])
  return pageOf(rows, limit, count!.total, ({ priority, createdAt, id }) => [priority, createdAt, id])
}

/** One task with what its form starts with; null when there is none. */
export async function readTask({ sql, encryption }: Records, id: string): Promise<(TaskRow & { inputs: Variables }) | null> {
  const [row] = await sql<(TaskRow & { inputs: Uint8Array })[]>`select ${columns(sql)}, inputs from tasks where id = ${id}`
  return row ? { ...row, inputs: encryption.decryptJson<Variables>(row.inputs) } : null
}

/** Takes a task; taking one's own again changes nothing. @throws RecordsError `unknownTask`, `taskOver`, `taskTaken`. */
export async function claimTask({ sql }: Records, id: string, actor: string): Promise<TaskRow> {
  const [row] = await sql<TaskRow[]>`
    update tasks set state = 'claimed', assignee = ${actor}
    where id = ${id} and ended_at is null and (assignee is null or assignee = ${actor}) returning ${columns(sql)}`
  return row ?? refuse(sql, id)
}

/** Gives a task back; giving back a free one changes nothing. @throws RecordsError `unknownTask`, `taskOver`, `taskTaken`. */
export async function releaseTask({ sql }: Records, id: string, actor: string): Promise<TaskRow> {
  const [row] = await sql<TaskRow[]>`
    update tasks set state = 'open', assignee = null
    where id = ${id} and ended_at is null and (assignee is null or assignee = ${actor}) returning ${columns(sql)}`
  return row ?? refuse(sql, id)
}

async function refuse(sql: Queries, id: string): Promise<never> {
  const [row] = await sql<{ over: boolean }[]>`select ended_at is not null as over from tasks where id = ${id}`
  if (!row) throw new RecordsError('unknownTask', `There is no task "${id}".`)
  if (row.over) throw new RecordsError('taskOver', `The task "${id}" is done already, or needed no more.`)
  throw new RecordsError('taskTaken', `Somebody else has taken the task "${id}": ask them to give it back.`)
}
