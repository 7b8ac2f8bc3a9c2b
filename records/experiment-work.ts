/** Experiments as those who simulate them see them. Every change is of one generation: after a stop or an extension, what comes late changes nothing. */
import type { Records } from './database.ts'
import { type AskedExperiment, content, notify } from './experiments.ts'
import type { ExperimentRound, ExperimentState } from './schema.ts'

export interface ExperimentGeneration {
  id: string
  generation: number
}

/** Experiments of a release whose workflow is to be started. */
export async function unbegunExperiments({ sql }: Records, engine: string): Promise<ExperimentGeneration[]> {
  return sql<ExperimentGeneration[]>`
    select id, generation from experiments where state = 'running' and engine = ${engine} and begun < generation order by created_at, id`
}

export async function noteBegun({ sql }: Records, { id, generation }: ExperimentGeneration): Promise<void> {
  await sql`update experiments set begun = greatest(begun, ${generation}) where id = ${id}`
}

/** Experiments that another release has begun and not finished. */
export async function experimentsOfOthers(
  { sql }: Records,
  engine: string,
): Promise<(ExperimentGeneration & { engine: string })[]> {
  return sql<(ExperimentGeneration & { engine: string })[]>`
    select id, generation, engine from experiments where state = 'running' and engine <> ${engine} order by created_at, id`
}

/** Begins it again on this release, from nothing: what two releases simulate need not be the same. */
export async function adoptExperiment({ sql }: Records, { id, generation }: ExperimentGeneration, engine: string): Promise<void> {
  await sql.begin(async (tx) => {
    const { count } = await tx`
      update experiments set engine = ${engine}, generation = generation + 1, measures = null, warm_up = null, under_way = '{}', simulated_ms = 0
      where id = ${id} and generation = ${generation} and state = 'running'`
    if (count === 0) return
    await tx`delete from experiment_replications where experiment = ${id}`
    await notify(tx, id)
  })
}

/** What there is to simulate; null when there is nothing more to do for this generation. */
export async function experimentWork<Scenario, Programs>(
  { sql }: Records,
  { id, generation }: ExperimentGeneration,
): Promise<AskedExperiment<Scenario, Programs> | null> {
  const [row] = await sql<AskedExperiment<Scenario, Programs>[]>`
    select ${content(sql)} from experiments where id = ${id} and generation = ${generation} and state = 'running'`
  return row ?? null
}

export interface ExperimentPace {
  asked: unknown
  isSearch: boolean
  /** The scenario's. */
  confidence: number
  isWarmUpMissing: boolean
  measures: string[]
  /** Replications that are there. */
  finished: number
  simulatedMs: number
  /** Of the workers that took part in the last round. */
  threads: number
}

/** How far it is; null when there is nothing more to do for this generation. */
export async function experimentPace({ sql }: Records, { id, generation }: ExperimentGeneration): Promise<ExperimentPace | null> {
  const [row] = await sql<ExperimentPace[]>`
    select replications as asked, search is not null as "isSearch", (scenario->>'confidence')::float8 as confidence,
      scenario->>'warmUp' = 'auto' and warm_up is null as "isWarmUpMissing", coalesce(measures, '[]') as measures,
      (select count(*)::int from experiment_replications where experiment = id) as finished, simulated_ms as "simulatedMs",
      (select coalesce(sum(value::int), 0)::int from jsonb_each_text(round->'threads')) as threads
    from experiments where id = ${id} and generation = ${generation} and state = 'running'`
  return row ?? null
}

/** One measure of the replications that are there, from 0 on, without a gap. @param place of the measure, from 0. */
export async function measureValues({ sql }: Records, id: string, place: number): Promise<number[]> {
  const rows = await sql<{ replication: number; value: number }[]>`
    select replication, values[${place + 1}] as value from experiment_replications where experiment = ${id} order by replication`
  const gap = rows.findIndex(({ replication }, index) => replication !== index)
  return rows.slice(0, gap < 0 ? rows.length : gap).map(({ value }) => value)
}

/** What replications measured, by their numbers. @param numbers those that are looked for; all of them, else. */
export async function replicationValues({ sql }: Records, id: string, numbers?: number[]): Promise<Map<number, number[]>> {
  const rows = await sql<{ replication: number; values: number[] }[]>`
    select replication, values from experiment_replications
    where experiment = ${id} ${numbers ? sql`and replication = any(${numbers}::int[])` : sql``}`
  return new Map(rows.map(({ replication, values }) => [replication, values]))
}

