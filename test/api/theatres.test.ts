// Goal: a day of theatres says what was planned and what was; moving a case tells its pathway, which then waits for the new time and theatre.
// Method: a small surgery behind the API, its runs driven by a host that hears the outbox as the workflow does.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlannedDay } from '../../api/types.ts'
import { isoOf } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import type { PatientTraits } from '../../records/connectors.ts'
import { createPatient } from '../../records/patients.ts'
import { siteTime } from '../../records/sites.ts'
import { startRun } from '../../records/starting.ts'
import { end, extended, pathway, start } from '../records/model.ts'
import { Host, pool, publish, setLedger, unit } from '../records/support.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let host: Host
let now: number
const HOUR = 3_600_000
const TRAITS: PatientTraits = {
  ...{ birthFamily: 'LEFÈVRE', usedFamily: 'LEFÈVRE', birthGivens: 'MARIE', firstBirthGiven: 'MARIE' },
  ...{ birthDate: '1979-03-28', sex: 'F', birthPlace: { insee: '75056', name: 'PARIS' }, ins: null },
}

beforeAll(async () => {
  api = await openTestApi()
  const { records } = api
  const task = (id: string, more: string) =>
    `<bpmn:userTask id="${id}" name="${id} it">${extended(`<hospital:task role="nurse" form="f"/>${more}`)}</bpmn:userTask>`
  const holds = ['theatre', 'team'].map((name) => `<hospital:hold name="${name}" pool="${name}" quantity="1"/>`).join('')
  const slot = `<hospital:slot unit='=if room = null then "" else room' start="=planned"/>`
  const lasting = '<hospital:duration distribution="fixed" value="PT60M"/>'
  await publish(
    records,
    await pathway(
      'operation',
      `${extended(holds)}${start}<bpmn:intermediateCatchEvent id="call"><bpmn:timerEventDefinition><bpmn:timeDate>=planned</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
       ${task('operate', `<hospital:take hold="theatre"/><hospital:take hold="team"/>${slot}${lasting}`)}
       ${task('close', '')}${task('leave', '<hospital:give hold="theatre"/>')}${end}`,
      'start>call call>operate operate>close close>leave leave>end',
    ),
  )
  await publish(records, await pathway('clean', `${start}${task('wash', '')}${end}`, 'start>wash wash>end'))
  const open = Array.from({ length: 7 }, (_, day) => ({ fromMinute: day * 1440 + 480, toMinute: day * 1440 + 1080 }))
  await setLedger(records, {
    pools: [pool('theatre', { turnover: 'clean' }), pool('team')],
    units: [unit('t1', 'theatre'), unit('t2', 'theatre'), { ...unit('e1', 'team'), calendar: 'week' }, unit('e2', 'team')],
    calendars: [{ id: 'week', open }],
  })
  host = new Host(records)
  now = await hospitalNow(records)
})
afterAll(() => api.close())

const iso = async (at: number) => isoOf(at, await siteTime(api.records, api.records.sql, api.records.site))
const day = async (role: 'theatre-manager' | 'nurse' = 'theatre-manager'): Promise<PlannedDay> =>
  (await api.ask(role, '/api/resources/pools/theatre/day')).body
const caseOf = async (run: string) => (await day()).cases.find((one) => one.run === run)!
const plan = (moves: object[], more: object = {}) =>
  api.ask('theatre-manager', '/api/resources/pools/theatre/plan', { body: { moves, reason: 'Urgence intercalée', ...more } })

async function operation(planned: number, room: string | null): Promise<string> {
  const variables = { planned: await iso(planned), room, procedure: 'Hernie', urgency: 'planned' }
  const { run } = await startRun(api.records, { pathway: 'operation', variables, at: now })
  await host.relay()
  return run
}

it('moves cases together: their runs wait for the new time, and ask for the new theatre', async () => {
  const first = await operation(now + 2 * HOUR, 't1')
  const second = await operation(now + 3 * HOUR, 't1')
  const seen = [await caseOf(first), await caseOf(second)]
  expect(seen[0]).toMatchObject({ state: 'planned', unit: 't1', procedure: 'Hernie', urgent: false, mayMove: true })
  const start = await iso(now + 5 * HOUR)
  const moves = [
    { run: first, unit: 't2', start, sequence: seen[0]!.sequence },
    { run: second, unit: null, start, sequence: seen[1]!.sequence },
  ]
  expect((await plan(moves)).status).toBe(200)
  await host.relay()
  for (const run of [first, second])
    expect(host.instance(run).marking.waits).toMatchObject([{ kind: 'timer', due: now + 5 * HOUR }])
  expect(await caseOf(first)).toMatchObject({ unit: 't2', start })
  expect(await caseOf(second)).toMatchObject({ unit: null, start })
  const late = await plan([moves[0]!])
  expect(late).toMatchObject({ status: 409, body: { type: 'urn:parcours:problem:changed-meanwhile' } })
  const { body } = await api.ask('nurse', `/api/runs/${first}`)
  expect(body.history.items[0]).toMatchObject({ event: 'rescheduled', element: 't2' })
})

