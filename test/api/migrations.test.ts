// Goal: a designer sees what would become of each run before any moves. Method: the API on a real Postgres; a host that steps runs as the workflow would.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { end, pathway, start, userTask } from '../records/model.ts'
import { Host, publish } from '../records/support.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let run: string
let id: string
beforeAll(async () => {
  api = await openTestApi()
  const host = new Host(api.records)
  await publish(
    api.records,
    await pathway('tour', `${start}${userTask('look')}${userTask('note')}${end}`, 'start>look look>note note>end'),
  )
  run = (await api.ask('nurse', '/api/runs', { body: { pathway: 'tour', variables: {} } })).body.id
  await host.relay()
  const changed = `${start}${userTask('look')}<bpmn:boundaryEvent id="late" attachedToRef="look"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>${end}`
  await publish(api.records, await pathway('tour', changed, 'start>look look>end late>end'))
})
afterAll(() => api.close())

describe('a migration', () => {
  it('is planned with a proposal, and shows what would become of each run', async () => {
    const planned = await api.ask('designer', '/api/pathways/tour/migrations', { body: { from: 1, to: 2 } })
    expect(planned).toMatchObject({
      status: 200,
      body: { from: 1, to: 2, state: 'planned', unmapped: ['note'], counts: { pending: 1, moved: 0 }, createdBy: 'designer/one' },
    })
    id = planned.body.id
    const { body } = await api.ask('designer', `/api/migrations/${id}/runs`)
    expect(body).toMatchObject({
      total: 1,
      items: [{ run, state: 'pending', refusals: [], moves: [{ from: 'look', to: 'look' }], begins: ['late'], ends: [] }],
    })
    expect((await api.ask('nurse', `/api/runs/${run}`)).body.version).toBe(1)
  })

  it('says in the reader’s language why a run would be refused, once its place has no counterpart', async () => {
    const elements = { start: 'start', end: 'end' }
    const corrected = await api.ask('designer', `/api/migrations/${id}/plan`, { method: 'PUT', body: { elements } })
    expect(corrected.body.unmapped).toEqual(['look', 'note'])
    const ask = async (language: string) =>
      (await api.ask('designer', `/api/migrations/${id}/runs`, { headers: { 'accept-language': language } })).body.items[0]
        .refusals
    expect(await ask('en')).toEqual([{ code: 'unmapped', element: 'look', message: expect.stringContaining('no counterpart') }])
    expect(await ask('fr')).toEqual([{ code: 'unmapped', element: 'look', message: expect.stringContaining('équivalent') }])
  })

  it('starts, stops and goes on; its plan cannot be changed while it runs', async () => {
    expect((await api.ask('designer', `/api/migrations/${id}/start`, { method: 'POST' })).body).toMatchObject({
      state: 'running',
      startedBy: 'designer/one',
    })
    const correct = { method: 'PUT', body: { elements: {} } }
    expect(await api.ask('designer', `/api/migrations/${id}/plan`, correct)).toMatchObject({ status: 409 })
    expect((await api.ask('designer', `/api/migrations/${id}/stop`, { method: 'POST' })).body.state).toBe('stopped')
    expect(await api.ask('designer', `/api/migrations/${id}/plan`, correct)).toMatchObject({ status: 200 })
    expect((await api.ask('administrator', '/api/migrations?pathway=tour')).body).toMatchObject({
      total: 1,
      items: [{ id, state: 'stopped' }],
    })
  })

  it('refuses what it cannot be, by name', async () => {
    const post = (body: unknown) => api.ask('designer', '/api/pathways/tour/migrations', { body })
    expect(await post({ from: 1, to: 9 })).toMatchObject({ status: 404, body: { type: 'urn:parcours:problem:unknown-version' } })
    const wrong = await post({ from: 1, to: 2, elements: { look: 'nowhere' } })
    expect(wrong).toMatchObject({
      status: 422,
      body: { type: 'urn:parcours:problem:wrong-plan', detail: expect.stringContaining('nowhere') },
    })
    expect(await post({ from: 0, to: 'x' })).toMatchObject({ status: 422 })
    expect(await api.ask('designer', '/api/migrations/none')).toMatchObject({ status: 404 })
    expect(await api.ask('nurse', `/api/migrations/${id}`)).toMatchObject({ status: 403 })
  })

  it('may be for one run alone, which must be under way there', async () => {
    expect(await api.ask('nurse', '/api/runs', { body: { pathway: 'tour', version: 1, variables: {} } })).toMatchObject({
      status: 200,
    })
    const plan = (one: string) => api.ask('designer', '/api/pathways/tour/migrations', { body: { from: 1, to: 2, run: one } })
    const planned = await plan(run)
    expect(planned.body).toMatchObject({ run, counts: { pending: 1 } })
    const { body } = await api.ask('designer', `/api/migrations/${planned.body.id}/runs`)
    expect(body).toMatchObject({ total: 1, items: [{ run }] })
    expect(await plan('nobody')).toMatchObject({ status: 404, body: { type: expect.stringContaining('unknown-run') } })
  })
})
