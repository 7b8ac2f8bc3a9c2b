/** The hospital's figures at a glance. */
import type { Records } from './database.ts'

export interface Counters {
  /** Runs under way, and completed ones, by pathway. */
  running: Record<string, number>
  completed: Record<string, number>
  /** Tasks to do, by role. */
  tasks: Record<string, number>
  /** Requests that wait. */
  queue: number
  deposits: number
  mails: number
  /** Open ones. */
  alerts: number
  incidents: number
}

type Counted = { name: string; count: number }

export async function readCounters({ sql, site }: Records): Promise<Counters> {
  const [running, completed, tasks, [figures]] = await Promise.all([
    sql<Counted[]>`select pathway as name, count(*)::int as count from runs where ended_at is null group by 1 order by 1`,
    sql<Counted[]>`select pathway as name, count(*)::int as count from runs where state = 'completed' group by 1 order by 1`,
    sql<Counted[]>`select role as name, count(*)::int as count from tasks where ended_at is null group by 1 order by 1`,
    sql<Omit<Counters, 'running' | 'completed' | 'tasks'>[]>`
      select (select count(*)::int from requests where site = ${site}) as queue,
        (select count(*)::int from documents where deposited_at is not null) as deposits,
        (select count(*)::int from documents where mailed_at is not null) as mails,
        (select count(*)::int from alerts where state = 'open') as alerts,
        (select count(*)::int from incidents where state = 'open') as incidents`,
  ])
  return { running: byName(running), completed: byName(completed), tasks: byName(tasks), ...figures! }
}

const byName = (rows: readonly Counted[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ name, count }) => [name, count]))
