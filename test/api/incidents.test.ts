// Goal: a request that nothing could ever grant is decided by people, once. Method: real Postgres, Temporal, worker and relay behind the API.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { end, extended, pathway, start } from '../records/model.ts'
import { pool, publish, setLedger, unit } from '../records/support.ts'
import { eventually, LiveHospital } from '../workflows/support.ts'
import { apiOn, type TestApi } from './support.ts'

let hospital: LiveHospital
let api: TestApi

beforeAll(async () => {
  hospital = await LiveHospital.open()
  api = await apiOn(hospital.records, hospital.client)
  const need =
    '<hospital:need pool="bed" quantity="2"><hospital:where attribute="isolation" operator="=" value="=isolation"/></hospital:need>'
  const task = `<bpmn:userTask id="lie" name="Lie down">${extended(`<hospital:task role="nurse"/>${need}`)}</bpmn:userTask>`
  await publish(hospital.records, await pathway('stay', `${start}${task}${end}`, 'start>lie lie>end'))
  await setLedger(hospital.records, { pools: [pool('bed')], units: [] })
})
afterAll(async () => {
  await api.close()
  await hospital.close()
})

const begin = async () => {
  const { body } = await api.ask('nurse', '/api/runs', { body: { pathway: 'stay', variables: { isolation: 'airborne' } } })
  return body.id as string
}
const openIncident = (run: string, headers = {}) =>
  eventually(
    `incident of ${run}`,
    async () => (await api.ask('bed-manager', `/api/incidents?run=${run}&state=open`, { headers })).body.items[0],
  )
const resolve = (id: string, action: string, actor = 'anne', reason = 'vu avec le service') =>
  api.ask('bed-manager', `/api/incidents/${id}/resolve`, { body: { action, reason }, actor })
const stateOf = async (run: string) => (await api.ask('bed-manager', `/api/runs/${run}`)).body.state
const incidentsOf = async (run: string) => (await api.ask('bed-manager', `/api/incidents?run=${run}`)).body.items

/** The hospital gets beds: the ledger in memory is read anew. */
const addBeds = async (...ids: string[]) => {
  for (const id of ids) {
    const { place } = unit(id, 'bed')
    await hospital.records.sql`
      insert into units values ('hospital', ${id}, 'bed', ${id}, ${place}, '{"isolation":"airborne"}', 'free', '', -1, '', '', false, 0)`
  }
  await hospital.records.sql`update sites set ledger_state = gen_random_uuid()`
}

it('says what is impossible and what to do, in both languages, without the patient’s own values', async () => {
  const run = await begin()
  const incident = await openIncident(run)
  expect(incident).toMatchObject({
    ...{ run, element: 'lie', name: 'Lie down', activity: 'request', owner: 'bed-manager', state: 'open' },
    wanted: [{ pool: 'bed', quantity: 2, filters: ['isolation'] }],
    actions: ['retry', 'cancel'],
    reason: '« bed » n’a pas assez d’unités qui conviennent, même toutes libres : 2 (isolation).',
    remedy: 'Ajoutez-en à l’hôpital puis réessayez, ou annulez le parcours.',
  })
  expect(JSON.stringify(incident)).not.toContain('airborne')
  expect((await openIncident(run, { 'accept-language': 'en' })).reason).toContain('too few units that fit')
  const seenByNurse = (await api.ask('nurse', `/api/incidents?run=${run}&state=open`)).body.items
  expect(seenByNurse, 'what is for others to decide').toMatchObject([{ id: incident.id, actions: [] }])
})

it('cannot be skipped: says so, and stays open', async () => {
  const run = await begin()
  const { id } = await openIncident(run)
  expect((await resolve(id, 'skip')).body).toMatchObject({ status: 422, type: 'urn:parcours:problem:cannot-skip' })
  expect((await openIncident(run)).id).toBe(id)
  expect(await stateOf(run)).toBe('running')
})

it('retried in vain is an incident again', async () => {
  const run = await begin()
  const { id } = await openIncident(run)
  expect(await resolve(id, 'retry')).toMatchObject({ status: 200, body: { state: 'resolved', resolution: 'retry' } })
  const again = await openIncident(run)
  expect(again.id).not.toBe(id)
  expect(again).toMatchObject({ element: 'lie', activity: 'request', wanted: [{ pool: 'bed', quantity: 2 }] })
})

it('cancelled ends the run, once, with who and why', async () => {
  const run = await begin()
  const { id } = await openIncident(run)
  const answers = await Promise.all([resolve(id, 'cancel'), resolve(id, 'cancel'), resolve(id, 'cancel', 'bob')])
  const [mine, again, other] = answers
  // Whoever was first, the same person hears the same and the other one learns that it is decided.
  expect([mine!.status, again!.status, other!.status].sort()).toEqual(mine!.status === 200 ? [200, 200, 409] : [200, 409, 409])
  await eventually('the end', async () => ((await stateOf(run)) === 'cancelled' ? true : undefined))
  expect(await incidentsOf(run)).toMatchObject([
    { id, state: 'resolved', resolution: 'cancel', resolutionReason: 'vu avec le service', resolvedBy: expect.any(String) },
  ])
  expect((await hospital.story(run)).filter((fact) => fact === 'cancelled lie')).toHaveLength(1)
  const { cancellation } = (await api.ask('bed-manager', `/api/runs/${run}`)).body
  expect(cancellation).toEqual({ by: (await incidentsOf(run))[0].resolvedBy, reason: 'vu avec le service' })
  const { body } = await resolve(id, 'retry')
  expect(body.type).toBe('urn:parcours:problem:no-such-incident')
})

it('retried once the hospital has what it takes, goes on; asked twice, once', async () => {
  const run = await begin()
  const { id } = await openIncident(run)
  await addBeds('b1', 'b2')
  const answers = await Promise.all([resolve(id, 'retry'), resolve(id, 'retry')])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(answers[1]!.body).toEqual(answers[0]!.body)
  const task = await hospital.task(run, 'lie')
  expect((await hospital.records.sql`select id from units where holder = ${run}`).map(({ id }) => id).sort()).toEqual([
    'b1',
    'b2',
  ])
  expect((await api.ask('nurse', `/api/tasks/${task.id}/complete`, { body: {} })).status).toBe(200)
  await eventually('the end', async () => ((await stateOf(run)) === 'completed' ? true : undefined))
  expect((await hospital.story(run)).filter((fact) => fact === 'granted lie')).toHaveLength(1)
  expect(await incidentsOf(run)).toMatchObject([{ id, resolution: 'retry', resolvedBy: 'bed-manager/anne' }])
})
