// Goal: what people do reaches the run's workflow, once. Method: real Postgres, Temporal, worker and relay behind the API.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConnectorError } from '../../activities/connector.ts'
import { isoOf } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import { siteTime } from '../../records/sites.ts'
import { end, extended, pathway, start } from '../records/model.ts'
import { publish } from '../records/support.ts'
import { eventually, LiveHospital } from '../workflows/support.ts'
import { openHospital } from './hospital.ts'
import { apiOn, type TestApi } from './support.ts'

let hospital: LiveHospital
let api: TestApi
let failing = true

beforeAll(async () => {
  const post = async () => {
    if (failing) throw new ConnectorError('The letter box is closed', { retryable: false })
    return {}
  }
  hospital = await LiveHospital.open({ connectors: { 'letters.post': post } })
  api = await apiOn(hospital.records, hospital.client)
  await openHospital(api)
  const letter = await pathway(
    'letter',
    `${start}<bpmn:serviceTask id="post" name="Post it">${extended('<hospital:activity name="letters.post"/>')}</bpmn:serviceTask>${end}`,
    'start>post post>end',
  )
  await publish(hospital.records, letter)
  const ward = `<bpmn:adHocSubProcess id="round" name="Round" ordering="Sequential">${extended('<hospital:task role="nurse"/>')}
    <bpmn:userTask id="wash">${extended('<hospital:task role="nurse"/>')}</bpmn:userTask><bpmn:userTask id="dress" name="Dress">${extended('<hospital:task role="nurse"/>')}</bpmn:userTask>
    <bpmn:userTask id="feed">${extended('<hospital:task role="nurse"/>')}</bpmn:userTask></bpmn:adHocSubProcess>`
  await publish(hospital.records, await pathway('tour', `${start}${ward}${end}`, 'start>round round>end'))
})
afterAll(async () => {
  await api.close()
  await hospital.close()
})

const begin = async (pathway: string) => (await api.ask('nurse', '/api/runs', { body: { pathway } })).body.id as string
const taskOf = (run: string) =>
  eventually(
    `task of ${run}`,
    async () => (await api.ask('operations', `/api/tasks?run=${run}`)).body.items[0] as { id: string; element: string },
  )
const complete = (
  id: string,
  data: object,
  { actor = 'anne', key = '', ...more }: { actor?: string; key?: string; at?: string } = {},
) =>
  api.ask('operations', `/api/tasks/${id}/complete`, {
    body: { data, ...more },
    actor,
    ...(key ? { headers: { 'idempotency-key': key } } : {}),
  })
const started = async (run: string) => {
  const { body } = await api.ask('nurse', `/api/runs/${run}`)
  return body
}

describe('what comes next in an ad-hoc subprocess', () => {
  it('is chosen by whoever is asked, among what waits for its turn', async () => {
    const run = await begin('tour')
    const next = (element: string) =>
      eventually(element, async () => {
        const task = await taskOf(run)
        return task.element === element ? task : undefined
      })
    const offered = async (id: string) =>
      (await api.ask('nurse', `/api/tasks/${id}`)).body.schema.components[0].values.map(({ label }: { label: string }) => label)
    const first = await next('round')
    expect(await offered(first.id)).toEqual(['wash', 'Dress', 'feed'])
    expect(await complete(first.id, {})).toMatchObject({ status: 422 })
    expect(await complete(first.id, { next: 'dress' })).toMatchObject({ status: 200, body: { state: 'completed' } })
    await complete((await next('dress')).id, {})
    const second = await next('round')
    expect(await offered(second.id)).toEqual(['wash', 'feed'])
    expect(await complete(second.id, { next: 'dress' })).toMatchObject({
      status: 422,
      body: { type: 'urn:parcours:problem:wrong-form', errors: [{ path: 'next' }] },
    })
    await complete(second.id, { next: 'feed' })
    await complete((await next('feed')).id, {})
    await complete((await next('wash')).id, {})
    expect((await started(run)).state).toBe('completed')
  })
})

