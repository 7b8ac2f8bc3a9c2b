// Goal: each resource says what its schema says, to whom it may. Method: real Postgres; runs are moved by an in-memory host through the records.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseAlerts } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import type { Host } from '../records/support.ts'
import { openHospital } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let host: Host
let patient: string

beforeAll(async () => {
  api = await openTestApi()
  ;({ host, patient } = await openHospital(api))
})
afterAll(() => api.close())

const begin = async (pathway: string, variables = {}, headers = {}) => {
  const { status, body } = await api.ask('nurse', '/api/runs', { body: { pathway, variables, patient }, headers })
  expect(status).toBe(200)
  await host.relay()
  return body.id as string
}
const taskOf = async (run: string) => (await api.ask('operations', `/api/tasks?run=${run}`)).body.items[0]

describe('pathways', () => {
  it('are listed with their versions, diagram and forms', async () => {
    const { body } = await api.ask('designer', '/api/pathways')
    expect(body).toMatchObject({ total: 3, next: null })
    expect(body.items.map(({ id, version }: { id: string; version: number }) => [id, version])).toEqual([
      ['stay', 1],
      ['visit', 1],
      ['watch', 1],
    ])
    const { body: visit } = await api.ask('designer', '/api/pathways/visit/versions/1')
    expect(visit.bpmn).toContain('<bpmn:process id="visit"')
    expect(visit.forms.f.components).toHaveLength(2)
    expect(visit.elements.map(({ id }: { id: string }) => id)).toContain('triage')
    expect((await api.ask('designer', '/api/pathways/visit/versions/7')).body.type).toContain('unknown-version')
    expect((await api.ask('designer', '/api/pathways/vizit')).body).toMatchObject({
      status: 404,
      detail: expect.stringContaining('vizit'),
    })
  })

  it('say how many stand where', async () => {
    await begin('visit')
    const { body } = await api.ask('planner', '/api/pathways/visit/positions')
    expect(body.items).toEqual([
      expect.objectContaining({ element: 'triage', name: 'triage it', count: body.running, waiting: 0 }),
    ])
  })
})

