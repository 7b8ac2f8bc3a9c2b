/** Migrations of many runs: planned, started, stopped, gone on with. Each run moves in one step of its own (`commit.ts`), exactly once. */
import { randomBytes } from 'node:crypto'
import type { MigrationPlan, MigrationRefusal } from '../pathways/engine/index.ts'
import type { CommitBatch } from './batch.ts'
import type { Queries, Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import type { MigrationRunState, MigrationState } from './schema.ts'

/** Notified when a migration is started: `sql.listen(MIGRATIONS_CHANNEL, …)`. */
export const MIGRATIONS_CHANNEL = 'migrations'

export interface MigrationRow {
  id: string
  pathway: string
  fromVersion: number
  toVersion: number
  /** When it is for one run alone; null for all. */
  onlyRun: string | null
  plan: MigrationPlan
  state: MigrationState
  createdBy: string
  createdAt: number
  startedBy: string | null
  endedAt: number | null
  /** Of its runs, how many are in which state; before it starts, those it would take are `pending`. */
  counts: Record<MigrationRunState, number>
}

export interface NewMigration {
  pathway: string
  fromVersion: number
  toVersion: number
  /** For one run alone; all of them without. */
  onlyRun?: string | undefined
  plan: MigrationPlan
  by: string
  /** Hospital time. */
  at: number
}

/** Keeps a plan; nothing moves yet. @returns its id. @throws RecordsError `unknownVersion`; `notPublished` for a draft; `unknownRun` for one that is not under way there. */
export async function createMigration(tx: Transaction, migration: NewMigration): Promise<string> {
  const { pathway, fromVersion, toVersion, onlyRun = null, plan, by, at } = migration
  for (const version of [fromVersion, toVersion]) {
    const [row] = await tx<{ state: string }[]>`
      select state from pathway_versions where pathway = ${pathway} and version = ${version}`
    if (!row) throw new RecordsError('unknownVersion', `There is no version ${version} of the pathway "${pathway}".`)
    if (row.state === 'draft')
      throw new RecordsError('notPublished', `Version ${version} of "${pathway}" is a draft: publish it before runs move to it.`)
  }
  if (onlyRun !== null) {
    const [run] = await tx`
      select 1 from runs where id = ${onlyRun} and pathway = ${pathway} and version = ${fromVersion} and ended_at is null`
    if (!run)
      throw new RecordsError(
        'unknownRun',
        `No run "${onlyRun}" of "${pathway}" is under way on version ${fromVersion}: it has ended or moved.`,
      )
  }
  const id = `migration-${randomBytes(8).toString('hex')}`
  await tx`
    insert into migrations (id, pathway, from_version, to_version, only_run, plan, state, created_by, created_at)
    values (${id}, ${pathway}, ${fromVersion}, ${toVersion}, ${onlyRun}, ${JSON.stringify(plan)}::jsonb, 'planned', ${by}, ${at})`
  return id
}

const selected = (sql: Queries) => sql`
  select m.id, m.pathway, m.from_version as "fromVersion", m.to_version as "toVersion", m.only_run as "onlyRun", m.plan, m.state, m.created_by as "createdBy",
    m.created_at as "createdAt", m.started_by as "startedBy", m.ended_at as "endedAt", json_build_object(
      'pending', case when m.state in ('running', 'done') then count(r.run) filter (where r.state = 'pending')
        else (select count(*) from runs where runs.pathway = m.pathway and runs.version = m.from_version and ended_at is null
          and (m.only_run is null or runs.id = m.only_run)) end,
      'moved', count(r.run) filter (where r.state = 'moved'), 'refused', count(r.run) filter (where r.state = 'refused'),
      'over', count(r.run) filter (where r.state = 'over')) as counts
  from migrations m left join migration_runs r on r.migration = m.id`

/** Newest first. */
export async function listMigrations({ sql }: Records, pathway?: string): Promise<MigrationRow[]> {
  return sql<MigrationRow[]>`
    ${selected(sql)} where ${pathway === undefined ? sql`true` : sql`m.pathway = ${pathway}`} group by m.id order by m.created_at desc, m.id`
}

/** @throws RecordsError `unknownMigration`. */
export async function readMigration({ sql }: Records, id: string): Promise<MigrationRow> {
  const [row] = await sql<MigrationRow[]>`${selected(sql)} where m.id = ${id} group by m.id`
  if (!row) throw unknown(id)
  return row
}

/**
 * Corrects the plan of one that does not run; what it refused before is looked at anew.
 * @throws RecordsError `unknownMigration`, `migrationUnderWay`.
 */
export async function changePlan(records: Records, id: string, plan: MigrationPlan): Promise<void> {
  await records.sql.begin(async (tx) => {
    const state = await lock(tx, id)
    if (state === 'running') throw new RecordsError('migrationUnderWay', `The migration "${id}" is under way: stop it first.`)
    await tx`
      update migrations set plan = ${JSON.stringify(plan)}::jsonb, ended_at = null,
        state = case state when 'done' then 'stopped' else state end where id = ${id}`
    await tx`update migration_runs set state = 'pending', refusals = '[]' where migration = ${id} and state = 'refused'`
  })
}

/** Begins, or goes on: every run under way on the older version is taken, or the one that it is for. Repeating it changes nothing. @throws RecordsError `unknownMigration`. */
export async function startMigration(records: Records, id: string, by: string): Promise<void> {
  await records.sql.begin(async (tx) => {
    await lock(tx, id)
    await tx`
      insert into migration_runs (migration, run, state)
      select m.id, runs.id, 'pending' from migrations m join runs on runs.pathway = m.pathway and runs.version = m.from_version
      where m.id = ${id} and runs.ended_at is null and (m.only_run is null or runs.id = m.only_run) on conflict do nothing`
    await tx`update migrations set state = 'running', started_by = ${by}, ended_at = null where id = ${id}`
    await tx`select pg_notify(${MIGRATIONS_CHANNEL}, ${id})`
  })
}

/** What is being moved still moves; nothing else does, until it is started again. @throws RecordsError `unknownMigration`. */
export async function stopMigration(records: Records, id: string): Promise<void> {
  await records.sql.begin(async (tx) => {
    if ((await lock(tx, id)) === 'running') await tx`update migrations set state = 'stopped' where id = ${id}`
  })
}

export interface PendingRun {
  migration: string
  run: string
  plan: MigrationPlan
  /** Of the newer version's Program. */
  hash: string
}

/** The next runs to be moved, of all migrations that run; a migration without any is done. */
export async function takePendingRuns({ sql }: Records, limit: number, at: number): Promise<PendingRun[]> {
  await sql`
    update migrations m set state = 'done', ended_at = ${at}
    where state = 'running' and not exists (select 1 from migration_runs r where r.migration = m.id and r.state = 'pending')`
  return sql<PendingRun[]>`
    select r.migration, r.run, m.plan, v.hash from migration_runs r join migrations m on m.id = r.migration
    join pathway_versions v on v.pathway = m.pathway and v.version = m.to_version
    where m.state = 'running' and r.state = 'pending' order by m.created_at, r.run limit ${limit}`
}

/** What became of a run; the step by which it moves has noted that already (`noteMoved`). */
export async function settlePendingRun(
  { sql }: Records,
  { migration, run }: Pick<PendingRun, 'migration' | 'run'>,
  became: { state: 'moved' | 'refused' | 'over'; refusals?: MigrationRefusal[]; at: number },
): Promise<void> {
  await sql`
    update migration_runs set state = ${became.state}, refusals = ${JSON.stringify(became.refusals ?? [])}::jsonb, at = ${became.at}
    where migration = ${migration} and run = ${run} and state = 'pending'`
}

/** In the transaction of the step by which a run moves: the run, its tasks and the migration all know of the newer version. */
export async function noteMoved(tx: Transaction, { run, migration, instance }: CommitBatch): Promise<void> {
  if (migration === undefined) return
  const { program, bookkeeping } = instance
  await Promise.all([
    tx`
      update runs set hash = ${program}, version = (select to_version from migrations where id = ${migration}) where id = ${run}`,
    tx`update tasks set hash = ${program} where run = ${run} and ended_at is null`,
    tx`update migration_runs set state = 'moved', at = ${bookkeeping.at} where migration = ${migration} and run = ${run}`,
  ])
}

async function lock(tx: Transaction, id: string): Promise<MigrationState> {
  const [row] = await tx<{ state: MigrationState }[]>`select state from migrations where id = ${id} for update`
  if (!row) throw unknown(id)
  return row.state
}

const unknown = (id: string) => new RecordsError('unknownMigration', `There is no migration "${id}".`)