describe('a task', () => {
  it('is completed, and the run goes on to its end', async () => {
    const run = await begin('visit')
    const triage = await taskOf(run)
    const { body } = await complete(triage.id, { triage: 2 })
    expect(body).toMatchObject({
      id: triage.id,
      state: 'completed',
      claimedBy: 'operations/anne',
      completedAt: expect.any(String),
    })
    const bring = await eventually('the next task', async () => {
      const task = await taskOf(run)
      return task.element === 'bring' ? task : undefined
    })
    expect((await complete(bring.id, {})).status).toBe(200)
    expect((await started(run)).state).toBe('completed')
  })

  it('is completed exactly once, however often and by whomever it is asked at the same moment', async () => {
    const run = await begin('visit')
    const { id } = await taskOf(run)
    const answers = await Promise.all([
      ...Array.from({ length: 3 }, () => complete(id, { triage: 2 }, { actor: 'anne', key: 'once' })),
      ...Array.from({ length: 3 }, () => complete(id, { triage: 3 }, { actor: 'bob' })),
    ])
    const winners = answers.filter(({ status }) => status === 200)
    const losers = answers.filter(({ status }) => status !== 200)
    expect(winners).toHaveLength(3)
    expect(new Set(winners.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(losers.map(({ body }) => body.type)).toEqual(Array(3).fill('urn:parcours:problem:task-done'))
    const facts = await hospital.story(run)
    expect(facts.filter((fact) => fact === 'completed triage')).toHaveLength(1)
    const again = await complete(id, { triage: 2 }, { actor: winners[0]!.body.claimedBy.split('/')[1] })
    expect(again.body).toEqual(winners[0]!.body)
  })

  it('is done when synthetic staff say, never in the future; people do it now', async () => {
    const site = await siteTime(hospital.records, hospital.records.sql, hospital.records.site)
    const run = await begin('visit')
    const { id } = await taskOf(run)
    const began = await hospitalNow(hospital.records)
    const ask = (at: number, options: object) =>
      api.ask('operations', `/api/tasks/${id}/complete`, { body: { data: { admit: true }, at: isoOf(at, site) }, ...options })
    expect((await ask(began + 3_600_000, { synthetic: true })).body.type).toContain('not-in-the-future')
    const { body } = await ask(began, { synthetic: true })
    expect(Date.parse(body.completedAt)).toBe(Date.parse(isoOf(began, site)))
    const next = await eventually('the next task', async () => {
      const task = await taskOf(run)
      return task.element === 'bring' ? task : undefined
    })
    const mine = await complete(next.id, {}, { at: '2026-01-02T00:00:00Z' })
    expect(Date.parse(mine.body.completedAt)).toBeGreaterThan(began)
  })

  it('of a run that went another way is stale', async () => {
    const run = await begin('visit')
    const { id } = await taskOf(run)
    await api.ask('physician', `/api/runs/${run}/cancel`, { body: { reason: 'parti' } })
    await eventually('the end', async () => ((await started(run)).state === 'cancelled' ? true : undefined))
    expect((await started(run)).cancellation).toEqual({ by: expect.stringContaining('physician'), reason: 'parti' })
    expect((await complete(id, { triage: 1 })).body).toMatchObject({ status: 409, type: 'urn:parcours:problem:stale-task' })
  })
})

describe('an incident', () => {
  const incidentOf = (run: string) =>
    eventually(
      `incident of ${run}`,
      async () => (await api.ask('physician', `/api/incidents?run=${run}&state=open`)).body.items[0],
    )
  const resolve = (id: string, action: string, actor = 'anne') =>
    api.ask('physician', `/api/incidents/${id}/resolve`, { body: { action, reason: 'vu avec le service' }, actor })

  it('is retried, and is an incident again when it fails again', async () => {
    failing = true
    const run = await begin('letter')
    const incident = await incidentOf(run)
    expect(incident).toMatchObject({ run, element: 'post', name: 'Post it', activity: 'letters.post', state: 'open' })
    expect((await resolve(incident.id, 'retry')).body).toMatchObject({
      state: 'resolved',
      resolution: 'retry',
      resolvedBy: 'physician/anne',
    })
    const again = await incidentOf(run)
    expect(again.id).not.toBe(incident.id)
    failing = false
    await resolve(again.id, 'retry')
    await eventually('the end', async () => ((await started(run)).state === 'completed' ? true : undefined))
  })

  it('is decided once: by another it is refused, by the same it is the same', async () => {
    failing = true
    const run = await begin('letter')
    const { id } = await incidentOf(run)
    const first = await resolve(id, 'skip')
    expect((await resolve(id, 'skip')).body).toEqual(first.body)
    expect((await resolve(id, 'cancel', 'bob')).body.type).toContain('no-such-incident')
    expect((await api.ask('physician', '/api/incidents/999999/resolve', { body: { action: 'skip', reason: 'vu' } })).status).toBe(
      422,
    )
    expect((await resolve('999999', 'skip')).body.type).toContain('unknown-incident')
    await eventually('the end', async () => ((await started(run)).state === 'completed' ? true : undefined))
  })
})

it('is ready when Postgres and Temporal are', async () => {
  expect(await api.ask(null, '/health/ready')).toMatchObject({
    status: 200,
    body: { ok: true, postgres: true, migrations: true, temporal: true },
  })
})
