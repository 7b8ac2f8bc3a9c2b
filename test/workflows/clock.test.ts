// Goal: no timer sleeps past a clock that was moved or set to another rate. Method: real Postgres, Temporal, worker and relay.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { advanceClock, hospitalNow, startClock } from '../../records/clock.ts'
import { readRun } from '../../records/runs.ts'
import { tellClockChanges } from '../../start/worker/clock-changes.ts'
import { end, pathway, start } from '../records/model.ts'
import { publish } from '../records/support.ts'
import { eventually, LiveHospital, log } from './support.ts'

const DAY_MS = 86_400_000
let hospital: LiveHospital
let telling: Promise<void>
const stopping = new AbortController()
const changes = new EventTarget()

beforeAll(async () => {
  hospital = await LiveHospital.open()
  const timer =
    '<bpmn:intermediateCatchEvent id="night"><bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>'
  await publish(hospital.records, await pathway('stay', `${start}${timer}${end}`, 'start>night night>end'))
  telling = tellClockChanges(stopping.signal, hospital.records, { client: hospital.client, log, changes })
})
afterAll(async () => {
  stopping.abort()
  await telling
  await hospital.close()
})

const begun = (run: string) =>
  eventually(`${run} to begin`, async () => (await readRun(hospital.records, run))?.instance ?? undefined)

it('a timer follows a clock that runs faster, and one that is moved', async () => {
  const { records } = hospital
  await startClock(records, 1, { from: 0, heartbeats: false })
  const first = await hospital.start('stay')
  await begun(first)
  await advanceClock(records, (await hospitalNow(records)) + DAY_MS)
  expect((await hospital.ended(first)).state).toBe('completed')
  const second = await hospital.start('stay')
  await begun(second)
  await startClock(records, DAY_MS / 500, { heartbeats: false })
  expect((await hospital.ended(second)).state).toBe('completed')
})
