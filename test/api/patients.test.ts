// Goal: a patient is found without a name in any address, by those who may, with a trace; and it is said what they wait for. Method: real Postgres; an in-memory host.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchOf } from '../../api/patient-search.ts'
import { createPatient } from '../../records/patients.ts'
import type { Host } from '../records/support.ts'
import { openHospital, TRAITS } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let host: Host
let patient: string
let other: string

beforeAll(async () => {
  api = await openTestApi()
  ;({ host, patient } = await openHospital(api))
  const traits = { ...TRAITS, birthFamily: 'LE GOFF', usedFamily: 'LE GOFF', birthDate: '1950-02-03', ins: null }
  other = (await createPatient(api.records, { traits, insStatus: 'PROV', at: 1 })).id
})
afterAll(() => api.close())

const begin = async (pathway: string, variables = {}, whose = patient) => {
  const { body } = await api.ask('nurse', '/api/runs', { body: { pathway, patient: whose, variables } })
  await host.relay()
  return body.id as string
}
const find = async (query: string) =>
  (await api.ask('bed-manager', '/api/patients/search', { body: { query } })).body.items.map(
    ({ id }: { id: string }) => id,
  ) as string[]
const situation = async (id = patient) => (await api.ask('nurse', `/api/patients/${id}/situation`)).body

describe('what is typed to find a patient', () => {
  it.each([
    ['Lefèvre marie', { names: ['Lefèvre', 'marie'], birthDate: null, ins: null }],
    ['28/03/1979 lef', { names: ['lef'], birthDate: '1979-03-28', ins: null }],
    ['2 79 03 75 056 123 45', { names: [], birthDate: null, ins: '2790375056123' + '45' }],
    ['1979-03-28', { names: [], birthDate: '1979-03-28', ins: null }],
    ['x', null],
  ])('%s', (query, expected) => {
    expect(searchOf(query)).toEqual(expected)
  })
})

describe('patients', () => {
  it('are found by whole names and INS; by beginnings once a pathway of theirs is under way', async () => {
    for (const query of ['lefevre', 'Dupont marie', TRAITS.ins!.value, 'le goff']) expect(await find(query)).toHaveLength(1)
    expect(await find('lef')).toEqual([])
    await begin('visit')
    expect(await find('lef mar')).toEqual([patient])
    expect(await find('28/03/1979')).toEqual([patient])
    expect(await find('lef paul')).toEqual([])
    expect(await find('goff')).toEqual([])
    expect((await api.ask('nurse', '/api/patients/search', { body: { query: 'l' } })).body).toMatchObject({
      ...{ status: 422, type: expect.stringContaining('search-too-short') },
    })
    expect((await api.ask('porter', '/api/patients/search', { body: { query: 'lefevre' } })).status).toBe(403)
  })

  it('are looked for and at with a trace, which holds no name in clear', async () => {
    await api.ask('physician', '/api/patients/search', { body: { query: 'Lefèvre' }, actor: 'ada' })
    await api.ask('physician', `/api/patients/${patient}`, { actor: 'ada' })
    await api.ask('physician', `/api/patients/${patient}`, { actor: 'ada' })
    const { body } = await api.ask('administrator', `/api/patients/${patient}/accesses`)
    const hers = body.items.filter(({ actor }: { actor: string }) => actor === 'physician/ada')
    expect(hers.map(({ what }: { what: string }) => what)).toEqual(['read', 'searched'])
    expect((await api.ask('nurse', `/api/patients/${patient}/accesses`)).status).toBe(403)
    expect((await api.ask('patient', `/api/patients/${patient}/accesses`, { patient: other })).status).toBe(404)
    expect((await api.ask('patient', `/api/patients/${patient}/accesses`, { patient })).body.total).toBeGreaterThan(1)
    const rows = await api.records.sql`select * from accesses`
    expect(JSON.stringify(rows.map((row) => ({ ...row, query: Buffer.from(row.query ?? '').toString() })))).not.toContain('Lef')
  })

  it('say what they are allergic to, as a form wrote it, to those who treat them', async () => {
    await begin('visit', { allergies: 'Pénicilline (œdème)' }, other)
    expect((await api.ask('nurse', `/api/patients/${other}`)).body.allergies).toBe('Pénicilline (œdème)')
    expect((await api.ask('bed-manager', `/api/patients/${other}`)).body.allergies).toBe('')
  })
})

describe('why a patient waits', () => {
  it('for a bed: since when, how many are ahead, who has what would suit, what comes next', async () => {
    const first = await begin('stay', {}, other)
    await begin('stay')
    const { waits, holds } = await situation()
    expect(holds).toEqual([])
    expect(waits[0]).toMatchObject({
      ...{ kind: 'request', element: 'lie', role: 'nurse', position: 1, next: ['lie it'], since: expect.any(String) },
      needs: [{ pool: 'bed', name: 'bed', quantity: 1, isThere: false, free: 0, occupied: 1, dirty: 0, closed: 0 }],
    })
    await host.complete(first, host.taskOf(first), 10)
    await host.relay()
    expect((await situation()).waits.map(({ kind }: { kind: string }) => kind)).not.toContain('request')
  })

  it('for somebody: who has it in hand, and what follows; for a message: which', async () => {
    const run = await begin('visit', {}, other)
    const [task] = (await api.ask('nurse', `/api/tasks?run=${run}`)).body.items
    await api.ask('nurse', `/api/tasks/${encodeURIComponent(task.id)}/claim`, { method: 'POST' })
    await begin('watch', { patient: other }, other)
    const { waits } = await situation(other)
    const mine = waits.find((wait: { run: string }) => wait.run === run)
    expect(mine).toMatchObject({ kind: 'task', role: 'nurse', assignee: 'nurse/one', task: task.id, next: ['bring it'] })
    expect(waits.at(-1)).toMatchObject({ kind: 'message', message: 'measurement', element: 'hear' })
    expect((await api.ask('nurse', '/api/patients/p-nobody/situation')).status).toBe(404)
  })

  it('and what happened before, in all their pathways, in pages', async () => {
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await api.ask('nurse', `/api/patients/${other}/timeline?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.items.map(({ id, event, element }: Record<string, string>) => `${id} ${event} ${element}`))
      cursor = body.next ?? ''
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.map((line) => line.split(' ').slice(1).join(' '))).toEqual(
      expect.arrayContaining(['completed lie', 'claimed triage']),
    )
    expect(seen.some((line) => line.includes(' entered '))).toBe(false)
  })
})
