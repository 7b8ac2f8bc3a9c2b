/** What is kept of forecasts: who comes to the hospital, what was said, and what then was. Their content is the twin's, and not read here. */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'

export interface Demand {
  streams: unknown[]
  saidBy: string
  saidAt: number
}

/** Null when nobody has said who comes. */
export async function readDemand({ sql, site }: Records): Promise<Demand | null> {
  const [row] = await sql<Demand[]>`
    select streams, said_by as "saidBy", said_at as "saidAt" from demands where site = ${site}`
  return row ?? null
}

export async function saveDemand({ sql, site }: Records, { streams, saidBy, saidAt }: Demand): Promise<void> {
  await sql`
    insert into demands (site, streams, said_by, said_at) values (${site}, ${JSON.stringify(streams)}::jsonb, ${saidBy}, ${saidAt})
    on conflict (site) do update set streams = excluded.streams, said_by = excluded.said_by, said_at = excluded.said_at`
}

export interface ForecastSummary {
  id: string
  askedBy: string
  at: number
  hours: number
  replications: number
  seed: number
  whatIf: unknown
}

export interface Forecast extends ForecastSummary {
  asked: unknown[]
  result: unknown
  /** By series asked for, by hour: what each replication said, ascending. */
  ensembles: number[][][]
}

export async function addForecast({ site }: Records, tx: Transaction, forecast: Forecast): Promise<void> {
  const { id, askedBy, at, hours, replications, seed, whatIf, asked, result, ensembles } = forecast
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  await tx`
    insert into forecasts (id, site, asked_by, at, hours, replications, seed, what_if, asked, result, ensembles)
    values (${id}, ${site}, ${askedBy}, ${at}, ${hours}, ${replications}, ${seed}, ${json(whatIf)}::jsonb, ${json(asked)}::jsonb,
      ${json(result)}::jsonb, ${gzipSync(JSON.stringify(ensembles))})`
}

/** Newest first. */
export async function listForecasts({ sql, site }: Records, page: PageRequest): Promise<Page<ForecastSummary>> {
  const key = keyOfCursor(page.cursor, ['number', 'string'])
  const after = key ? sql`and (at < ${key[0]!} or (at = ${key[0]!} and id > ${key[1]!}))` : sql``
  const [rows, [count]] = await Promise.all([
    sql<ForecastSummary[]>`
      select id, asked_by as "askedBy", at, hours, replications, seed, what_if as "whatIf" from forecasts
      where site = ${site} ${after} order by at desc, id limit ${page.limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from forecasts where site = ${site}`,
  ])
  return pageOf(rows, page.limit, count!.total, ({ at, id }) => [at, id])
}

/** @throws RecordsError `unknownForecast`. */
export async function readForecast({ sql, site }: Records, id: string): Promise<Forecast> {
  const [row] = await sql<(Omit<Forecast, 'ensembles'> & { ensembles: Uint8Array })[]>`
    select id, asked_by as "askedBy", at, hours, replications, seed, what_if as "whatIf", asked, result, ensembles
    from forecasts where site = ${site} and id = ${id}`
  if (!row) throw new RecordsError('unknownForecast', `There is no forecast "${id}".`)
  return { ...row, ensembles: JSON.parse(gunzipSync(row.ensembles).toString()) as number[][][] }
}

const hourMs = 3_600_000

/**
 * The next hour that a forecast is about and that nobody has looked at yet, hospital milliseconds; null when there is none.
 * @param since hours before it are too long ago to be looked at.
 */
export async function nextSampleAt({ sql, site }: Records, since: number): Promise<number | null> {
  const [row] = await sql<{ due: number | null }[]>`
    select min(due) as due from (
      select at + hour * ${hourMs}::bigint as due from forecasts, generate_series(1, hours) as hour
      where site = ${site} and at + hours * ${hourMs}::bigint >= ${since}) as dues
    where due >= ${since} and not exists (select 1 from forecast_samples where site = ${site} and forecast_samples.at = due)`
  return row!.due
}

export async function addSample({ sql, site }: Records, at: number, values: Record<string, number>): Promise<void> {
  await sql`
    insert into forecast_samples (site, at, values) values (${site}, ${at}, ${JSON.stringify(values)}::jsonb) on conflict do nothing`
}

/** By time: those of the hours that follow a moment. */
export async function readSamples(
  { sql, site }: Records,
  after: number,
  hours: number,
): Promise<Map<number, Record<string, number>>> {
  const times = Array.from({ length: hours }, (_, hour) => after + (hour + 1) * hourMs)
  const rows = await sql<{ at: number; values: Record<string, number> }[]>`
    select at, values from forecast_samples where site = ${site} and at = any(${times}::bigint[])`
  return new Map(rows.map(({ at, values }) => [at, values]))
}

/** Which units were in somebody's hands between two hospital times, and when. */
export async function unitUses(
  { sql, site }: Records,
  from: number,
  until: number,
): Promise<{ unit: string; from: number; until: number | null }[]> {
  // What had not changed since the history began has no row in it.
  return sql<{ unit: string; from: number; until: number | null }[]>`
    with known as (
      select unit, state, since as from, lead(since) over (partition by unit order by since) as until
      from unit_states where site = ${site}),
    all_states as (
      select * from known
      union all
      select id, state, since, null from units u
      where site = ${site} and not exists (select 1 from known where known.unit = u.id))
    select unit, "from", until from all_states
    where state in ('occupied', 'reserved') and "from" < ${until} and (until is null or until > ${from})`
}

/** What happened in an hour, by series of a forecast: runs begun and completed, and end events reached. */
export async function flowsOf({ sql, site }: Records, until: number): Promise<Record<string, number>> {
  const from = until - hourMs
  const [runs, ends] = await Promise.all([
    sql<{ pathway: string; started: number; completed: number }[]>`
      select pathway, count(*) filter (where started_at > ${from} and started_at <= ${until})::int as started,
        count(*) filter (where ended_at > ${from} and ended_at <= ${until} and state = 'completed')::int as completed
      from runs where site = ${site} and (started_at > ${from} or ended_at > ${from}) group by pathway`,
    sql<{ pathway: string; element: string; reached: number }[]>`
      select pathway, element, count(*)::int as reached from facts
      where site = ${site} and at > ${from} and at <= ${until} and event = 'entered' and type = 'bpmn:EndEvent' group by pathway, element`,
  ])
  return Object.fromEntries([
    ...runs.flatMap(({ pathway, started, completed }) => [
      [`${pathway}.started`, started],
      [`${pathway}.completed`, completed],
    ]),
    ...ends.map(({ pathway, element, reached }) => [`${pathway}.${element}.reached`, reached]),
  ]) as Record<string, number>
}