it('moves none when one of them cannot be', async () => {
  const run = await operation(now + 2 * HOUR, 't1')
  const { sequence } = await caseOf(run)
  const start = await iso(now + 6 * HOUR)
  const refused = await plan([
    { run, unit: 't2', start, sequence },
    { run: 'nobody', unit: 't2', start, sequence: 1 },
  ])
  expect(refused.body.type).toContain('unknown-run')
  expect((await plan([{ run, unit: 'no-theatre', start, sequence }])).body.type).toContain('unknown-unit')
  await host.relay()
  expect(await caseOf(run)).toMatchObject({ unit: 't1', sequence })
})

it('shows what really happened, the hours of those who work there, and how long cases last', async () => {
  const run = await operation(now - HOUR, 't1')
  const timer = host.instance(run).marking.waits[0]!
  await host.tell(run, { type: 'elapsed', at: now, wait: timer.id })
  await host.relay()
  expect(await caseOf(run)).toMatchObject({ state: 'underWay', mayMove: false, step: 'operate it' })
  await host.complete(run, host.taskOf(run), now + 1)
  await host.complete(run, host.taskOf(run), now + 2)
  await host.relay()
  const { cases, stretches, units, lengths, turnovers } = await day()
  expect(cases.find((one) => one.run === run)).toMatchObject({ state: 'done' })
  const really = stretches.filter(({ unit: id }) => id === 't1').map(({ state }) => state)
  expect(really.at(-1)).toBe('dirty')
  expect(units.map(({ closesAt }) => closesAt?.slice(11, 16))).toEqual(['18:00', '18:00'])
  expect(lengths).toMatchObject({ source: 'declared' })
  expect(lengths.minutes[50]).toBe(60)
  expect(turnovers.source).toBe('unknown')
  expect((await plan([{ run, unit: 't2', start: await iso(now), sequence: (await caseOf(run)).sequence }])).status).toBe(409)
})

it('puts an urgent case into the day with those that make way, all or nothing, and once', async () => {
  const { records } = api
  const today = await iso(now)
  const birthDate = `${Number(today.slice(0, 4)) - 46}${today.slice(4, 10)}`
  const patient = await createPatient(records, { traits: { ...TRAITS, birthDate }, insStatus: 'QUAL', at: now })
  const planned = await operation(now + 2 * HOUR, 't1')
  const { sequence } = await caseOf(planned)
  expect((await day()).pathways).toEqual([{ id: 'operation', name: 'operation' }])
  const [start, later] = [await iso(now + HOUR), await iso(now + 4 * HOUR)]
  const insertion = {
    ...{ pathway: 'operation', patient: patient.id, procedure: 'Appendicectomie', place: 'Urgences, Box 3', unit: 't1', start },
    ...{ moves: [{ run: planned, unit: 't1', start: later, sequence }], reason: 'Urgence intercalée' },
  }
  const ask = (change: object, key = 'one', role: 'theatre-manager' | 'nurse' = 'theatre-manager') =>
    api.ask(role, '/api/resources/pools/theatre/cases', {
      body: { ...insertion, ...change },
      headers: { 'idempotency-key': `urgent-${key}` },
    })
  const before = (await day()).cases.length
  expect((await ask({}, 'who', 'nurse')).status).toBe(403)
  const refusals = {
    unit: 'no-theatre',
    patient: 'nobody',
    pathway: 'clean',
    moves: [{ ...insertion.moves[0], sequence: sequence + 1 }],
  }
  for (const [what, wrong] of Object.entries(refusals))
    expect(await ask({ [what]: wrong }, what)).toMatchObject({
      status: what === 'unit' || what === 'patient' ? 404 : 409,
      body: { type: expect.stringMatching(/unknown-unit|unknown-patient|planned-by-pathway|changed-meanwhile/) },
    })
  await host.relay()
  expect((await day()).cases.length).toBe(before)
  expect(await caseOf(planned)).toMatchObject({ sequence })

  const first = await ask({})
  expect(first).toMatchObject({ status: 200, body: { pathway: 'operation', state: 'starting' } })
  expect((await ask({})).body).toEqual(first.body)
  await host.relay()
  const run: string = first.body.id
  expect(await caseOf(run)).toMatchObject({ state: 'planned', urgent: true, unit: 't1', start, procedure: 'Appendicectomie' })
  expect(await caseOf(planned)).toMatchObject({ unit: 't1', start: later })
  expect(host.instance(run).variables[0]).toMatchObject({ age: 46, sex: 'F', place: 'Urgences, Box 3' })
  expect((await day()).cases.length).toBe(before + 1)
  const { body } = await api.ask('nurse', `/api/runs/${run}`)
  expect(body.history.items).toContainEqual(expect.objectContaining({ event: 'inserted', element: 't1' }))
})
