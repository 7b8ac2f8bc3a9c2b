/**
 * Where beacons last saw patients and equipment. One row a subject: a later sighting takes the place of the one before, so that a report which
 * comes twice, or late, changes nothing, and no way that anybody went can be read from it.
 */
import type { Queries, Records } from './database.ts'

/** What was last seen is forgotten after so long; that of a patient as soon as their run is over, too. */
export const SIGHTINGS_KEPT_HOURS = 24

/** Notified when sightings commit: `sql.listen(SIGHTINGS_CHANNEL, …)`. */
export const SIGHTINGS_CHANNEL = 'sightings'

export interface Sighting {
  subjectType: 'Patient' | 'Device'
  /** A run, by its pseudonymous id, or a unit. */
  subject: string
  /** A room or an area, as the hospital's places call it. */
  location: string
  /** Hospital milliseconds. */
  at: number
}

export interface Reported {
  /** Newer than what was known. */
  kept: number
  /** Known already, or older than what is known. */
  older: number
  /** Subjects that are not here: runs that are over, units that the hospital does not have. */
  unknown: string[]
}

/**
 * Keeps the newest sighting of each subject, and forgets those that are too old.
 * @param now hospital milliseconds. @param reportedBy the actor of the location system.
 */
export async function keepSightings(
  { sql, site }: Records,
  reported: readonly Sighting[],
  { now, reportedBy }: { now: number; reportedBy: string },
): Promise<Reported> {
  // Each subject once, its newest, and all in one order, so that two reports never wait for each other.
  const newest = new Map<string, Sighting>()
  for (const sighting of reported) {
    const key = `${sighting.subjectType} ${sighting.subject}`
    if (sighting.at > (newest.get(key)?.at ?? Number.NEGATIVE_INFINITY)) newest.set(key, sighting)
  }
  const sorted = [...newest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sighting]) => sighting)
  return sql.begin(async (tx) => {
    const subjects = (type: Sighting['subjectType']) =>
      sorted.flatMap(({ subjectType, subject }) => (subjectType === type ? [subject] : []))
    const here = await tx<{ key: string }[]>`
      select 'Patient ' || id as key from runs
      where site = ${site} and ended_at is null and id = any(${subjects('Patient')}::text[])
      union all select 'Device ' || id from units where site = ${site} and id = any(${subjects('Device')}::text[])`
    const keys = new Set(here.map(({ key }) => key))
    const isHere = ({ subjectType, subject }: Sighting) => keys.has(`${subjectType} ${subject}`)
    const known = sorted.filter(isHere)
    const { count } = await tx`
      insert into sightings (site, subject_type, subject, location, at, reported_by)
      select ${site}, x."subjectType", x.subject, x.location, x.at, ${reportedBy}
      from json_to_recordset(${JSON.stringify(known)}::json) as x("subjectType" text, subject text, location text, at bigint)
      on conflict (site, subject_type, subject) do update
        set location = excluded.location, at = excluded.at, reported_by = excluded.reported_by, transaction = pg_current_xact_id()
        where excluded.at > sightings.at`
    await forgetSightings({ sql: tx, site }, now)
    if (count > 0) await tx`select pg_notify(${SIGHTINGS_CHANNEL}, '')`
    const unknown = sorted.filter((sighting) => !isHere(sighting)).map(({ subject }) => subject)
    const notHere = new Set(unknown)
    return { kept: count, older: reported.filter(({ subject }) => !notHere.has(subject)).length - count, unknown }
  }) as Promise<Reported>
}

/** Lets go those that are too old, and those of patients whose run is over. @param now hospital milliseconds. */
export const forgetSightings = ({ sql, site }: { sql: Queries; site: string }, now: number) => sql`
  delete from sightings where site = ${site} and (at < ${now - SIGHTINGS_KEPT_HOURS * 3_600_000}
    or (subject_type = 'Patient' and not exists (
      select 1 from runs where runs.site = sightings.site and runs.id = sightings.subject and ended_at is null)))`

/** The last sighting of each that is here, by subject. @param now hospital milliseconds. */
export async function listSightings({ sql, site }: Records, now: number): Promise<Sighting[]> {
  await forgetSightings({ sql, site }, now)
  return sql<Sighting[]>`
    select subject_type as "subjectType", subject, location, at from sightings where site = ${site} order by subject_type, subject`
}

/**
 * What was seen since a place in the order of transactions, up to the oldest one that is still writing: nothing is passed over.
 * @param after '0' from the beginning.
 * @returns `through`, to go on after; `after` itself when there is nothing new.
 */
export async function sightingsAfter({ sql, site }: Records, after: string): Promise<{ sightings: Sighting[]; through: string }> {
  const rows = await sql<(Sighting & { through: string })[]>`
    select subject_type as "subjectType", subject, location, at, pg_snapshot_xmin(pg_current_snapshot())::text as through
    from sightings
    where site = ${site} and transaction >= ${after}::xid8 and transaction < pg_snapshot_xmin(pg_current_snapshot())
    order by subject_type, subject`
  return { sightings: rows.map(({ through: _, ...sighting }) => sighting), through: rows[0]?.through ?? after }
}