/** Numbers of replications that are not there, the lowest first. */
export async function missingReplications(
  { sql }: Records,
  id: string,
  { from = 0, upTo, limit }: { from?: number; upTo: number; limit: number },
): Promise<number[]> {
  const rows = await sql<{ replication: number }[]>`
    select replication from generate_series(${from}::int, ${upTo - 1}::int) as replication
    where not exists (select 1 from experiment_replications r where r.experiment = ${id} and r.replication = replication.replication)
    order by replication limit ${limit}`
  return rows.map(({ replication }) => replication)
}

/** What is simulated next, chunk by chunk. */
export async function beginRound(
  { sql }: Records,
  { id, generation }: ExperimentGeneration,
  chunks: [first: number, count: number][],
): Promise<void> {
  await sql`
    update experiments set round = ${JSON.stringify({ chunks, taken: {}, threads: {} } satisfies ExperimentRound)}::jsonb where id = ${id} and generation = ${generation}`
}

/**
 * The chunk of a slot: the first time, the lowest that nobody has taken, so that replications are finished in order whoever comes first.
 * @returns null when this generation is over.
 */
export async function takeChunk(
  { sql }: Records,
  { id, generation }: ExperimentGeneration,
  slot: number,
  worker: { id: string; threads: number },
): Promise<[first: number, count: number] | null> {
  const key = String(slot)
  const [row] = await sql<{ chunk: [number, number] }[]>`
    update experiments set round = round || jsonb_build_object(
      'taken', jsonb_build_object(${key}::text, (select count(*) from jsonb_object_keys(round->'taken'))) || (round->'taken'),
      'threads', (round->'threads') || jsonb_build_object(${worker.id}::text, ${worker.threads}::int))
    where id = ${id} and generation = ${generation} and state = 'running'
    returning round->'chunks'->((round->'taken'->>${key})::int) as chunk`
  return row?.chunk ?? null
}

export interface FinishedReplications extends ExperimentGeneration {
  measures: string[]
  replications: { replication: number; values: number[] }[]
  /** Wall milliseconds that they took. */
  tookMs: number
}

/** Keeps what replications measured, each once. @returns false when this generation is over, and nothing was kept. */
export async function keepReplications({ sql }: Records, finished: FinishedReplications): Promise<boolean> {
  const { id, generation, measures, replications, tookMs } = finished
  return sql.begin(async (tx) => {
    const { count } = await tx`
      update experiments set measures = coalesce(measures, ${JSON.stringify(measures)}::jsonb), simulated_ms = simulated_ms + ${tookMs}
      where id = ${id} and generation = ${generation} and state = 'running'`
    if (count === 0) return false
    const numbers = replications.map(({ replication }) => replication)
    // A number's text is read back to the very same bits.
    const values = replications.map((each) => `{${each.values.join(',')}}`)
    await tx`
      insert into experiment_replications (experiment, replication, values)
      select ${id}, number, list::float8[] from unnest(${numbers}::int[], ${values}::text[]) as finished (number, list)
      on conflict do nothing`
    await notify(tx, id)
    return true
  })
}

/** How much of the replications under way of a chunk is done; 0 when the chunk is. */
export async function tellUnderWay(
  { sql }: Records,
  { id, generation }: ExperimentGeneration,
  { chunk, done }: { chunk: number; done: number },
): Promise<void> {
  const key = String(chunk)
  await sql`
    update experiments set under_way = ${done > 0 ? sql`under_way || jsonb_build_object(${key}::text, ${done}::float8)` : sql`under_way - ${key}::text`}
    where id = ${id} and generation = ${generation} and state = 'running'`
  if (done > 0) await notify(sql, id)
}

export async function keepWarmUp(
  { sql }: Records,
  { id, generation }: ExperimentGeneration,
  found: { days: number },
): Promise<void> {
  await sql`update experiments set warm_up = ${JSON.stringify(found)}::jsonb where id = ${id} and generation = ${generation}`
}

/** Its end, once. @param enough how many replications count, where a measure said so. */
export async function concludeExperiment(
  { sql }: Records,
  { id, generation }: ExperimentGeneration,
  end: { state: Exclude<ExperimentState, 'running'>; at: number; enough?: number; reason?: string },
): Promise<void> {
  await sql.begin(async (tx) => {
    const { count } = await tx`
      update experiments set state = ${end.state}, enough = ${end.enough ?? null}, reason = ${end.reason ?? null}, ended_at = ${end.at},
        under_way = '{}' where id = ${id} and generation = ${generation} and state = 'running'`
    if (count > 0) await notify(tx, id)
  })
}

/** Whether a generation is still to be simulated. */
export async function isUnderWay({ sql }: Records, { id, generation }: ExperimentGeneration): Promise<boolean> {
  const rows = await sql`select 1 from experiments where id = ${id} and generation = ${generation} and state = 'running'`
  return rows.length > 0
}