describe('runs', () => {
  it('start, stand somewhere, and show what a role may see', async () => {
    const run = await begin('visit', { place: 'Urgences', complaint: 'douleur' })
    const { body } = await api.ask('nurse', `/api/runs/${run}`)
    expect(body).toMatchObject({
      id: run,
      pathway: 'visit',
      version: 1,
      state: 'running',
      patient,
      variables: { place: 'Urgences', complaint: 'douleur' },
      elements: [{ element: 'triage', name: 'triage it', type: 'bpmn:UserTask', state: 'active' }],
      waits: [{ kind: 'task', element: 'triage' }],
      holds: [],
      error: null,
    })
    expect(body.history.items.map(({ event, element }: { event: string; element: string }) => `${event} ${element}`)).toContain(
      'entered triage',
    )
    const porter = (await api.ask('porter', `/api/runs/${run}`)).body
    expect(porter).toMatchObject({ patient: null, variables: { place: 'Urgences' } })
    expect(JSON.stringify(porter)).not.toContain('douleur')
  })

  it('come in pages that neither repeat nor leave out', async () => {
    for (let count = 0; count < 5; count++) await begin('visit')
    const seen: string[] = []
    let cursor = ''
    let total = 0
    do {
      const { body } = await api.ask('nurse', `/api/runs?pathway=visit&limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      ;({ total } = body)
      cursor = body.next ?? ''
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe(total)
    expect((await api.ask('nurse', '/api/runs?cursor=nonsense')).body.type).toContain('bad-cursor')
    expect((await api.ask('nurse', '/api/runs?limit=0')).body).toMatchObject({ status: 422, errors: [{ path: 'limit' }] })
  })

  it('are found by where they stand, whose they are and since when', async () => {
    const run = await begin('visit')
    const found = async (query: string) =>
      (await api.ask('nurse', `/api/runs?limit=500&${query}`)).body.items.map(({ id }: { id: string }) => id) as string[]
    expect(await found('element=triage')).toContain(run)
    expect(await found('element=bring')).not.toContain(run)
    expect(await found(`patient=${patient}&state=running`)).toContain(run)
    expect(await found('since=2100-01-01T00:00:00Z')).toEqual([])
  })

  it('are cancelled with a reason, durably', async () => {
    const run = await begin('visit')
    expect((await api.ask('physician', `/api/runs/${run}/cancel`, { body: { reason: 'x' } })).body.errors).toEqual([
      { path: 'reason', message: 'trop petit (minimum 3)' },
    ])
    expect((await api.ask('physician', `/api/runs/${run}/cancel`, { body: { reason: 'parti' } })).status).toBe(200)
    await host.relay()
    expect((await api.ask('nurse', `/api/runs/${run}`)).body.state).toBe('cancelled')
    expect((await api.ask('physician', `/api/runs/${run}/cancel`, { body: { reason: 'parti' } })).body.type).toContain('run-over')
  })

  it('hear messages', async () => {
    const run = await begin('watch', { patient: 'somebody' })
    const { status } = await api.ask('nurse', `/api/runs/${run}/messages`, {
      body: { name: 'measurement', payload: { value: 81 } },
    })
    expect(status).toBe(200)
    await host.relay()
    expect((await api.ask('nurse', `/api/runs/${run}`)).body).toMatchObject({ state: 'completed', variables: { weight: 81 } })
  })

  it('refuse an unknown pathway, patient, and fields that nobody knows', async () => {
    const ask = (body: unknown, language = 'fr') =>
      api.ask('nurse', '/api/runs', { body, headers: { 'accept-language': language } })
    expect((await ask({ pathway: 'vizit' })).body).toMatchObject({
      status: 404,
      detail: 'Aucun parcours « vizit » n’est publié.',
    })
    expect((await ask({ pathway: 'visit', patient: 'p-nobody' })).body.type).toContain('unknown-patient')
    expect((await ask({ pathway: 'visit', colour: 'red' }, 'en')).body.errors).toEqual([
      { path: '', message: 'unknown field : colour' },
    ])
    expect((await ask({})).body).toMatchObject({ status: 422, errors: [{ path: 'pathway' }] })
    const broken = await ask('{"pathway":')
    expect(broken.body).toMatchObject({ status: 400, type: 'urn:parcours:problem:bad-request' })
    expect(broken.headers.get('content-type')).toBe('application/problem+json')
    const large = await ask({ pathway: 'visit', variables: { text: 'x'.repeat(1_100_000) } })
    expect(large.status).toBe(413)
  })
})

describe('an idempotency key', () => {
  it('makes asking twice asking once, also at the same moment', async () => {
    const ask = (body: unknown, actor = 'one') =>
      api.ask('nurse', '/api/runs', { body, headers: { 'idempotency-key': 'key-1' }, actor })
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask({ pathway: 'visit' })))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(3)
    expect((await ask({ pathway: 'stay' })).body).toMatchObject({ status: 422, type: 'urn:parcours:problem:key-reused' })
    expect((await ask({ pathway: 'visit' }, 'two')).body.id).not.toBe(answers[0]!.body.id)
    const malformed = await api.ask('nurse', '/api/runs', { body: { pathway: 'visit' }, headers: { 'idempotency-key': 'é' } })
    expect(malformed.body.type).toContain('key-malformed')
  })

  it('is not spent by what failed', async () => {
    const headers = { 'idempotency-key': 'key-2' }
    expect((await api.ask('nurse', '/api/runs', { body: { pathway: 'visit', patient: 'p-nobody' }, headers })).status).toBe(404)
    expect((await api.ask('nurse', '/api/runs', { body: { pathway: 'visit', patient }, headers })).status).toBe(200)
  })
})

describe('tasks', () => {
  it('are shown to their own role, with their form', async () => {
    const run = await begin('visit')
    const task = await taskOf(run)
    expect(task).toMatchObject({
      role: 'nurse',
      unit: 'Ward A',
      place: 'Ward A/12',
      state: 'open',
      claimedBy: null,
      mine: false,
      patient,
    })
    const { body } = await api.ask('nurse', `/api/tasks/${task.id}`)
    expect(body.schema.components).toHaveLength(2)
    expect(body).not.toHaveProperty('outcomes')
    const roles = async (role: 'porter' | 'nurse') =>
      new Set((await api.ask(role, '/api/tasks?limit=500')).body.items.map((item: { role: string }) => item.role))
    expect(await roles('nurse')).toEqual(new Set(['nurse']))
    expect(await roles('porter')).toEqual(new Set())
    expect((await api.ask('porter', `/api/tasks/${task.id}`)).body.type).toContain('forbidden')
    expect((await api.ask('porter', '/api/tasks?role=nurse')).status).toBe(403)
    expect((await api.ask('nurse', '/api/tasks/nothing:1')).body.type).toContain('unknown-task')
  })

  it('are claimed by one and given back', async () => {
    const { id } = await taskOf(await begin('visit'))
    const claim = (actor: string) => api.ask('nurse', `/api/tasks/${id}/claim`, { method: 'POST', actor })
    expect((await claim('anne')).body).toMatchObject({ state: 'claimed', claimedBy: 'nurse/anne' })
    expect((await claim('anne')).status).toBe(200)
    expect((await claim('bob')).body.type).toContain('task-claimed')
    expect((await api.ask('nurse', `/api/tasks/${id}/release`, { method: 'POST', actor: 'bob' })).body.type).toContain(
      'task-claimed',
    )
    expect(
      (await api.ask('nurse', `/api/tasks/${id}/complete`, { body: { data: { triage: 2 } }, actor: 'bob' })).body.type,
    ).toContain('task-claimed')
    expect((await api.ask('nurse', `/api/tasks/${id}/release`, { method: 'POST', actor: 'anne' })).body.state).toBe('open')
    expect((await claim('bob')).status).toBe(200)
  })

  it('in the hands of synthetic staff are anybody’s, and tell them how to go about it', async () => {
    const { id } = await taskOf(await begin('visit', { place: 'Urgences' }))
    const synthetic = { method: 'POST', synthetic: true, actor: 'one' }
    expect((await api.ask('operations', `/api/tasks/${id}/claim`, synthetic)).body.claimedBy).toBe('operations/synthetic-one')
    const { body } = await api.ask('operations', `/api/tasks/${id}`, { synthetic: true, actor: 'one' })
    expect(body).toMatchObject({
      mine: true,
      variables: { place: 'Urgences' },
      duration: null,
      outcomes: [{ variable: 'admit' }],
    })
    expect((await api.ask('nurse', `/api/tasks/${id}`, { actor: 'anne' })).body).toMatchObject({ state: 'open', claimedBy: null })
    expect((await api.ask('nurse', `/api/tasks/${id}/claim`, { method: 'POST', actor: 'anne' })).body.claimedBy).toBe(
      'nurse/anne',
    )
    expect((await api.ask('operations', `/api/tasks/${id}/claim`, synthetic)).body.type).toContain('task-claimed')
  })

  it('refuse a wrong form, field by field, and do nothing', async () => {
    const { id } = await taskOf(await begin('visit'))
    const complete = async (data: unknown) => (await api.ask('nurse', `/api/tasks/${id}/complete`, { body: { data } })).body
    expect(await complete({ triage: 9 })).toMatchObject({ type: 'urn:parcours:problem:wrong-form', errors: [{ path: 'triage' }] })
    expect((await complete({})).errors).toEqual([{ path: 'triage', message: expect.any(String) }])
    expect((await complete({ triage: 1, colour: 'red' })).errors).toEqual([{ path: 'colour', message: expect.any(String) }])
    expect((await api.ask('nurse', `/api/tasks/${id}/complete`, { body: { data: [] } })).status).toBe(422)
    expect((await taskOf(id.split(':')[0])).state).toBe('open')
  })

  it('done by another are done, and cancelled ones are stale', async () => {
    const run = await begin('visit')
    const { id } = await taskOf(run)
    await host.complete(run, host.taskOf(run), await hospitalNow(api.records), { triage: 1 }, 'nurse/anne')
    const complete = (actor: string) => api.ask('nurse', `/api/tasks/${id}/complete`, { body: { data: { triage: 2 } }, actor })
    expect((await complete('bob')).body).toMatchObject({ status: 409, type: 'urn:parcours:problem:task-done' })
    expect((await complete('anne')).body).toMatchObject({
      id,
      state: 'completed',
      claimedBy: 'nurse/anne',
      completedAt: expect.any(String),
    })
    const other = await begin('visit')
    const stale = await taskOf(other)
    await api.ask('physician', `/api/runs/${other}/cancel`, { body: { reason: 'parti' } })
    await host.relay()
    const { body } = await api.ask('nurse', `/api/tasks/${stale.id}/complete`, { body: { data: { triage: 2 } } })
    expect(body).toMatchObject({ status: 409, type: 'urn:parcours:problem:stale-task', remedy: expect.any(String) })
  })

  it('say that the engine cannot be reached, and lose nothing', async () => {
    const { id } = await taskOf(await begin('visit'))
    const { body, headers } = await api.ask('nurse', `/api/tasks/${id}/complete`, { body: { data: { triage: 2 } } })
    expect(body).toMatchObject({ status: 503, type: 'urn:parcours:problem:temporal-unavailable' })
    expect(headers.get('retry-after')).toBe('2')
  }, 60_000)
})

describe('resources', () => {
  it('say who has what, who waits and why', async () => {
    const first = await begin('stay')
    const second = await begin('stay')
    const items = async (path: string) => (await api.ask('bed-manager', `/api/resources/${path}`)).body.items
    expect(await items('pools')).toEqual([
      expect.objectContaining({ id: 'bed', capacity: 1, free: 0, reserved: 1, queue: 1, stock: null }),
      expect.objectContaining({ id: 'gauze', kind: 'stock', stock: expect.objectContaining({ quantity: 3, threshold: 5 }) }),
    ])
    expect(await items('units?ward=Ward%20A')).toEqual([
      expect.objectContaining({ id: 'bed1', state: 'reserved', run: first, runPathway: 'stay', place: 'Ward A/bed1' }),
    ])
    expect(await items('queue')).toEqual([
      expect.objectContaining({
        run: second,
        element: 'lie',
        position: 1,
        needs: [expect.objectContaining({ pool: 'bed', satisfied: false, suitable: expect.objectContaining({ reserved: 1 }) })],
      }),
    ])
    expect(await items('holds?pool=bed')).toEqual([expect.objectContaining({ run: first, units: ['bed1'], state: 'reserved' })])
    expect(await items('occupancy')).toEqual([{ pool: 'bed', ward: 'Ward A', capacity: 1, occupied: 1, share: 1 }])
    expect((await api.ask('nurse', `/api/runs/${first}`)).body.holds).toEqual([
      expect.objectContaining({ name: 'bed', pool: 'bed', state: 'reserved', units: ['bed1'] }),
    ])
    expect((await api.ask('nurse', `/api/runs/${second}`)).body.elements).toEqual([
      expect.objectContaining({ state: 'requesting' }),
    ])
  })

  it('are closed and opened by their stewards', async () => {
    const post = (path: string, role: 'nurse' | 'bed-manager' = 'bed-manager') =>
      api.ask(role, `/api/resources/units/${path}`, { method: 'POST' })
    expect((await post('bed1/close')).body).toMatchObject({ id: 'bed1', outOfService: true })
    expect((await post('bed1/open')).body).toMatchObject({ id: 'bed1', outOfService: false })
    expect((await post('bed1/close', 'nurse')).status).toBe(403)
    expect((await post('bed9/close')).body).toMatchObject({ status: 404, detail: expect.stringContaining('bed9') })
  })

  it('are restocked once for each key', async () => {
    const restock = (pool: string, quantity = 4) =>
      api.ask('theatre-manager', `/api/resources/pools/${pool}/restock`, {
        body: { lot: 'L2', quantity, expiresAt: '2030-01-01T00:00:00Z' },
        headers: { 'idempotency-key': 'delivery-1' },
      })
    expect((await restock('gauze')).body.stock.quantity).toBe(7)
    expect((await restock('gauze')).body.stock.quantity).toBe(7)
    expect((await restock('gauze', 5)).body.type).toContain('key-reused')
    expect((await restock('bed')).body.type).toContain('not-a-stock')
    expect((await restock('swabs')).body.type).toContain('unknown-pool')
  })
})

describe('patients', () => {
  it('see themselves and nobody else', async () => {
    expect((await api.ask('patient', `/api/patients/${patient}`, { patient })).body.traits.familyName).toBe('Lefèvre')
    expect((await api.ask('patient', `/api/patients/${patient}`, { patient: 'p-other' })).status).toBe(404)
    expect((await api.ask('patient', `/api/patients/${patient}`)).status).toBe(404)
  })
})

describe('measurements', () => {
  it('are kept and heard, once for each key', async () => {
    const run = await begin('watch', { patient })
    const send = (body: object, options = {}) =>
      api.ask('patient', '/api/measurements', {
        body: { patient, kind: 'weight', value: 82.5, unit: 'kg', ...body },
        patient,
        ...options,
      })
    const headers = { 'idempotency-key': 'day-1' }
    const first = await send({}, { headers })
    expect((await send({}, { headers })).body).toEqual(first.body)
    await host.relay()
    expect((await api.ask('nurse', `/api/runs/${run}`)).body).toMatchObject({ state: 'completed', variables: { weight: 82.5 } })
    const { body } = await api.ask('nurse', `/api/patients/${patient}`)
    expect(body.measurements).toEqual([expect.objectContaining({ kind: 'weight', value: 82.5, unit: 'kg' })])
    expect((await api.ask('theatre-manager', `/api/patients/${patient}`)).body.measurements).toEqual([])
    expect((await send({ at: '2100-01-01T00:00:00Z' })).body.type).toContain('not-in-the-future')
    expect((await send({ patient: 'p-other' })).body.type).toContain('unknown-patient')
  })
})

describe('alerts', () => {
  it('say what they say to those who may know, and are closed once', async () => {
    const at = await hospitalNow(api.records)
    const about = {
      site: api.records.site,
      kind: 'telesurveillance',
      level: 'critical' as const,
      owner: 'nurse',
      openedAt: at - 2000,
      dueAt: at - 1000,
    }
    await raiseAlerts(api.records, api.records.sql, [{ ...about, patient, reason: 'poids +3 kg' }])
    const read = async (role: 'nurse' | 'cleaner') => (await api.ask(role, '/api/alerts?state=open')).body.items[0]
    const alert = await read('nurse')
    expect(alert).toMatchObject({ level: 'critical', reason: 'poids +3 kg', patient, overdue: true })
    expect(await read('cleaner')).toMatchObject({ reason: null, patient: null })
    const close = (note: string) => api.ask('nurse', `/api/alerts/${alert.id}/close`, { body: { note } })
    expect((await close(' ')).status).toBe(422)
    expect((await close('Patient appelé')).status).toBe(200)
    expect((await close('Patient appelé')).body.type).toContain('unknown-alert')
    const closed = (role: 'nurse' | 'cleaner') =>
      api.ask(role, '/api/alerts?state=closed').then(({ body }) => body.items.find(({ id }: { id: string }) => id === alert.id))
    expect(await closed('nurse')).toMatchObject({ closeNote: 'Patient appelé', closedBy: expect.stringContaining('nurse/') })
    expect(await closed('cleaner')).toMatchObject({ closeNote: null, patientName: null })
  })
})

it('figures and probes say how things are', async () => {
  const { body } = await api.ask('planner', '/api/counters')
  expect(body.running.visit).toBeGreaterThan(0)
  const metrics = (await api.ask(null, '/metrics')).body as string
  expect(metrics).toContain(`parcours_runs{pathway="visit"} ${body.running.visit}`)
  expect(metrics).toMatch(/parcours_api_requests_total\{method="GET",route="\/api\/counters",status="200"\} \d/)
  expect((await api.ask(null, '/health/live')).status).toBe(200)
  expect((await api.ask(null, '/health/ready')).body).toEqual({ ok: false, postgres: true, migrations: true, temporal: false })
  const { body: clock } = await api.ask('patient', '/api/clock')
  expect(Date.parse(clock.now)).toBeCloseTo(Date.now(), -4)
})
