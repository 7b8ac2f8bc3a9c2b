// Goal: what beacons see is kept once, the newest of each, told as it comes, and of nobody it should not be. Method: real Postgres.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isoOf } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import { SIGHTINGS_KEPT_HOURS } from '../../records/sightings.ts'
import { siteTime } from '../../records/sites.ts'
import { pool, setLedger, unit } from '../records/support.ts'
import { openHospital } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let run: string
let isoBefore: (ms: number) => Promise<string>
beforeAll(async () => {
  api = await openTestApi()
  const { host, patient } = await openHospital(api)
  const { records } = api
  await setLedger(records, {
    pools: [pool('cart'), pool('nurse')],
    units: [
      { ...unit('cart1', 'cart'), place: 'Ward A/store' },
      { ...unit('nurse1', 'nurse'), place: 'Ward A/office' },
    ],
  })
  run = (await api.ask('nurse', '/api/runs', { body: { pathway: 'visit', patient } })).body.id
  await host.relay()
  const site = await siteTime(records, records.sql, records.site)
  isoBefore = async (ms) => isoOf((await hospitalNow(records)) - ms, site)
})
afterAll(() => api.close())

const report = (sightings: unknown[], role: 'location-system' | 'nurse' = 'location-system') =>
  api.ask(role, '/api/sightings', { body: { sightings } })
const patientAt = (location: string, at?: string) => ({ subject: { type: 'Patient', id: run }, location, at })
const seenNow = async () =>
  (await api.ask('porter', '/api/sightings')).body.items.map(
    ({ subject, location }: { subject: { id: string }; location: string }) => [subject.id, location],
  )

describe('sightings', () => {
  it('are kept once, the newest of each; what is not here is said', async () => {
    const [earlier, later] = [await isoBefore(60_000), await isoBefore(30_000)]
    const both = [
      patientAt('Ward A#waiting', later),
      { subject: { type: 'Device', id: 'cart1' }, location: 'Ward A', at: earlier },
    ]
    expect((await report(both)).body).toEqual({ kept: 2, older: 0, unknown: [] })
    expect((await report(both)).body).toEqual({ kept: 0, older: 2, unknown: [] })
    expect((await report([patientAt('Ward A#staff', earlier)])).body).toEqual({ kept: 0, older: 1, unknown: [] })
    const gone = { subject: { type: 'Patient', id: 'visit-gone' }, location: 'Ward A' }
    expect((await report([gone, patientAt('Ward A#staff')])).body).toEqual({ kept: 1, older: 0, unknown: ['visit-gone'] })
    expect(await seenNow()).toEqual([
      ['cart1', 'Ward A'],
      [run, 'Ward A#staff'],
    ])
  })

  it('of staff, of places that are none and of the future are refused whole', async () => {
    const before = await seenNow()
    const ofStaff = await report([patientAt('Ward A#waiting'), { subject: { type: 'Device', id: 'nurse1' }, location: 'Ward A' }])
    expect(ofStaff.body).toMatchObject({ status: 422, type: 'urn:parcours:problem:staff-not-followed' })
    const nowhere = await report([patientAt('Ward A#waiting'), patientAt('Ward Z')])
    expect(nowhere.body).toMatchObject({ status: 422, errors: [{ path: 'sightings.1.location' }] })
    expect((await report([patientAt('Ward A#waiting', await isoBefore(-3_600_000))])).body.type).toContain('not-in-the-future')
    expect(await seenNow()).toEqual(before)
  })

  it('come from location systems, which see nothing else', async () => {
    expect((await report([patientAt('Ward A')], 'nurse')).status).toBe(403)
    for (const path of ['/api/sightings', '/api/presence', '/api/runs', '/api/patients', '/api/places'])
      expect((await api.ask('location-system', path)).status, path).toBe(403)
  })

  it('are told as they come: first all there are', async () => {
    const line = new AbortController()
    const { token } = api.sessions.open('planner')
    const headers = { authorization: `Bearer ${token}` }
    const response = await api.application.request('/api/sightings/events', { headers, signal: line.signal })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let told = ''
    const until = async (words: string) => {
      while (!told.includes(words)) told += (await reader.read()).value ?? ''
    }
    await until('Ward A#staff')
    expect(told).toContain('cart1')
    expect(told).not.toContain('Ward A#waiting')
    await report([patientAt('Ward A#waiting')])
    await until('Ward A#waiting')
    await reader.cancel()
    line.abort()
  })

  it('are forgotten after a day, and with the end of the run', async () => {
    const { records } = api
    const tooOld = (await hospitalNow(records)) - SIGHTINGS_KEPT_HOURS * 3_600_000 - 1
    await records.sql`update sightings set at = ${tooOld} where subject = 'cart1'`
    expect(await seenNow()).toEqual([[run, 'Ward A#waiting']])
    await records.sql`update runs set ended_at = 1 where id = ${run}`
    expect(await seenNow()).toEqual([])
    expect(await records.sql`select 1 from sightings`).toHaveLength(0)
  })
})
