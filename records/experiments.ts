/** Experiments of the twin as people ask for them: begun, listed, stopped, extended. What simulates them is in `experiment-work.ts`. */
import { randomBytes } from 'node:crypto'
import type { Queries, Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'
import type { ExperimentAction, ExperimentState } from './schema.ts'

/** Notified with the id of an experiment when it is begun, stopped or extended, and when it has come further. */
export const EXPERIMENTS_CHANNEL = 'experiments'

/** What of an experiment the records hand on as it is: the twin knows its shape. */
export interface ExperimentContent<Scenario = unknown, Programs = unknown> {
  scenario: Scenario
  programs: Programs
}

/** With what was asked for, and found, since: it counts instead of what the scenario says. */
export interface AskedExperiment<Scenario, Programs, WarmUp = { days: number }> extends ExperimentContent<Scenario, Programs> {
  /** Replications. */
  asked: unknown
  warmUpFound: WarmUp | null
  /** Null of what is no search. */
  search: unknown
}

export interface NewExperiment extends ExperimentContent {
  name: string
  seed: number
  source: unknown
  /** Null of what is no search. */
  search: unknown
  replications: unknown
  overloads: unknown
  engine: string
  by: string
  /** Hospital time. */
  at: number
}

export interface ExperimentRow {
  id: string
  name: string
  seed: number
  engine: string
  /** Null of what is no search. */
  search: unknown
  replications: unknown
  horizon: string
  warmUp: string
  warmUpFound: { days: number; isShort: boolean } | null
  overloads: unknown
  state: ExperimentState
  reason: string | null
  enough: number | null
  /** Replications that are finished. */
  finished: number
  /** Of those under way, the parts that are done. */
  underWay: number
  simulatedMs: number
  createdBy: string
  createdAt: number
  endedAt: number | null
  actions: ExperimentAction[]
}

/** Keeps it, for a worker to find. @returns its id. */
export async function createExperiment(tx: Transaction, experiment: NewExperiment): Promise<string> {
  const { name, seed, source, scenario, programs, search, replications, overloads, engine, by, at } = experiment
  const id = `experiment-${randomBytes(8).toString('hex')}`
  const actions: ExperimentAction[] = [{ action: 'started', by, at }]
  await tx`
    insert into experiments (id, name, seed, source, scenario, programs, search, replications, overloads, engine, state, created_by, created_at, actions)
    values (${id}, ${name}, ${seed}, ${asJson(source)}::text::json, ${asJson(scenario)}::text::json, ${asJson(programs)}::text::json,
      ${search ? asJson(search) : null}::text::json, ${asJson(replications)}::text::json, ${asJson(overloads)}::jsonb, ${engine}, 'running', ${by}, ${at}, ${asJson(actions)}::jsonb)`
  await notify(tx, id)
  return id
}

const columns = (sql: Queries) => sql`
  id, name, seed, engine, search, replications, scenario->>'horizon' as horizon,
  case when warm_up is null then scenario->>'warmUp' else 'P' || (warm_up->>'days') || 'D' end as "warmUp", warm_up as "warmUpFound",
  overloads, state, reason, enough, (select count(*)::int from experiment_replications r where r.experiment = e.id
    and (json_typeof(replications) <> 'number' or search is not null or r.replication < (replications#>>'{}')::int)) as finished,
  (select coalesce(sum(value::float8), 0) from jsonb_each_text(under_way)) as "underWay", simulated_ms as "simulatedMs",
  created_by as "createdBy", created_at as "createdAt", ended_at as "endedAt", actions`

/** Newest first. */
export async function listExperiments({ sql }: Records, { limit, cursor }: PageRequest): Promise<Page<ExperimentRow>> {
  const key = keyOfCursor(cursor, ['number', 'string'])
  const after = key ? sql`where created_at <= ${key[0]!} and (created_at < ${key[0]!} or id > ${key[1]!})` : sql``
  const [rows, [count]] = await Promise.all([
    sql<ExperimentRow[]>`select ${columns(sql)} from experiments e ${after} order by created_at desc, id limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from experiments`,
  ])
  return pageOf(rows, limit, count!.total, ({ createdAt, id }) => [createdAt, id])
}

/** @throws RecordsError `unknownExperiment`. */
export async function readExperiment({ sql }: Records, id: string): Promise<ExperimentRow> {
  const [row] = await sql<ExperimentRow[]>`select ${columns(sql)} from experiments e where id = ${id}`
  return row ?? unknown(id)
}

/** The files that it was asked for with. @throws RecordsError `unknownExperiment`. */
export async function experimentSource({ sql }: Records, id: string): Promise<unknown> {
  const [row] = await sql<{ source: unknown }[]>`select source from experiments where id = ${id}`
  return row ? row.source : unknown(id)
}

/** What is simulated. @throws RecordsError `unknownExperiment`. */
export async function experimentContent<Scenario, Programs>(
  { sql }: Records,
  id: string,
): Promise<AskedExperiment<Scenario, Programs>> {
  const [row] = await sql<AskedExperiment<Scenario, Programs>[]>`select ${content(sql)} from experiments where id = ${id}`
  return row ?? unknown(id)
}

/** Nothing more is simulated; what is finished stays. Repeating it changes nothing. @throws RecordsError `unknownExperiment`. */
export async function stopExperiment({ sql }: Records, id: string, by: string, at: number): Promise<void> {
  await sql.begin(async (tx) => {
    if ((await lock(tx, id)).state !== 'running') return
    await tx`
      update experiments set state = 'stopped', generation = generation + 1, under_way = '{}', ended_at = ${at},
        actions = actions || ${action('stopped', by, at)}::jsonb where id = ${id}`
    await notify(tx, id)
  })
}

/**
 * More replications, after those that are there; one that was stopped goes on.
 * @param settle says what is asked for from now on, knowing how many are there without a gap.
 * @throws RecordsError `unknownExperiment`; `otherRelease` when another release made those that are there; what `settle` throws.
 */
export async function extendExperiment(
  tx: Transaction,
  id: string,
  { engine, by, at, settle }: { engine: string; by: string; at: number; settle: (there: number) => unknown },
): Promise<void> {
  const found = await lock(tx, id)
  if (found.engine !== engine)
    throw new RecordsError('otherRelease', `The experiment "${id}" is of release ${found.engine}: begin it again on this one.`)
  const [row] = await tx<{ there: number }[]>`
    select count(*)::int as there from (
      select replication, row_number() over (order by replication) - 1 as place from experiment_replications where experiment = ${id}) as r
    where replication = place`
  await tx`
    update experiments set replications = ${asJson(settle(row!.there))}::text::json, state = 'running', generation = generation + 1, enough = null,
      reason = null, ended_at = null, under_way = '{}', actions = actions || ${action('extended', by, at)}::jsonb where id = ${id}`
  await notify(tx, id)
}

export interface ExperimentFindings<Scenario, Programs, WarmUp>
  extends Omit<AskedExperiment<Scenario, Programs, WarmUp>, 'search'> {
  name: string
  engine: string
  measures: string[]
  /** By replication, from 0 on, without a gap. */
  values: number[][]
}

/** What is known so far; null before a replication is finished. @throws RecordsError `unknownExperiment`. */
export async function readFindings<Scenario, Programs, WarmUp>(
  { sql }: Records,
  id: string,
): Promise<ExperimentFindings<Scenario, Programs, WarmUp> | null> {
  type Row = ExperimentFindings<Scenario, Programs, WarmUp> & { enough: number | null; measures: string[] | null }
  const [[row], rows] = await Promise.all([
    sql<Row[]>`select name, engine, enough, measures, ${content(sql)} from experiments where id = ${id}`,
    sql<{ replication: number; values: number[] }[]>`
      select replication, values from experiment_replications where experiment = ${id} order by replication`,
  ])
  if (!row) return unknown(id)
  const gap = rows.findIndex(({ replication }, index) => replication !== index)
  const values = rows.slice(0, row.enough ?? (gap < 0 ? rows.length : gap)).map((each) => each.values)
  if (values.length === 0 || !row.measures) return null
  const { name, engine, measures, scenario, programs, asked, warmUpFound } = row
  return { name, engine, measures, scenario, programs, asked, warmUpFound, values }
}

/** The scenario as it is asked for now: `->` keeps the text, and with it the order of keys. */
export const content = (sql: Queries) => sql`scenario, programs, search, replications as "asked", warm_up as "warmUpFound"`

export const notify = (sql: Queries, id: string) => sql`select pg_notify(${EXPERIMENTS_CHANNEL}, ${id})`

const asJson = (value: unknown) => JSON.stringify(value)
const action = (what: ExperimentAction['action'], by: string, at: number) => asJson([{ action: what, by, at }])

async function lock(tx: Transaction, id: string): Promise<{ state: ExperimentState; engine: string }> {
  const [row] = await tx<{ state: ExperimentState; engine: string }[]>`
    select state, engine from experiments where id = ${id} for update`
  return row ?? unknown(id)
}

function unknown(id: string): never {
  throw new RecordsError('unknownExperiment', `There is no experiment "${id}".`)
}
