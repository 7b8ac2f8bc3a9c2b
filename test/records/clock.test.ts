// Goal: hospital time never goes back and never runs away, however a demonstration stops. Method: a real clock, signs of life made old by hand.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { currentClock, heartbeat, LAPSE_MS, readClock, startClock, stopClock } from '../../records/clock.ts'
import type { Records } from '../../records/database.ts'
import { createSite } from '../../records/sites.ts'
import { SITE, testRecords } from './support.ts'

let records: Records
let close: () => Promise<void>
let sites = 0

beforeAll(async () => {
  ;({ records, close } = await testRecords())
})
afterAll(() => close())

async function site(): Promise<string> {
  const id = `site ${sites++}`
  await createSite(records, { ...SITE, id })
  return id
}
/** As if everything had been killed this long ago. */
const age = (id: string, ms: number) => records.sql`
  update clock_segments set wall = wall - ${ms} * interval '1 millisecond', heartbeat = heartbeat - ${ms} * interval '1 millisecond'
  where site = ${id}`

it('a site without a clock lives in real time', async () => {
  const { hospitalNow, wall, rate } = await currentClock(records, await site())
  expect(rate).toBe(1)
  expect(hospitalNow).toBe(wall - Date.parse(SITE.epoch))
})

it('runs at its rate, from where it was told to', async () => {
  const id = await site()
  await startClock(records, 60, { from: 1_000_000, site: id })
  await age(id, 1_000)
  const { hospitalNow, rate } = await currentClock(records, id)
  expect(rate).toBe(60)
  expect(hospitalNow).toBeGreaterThanOrEqual(1_060_000)
  expect(hospitalNow).toBeLessThan(1_060_000 + 60 * 5_000)
})

it('stands still soon after the last sign of life, and goes on from there', async () => {
  const id = await site()
  await startClock(records, 60, { from: 0, site: id })
  await age(id, 3_600_000)
  const killed = await currentClock(records, id)
  expect(killed.hospitalNow).toBe(60 * LAPSE_MS)
  expect((await currentClock(records, id)).hospitalNow).toBe(killed.hospitalNow)
  const restarted = await startClock(records, 60, { from: 5, site: id })
  expect(restarted.hospitalNow).toBeGreaterThanOrEqual(killed.hospitalNow)
  expect(restarted.hospitalNow).toBeLessThan(killed.hospitalNow + 60 * 3_000)
})

it('a machine that slept goes on by itself at the next sign of life', async () => {
  const id = await site()
  await startClock(records, 60, { from: 0, site: id })
  await age(id, 3_600_000)
  await heartbeat(records, id)
  const woken = await currentClock(records, id)
  expect(woken.hospitalNow).toBeGreaterThanOrEqual(60 * LAPSE_MS)
  expect(woken.hospitalNow).toBeLessThan(60 * LAPSE_MS + 60 * 3_000)
  await heartbeat(records, id)
  expect(await records.sql`select 1 from clock_segments where site = ${id}`).toHaveLength(2)
})

it('stopped, it stands still, and a sign of life does not start it', async () => {
  const id = await site()
  await startClock(records, 60, { from: 0, site: id })
  const stopped = await stopClock(records, id)
  expect(stopped.rate).toBe(0)
  await heartbeat(records, id)
  expect((await currentClock(records, id)).hospitalNow).toBe(stopped.hospitalNow)
  expect((await startClock(records, 10, { site: id })).hospitalNow).toBeGreaterThanOrEqual(stopped.hospitalNow)
})

it('one that needs nobody runs on', async () => {
  const id = await site()
  await startClock(records, 2, { from: 0, heartbeats: false, site: id })
  await age(id, 3_600_000)
  expect((await currentClock(records, id)).hospitalNow).toBeGreaterThanOrEqual(7_200_000)
  await expect(startClock(records, 0, { site: id })).rejects.toThrow(RangeError)
})

it('never goes back between two readings of one segment', () => {
  const row = { hospital: 100, wall: 1_000, rate: 60, heartbeat: 900, wallNow: 990 }
  expect(readClock(row, SITE.epoch).hospitalNow).toBe(100)
})
