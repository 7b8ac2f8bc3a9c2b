/** The whole hospital in one reading: one statement over what is open, however much is over. */
import type { CommandCentreSettings } from './command-centre-settings.ts'
import type { Records } from './database.ts'

export interface WardPicture {
  ward: string
  free: number
  reserved: number
  occupied: number
  dirty: number
  closed: number
  /** Occupied by somebody who is about to go. */
  dueOut: number
}

export interface TheatrePicture {
  id: string
  name: string
  place: string
  state: 'free' | 'reserved' | 'occupied' | 'dirty' | 'closed'
  since: number
  run: string | null
  /** When its next planned case is to begin. */
  nextAt: number | null
  /** How many planned cases wait for it though their time has come. */
  late: number
  /** Of its next planned case. */
  nextRun: string | null
}

/** Things that wait, with the time of the oldest of them, and the run it belongs to. */
export interface Waiting {
  count: number
  since: number | null
  run: string | null
}

export interface CommandCentrePicture {
  present: number
  /** Who waits for a place in the emergency department, by priority, highest first. */
  waiting: (Waiting & { priority: number })[]
  /** Who has a place in the emergency department and waits for a bed. */
  boarding: Waiting
  /** Whoever waits for a bed. */
  bedsAsked: Waiting
  wards: WardPicture[]
  theatres: TheatrePicture[]
  /** By role, open tasks and late ones; the due time of the latest, and its run. */
  jobs: { role: string; open: number; late: number; dueAt: number | null; run: string | null }[]
  /** By level; the due time of the most pressing, and its run. */
  alerts: { level: 'info' | 'warning' | 'critical'; count: number; overdue: number; dueAt: number | null; run: string | null }[]
  /** Open incidents by system activity. */
  incidents: (Waiting & { activity: string })[]
}

const aPool = (pool: string) => JSON.stringify([{ pool }])

/** @param at hospital time: what was due before it is late. */
export async function readPicture(
  { sql, site }: Records,
  settings: CommandCentreSettings,
  at: number,
): Promise<CommandCentrePicture> {
  const { emergency, beds, theatres, jobs } = settings
  const [row] = await sql<{ picture: CommandCentrePicture }[]>`
    with
    there as (
      select id from runs where pathway = ${emergency.pathway} and ended_at is null and site = ${site}
        and exists (select 1 from jsonb_array_elements(positions) as p where p->>'element' = any(${emergency.elements}::text[]))
      union select holder from held where site = ${site} and pool = ${emergency.pool}),
    asked as (
      select r.holder, r.priority, r.at, exists (
        select 1 from held h where h.site = ${site} and h.holder = r.holder and h.pool = ${emergency.pool}) as boards
      from requests r where r.site = ${site} and r.needs @> ${aPool(beds.pool)}::jsonb
        and coalesce((r.slot->>'start')::bigint, 0) <= ${at}),
    waiting as (
      select priority, count(*)::int as count, min(at) as since, (array_agg(holder order by at))[1] as run from requests
      where site = ${site} and needs @> ${aPool(emergency.pool)}::jsonb group by priority),
    wards as (
      select split_part(u.place, '/', 1) as ward, count(*) filter (where u.state = 'free')::int as free,
        count(*) filter (where u.state = 'reserved')::int as reserved, count(*) filter (where u.state = 'occupied')::int as occupied,
        count(*) filter (where u.state = 'dirty')::int as dirty, count(*) filter (where u.state = 'closed')::int as closed,
        count(r.id) filter (where u.state = 'occupied')::int as "dueOut"
      from units u left join runs r on r.id = u.holder and r.ended_at is null and r.pathway = any(${beds.leaving}::text[])
      where u.site = ${site} and u.pool = ${beds.pool} group by 1),
    slots as (
      select slot->>'unit' as unit, min((slot->>'start')::bigint) as "nextAt",
        (array_agg(holder order by (slot->>'start')::bigint))[1] as "nextRun",
        count(*) filter (where (slot->>'start')::bigint < ${at})::int as late
      from requests where site = ${site} and needs @> ${aPool(theatres.pool)}::jsonb and slot is not null group by 1),
    rooms as (
      select u.id, u.name, u.place, u.state, u.since, nullif(u.holder, '') as run, s."nextAt", s."nextRun", coalesce(s.late, 0) as late
      from units u left join slots s on s.unit = u.id where u.site = ${site} and u.pool = ${theatres.pool}),
    jobs as (
      select role, count(*)::int as open, count(*) filter (where due_at < ${at})::int as late, min(due_at) as "dueAt",
        (array_agg(run order by due_at))[1] as run
      from tasks where ended_at is null and role = any(${jobs}::text[]) group by role),
    watched as (
      select level, count(*)::int as count, count(*) filter (where due_at < ${at})::int as overdue, min(due_at) as "dueAt",
        (array_agg(run order by due_at))[1] as run
      from alerts where site = ${site} and state = 'open' and kind = 'telesurveillance' group by level),
    troubles as (
      select activity, count(*)::int as count, min(opened_at) as since, (array_agg(run order by opened_at))[1] as run from incidents where site = ${site} and state = 'open' group by activity)
    select jsonb_build_object(
      'present', (select count(*)::int from there),
      'waiting', (select coalesce(jsonb_agg(waiting order by priority desc), '[]') from waiting),
      'boarding', (select jsonb_build_object('count', count(*), 'since', min(asked.at), 'run', (array_agg(holder order by asked.at))[1])
        from asked where boards),
      'bedsAsked', (select jsonb_build_object('count', count(*), 'since', min(asked.at), 'run', (array_agg(holder order by asked.at))[1])
        from asked),
      'wards', (select coalesce(jsonb_agg(wards order by ward), '[]') from wards),
      'theatres', (select coalesce(jsonb_agg(rooms order by id), '[]') from rooms),
      'jobs', (select coalesce(jsonb_agg(jobs order by role), '[]') from jobs),
      'alerts', (select coalesce(jsonb_agg(watched order by level), '[]') from watched),
      'incidents', (select coalesce(jsonb_agg(troubles order by activity), '[]') from troubles)) as picture`
  return row!.picture
}

