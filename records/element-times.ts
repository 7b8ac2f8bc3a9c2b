/** How long each element of a pathway was waited for and took, from what happened. */
import type { Records } from './database.ts'

export interface ElementTimes {
  /** BPMN id. */
  element: string
  /** How often it was completed. */
  completed: number
  /** Those of them that had to ask for units, and how long these waited. */
  waited: number
  waitMinutesMean: number | null
  waitMinutesP90: number | null
  /** From when its units were there, or from its beginning where it asks for none, to its completion. */
  workMinutesMean: number | null
  workMinutesP90: number | null
}

/**
 * Of all versions of a pathway, by element: what was completed since a hospital time. Of a multi-instance activity its instances are counted.
 * @param since hospital milliseconds.
 */
export const elementTimes = ({ sql }: Records, pathway: string, since: number): Promise<ElementTimes[]> => sql<ElementTimes[]>`
  with visits as (
    select element,
      min(at) filter (where event = 'entered') as entered,
      min(at) filter (where event = 'requested') as requested,
      min(at) filter (where event = 'granted') as granted,
      max(at) filter (where event = 'completed') as completed
    from facts where pathway = ${pathway} and at >= ${since} and event in ('entered', 'requested', 'granted', 'completed')
    group by run, element, activation, instance)
  select element,
    count(completed)::int as completed,
    count(granted - requested)::int as waited,
    avg(granted - requested)::float8 / 60000 as "waitMinutesMean",
    percentile_cont(0.9) within group (order by granted - requested) / 60000 as "waitMinutesP90",
    avg(completed - coalesce(granted, entered))::float8 / 60000 as "workMinutesMean",
    percentile_cont(0.9) within group (order by completed - coalesce(granted, entered)) / 60000 as "workMinutesP90"
  from visits where entered is not null group by element order by element`

export interface ObservedDurations {
  pathway: string
  /** BPMN id. */
  element: string
  /** How often it was completed. */
  completed: number
  /** From the first of them on until now: how long they were looked at, milliseconds. */
  periodMs: number
  /** Milliseconds of the latest of them, from when its units were there, or from its beginning where it asks for none, to its completion. */
  durations: number[]
}

/**
 * How long work took lately, by pathway (all its versions) and element.
 * @param least an element that was completed less often is left out. @param most of an element, the latest.
 */
export const observedDurations = (
  { sql, site }: Records,
  { since, until, least, most }: { since: number; until: number; least: number; most: number },
): Promise<ObservedDurations[]> => sql<ObservedDurations[]>`
  with visits as (
    select pathway, element, min(at) filter (where event = 'entered') as entered,
      coalesce(min(at) filter (where event = 'granted'), min(at) filter (where event = 'entered')) as begun,
      max(at) filter (where event = 'completed') as completed
    from facts where site = ${site} and at >= ${since} and at <= ${until} and event in ('entered', 'granted', 'completed')
    group by pathway, run, element, activation, instance)
  select pathway, element, count(*)::int as completed, (${until} - min(entered))::float8 as "periodMs",
    (array_agg((completed - begun)::float8 order by completed desc))[1:${most}::int] as durations
  from visits where entered is not null and completed is not null
  group by pathway, element having count(*) >= ${least} order by pathway, element`

/** Runs that nothing else began, by pathway and hour of the week, from Monday 0 h by the site's wall clock. @param since hospital milliseconds. */
export const startsByHourOfWeek = (
  { sql, site }: Records,
  since: number,
  epochMs: number,
  timeZone: string,
): Promise<{ pathway: string; hour: number; starts: number }[]> => sql`
  select pathway, (extract(isodow from wall)::int - 1) * 24 + extract(hour from wall)::int as hour, count(*)::int as starts
  from (
    select pathway, to_timestamp((${epochMs}::float8 + started_at) / 1000) at time zone ${timeZone} as wall
    from runs where site = ${site} and started_at >= ${since} and caller_run is null and turnover_unit is null) as begun
  group by 1, 2 order by 1, 2`
