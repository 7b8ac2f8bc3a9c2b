// Goal: of a hospital's many runs, a page, a search and a filter touch what they show, however many there are.
// Method: runs written straight into a real Postgres (20,000; 100,000 when long); what a query touches is what Postgres says it read, in blocks of 8 kB.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecords, type Records } from '../../records/database.ts'
import type { Page } from '../../records/pages.ts'
import { readPlannedDay } from '../../records/planned-day.ts'
import { listRuns, type RunFilter, type RunSummary } from '../../records/runs.ts'
import { KEY, pool, setLedger, type TestRecords, testRecords, unit } from './support.ts'

const RUNS = process.env.PARCOURS_LONG ? 100_000 : 20_000
const HOUR = 3_600_000
const LIMIT = 50
/** A page and the way to it, several blocks for each of its rows; the whole table of 20,000 has more than 500. */
const BLOCKS_MAX = 450

let test: TestRecords
let one: Records
/** What was measured, for who asks how quick it is. */
const said: string[] = []

beforeAll(async () => {
  test = await testRecords()
  // One connection: Postgres keeps account by connection, and tells late of what another one read.
  one = await openRecords(test.url, { key: KEY, max: 1 })
  const { sql, site } = one
  // One run in 1,000 is open, and one failed; their order in the table is not that of their time.
  // A thousand at a time: while one transaction writes, every other suite's facts are held back.
  for (let first = 1; first <= RUNS; first += 1_000)
    await sql`
    insert into runs (id, site, pathway, version, hash, state, started_at, ended_at, positions, last_at)
    select p || '-' || substring(md5(n::text) for 12), ${site}, p, 1, 'h-' || p,
      case when n % 1000 = 0 then 'running' when n % 1000 = 1 then 'failed' else 'completed' end,
      (n * 7919 % ${RUNS}) * ${HOUR / 60}::bigint,
      case when n % 1000 = 0 then null else (n * 7919 % ${RUNS}) * ${HOUR / 60}::bigint + ${HOUR} end,
      case when n % 1000 = 0 then '[{"element": "Exam", "since": 0, "state": "active"}]'::jsonb else '[]'::jsonb end, 0
    from generate_series(${first}::int, ${first + 999}::int) as n, lateral (select case when n % 3 = 0 then 'admission' else 'visit' end as p) as pathway`
  await sql`
    insert into incidents (site, run, wait, pathway, element, name, activity, reason, owner, state, opened_at)
    select ${site}, id, 1, pathway, 'e', 'n', 'failure', 'r', 'operations', 'open', started_at from runs where state = 'failed'`
  await sql`vacuum analyze runs`
  await sql`analyze incidents`
}, 120_000)
afterAll(async () => {
  await one.close()
  await test.close()
  if (process.env.PARCOURS_LONG) console.log(said.join('\n'))
})

/** Blocks that the statements of this work read, and how long it took, ms. */
async function touched(work: () => Promise<unknown>): Promise<{ blocks: number; ms: number }> {
  const { sql } = one
  const read = async () => {
    await sql`select pg_stat_force_next_flush()`
    await sql`select pg_stat_clear_snapshot()`
    const [row] = await sql<{ blocks: number }[]>`
      select (sum(heap_blks_read + heap_blks_hit) + sum(coalesce(idx_blks_read, 0) + coalesce(idx_blks_hit, 0)))::int as blocks
      from pg_statio_user_tables where relname = 'runs'`
    return row!.blocks
  }
  const before = await read()
  const begin = performance.now()
  await work()
  const ms = performance.now() - begin
  return { blocks: (await read()) - before, ms: Math.round(ms) }
}

const FILTERS: [name: string, filter: Omit<RunFilter, 'limit'>][] = [
  ['the newest', {}],
  ['those of a pathway', { pathway: 'admission' }],
  ['those that failed', { state: 'failed' }],
  ['those under way', { state: 'running' }],
  ['those at a step', { element: 'Exam', pathway: 'visit' }],
  ['those to be decided', { troubled: true }],
]

describe(`of ${RUNS.toLocaleString('en')} runs`, () => {
  it.each(FILTERS)('a page of %s, and the next ones', async (name, filter) => {
    const records = one
    const turn = async (cursor: string | null): Promise<Page<RunSummary> & { blocks: number }> => {
      let page: Page<RunSummary> | undefined
      const { blocks, ms } = await touched(async () => {
        page = await listRuns(records, { ...filter, limit: LIMIT, ...(cursor === null ? {} : { cursor }) })
      })
      said.push(`${name}: ${blocks} blocks, ${ms} ms`)
      return { ...page!, blocks }
    }
    // The first page counts them all.
    const { total, next } = await turn(null)
    for (let cursor = next, turned = 0; cursor !== null && turned < 3; turned++) {
      const page = await turn(cursor)
      expect(page.total).toBe(total)
      expect(page.blocks).toBeLessThan(BLOCKS_MAX)
      cursor = page.next
    }
  })

  it('one by the beginning of its number, again and again', async () => {
    const records = one
    const { id } = (await listRuns(records, { limit: 1 })).items[0]!
    const named = id.split('-')[1]!.slice(0, 6)
    for (let time = 0; time < 8; time++) {
      const { blocks, ms } = await touched(async () => {
        const { items } = await listRuns(records, { named, limit: 10 })
        expect(items.map((run) => run.id)).toContain(id)
      })
      said.push(`by number: ${blocks} blocks, ${ms} ms`)
      expect(blocks).toBeLessThan(BLOCKS_MAX)
    }
  })

  it('the day of theatres reads those that are open or ended lately', async () => {
    const records = one
    await setLedger(records, { pools: [pool('theatre')], units: [unit('t1', 'theatre')] })
    const end = RUNS * (HOUR / 60)
    const { blocks, ms } = await touched(() =>
      readPlannedDay(records, 'theatre', end - 3 * HOUR, end + 21 * HOUR).catch(() => {}),
    )
    said.push(`the theatres' day: ${blocks} blocks, ${ms} ms`)
    expect(blocks).toBeLessThan(BLOCKS_MAX)
  })
})
