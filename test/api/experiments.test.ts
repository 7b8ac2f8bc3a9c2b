// Goal: who asks for an experiment is told all that is wrong with it, asks once, and sees how far it is. Method: the API on a real Postgres; nobody simulates.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepReplications } from '../../records/experiment-work.ts'
import { end, pathway, start, userTask } from '../records/model.ts'
import { pool, publish, setLedger, unit } from '../records/support.ts'
import { QUEUE, scenarioText } from './scenario.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

interface Sending {
  files?: Record<string, string>
  headers?: Record<string, string>
  role?: 'planner' | 'nurse' | 'designer'
  [more: string]: unknown
}
const begin = (scenario: string, { files = { 'queue.bpmn': QUEUE }, headers, role = 'planner', ...more }: Sending = {}) =>
  api.ask(role, '/api/experiments', { body: { scenario, files, ...more }, ...(headers && { headers }) })

/** As a worker would. */
const finish = (id: string, numbers: number[]) =>
  keepReplications(api.records, {
    ...{ id, generation: 1, measures: ['visit.started', 'visit.stayMinutesMean'], tookMs: 40 },
    replications: numbers.map((replication) => ({ replication, values: [replication, 0.1 + replication / 3] })),
  })

describe('an experiment', () => {
  it('is kept, listed and read, with what was asked for and by whom', async () => {
    const { status, body } = await begin(scenarioText({ demand: '[{ id: p, pathway: visit, perHour: 13 }]' }), { seed: 9 })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...{
        name: 'two doctors',
        state: 'running',
        seed: 9,
        replications: 7,
        finished: 0,
        progress: 0,
        horizon: 'P4D',
        warmUp: 'P1D',
      },
      overloads: [{ pool: 'doctor', asked: expect.closeTo(2.1667, 3), there: 2 }],
      actions: [{ action: 'started', by: 'planner/one' }],
    })
    await finish(body.id, [0, 1, 3])
    expect((await api.ask('designer', `/api/experiments/${body.id}`)).body).toMatchObject({ finished: 3, progress: 3 / 7 })
    await begin(scenarioText())
    const first = (await api.ask('planner', '/api/experiments?limit=1')).body
    expect(first).toMatchObject({ total: 2, items: [{ name: 'two doctors', seed: 1 }] })
    const second = (await api.ask('planner', `/api/experiments?limit=1&cursor=${first.next}`)).body
    expect(second).toMatchObject({ next: null, items: [{ id: body.id }] })
    const sent = (await api.ask('planner', `/api/experiments/${body.id}/scenario`)).body
    expect(sent).toMatchObject({ seed: 9, files: { 'queue.bpmn': QUEUE } })
    expect((await api.ask('planner', '/api/experiments', { body: sent })).status).toBe(200)
  })

  it('is begun once, however often its key comes', async () => {
    const headers = { 'idempotency-key': 'k-1' }
    const [first, again] = [await begin(scenarioText(), { headers }), await begin(scenarioText(), { headers })]
    expect(again.body.id).toBe(first.body.id)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await begin(scenarioText(), { headers, seed: 2 })).toMatchObject({
      status: 422,
      body: { type: 'urn:parcours:problem:key-reused' },
    })
  })

  it('takes what comes with Parcours and what is published here', async () => {
    expect((await begin('extends: examples/three-doctors.yaml', { files: {}, replications: 3 })).body).toMatchObject({
      name: 'three doctors',
      replications: 3,
    })
    await publish(api.records, await pathway('tour', `${start}${userTask('look')}${end}`, 'start>look look>end'))
    const tour = (name: string) =>
      begin(scenarioText({ pathways: `["published:${name}"]`, demand: '[{ id: p, pathway: tour, perHour: 1 }]' }), { files: {} })
    expect((await tour('tour')).status).toBe(200)
    expect((await tour('tour@1')).status).toBe(200)
    const paths = async (name: string) => (await tour(name)).body.errors.map(({ path }: { path: string }) => path)
    expect(await paths('tour@7')).toEqual(['scenario.yaml: pathways, published:tour@7'])
    expect(await paths('tours')).toEqual(['scenario.yaml: pathways, published:tours'])
  })

  it('takes the resources of this hospital', async () => {
    const units = ['doctor-1', 'doctor-2', 'doctor-3'].map((id) => unit(id, 'doctor'))
    await setLedger(api.records, {
      pools: [pool('doctor')],
      units: [...units, { ...unit('doctor-4', 'doctor'), outOfService: true }],
    })
    const demand = '[{ id: p, pathway: visit, perHour: 20 }]'
    const { body } = await begin(scenarioText({ hospital: 'live:hospital', demand }))
    expect(body.overloads).toMatchObject([{ pool: 'doctor', there: 3 }])
    const changed = '{ file: live:hospital, pools: [{ id: doctor, units: 1 }] }'
    expect((await begin(scenarioText({ hospital: changed, demand }))).body.overloads).toMatchObject([
      { pool: 'doctor', there: 1 },
    ])
  })

  it.each<[string, Record<string, string>, string, string]>([
    ['a misspelt key', { horison: 'P1D' }, 'scenario.yaml', 'Did you mean "horizon"?'],
    ['no YAML', { name: '[' }, 'scenario.yaml: line', 'Correct the YAML.'],
    ['a file that did not come', { pathways: '[other.bpmn]' }, 'other.bpmn', 'Send it in "files"'],
    ['a file outside', { pathways: '[../package.json]' }, '../package.json', 'there is no such file'],
    [
      'a pool that there is not',
      { hospital: '{ pools: [{ id: nurse, units: 1 }] }' },
      'scenario.yaml',
      'there is no pool "doctor"',
    ],
    ['a warm-up of all of it', { horizon: 'P1D' }, 'scenario.yaml: horizon', 'not longer than the warm-up'],
    [
      'a target of nothing',
      { targets: '[{ measure: visit.wait, below: 1 }]' },
      'scenario.yaml: targets[0].measure',
      'there is no measure',
    ],
    ['itself as its base', { extends: 'scenario.yaml' }, 'scenario.yaml: extends', 'Remove one of them'],
  ])('%s is refused, by its place', async (_, changes, path, message) => {
    const { status, headers, body } = await begin(scenarioText(changes))
    expect([status, body.type]).toEqual([422, 'urn:parcours:problem:invalid-scenario'])
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(body.errors[0].path).toContain(path)
    expect(body.errors[0].message).toContain(message)
  })

  it('names what is wrong in a drawing', async () => {
    const { body } = await begin(scenarioText(), {
      files: { 'queue.bpmn': QUEUE.replace('targetRef="Exam"', 'targetRef="Nobody"') },
    })
    expect(body.errors[0]).toMatchObject({ path: 'queue.bpmn: a', message: expect.stringContaining('Nobody') })
  })

  it('is nobody’s but a planner’s, a designer’s and an administrator’s', async () => {
    expect((await begin(scenarioText(), { role: 'nurse' })).status).toBe(403)
    expect((await begin(scenarioText(), { role: 'designer' })).status).toBe(200)
    expect(await api.ask('planner', '/api/experiments/none')).toMatchObject({
      status: 404,
      body: { type: 'urn:parcours:problem:unknown-experiment' },
    })
  })

  it('gives no results before there are any, then those without a gap, and compares only the same patients', async () => {
    const [{ body: base }, { body: other }] = [await begin(scenarioText()), await begin(scenarioText(), { seed: 4 })]
    const results = (query = '') => api.ask('planner', `/api/experiments/${base.id}/results${query}`)
    expect(await results()).toMatchObject({ status: 409, body: { type: 'urn:parcours:problem:no-results-yet' } })
    await finish(base.id, [0, 1, 2, 4])
    expect((await results()).body).toMatchObject({
      replications: 3,
      values: [
        [0, 0.1],
        [1, 0.1 + 1 / 3],
        [2, 0.1 + 2 / 3],
      ],
    })
    expect((await results('?format=csv')).body).toContain('visit.stayMinutesMean,')
    expect(await results(`?against=${other.id}`)).toMatchObject({
      status: 409,
      body: { type: 'urn:parcours:problem:not-comparable', detail: expect.stringContaining('1, 4') },
    })
  })

  it('stops and is extended, and refuses what another release has made', async () => {
    const { id } = (await begin(scenarioText())).body
    await finish(id, [0, 1])
    const post = (what: string, body: unknown = {}) => api.ask('planner', `/api/experiments/${id}/${what}`, { body })
    expect((await post('stop')).body).toMatchObject({ state: 'stopped', finished: 2 })
    // What comes late is not kept.
    expect(await finish(id, [2])).toBe(false)
    expect(await post('extend', { replications: 2 })).toMatchObject({ status: 409 })
    const unknown = await post('extend', { replications: { measure: 'visit.wait', precision: 0.1 } })
    expect(unknown.body.errors[0].path).toBe('scenario.yaml: replications.measure')
    expect((await post('extend', { replications: 20 })).body).toMatchObject({ state: 'running', replications: 20, finished: 2 })
    await api.records.sql`update experiments set engine = 'older+1' where id = ${id}`
    expect(await post('extend', { replications: 30 })).toMatchObject({
      status: 409,
      body: { type: 'urn:parcours:problem:other-release', remedy: expect.stringContaining(id) },
    })
  })

  it('of a search is among the others, and what it cannot be is refused by its place', async () => {
    const factor = '{ name: doctors, path: hospital.pools.doctor.units, values: [2, 3] }'
    const search = (changes: Record<string, string> = {}) => {
      const lines = {
        scenario: 'queue.yaml',
        factors: `[${factor}]`,
        objective: '{ minimise: visit.stayMinutesMean }',
        ...changes,
      }
      const text = Object.entries(lines).map(([key, value]) => `${key}: ${value}`)
      const files = { 'queue.yaml': scenarioText(), 'queue.bpmn': QUEUE }
      return api.ask('planner', '/api/searches', { body: { search: text.join('\n'), files } })
    }
    const { body } = await search()
    expect(body).toMatchObject({ name: 'two doctors', search: { method: 'grid', designs: 2 }, replications: 40, progress: 0 })
    const results = (query = '') => api.ask('planner', `/api/experiments/${body.id}/results${query}`)
    expect(await results()).toMatchObject({ status: 409, body: { type: 'urn:parcours:problem:no-results-yet' } })
    expect(await results('?format=stress')).toMatchObject({ status: 409, body: { type: 'urn:parcours:problem:of-a-search' } })
    const refused = async (changes: Record<string, string>) => {
      const { status, body } = await search(changes)
      return [status, ...body.errors.map(({ path, message }: { path: string; message: string }) => `${path}: ${message}`)].join(
        ' ',
      )
    }
    expect(await refused({ metod: 'kn' })).toContain('Did you mean "method"?')
    expect(await refused({ scenario: 'other.yaml' })).toMatch(/^422 other.yaml: there is no such file/)
    expect(await refused({ factors: `[${factor.replace('doctor.units', 'docter.units')}]` })).toContain('Did you mean "doctor"?')
    expect(await refused({ factors: `[${factor.replace('2, 3', '2, 0')}]` })).toContain('doctors = 0')
    expect(await refused({ objective: '{ minimise: visit.stay }' })).toMatch(/^422 search.yaml: objective: there is no measure/)
  })

  it('is followed until it is over', async () => {
    const { id } = (await begin(scenarioText())).body
    const { token } = api.sessions.open('planner')
    const response = await api.application.request(`/api/experiments/${id}/events`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const told = response.text()
    await finish(id, [0])
    await new Promise((resolve) => setTimeout(resolve, 700))
    await api.ask('planner', `/api/experiments/${id}/stop`, { method: 'POST' })
    const events = (await told).trim().split('\n\n')
    expect(events.at(-1)).toMatch(/^event: end\ndata: .*"state":"stopped"/)
    expect(events.some((event) => event.startsWith('event: experiment') && event.includes('"finished":1'))).toBe(true)
  })
})
