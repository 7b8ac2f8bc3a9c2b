/**
 * A site's clock: hospital time against the wall clock of the database, which is the same for everybody. A demonstration's clock only runs
 * while somebody gives signs of life: when all is killed, or the machine sleeps, it stands still by itself a few seconds after the last
 * one, for every reader alike, and goes on from there.
 */
import { epochMsOfInstant } from '../pathways/time/site.ts'
import type { ClockReading } from './batch.ts'
import type { Queries, Records } from './database.ts'
import { siteTime } from './sites.ts'

/** How long after the last sign of life the clock goes on. Wall milliseconds. */
export const LAPSE_MS = 5_000

/** Notified when a clock is started, stopped, moved, or set to another rate: `sql.listen(CLOCK_CHANNEL, …)`. */
export const CLOCK_CHANNEL = 'clock'

/** The last segment, with the wall time of the reading. */
export interface ClockRow {
  wallNow: number
  hospital: number | null
  wall: number | null
  rate: number | null
  heartbeat: number | null
}

/** Hospital time now. A site without a clock of its own lives in real time. */
export async function currentClock(records: Records, site = records.site, sql: Queries = records.sql): Promise<ClockReading> {
  const [row] = await sql<ClockRow[]>`
    select extract(epoch from clock_timestamp())::float8 * 1000 as "wallNow", segment.hospital,
      extract(epoch from segment.wall)::float8 * 1000 as wall, segment.rate, extract(epoch from segment.heartbeat)::float8 * 1000 as heartbeat
    from (select 1) as one
    left join lateral (select * from clock_segments where site = ${site} order by id desc limit 1) as segment on true`
  return readClock(row!, (await siteTime(records, sql, site)).epoch)
}

export async function hospitalNow(records: Records, site = records.site): Promise<number> {
  return (await currentClock(records, site)).hospitalNow
}

/** Turns a row into a reading. */
export function readClock(row: ClockRow, epoch: string): ClockReading {
  const wall = Math.floor(row.wallNow)
  if (row.hospital === null) return { wall, hospitalNow: wall - epochMsOfInstant(epoch), rate: 1, real: true }
  const until = row.heartbeat === null ? row.wallNow : Math.min(row.wallNow, row.heartbeat + LAPSE_MS)
  const hospital = row.hospital + Math.max(0, Math.floor((until - row.wall!) * row.rate!))
  return { wall, hospitalNow: hospital, rate: row.rate! }
}

/**
 * Starts the clock from where it stands, or changes its rate.
 * @param rate hospital milliseconds per wall millisecond.
 * @param options `from`: hospital time to start a clock from that never ran (default: what the wall clock says); `heartbeats`: it runs only
 *   while `heartbeat` is called.
 */
export async function startClock(
  records: Records,
  rate: number,
  { from, heartbeats = true, site = records.site }: { from?: number; heartbeats?: boolean; site?: string } = {},
): Promise<ClockReading> {
  if (!(rate > 0)) throw new RangeError('A clock runs at a rate above 0: stopClock stops it.')
  await newSegment(records, site, { rate, heartbeats, from })
  return currentClock(records, site)
}

/** The clock stands still until it is started again. */
export async function stopClock(records: Records, site = records.site): Promise<ClockReading> {
  await newSegment(records, site, { rate: 0, heartbeats: false })
  return currentClock(records, site)
}

/**
 * Moves a clock forward to a hospital time, for a hospital in which nothing is due before. It goes on from there at its rate; a clock that is
 * there already only goes on.
 */
export async function advanceClock(records: Records, to: number, site = records.site): Promise<ClockReading> {
  const [segment] = await records.sql<{ rate: number; heartbeats: boolean }[]>`
    select rate, heartbeat is not null as heartbeats from clock_segments where site = ${site} order by id desc limit 1`
  if (!segment) throw new RangeError('A site without a clock of its own lives in real time: startClock gives it one.')
  await newSegment(records, site, { ...segment, to })
  return currentClock(records, site)
}

/** Which segment a site's clock is on; 0 for a site without one. */
export async function clockSegment({ sql, site: own }: Records, site = own): Promise<number> {
  const [row] = await sql<{ id: number }[]>`select coalesce(max(id), 0)::int as id from clock_segments where site = ${site}`
  return row!.id
}

/** A sign of life: every second or two. After a gap the clock goes on from where it stood. */
export async function heartbeat(records: Records, site = records.site): Promise<void> {
  const [beaten] = await records.sql`
    update clock_segments set heartbeat = clock_timestamp()
    where id = (select max(id) from clock_segments where site = ${site})
      and rate > 0 and heartbeat > clock_timestamp() - ${LAPSE_MS / 1000} * interval '1 second'
    returning id`
  if (beaten) return
  const [segment] = await records.sql<{ rate: number; heartbeat: string | null }[]>`
    select rate, heartbeat from clock_segments where site = ${site} order by id desc limit 1`
  if (segment && segment.rate > 0 && segment.heartbeat !== null)
    await newSegment(records, site, { rate: segment.rate, heartbeats: true })
}

interface Segment {
  rate: number
  heartbeats: boolean
  /** Hospital time that a clock which never ran begins at. */
  from?: number | undefined
  /** Hospital time to begin at, when that is later. */
  to?: number
}

async function newSegment(
  records: Records,
  site: string,
  { rate, heartbeats, from, to = Number.NEGATIVE_INFINITY }: Segment,
): Promise<void> {
  await records.sql.begin(async (tx) => {
    await tx`select 1 from sites where id = ${site} for update`
    const now = await currentClock(records, site, tx)
    const [known] = await tx`select 1 from clock_segments where site = ${site} limit 1`
    const hospital = known || from === undefined ? Math.max(now.hospitalNow, to) : from
    await tx`
      insert into clock_segments (site, wall, hospital, rate, heartbeat)
      values (${site}, clock_timestamp(), ${hospital}, ${rate}, case when ${heartbeats} then clock_timestamp() end)`
    await tx`select pg_notify(${CLOCK_CHANNEL}, '')`
  })
}
