// Goal: what connectors do inside the hospital: identity by the RNIV's rules, stock, alerts, appointments; each once for a run and a wait.
import { describe, expect, it } from 'vitest'
import { consultationStarts } from '../../activities/appointments/book.ts'
import { createActivities } from '../../activities/connectors.ts'
import { identityStatus } from '../../activities/identity/check.ts'
import { isoOf } from '../../pathways/time/site.ts'
import { dependenciesWith, MemoryRecords, NOON, patientRecord } from './memory-records.ts'

const run = (records: MemoryRecords, name: string, inputs: Record<string, string | number>, wait = 1) =>
  createActivities(dependenciesWith(records))[name]!({ run: 'run-1', wait, element: 'Task', inputs })

describe('identity.check', () => {
  it.each([
    ['a qualified identity', {}, 'QUAL', []],
    ['no document', { evidence: '' }, 'RECUP', ['noHighTrustDocument']],
    ['a document of low trust', { evidence: 'LE' }, 'RECUP', ['noHighTrustDocument']],
    ['neither document nor INS', { evidence: '', ins: null }, 'PROV', ['noHighTrustDocument', 'noIns']],
    ['a doubt', { identityAttributes: ['DOUT'] }, 'PROV', ['attributeDOUT']],
    [
      'a fictitious identity without document',
      { evidence: '', identityAttributes: ['FICT'] },
      'PROV',
      ['noHighTrustDocument', 'attributeFICT'],
    ],
    ['a homonym', { identityAttributes: ['HOMD'] }, 'PROV', ['attributeHOMD']],
    ['a harmless attribute', { identityAttributes: ['CACH'] }, 'QUAL', []],
    ['no INS', { ins: null }, 'VALI', ['noIns']],
    ['a wrong key', { ins: { value: '279035121518988', oid: '1.2.250.1.213.1.4.10' } }, 'VALI', ['insKeyWrong']],
    ['a real INS', { ins: { value: '279035121518989', oid: '1.2.250.1.213.1.4.8' } }, 'VALI', ['insNotOnTestOid']],
    ["another's sex", { sex: 'M' as const }, 'VALI', ['insDisagreesWithTraits']],
    ['another year of birth', { birthDate: '1980-03-28' }, 'VALI', ['insDisagreesWithTraits']],
    ['another month of birth', { birthDate: '1979-04-28' }, 'VALI', ['insDisagreesWithTraits']],
  ])('%s', (_, changes, status, reasons) => {
    expect(identityStatus(patientRecord(changes))).toEqual({ status, reasons })
  })

  it('goes by the document that the desk has just seen, and records what it finds', async () => {
    const records = new MemoryRecords(patientRecord({ evidence: '', identityStatus: 'PROV' }))
    expect(await run(records, 'identity.check', { patient: 'patient-1', identityDocument: 'PA' })).toMatchObject({
      status: 'QUAL',
    })
    expect(records.patients.get('patient-1')!.identityStatus).toBe('QUAL')
    expect(await run(records, 'identity.check', { patient: 'patient-1', identityDocument: 'none' })).toMatchObject({
      status: 'RECUP',
    })
    expect(records.patients.get('patient-1')!.identityStatus).toBe('RECUP')
  })
})

describe('identity.record', () => {
  it('keeps what the desk found, once or more', async () => {
    const records = new MemoryRecords(patientRecord({ identityStatus: 'RECUP' }))
    for (const _ of [1, 2])
      expect(await run(records, 'identity.record', { patient: 'patient-1', status: 'VALI' })).toEqual({ status: 'VALI' })
    expect(records.patients.get('patient-1')!.identityStatus).toBe('VALI')
  })

  it.each(['QUAL', 'qualified', ''])('never takes "%s" from a desk', async (status) => {
    const records = new MemoryRecords(patientRecord({ identityStatus: 'RECUP' }))
    await expect(run(records, 'identity.record', { patient: 'patient-1', status })).rejects.toThrow()
    expect(records.patients.get('patient-1')!.identityStatus).toBe('RECUP')
  })
})

describe('stock.order', () => {
  it('brings one lot in, once', async () => {
    const records = new MemoryRecords()
    const first = await run(records, 'stock.order', { pool: 'gloves', quantity: 40 })
    expect(await run(records, 'stock.order', { pool: 'gloves', quantity: 40 })).toEqual(first)
    expect([...records.lots]).toEqual([[`gloves/${first.lot}`, 40]])
    await run(records, 'stock.order', { pool: 'gloves', quantity: 40 }, 2)
    expect(records.lots.size).toBe(2)
  })

  it.each([0, -1, 1.5, '40'])('refuses a quantity of %s', async (quantity) => {
    await expect(run(new MemoryRecords(), 'stock.order', { pool: 'gloves', quantity })).rejects.toMatchObject({
      retryable: false,
    })
  })
})

describe('resources.availability', () => {
  it('says how full a pool is', async () => {
    expect(await run(new MemoryRecords(), 'resources.availability', { pool: 'bed' })).toEqual({
      free: 2,
      waiting: 0,
      inUse: 5,
      units: 8,
    })
  })

  it('can never say it of a pool that there is not', async () => {
    await expect(run(new MemoryRecords(), 'resources.availability', { pool: 'moon' })).rejects.toMatchObject({ retryable: false })
  })
})

it('alerts.raise opens one alert', async () => {
  const records = new MemoryRecords()
  const inputs = { patient: 'patient-1', level: 'red', reason: 'weight' }
  const first = await run(records, 'alerts.raise', inputs)
  expect(await run(records, 'alerts.raise', inputs)).toEqual(first)
  expect([...records.alerts.values()]).toEqual(['red'])
})

describe('appointments.book', () => {
  const { site } = dependenciesWith(new MemoryRecords()).clock

  it('books the first free slot from the day wanted, and the same one for a repetition', async () => {
    const records = new MemoryRecords()
    const inputs = { patient: 'patient-1', kind: 'HF', inDays: 3 }
    const first = await run(records, 'appointments.book', inputs)
    expect(first.start).toBe('2026-11-26T09:00:00+01:00')
    expect(await run(records, 'appointments.book', inputs)).toEqual(first)
    expect((await run(records, 'appointments.book', inputs, 2)).start).toBe('2026-11-26T09:20:00+01:00')
  })

  it('offers working hours only, in order, from now on', () => {
    const starts = consultationStarts(NOON, 0, site)
    expect(isoOf(starts[0]!, site)).toBe('2026-11-23T14:00:00+01:00')
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    const days = new Set(starts.map((start) => isoOf(start, site).slice(0, 10)))
    expect([...days]).toHaveLength(10)
    expect([...days]).not.toContain('2026-11-28')
  })

  it('says so when nothing is free', async () => {
    const records = new MemoryRecords()
    records.bookAppointment = async () => null
    await expect(run(records, 'appointments.book', { patient: 'p', kind: 'HF', inDays: 1 })).rejects.toMatchObject({
      retryable: false,
    })
  })
})