/** Incidents that no partner has part in. */
const OWN_INCIDENTS = ['request', 'failure']
const MINUTE_MS = 60_000

export interface Figure {
  value: number
  /** Hospital time since when the oldest of it waits, or when the first was due; null when nobody waits. */
  since: number | null
  /** Of who waits longest, or is latest: with whom to begin. */
  run: string | null
}

/** What the picture says in figures, by measure: what is sampled, and held against targets. */
export function figuresOf(picture: CommandCentrePicture, { jobs }: CommandCentreSettings, at: number): Record<string, Figure> {
  const sum = (field: 'free' | 'dirty' | 'closed' | 'dueOut' | 'reserved' | 'occupied') =>
    picture.wards.reduce((total, ward) => total + ward[field], 0)
  const theatresIn = (state: TheatrePicture['state']) => picture.theatres.filter((theatre) => theatre.state === state).length
  const waits = together(picture.waiting)
  const partners = together(picture.incidents.filter(({ activity }) => !OWN_INCIDENTS.includes(activity)))
  const alerts = together(picture.alerts.map(({ count, dueAt, run }) => ({ count, since: dueAt, run })))
  const overdue = picture.alerts.reduce((total, level) => total + level.overdue, 0)
  const late = picture.theatres.reduce((total, theatre) => total + theatre.late, 0)
  const next = first(picture.theatres.map(({ nextAt, nextRun }) => ({ since: nextAt, run: nextRun })))
  const plain = (value: number): Figure => ({ value, since: null, run: null })
  /** With whom to begin, where there is anybody. */
  const led = (value: number, { since, run }: Pick<Figure, 'since' | 'run'>): Figure =>
    value > 0 ? { value, since, run } : plain(value)
  return {
    'emergency.present': plain(picture.present),
    'emergency.waiting': led(waits.count, waits),
    'emergency.oldestWaitMinutes': {
      ...waits,
      value: waits.since === null ? 0 : Math.max(0, Math.floor((at - waits.since) / MINUTE_MS)),
    },
    'emergency.boarding': led(picture.boarding.count, picture.boarding),
    'beds.free': plain(sum('free')),
    'beds.occupied': plain(sum('occupied') + sum('reserved')),
    'beds.dirty': plain(sum('dirty')),
    'beds.blocked': plain(sum('closed')),
    'beds.dueOut': plain(sum('dueOut')),
    'beds.expectedIn': plain(sum('reserved')),
    'beds.waiting': led(picture.bedsAsked.count, picture.bedsAsked),
    'theatres.running': plain(theatresIn('occupied')),
    'theatres.late': led(late, next),
    'theatres.cleaning': plain(theatresIn('dirty')),
    ...Object.fromEntries(
      jobs.flatMap((role) => {
        const found = picture.jobs.find((job) => job.role === role)
        return [
          [`jobs.${role}.open`, plain(found?.open ?? 0)],
          [`jobs.${role}.late`, led(found?.late ?? 0, { since: found?.dueAt ?? null, run: found?.run ?? null })],
        ]
      }),
    ),
    'telesurveillance.open': { ...plain(alerts.count), run: alerts.run },
    'telesurveillance.overdue': led(overdue, alerts),
    'partners.incidents': led(partners.count, partners),
  }
}

/** The one whose time is the earliest. */
const first = (several: Pick<Figure, 'since' | 'run'>[]): Pick<Figure, 'since' | 'run'> =>
  several.reduce((best, one) => (one.since !== null && (best.since === null || one.since < best.since) ? one : best), {
    since: null,
    run: null,
  })

const together = (several: Waiting[]): Waiting => ({
  ...first(several),
  count: several.reduce((total, { count }) => total + count, 0),
})
