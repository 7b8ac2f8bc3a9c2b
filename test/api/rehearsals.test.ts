// Goal: what a designer rehearses with comes from the hospital: who came, how long things took, what there is to call. Method: the API on a real Postgres, runs moved on a clock that stands still unless it is moved.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startClock, stopClock } from '../../records/clock.ts'
import { startRun } from '../../records/starting.ts'
import type { Host } from '../records/support.ts'
import { openHospital } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

const hourMs = 3_600_000
/** A Friday, 7 h in Paris: the site's epoch is Thursday midnight UTC. */
const now = 30 * hourMs

let api: TestApi
let host: Host
beforeAll(async () => {
  api = await openTestApi()
  ;({ host } = await openHospital(api))
  await startClock(api.records, 1e-6, { from: now, heartbeats: false })
  await stopClock(api.records)
  await startRun(api.records, { pathway: 'stay', variables: {}, at: now - 2 * hourMs, id: 'stay-first' })
  await startRun(api.records, { pathway: 'stay', variables: {}, at: now - hourMs, id: 'stay-second' })
  await host.relay()
})
afterAll(() => api.close())

describe('what a rehearsal is made of', () => {
  it('is what else is published, and what a task may call', async () => {
    const { body } = await api.ask('designer', '/api/programs')
    expect(body.items.map(({ process }: { process: string }) => process)).toContain('stay')
    expect((await api.ask('nurse', '/api/programs')).status).toBe(403)
    const connectors = await api.ask('designer', '/api/connectors')
    expect(connectors.body.items).toContainEqual(
      expect.objectContaining({ name: 'alerts.raise', inputs: ['patient', 'level', 'reason'] }),
    )
  })

  it('are those who came, by hour of the week of the site', async () => {
    const { body } = await api.ask('designer', '/api/starts?days=7')
    // Since the first of them, two hours ago.
    expect(body.days).toBe(2 / 24)
    const [stay] = body.items
    expect(stay.pathway).toBe('stay')
    expect(stay.startsByHourOfWeek.flatMap((count: number, hour: number) => (count > 0 ? [[hour, count]] : []))).toEqual([
      [4 * 24 + 5, 1],
      [4 * 24 + 6, 1],
    ])
  })

  it('is how long the bed was waited for, and how long it was lain in', async () => {
    await host.complete('stay-first', host.taskOf('stay-first'), now)
    await host.relay()
    const { body } = await api.ask('designer', '/api/pathways/stay/times?days=7')
    expect(body.items.find(({ element }: { element: string }) => element === 'lie')).toMatchObject({
      ...{ completed: 1, waited: 2, waitMinutesMean: 30, workMinutesMean: 120 },
    })
    expect((await api.ask('designer', '/api/pathways/nowhere/times')).status).toBe(404)
  })
})
