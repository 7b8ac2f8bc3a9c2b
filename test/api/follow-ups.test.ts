// Goal: the desk shows whom to call first, and what is done there is kept, closes the alert and moves the protocol. Method: the library's own pathway, an in-memory host.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseAlerts } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import { addMeasurement } from '../../records/measurements.ts'
import { createPatient } from '../../records/patients.ts'
import { publishLibrary, readLibrary } from '../../start/library.ts'
import { Host, pool, setLedger, unit } from '../records/support.ts'
import { TRAITS } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let host: Host
const patients: Record<string, string> = {}
const runs: Record<string, string> = {}

beforeAll(async () => {
  api = await openTestApi()
  await publishLibrary(api.records, await readLibrary(), 0)
  await setLedger(api.records, { pools: [pool('remote-nurse')], units: [unit('n1', 'remote-nurse')] })
  host = new Host(api.records)
  for (const [name, condition] of Object.entries({ calm: 'COPD', late: 'diabetes', grave: 'HF' })) {
    const traits = { ...TRAITS, usedFamily: name.toUpperCase(), ins: null }
    patients[name] = (await createPatient(api.records, { traits, insStatus: 'PROV', at: 0 })).id
    const variables = { patient: patients[name], condition, age: 70 }
    const { body } = await api.ask('nurse', '/api/runs', {
      body: { pathway: 'telesurveillance', patient: patients[name], variables },
    })
    runs[name] = body.id
    await host.relay()
    await host.complete(body.id, host.taskOf(body.id), 1_000)
    await host.relay()
  }
})
afterAll(() => api.close())

const measure = async (name: string, kind: string, value: number) => {
  const at = await hospitalNow(api.records)
  const { wait } = { wait: host.instance(runs[name]!).marking.waits.find((one) => one.name === 'measurement')!.id }
  await addMeasurement(api.records, { patient: patients[name]!, kind, value, unit: 'kg', answers: {}, at })
  await host.tell(runs[name]!, { type: 'received', at, wait, payload: { kind, value, symptoms: 0 } })
  await host.relay()
}
const alertOf = async (name: string, level: 'warning' | 'critical', dueAt: number) => {
  const openedAt = await hospitalNow(api.records)
  await raiseAlerts(api.records, api.records.sql, [
    {
      site: api.records.site,
      kind: 'telesurveillance',
      level,
      owner: 'nurse',
      reason: 'Seuil',
      openedAt,
      dueAt,
      patient: patients[name]!,
    },
  ])
}
const desk = async (query = '') => (await api.ask('nurse', `/api/follow-ups${query}`)).body
const act = (name: string, body: object, headers = {}) =>
  api.ask('nurse', `/api/patients/${patients[name]}/contacts`, { body, headers })

describe('the desk', () => {
  it('sorts red, orange, green, with trend, limits, adherence, step, owner and clock', async () => {
    const now = await hospitalNow(api.records)
    await measure('calm', 'oxygenSaturation', 94)
    await alertOf('late', 'warning', now - 60_000)
    await alertOf('grave', 'critical', now + 3_600_000)
    const { items, byColour, total } = await desk()
    expect(
      items.map(({ name, colour }: { name: { familyName: string }; colour: string }) => `${name.familyName} ${colour}`),
    ).toEqual(['GRAVE red', 'LATE orange', 'CALM green'])
    expect({ byColour, total }).toEqual({ byColour: { red: 1, orange: 1, green: 1 }, total: 3 })
    expect(items[1].alert).toMatchObject({ owner: 'nurse', reason: 'Seuil', overdue: true })
    expect(items[2]).toMatchObject({
      ...{ alert: null, condition: 'COPD', step: ['Attendre la mesure du jour'], adherence: { returned: 1, expected: 1 } },
      limits: {
        kind: 'oxygenSaturation',
        unit: '%',
        compare: 'value',
        redBelow: 87,
        orangeBelow: 90,
        redAbove: null,
        isOwn: false,
      },
      measurements: [{ kind: 'oxygenSaturation', value: 94 }],
    })
    expect((await desk('?colour=orange')).items).toHaveLength(1)
    const first = await desk('?limit=2')
    const rest = await desk(`?limit=2&cursor=${first.next}`)
    expect([...first.items, ...rest.items].map(({ run }: { run: string }) => run)).toEqual(
      items.map(({ run }: { run: string }) => run),
    )
    expect((await api.ask('porter', '/api/follow-ups')).status).toBe(403)
  })

  it('keeps a call with its note, and closes the alert with it, once', async () => {
    const { alert } = (await desk('?colour=orange')).items[0]
    const body = { kind: 'call', note: 'A sauté un repas ; va bien', run: runs.late, alert: alert.id, closes: true }
    const headers = { 'idempotency-key': 'call-1' }
    expect((await act('late', body, headers)).body).toEqual({ accepted: true })
    expect((await act('late', body, headers)).headers.get('idempotency-replayed')).toBe('true')
    expect((await act('late', { ...body, note: 'encore' })).body.type).toContain('unknown-alert')
    const { items, byColour } = await desk()
    expect(byColour).toEqual({ red: 1, orange: 0, green: 2 })
    const row = items.find(({ run }: { run: string }) => run === runs.late)
    expect(row.contact).toMatchObject({ what: 'call', by: 'nurse/one' })
    const { contacts } = (await api.ask('physician', `/api/patients/${patients.late}`)).body
    expect(contacts).toMatchObject([{ kind: 'call', note: body.note, alert: alert.id }])
    const [stored] = await api.records.sql`select content from contacts`
    expect(Buffer.from(stored!.content).includes('repas')).toBe(false)
  })

  it('tells a patient what was written to them, and nothing of what was said about them', async () => {
    await act('late', { kind: 'message', note: 'Pesez-vous le matin, à jeun.' })
    const { contacts } = (await api.ask('patient', `/api/patients/${patients.late}`, { patient: patients.late })).body
    expect(contacts.map(({ note }: { note: string }) => note)).toEqual(['Pesez-vous le matin, à jeun.'])
  })

  it('sets limits for one patient, by which the next reading is judged', async () => {
    const thresholds = { redBelow: 80, orangeBelow: 85, orangeAbove: null, redAbove: null }
    expect((await act('calm', { kind: 'threshold', note: 'BPCO sévère connue', run: runs.calm, thresholds })).status).toBe(200)
    await host.relay()
    expect((await desk()).items.find(({ run }: { run: string }) => run === runs.calm).limits).toMatchObject({
      redBelow: 80,
      isOwn: true,
    })
    await measure('calm', 'oxygenSaturation', 86)
    expect(host.instance(runs.calm!).variables[0]!.alert).toMatchObject({ level: 'green' })
    await measure('calm', 'oxygenSaturation', 84)
    expect(host.instance(runs.calm!).variables[0]!.alert).toMatchObject({ level: 'orange' })
    for (const wrong of [
      { kind: 'threshold', note: 'sans seuils', run: runs.calm },
      { kind: 'close', note: 'sans alerte' },
      { kind: 'call', note: 'x' },
    ])
      expect((await act('calm', wrong)).status).toBe(422)
    expect((await act('calm', { kind: 'call', note: 'autre patient', run: runs.late })).body.type).toContain('unknown-run')
  })
})
