// Goal: timers go by hospital time, whatever the clock does meanwhile. Method: real services; the site's clock stopped, restarted, sped up.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { hospitalNow, startClock, stopClock } from '../../records/clock.ts'
import { end, start } from '../records/model.ts'
import { publish } from '../records/support.ts'
import { pathway, pause } from './model.ts'
import { delay, eventually, LiveHospital } from './support.ts'

const MINUTE = 60_000
let hospital: LiveHospital

beforeAll(async () => {
  hospital = await LiveHospital.open()
  await publish(hospital.records, await pathway('wait', `${start}${pause('pause', 'PT2M')}${end}`, 'start>pause pause>end'))
  await publish(hospital.records, await pathway('long', `${start}${pause('pause', 'P90D')}${end}`, 'start>pause pause>end'))
})
afterAll(() => hospital.close())
beforeEach(() => startClock(hospital.records, 120, { heartbeats: false }))
afterEach(() => stopClock(hospital.records))

const waiting = (run: string) =>
  eventually('a pause', async () => (await hospital.story(run)).includes('entered pause') || undefined)

/** How long it waited by the facts, and how late it was stepped, in hospital time. */
async function waited(run: string) {
  const facts = await hospital.facts(run)
  const [entered, caught] = ['entered', 'caught'].map(
    (event) => facts.find((fact) => fact.element === 'pause' && fact.event === event)!.at,
  )
  return caught! - entered!
}

it('two hours can pass in a moment', async () => {
  await startClock(hospital.records, 7_200, { heartbeats: false })
  const run = await hospital.start('wait')
  await hospital.ended(run)
  expect(await waited(run)).toBe(2 * MINUTE)
})

it('a timer that fires while the clock stands still waits again', async () => {
  const run = await hospital.start('wait')
  await waiting(run)
  await stopClock(hospital.records)
  const stood = await hospitalNow(hospital.records)
  await delay(2_500)
  expect(await hospital.story(run)).not.toContain('caught pause')
  expect(await hospitalNow(hospital.records)).toBe(stood)
  await startClock(hospital.records, 600, { heartbeats: false })
  await hospital.ended(run)
  expect(await waited(run)).toBe(2 * MINUTE)
})

it('a slower clock makes it wait longer', async () => {
  const run = await hospital.start('wait')
  await waiting(run)
  await startClock(hospital.records, 40, { heartbeats: false })
  await delay(1_500)
  expect(await hospital.story(run)).not.toContain('caught pause')
  await hospital.ended(run)
  expect(await waited(run)).toBe(2 * MINUTE)
})

it('ninety days at the speed of a demonstration in fast forward', async () => {
  await startClock(hospital.records, 7_776_000, { heartbeats: false })
  const run = await hospital.start('long')
  await hospital.ended(run)
  expect(await waited(run)).toBe(90 * 24 * 60 * MINUTE)
})
