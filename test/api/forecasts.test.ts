// Goal: forecasts over the API: told who comes, made of the hospital as it is, kept, and scored by what then was. Method: a real database; hours pass on a clock that is moved.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advanceClock, startClock, stopClock } from '../../records/clock.ts'
import { nextSampleAt } from '../../records/forecasts.ts'
import { startRun } from '../../records/starting.ts'
import { sampleForecast } from '../../start/worker/forecast-samples.ts'
import type { Host } from '../records/support.ts'
import { openHospital } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let host: Host
const hourMs = 3_600_000
const now = 30 * hourMs
const streams = [{ id: 'stays', pathway: 'stay', perHour: 2 }]

beforeAll(async () => {
  api = await openTestApi()
  ;({ host } = await openHospital(api))
  await startClock(api.records, 1e-6, { from: now, heartbeats: false })
  await stopClock(api.records)
  await startRun(api.records, { pathway: 'stay', variables: {}, at: now, id: 'stay-first' })
  await startRun(api.records, { pathway: 'stay', variables: {}, at: now, id: 'stay-second' })
  await host.relay()
})
afterAll(() => api.close())

describe('forecasts', () => {
  it('cannot be made before somebody has said who comes', async () => {
    const { status, body } = await api.ask('planner', '/api/forecasts', { body: {} })
    expect([status, body.type]).toEqual([409, 'urn:parcours:problem:no-demand'])
    expect((await api.ask('planner', '/api/demand')).status).toBe(409)
    const wrong = await api.ask('planner', '/api/demand', {
      method: 'PUT',
      body: { streams: [{ id: 'stays', pathway: 'stay' }] },
    })
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'streams.0'])
    const said = await api.ask('planner', '/api/demand', { method: 'PUT', body: { streams } })
    expect([said.status, said.body.streams[0].id]).toEqual([200, 'stays'])
    expect((await api.ask('bed-manager', '/api/demand')).body.saidBy).toMatch(/^planner/)
  })

  it('say how the next hours will be, and what a what-if would change', async () => {
    const whatIf = { name: 'a second bed', interventions: [{ pool: 'bed', open: 1 }] }
    const asked = { hours: 3, replications: 20, whatIf, series: ['pool.bed.*', 'inside=stay.inside+visit.inside'] }
    const { status, body } = await api.ask('bed-manager', '/api/forecasts', { body: asked, headers: { 'idempotency-key': 'k1' } })
    expect(status).toBe(200)
    const band = (name: string) => body.bands.find((each: { name: string }) => each.name === name)
    // One has the bed, the other waits.
    expect([band('pool.bed.occupied').now, band('pool.bed.waiting').now, band('inside').now]).toEqual([1, 1, 2])
    expect(band('inside').quantiles).toHaveLength(5)
    expect(body.changes.name).toBe('a second bed')
    expect(body.scores).toEqual([])
    const again = await api.ask('bed-manager', '/api/forecasts', { body: asked, headers: { 'idempotency-key': 'k1' } })
    expect(again.body.id).toBe(body.id)
    const { body: page } = await api.ask('planner', '/api/forecasts')
    expect(page.items.map(({ id }: { id: string }) => id)).toEqual([body.id])
    expect((await api.ask('planner', `/api/forecasts/${body.id}`)).body).toEqual(body)
  })

  it('lead to an action that is handed to somebody, with a clock, once', async () => {
    const { id } = (await api.ask('planner', '/api/forecasts')).body.items[0]
    const hand = (more: object, role: 'planner' | 'nurse' = 'planner') =>
      api.ask(role, `/api/forecasts/${id}/actions`, {
        body: { number: 0, action: 'ouvrir 1 lit', owner: 'bed-manager', dueMinutes: 30, ...more },
      })
    expect([(await hand({ number: 1 })).status, (await hand({}, 'nurse')).status]).toEqual([422, 403])
    expect([(await hand({})).status, (await hand({ action: 'ouvrir 2 lits' })).status]).toEqual([200, 200])
    const { items } = (await api.ask('bed-manager', '/api/alerts?state=open')).body
    const ours = items.filter(({ kind }: { kind: string }) => kind === 'forecastAction')
    expect(ours).toMatchObject([{ owner: 'bed-manager', pool: 'bed', reason: 'ouvrir 1 lit (planner/one)', overdue: false }])
    expect(Date.parse(ours[0].due) - Date.parse(ours[0].openedAt)).toBe(30 * 60_000)
    const handed = async () => (await api.ask('planner', `/api/forecasts/${id}/actions`)).body.items
    expect(await handed()).toMatchObject([
      { number: 0, action: 'ouvrir 1 lit (planner/one)', owner: 'bed-manager', state: 'open' },
    ])
    expect(
      (await api.ask('bed-manager', `/api/alerts/${ours[0].id}/close`, { body: { note: 'Deux lits ouverts' } })).status,
    ).toBe(200)
    expect(await handed()).toMatchObject([{ state: 'closed', overdue: false }])
  })

  it('are scored by what then was', async () => {
    const { id } = (await api.ask('planner', '/api/forecasts')).body.items[0]
    expect(await nextSampleAt(api.records, now)).toBe(now + hourMs)
    await advanceClock(api.records, now + hourMs)
    await startRun(api.records, { pathway: 'stay', variables: {}, at: now + hourMs, id: 'stay-third' })
    await host.relay()
    await sampleForecast(api.records, now + hourMs)
    expect(await nextSampleAt(api.records, now)).toBe(now + 2 * hourMs)
    const { body } = await api.ask('planner', `/api/forecasts/${id}`)
    const inside = body.scores.find((each: { name: string }) => each.name === 'inside')
    expect(inside.summary.count).toBe(1)
    expect(inside.hours.map((score: { happened: number } | null) => score?.happened ?? null)).toEqual([3, null, null])
    expect(inside.hours[0].pit).toBeGreaterThanOrEqual(0)
    expect(inside.hours[0].crps).toBeGreaterThanOrEqual(0)
  })

  it('go by the durations of the log, where it has enough of them, and say so', async () => {
    const { body: before } = await api.ask('planner', '/api/forecasts', { body: { hours: 2, replications: 10 } })
    expect(before.learnt).toEqual([])
    // Two hours later, since what the log says is asked once an hour: 150 triages of some 20 minutes, and 20 of whoever was brought.
    const at = now + 3 * hourMs
    await advanceClock(api.records, at)
    for (const [element, count] of [
      ['triage', 150],
      ['bring', 20],
    ] as const)
      await api.records.sql`
        insert into facts (run, sequence, ordinal, site, pathway, at, event, element, element_name, type, activation, instance)
        select 'before-' || n, 1, place, ${api.records.site}, 'visit',
          ${at - 28 * hourMs} + n * 600000 + place * (1200000 + (n % 7 - 3) * 60000), event, ${element}, '', 'bpmn:UserTask', 1, 0
        from generate_series(1, ${count}::int) as n, (values (0, 'entered'), (1, 'completed')) as facts (place, event)`
    const { body } = await api.ask('planner', '/api/forecasts', { body: { hours: 2, replications: 10 } })
    expect(body.learnt).toMatchObject([
      { pathway: 'visit', element: 'triage', completed: 150, meanMinutes: expect.closeTo(20, 0), drawnMeanMinutes: null },
    ])
  })

  it('name what cannot be', async () => {
    const bad = async (body: unknown) => (await api.ask('planner', '/api/forecasts', { body })).body
    expect((await bad({ series: ['pool.beds.occupied'] })).detail).toContain('did you mean "pool.bed.occupied"?')
    expect((await bad({ whatIf: { interventions: [{ pool: 'beds', open: 1 }] } })).detail).toContain('Did you mean "bed"?')
    expect((await bad({ whatIf: { interventions: [] } })).errors[0].path).toBe('whatIf.interventions')
    expect((await bad({ hours: 1000 })).errors[0].path).toBe('hours')
    expect((await api.ask('planner', '/api/forecasts/none')).body.type).toBe('urn:parcours:problem:unknown-forecast')
    expect((await api.ask('porter', '/api/forecasts')).status).toBe(403)
  })
})
