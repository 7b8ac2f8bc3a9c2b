// Goal: the worklist in people's hands: late first, handed over, audited, and a No-Go that stops. Method: real Postgres; an in-memory host moves runs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const begin = async () => {
  const { body } = await api.ask('nurse', '/api/runs', { body: { pathway: 'visit', patient } })
  await host.relay()
  return (await api.ask('operations', `/api/tasks?run=${body.id}`)).body.items[0] as { id: string; run: string }
}
const signIn = async (role: string, actor: string) => api.ask(null, '/api/demo/sign-in', { body: { role, actor } })
const path = (id: string, step: string) => `/api/tasks/${encodeURIComponent(id)}/${step}`
const historyOf = async (run: string) => {
  const { body } = await api.ask('nurse', `/api/runs/${run}`)
  return body.history.items.map(({ event, element }: { event: string; element: string }) => `${event} ${element}`) as string[]
}

describe('the worklist', () => {
  it('brings late tasks first, keeps that order from page to page, and counts them by unit', async () => {
    for (let count = 0; count < 7; count++) await begin()
    const late = await begin()
    await api.records.sql`update tasks set due_at = ${(await hospitalNow(api.records)) - 60_000} where id = ${late.id}`
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await api.ask('nurse', `/api/tasks?limit=3${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      cursor = body.next ?? ''
    } while (cursor)
    expect(seen[0]).toBe(late.id)
    expect(new Set(seen).size).toBe(8)
    expect(seen).toHaveLength(8)
    expect((await api.ask('nurse', '/api/tasks?late=true')).body.items).toEqual([
      expect.objectContaining({ id: late.id, overdue: true }),
    ])
    expect((await api.ask('nurse', '/api/tasks/summary')).body).toEqual({
      ...{ mine: 0, total: 8, late: 1 },
      units: [{ unit: 'Ward A', total: 8, late: 1, free: 8 }],
    })
    expect((await api.ask('cleaner', '/api/tasks/summary')).body).toMatchObject({ total: 0, units: [] })
  })

  it('says whose a task is to those who may see it', async () => {
    const { id } = await begin()
    const seen = await api.ask('nurse', `/api/tasks/${encodeURIComponent(id)}`)
    expect(seen.body.patientName).toEqual({ familyName: 'Lefèvre', givenName: 'MARIE', birthDate: '1979-03-28', sex: 'F' })
    const synthetic = await api.ask('nurse', `/api/tasks/${encodeURIComponent(id)}`, { synthetic: true })
    expect(synthetic.body.patientName).toBeNull()
  })
})

describe('a task', () => {
  it('is handed over to a role, with a note that goes with it; whoever had it has it no more', async () => {
    const { id, run } = await begin()
    await api.ask('nurse', path(id, 'claim'), { method: 'POST' })
    const note = 'À voir par un médecin : tension basse'
    expect((await api.ask('nurse', path(id, 'hand-over'), { body: { role: 'physician', note } })).body).toMatchObject({
      ...{ state: 'open', claimedBy: null },
    })
    expect((await api.ask('nurse', `/api/tasks/${encodeURIComponent(id)}`)).status).toBe(403)
    expect((await api.ask('physician', `/api/tasks/${encodeURIComponent(id)}`)).body).toMatchObject({
      ...{ role: 'physician', state: 'open', handover: { by: 'nurse/one', note } },
    })
    expect(await historyOf(run)).toEqual(expect.arrayContaining(['claimed triage', 'handedOver triage']))
    const [stored] = await api.records.sql`select detail, handover from facts join tasks using (run) where event = 'handedOver'`
    expect(Buffer.from(stored!.detail).includes('tension')).toBe(false)
    expect(Buffer.from(stored!.handover).includes('tension')).toBe(false)
  })

  it('is handed over to a person at work, once however often it is asked, and not to a stranger', async () => {
    await signIn('nurse', 'zoe')
    const { id, run } = await begin()
    expect((await api.ask('nurse', '/api/tasks/colleagues')).body.items).toContainEqual({ actor: 'nurse/zoe', role: 'nurse' })
    const body = { person: 'nurse/zoe', note: 'fin de poste' }
    const headers = { 'idempotency-key': 'over-1' }
    expect((await api.ask('nurse', path(id, 'hand-over'), { body, headers })).body.claimedBy).toBe('nurse/zoe')
    expect((await api.ask('nurse', path(id, 'hand-over'), { body, headers })).body.claimedBy).toBe('nurse/zoe')
    expect((await historyOf(run)).filter((line) => line.startsWith('handedOver'))).toHaveLength(1)
    const stranger = { person: 'nurse/nobody', note: 'fin de poste' }
    expect((await api.ask('nurse', path(id, 'hand-over'), { body: stranger, actor: 'zoe' })).body.type).toContain(
      'unknown-colleague',
    )
    expect((await api.ask('nurse', path(id, 'hand-over'), { body })).body.type).toContain('task-claimed')
    for (const wrong of [
      { note: 'rien' },
      { role: 'nurse', person: 'nurse/zoe', note: 'deux' },
      { role: 'patient', note: 'non' },
    ])
      expect((await api.ask('nurse', path(id, 'hand-over'), { body: wrong, actor: 'zoe' })).status).toBe(422)
  })

  it('is claimed and given back with a trace; synthetic staff leave none', async () => {
    const { id, run } = await begin()
    await api.ask('nurse', path(id, 'claim'), { method: 'POST', synthetic: true, actor: '' })
    expect(await historyOf(run)).not.toContain('claimed triage')
    await api.ask('nurse', path(id, 'claim'), { method: 'POST' })
    await api.ask('nurse', path(id, 'claim'), { method: 'POST' })
    await api.ask('nurse', path(id, 'release'), { method: 'POST' })
    expect((await historyOf(run)).filter((line) => /^(claimed|givenBack)/.test(line))).toEqual([
      'givenBack triage',
      'claimed triage',
    ])
  })
})
