/** The command centre's last hours, kept at quarters of an hour; and what the newest forecast says of the next ones. */
import type { Records } from './database.ts'

export const SAMPLE_MS = 15 * 60_000
const KEPT_MS = 48 * 3_600_000

/** Keeps what was seen, and forgets what is too old for any trend. */
export async function addCommandCentreSample({ sql, site }: Records, at: number, values: Record<string, number>): Promise<void> {
  await sql`
    with forgotten as (delete from command_centre_samples where site = ${site} and at < ${at - KEPT_MS})
    insert into command_centre_samples (site, at, values) values (${site}, ${at}, ${JSON.stringify(values)}::jsonb) on conflict do nothing`
}

export interface CommandCentreSample {
  at: number
  values: Record<string, number>
}

/** In order of time. */
export async function readCommandCentreSamples({ sql, site }: Records, since: number): Promise<CommandCentreSample[]> {
  return sql<CommandCentreSample[]>`
    select at, values from command_centre_samples where site = ${site} and at >= ${since} order by at`
}

export interface ForecastBands {
  id: string
  at: number
  hours: number
  quantiles: number[]
  bands: { name: string; quantiles: number[][] }[]
}

/** The newest forecast of the hospital as it is, no what-if, whose hours are not over; only these series of it. */
export async function readNewestBands({ sql, site }: Records, series: string[], at: number): Promise<ForecastBands | null> {
  const [row] = await sql<ForecastBands[]>`
    select id, at, hours, result->'quantiles' as quantiles, coalesce((
      select jsonb_agg(jsonb_build_object('name', band->'name', 'quantiles', band->'quantiles'))
      from jsonb_array_elements(result->'bands') as band where band->>'name' = any(${series}::text[])), '[]') as bands
    from forecasts where site = ${site} and what_if is null and at <= ${at} and at + hours * 3600000::bigint > ${at}
    order by at desc, id limit 1`
  return row ?? null
}
