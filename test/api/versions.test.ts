// Goal: designers keep drafts and publish each other's. Method: the API on a real Postgres, as two designers and a nurse.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { end, pathway, start, userTask } from '../records/model.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let bpmn: string
let changed: string
beforeAll(async () => {
  api = await openTestApi()
  bpmn = (await pathway('tour', `${start}${userTask('look')}${end}`, 'start>look look>end')).bpmn
  changed = (await pathway('tour', `${start}${userTask('look')}${userTask('again')}${end}`, 'start>look look>again again>end'))
    .bpmn
})
afterAll(() => api.close())

const forms = { f: { type: 'default', components: [] } }
const ada = { actor: 'ada' }
const bob = { actor: 'bob' }

describe('the life of a version', () => {
  it('is drawn, approved by a second person, and started', async () => {
    const saved = await api.ask('designer', '/api/pathways/tour/versions', { ...ada, body: { bpmn, forms, note: 'first try' } })
    expect(saved).toMatchObject({
      status: 200,
      body: { version: 1, state: 'draft', author: 'designer/ada', check: { executable: true } },
    })
    const { revision } = saved.body
    expect((await api.ask('designer', '/api/drafts', bob)).body).toMatchObject({
      total: 1,
      items: [{ pathway: 'tour', version: 1, revision }],
    })
    expect((await api.ask('nurse', '/api/pathways')).body.items).toEqual([])
    expect(await api.ask('nurse', '/api/pathways/tour/versions/1')).toMatchObject({ status: 404 })
    const publish = '/api/pathways/tour/versions/1/publish'
    expect(await api.ask('designer', publish, { ...ada, body: { revision } })).toMatchObject({
      status: 409,
      body: { type: 'urn:parcours:problem:same-person', remedy: expect.stringContaining('autre') },
    })
    expect(await api.ask('nurse', publish, { body: { revision } })).toMatchObject({ status: 403 })
    expect(await api.ask('designer', publish, { ...bob, body: { revision } })).toMatchObject({
      status: 200,
      body: { state: 'published', approver: 'designer/bob', current: true },
    })
    expect((await api.ask('nurse', '/api/pathways')).body.items).toMatchObject([{ id: 'tour', version: 1 }])
    expect(await api.ask('nurse', '/api/runs', { body: { pathway: 'tour', variables: {} } })).toMatchObject({ status: 200 })
  })

  it('keeps its scenario tests, and waits for a second person until it is saved again', async () => {
    const scenarios = 'pathway: tour\nscenarios: []\n'
    const saved = await api.ask('designer', '/api/pathways/walk/versions', {
      ...ada,
      body: { bpmn: bpmn.replaceAll('"tour"', '"walk"'), forms, scenarios },
    })
    expect(saved.body).toMatchObject({ submittedAt: null, submittedBy: null })
    const one = '/api/pathways/walk/versions/1'
    expect((await api.ask('designer', one)).body.scenarios).toBe(scenarios)
    const submit = (revision: string) => api.ask('designer', `${one}/submit`, { ...ada, body: { revision } })
    expect((await submit('another')).body.type).toContain('draft-changed')
    const submitted = await submit(saved.body.revision)
    expect(submitted.body).toMatchObject({ submittedBy: 'designer/ada', submittedAt: expect.any(String), state: 'draft' })
    expect((await submit(saved.body.revision)).body.submittedAt).toBe(submitted.body.submittedAt)
    const again = { bpmn: bpmn.replaceAll('"tour"', '"walk"'), forms, scenarios: '', revision: saved.body.revision }
    expect((await api.ask('designer', one, { ...bob, method: 'PUT', body: again })).body).toMatchObject({
      submittedAt: null,
      author: 'designer/bob',
    })
    expect((await api.ask('designer', one, { method: 'DELETE' })).status).toBe(200)
  })

  it('a draft saved twice with one key is one draft', async () => {
    const once = { ...ada, headers: { 'idempotency-key': 'save-1' }, body: { bpmn: changed, forms } }
    const first = await api.ask('designer', '/api/pathways/tour/versions', once)
    const second = await api.ask('designer', '/api/pathways/tour/versions', once)
    expect(second.body).toEqual(first.body)
    expect((await api.ask('designer', '/api/pathways/tour/versions')).body.total).toBe(2)
  })

  it('a draft with errors is kept, says what is wrong in the reader’s language, and is not published', async () => {
    const broken = changed.replace('targetRef="again"', 'targetRef="nowhere"')
    const { revision } = (await api.ask('designer', '/api/pathways/tour/versions/2')).body
    const put = { ...ada, method: 'PUT', body: { bpmn: broken, forms, revision } }
    const saved = await api.ask('designer', '/api/pathways/tour/versions/2', put)
    expect(saved).toMatchObject({ status: 200, body: { program: '', check: { executable: false } } })
    expect(await api.ask('designer', '/api/pathways/tour/versions/2', put)).toMatchObject({
      status: 409,
      body: { type: 'urn:parcours:problem:draft-changed' },
    })
    const refused = await api.ask('administrator', '/api/pathways/tour/versions/2/publish', {
      body: { revision: saved.body.revision },
    })
    expect(refused).toMatchObject({ status: 422, body: { type: 'urn:parcours:problem:not-executable' } })
    expect(refused.body.errors[0].message).toContain('nowhere')
  })

  it('a draft in which a patient could get stuck is not published', async () => {
    const join = '<bpmn:exclusiveGateway id="x" default="f1"/><bpmn:parallelGateway id="j"/>'
    const drawn = (
      await pathway(
        'tour',
        `${start}<bpmn:task id="x"/>${userTask('look')}${userTask('again')}<bpmn:task id="j"/>${end}`,
        'start>x x>look x>again look>j again>j j>end',
      )
    ).bpmn
      .replace('<bpmn:task id="x"/>', '')
      .replace('<bpmn:task id="j"/>', join)
      .replace(
        'id="f2" sourceRef="x" targetRef="again"/>',
        'id="f2" sourceRef="x" targetRef="again"><bpmn:conditionExpression>=y</bpmn:conditionExpression></bpmn:sequenceFlow>',
      )
    const saved = await api.ask('designer', '/api/pathways/tour/versions', { ...ada, body: { bpmn: drawn, forms } })
    expect(saved.body.check).toMatchObject({ executable: true, sound: false })
    const publish = `/api/pathways/tour/versions/${saved.body.version}/publish`
    const refused = await api.ask('designer', publish, { ...bob, body: { revision: saved.body.revision } })
    expect(refused).toMatchObject({ status: 422, body: { type: 'urn:parcours:problem:not-sound' } })
    expect(await api.ask('designer', `/api/pathways/tour/versions/${saved.body.version}`, { method: 'DELETE' })).toMatchObject({
      status: 200,
    })
  })

  it('is thrown away as a draft, retired once published', async () => {
    expect(await api.ask('designer', '/api/pathways/tour/versions/2', { method: 'DELETE' })).toMatchObject({ status: 200 })
    expect(await api.ask('designer', '/api/pathways/tour/versions/1', { method: 'DELETE' })).toMatchObject({ status: 409 })
    expect(await api.ask('designer', '/api/pathways/tour/versions/1/retire', { method: 'POST' })).toMatchObject({
      status: 200,
      body: { state: 'retired', current: false },
    })
    expect(await api.ask('nurse', '/api/runs', { body: { pathway: 'tour', variables: {} } })).toMatchObject({ status: 404 })
  })

  it('what is no pathway is refused, and changes nothing', async () => {
    const post = (body: unknown) => api.ask('designer', '/api/pathways/tour/versions', { body })
    for (const bad of ['', 'no xml', '<a/>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', bpmn.replaceAll('"tour"', '"other"')])
      expect((await post({ bpmn: bad, forms })).status).toBe(422)
    expect((await post({ bpmn: 7 })).status).toBe(422)
    expect((await api.ask('designer', '/api/pathways/tour/versions')).body.total).toBe(1)
  })

  it('a drawing is checked without keeping it', async () => {
    const body = { bpmn: bpmn.replace('sourceRef="start"', 'sourceRef="gone"'), forms }
    const checked = await api.ask('designer', '/api/pathways/check', { body })
    expect(checked).toMatchObject({ status: 200, body: { executable: false } })
    expect(checked.body.findings[0]).toMatchObject({ rule: expect.any(String), severity: 'error', message: expect.any(String) })
  })

  it('scenarios of a drawing are played without keeping them; a misspelt one is refused', async () => {
    const scenarios = (expect: string) =>
      `pathway: tour\nscenarios:\n  - { name: looked at, tasks: { look: { takes: PT5M } }, expect: { ${expect} } }\n`
    const play = (expect: string) =>
      api.ask('designer', '/api/pathways/tour/scenarios', { body: { bpmn, forms, scenarios: scenarios(expect) } })
    expect((await play('at: PT5M')).body).toEqual({
      scenarios: [{ name: 'looked at', ok: true, outcome: 'completed', at: 'PT5M', unmet: [] }],
      coverage: { elements: { total: 3, missing: [] }, flows: { total: 2, missing: [] } },
    })
    expect((await play('at: PT6M')).body.scenarios[0]).toMatchObject({
      ok: false,
      unmet: [{ expectation: 'at', expected: 'PT6M', found: 'PT5M' }],
    })
    for (const wrong of ['outcom: completed', 'passes: [nowhere]']) expect(await play(wrong)).toMatchObject({ status: 422 })
  })

  it('a version is published when the scenarios kept with it are met; a draft that says nothing of them keeps them', async () => {
    const scenarios = (at: string) =>
      `pathway: tour\nscenarios:\n  - { name: looked at, tasks: { look: { takes: PT5M } }, expect: { at: ${at} } }\n`
    const save = async (body: object, address = '/api/pathways/tour/versions', method = 'POST') =>
      (await api.ask('designer', address, { ...ada, method, body: { bpmn, forms, ...body } })).body
    const publish = ({ version, revision }: { version: number; revision: string }) =>
      api.ask('designer', `/api/pathways/tour/versions/${version}/publish`, {
        ...bob,
        headers: { 'accept-language': 'en' },
        body: { revision },
      })
    const first = await save({ scenarios: scenarios('PT6M') })
    const address = `/api/pathways/tour/versions/${first.version}`
    expect(await publish(first)).toMatchObject({
      status: 422,
      body: {
        type: 'urn:parcours:problem:scenarios-unmet',
        errors: [{ path: 'looked at', message: 'at: expected PT6M, found PT5M' }],
      },
    })
    const mended = await save({ scenarios: scenarios('PT5M'), revision: first.revision }, address, 'PUT')
    expect((await api.ask('designer', `${address}/scenarios`)).body.scenarios).toMatchObject([{ name: 'looked at', ok: true }])
    expect(await publish(mended)).toMatchObject({ status: 200, body: { current: true } })

    const second = await save({ bpmn: changed })
    const kept = (await api.ask('designer', `/api/pathways/tour/versions/${second.version}`)).body
    expect(kept.scenarios).toBe(scenarios('PT5M'))
    const without = await save(
      { bpmn: changed, scenarios: '', revision: second.revision },
      `/api/pathways/tour/versions/${second.version}`,
      'PUT',
    )
    expect(without.revision).not.toBe(second.revision)
    expect((await api.ask('designer', `/api/pathways/tour/versions/${second.version}/scenarios`)).body.scenarios).toEqual([])
  })

  it('a drawing that is not executable is kept, proven and rehearsed, and not published', async () => {
    const drawn = bpmn.replace('isExecutable="true"', 'isExecutable="false"')
    expect(drawn).not.toBe(bpmn)
    const saved = await api.ask('designer', '/api/pathways/tour/versions', {
      body: { bpmn: drawn, forms, note: 'as drawn' },
      ...ada,
    })
    expect(saved).toMatchObject({ status: 200, body: { check: { executable: false, sound: true } } })
    const { version, revision } = saved.body
    const refused = await api.ask('designer', `/api/pathways/tour/versions/${version}/publish`, { body: { revision }, ...bob })
    expect(refused).toMatchObject({
      status: 422,
      body: { type: 'urn:parcours:problem:not-executable', errors: [{ path: 'tour' }] },
    })
    const scenarios = 'pathway: tour\nscenarios:\n  - { name: looked at, expect: { outcome: completed } }\n'
    const played = await api.ask('designer', '/api/pathways/tour/scenarios', { body: { bpmn: drawn, forms, scenarios } })
    expect(played.body.scenarios).toMatchObject([{ name: 'looked at', ok: true }])
  })

  it('others are answered while a long proof goes on', async () => {
    // Six sequences of five tasks side by side: some forty thousand states.
    const lanes = Array.from({ length: 6 }, (_, lane) => Array.from({ length: 5 }, (_, place) => `t${lane}x${place}`))
    const tasks = lanes.flat().map((id) => `<task id="${id}"/>`)
    const flows = lanes.flatMap((ids) =>
      ['split', ...ids, 'join'].flatMap((to, place, all) => (place === 0 ? [] : [[all[place - 1], to]])),
    )
    const drawn = [['begin', 'split'], ...flows, ['join', 'finish']].map(
      ([source, target]) => `<sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}"/>`,
    )
    const wide = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="tour" isExecutable="true"><startEvent id="begin"/><parallelGateway id="split"/><parallelGateway id="join"/><endEvent id="finish"/>${tasks.join('')}${drawn.join('')}</process></definitions>`
    const order: string[] = []
    const proof = api.ask('designer', '/api/pathways/check', { body: { bpmn: wide } }).then((answer) => {
      order.push('proof')
      return answer
    })
    for (let asked = 0; asked < 5; asked++)
      await api.ask('designer', '/api/pathways/tour/versions').then(() => order.push('other'))
    expect((await proof).body).toMatchObject({ executable: true, sound: true })
    expect(order).toEqual(['other', 'other', 'other', 'other', 'other', 'proof'])
  })
})

describe('two people on one draft', () => {
  it('are told of each other, with since when, until they leave', async () => {
    const saved = await api.ask('designer', '/api/pathways/tour/versions', { ...ada, body: { bpmn, forms } })
    const presence = `/api/pathways/tour/versions/${saved.body.version}/presence`
    const stay = (who: { actor: string }, window: string) =>
      api.ask('designer', presence, { ...who, method: 'PUT', body: { window } })
    expect((await stay(ada, 'window-of-ada')).body).toEqual({ others: [] })
    const { body } = await stay(bob, 'window-of-bob')
    expect(body.others).toMatchObject([{ actor: 'designer/ada', self: false }])
    expect((await stay(ada, 'another-of-ada')).body.others).toMatchObject([
      { ...body.others[0], self: true },
      { actor: 'designer/bob', self: false },
    ])
    // Nobody closes somebody else's window.
    await api.ask('designer', `${presence}?window=window-of-ada`, { ...bob, method: 'DELETE' })
    await api.ask('designer', `${presence}?window=another-of-ada`, { ...ada, method: 'DELETE' })
    expect((await stay(bob, 'window-of-bob')).body).toEqual(body)
    // Whoever gives no sign of life has left.
    await api.records.sql`update draft_presences set seen_at = now() - interval '31 seconds' where window_id = 'window-of-ada'`
    expect((await stay(bob, 'window-of-bob')).body).toEqual({ others: [] })
    expect((await api.ask('nurse', presence, { method: 'PUT', body: { window: 'of-a-nurse' } })).status).toBe(403)
  })

  it('nobody is on what is published, or is not there', async () => {
    const at = (version: number) =>
      api.ask('designer', `/api/pathways/tour/versions/${version}/presence`, { method: 'PUT', body: { window: 'window-of-ada' } })
    expect(await at(1)).toMatchObject({ status: 409, body: { type: expect.stringContaining('not-a-draft') } })
    expect(await at(99)).toMatchObject({ status: 404 })
  })
})
