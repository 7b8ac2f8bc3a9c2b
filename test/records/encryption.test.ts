// Goal: what must be unreadable is, and a wrong key says so with its remedy.
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, openRecords, type Records } from '../../records/database.ts'
import { Encryption, keyOf } from '../../records/encryption.ts'
import { addMeasurement, listMeasurements } from '../../records/measurements.ts'
import { createPatient, type PatientTraits, readPatient, searchPatients } from '../../records/patients.ts'
import { KEY, testRecords } from './support.ts'

const key = keyOf(KEY)

describe('encryption', () => {
  it('gives back what was sealed, and never the same text twice', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const encryption = new Encryption(key)
        const sealed = encryption.encryptJson(value)
        expect(encryption.decryptJson(sealed)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(encryption.encryptJson(value).equals(sealed)).toBe(false)
      }),
    )
  })

  it('a change of any byte, or another key, is noticed', () => {
    const encryption = new Encryption(key)
    const sealed = encryption.encryptJson({ name: 'Dupont' })
    expect(sealed.toString('latin1')).not.toContain('Dupont')
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed)
      changed[index]! ^= 1
      expect(() => encryption.decrypt(changed)).toThrow(expect.objectContaining({ code: 'keyWrong' }))
    }
    expect(() => new Encryption(randomBytes(32)).decrypt(sealed)).toThrow(/PARCOURS_KEY/)
  })

  it('a missing or short key names its remedy', () => {
    for (const text of [undefined, '', 'short', Buffer.alloc(31).toString('base64')]) {
      expect(() => keyOf(text)).toThrow(/PARCOURS_KEY/)
    }
    expect(keyOf('ab'.repeat(32))).toHaveLength(32)
  })

  it('blind indexes are equal for equal texts only, and differ by key', () => {
    const encryption = new Encryption(key)
    expect(encryption.blindIndex('é')).toEqual(encryption.blindIndex('e\u0301'))
    expect(encryption.blindIndex('a')).not.toEqual(encryption.blindIndex('b'))
    expect(new Encryption(randomBytes(32)).blindIndex('a')).not.toEqual(encryption.blindIndex('a'))
  })
})

it('a database that does not answer is a typed error', async () => {
  for (const url of ['postgres://127.0.0.1:1/x', 'nonsense']) {
    await expect(openDatabase(url)).rejects.toMatchObject({ code: 'databaseUnreachable' })
  }
  await expect(openRecords('postgres://127.0.0.1:1/x', { key: undefined })).rejects.toMatchObject({ code: 'keyMissing' })
})

describe('patients', () => {
  let records: Records
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ records, close } = await testRecords())
  })
  afterAll(() => close())

  const traits = (more: Partial<PatientTraits> = {}): PatientTraits => ({
    birthFamily: 'LE GOFF',
    birthGivens: 'ANNE MARIE',
    firstBirthGiven: 'ANNE',
    usedFamily: 'Durand-Ruel',
    sex: 'F',
    birthDate: '1950-02-03',
    birthPlace: { insee: '29232', name: 'Quimper' },
    ins: { value: '250022923200183', oid: '1.2.250.1.213.1.4.10' },
    ...more,
  })

  it('are found by either family name or matricule, and nothing of them is in clear', async () => {
    const { id, created } = await createPatient(records, { traits: traits(), insStatus: 'QUAL', at: 5 })
    expect(created).toBe(true)
    await createPatient(records, {
      traits: traits({ birthFamily: 'MARTIN', usedFamily: 'MARTIN', ins: null }),
      insStatus: 'PROV',
      at: 6,
    })
    const found = async (names: string[], ins: string | null = null) =>
      (await searchPatients(records, { names, ins, birthDate: null }, 10)).map((patient) => patient.id)
    for (const names of [
      ['le', 'goff'],
      ['Durand', 'Ruel'],
      ['LE', 'GOFF', 'ann'],
    ])
      expect(await found(names)).toEqual([id])
    expect(await found([], '2500229232001')).toEqual([id])
    // The beginning of a sealed name is compared with those under way only.
    expect(await found(['goff'])).toEqual([])
    expect(await readPatient(records, id)).toMatchObject({
      traits: { birthFamily: 'LE GOFF' },
      insStatus: 'QUAL',
      running: 0,
    })
    const [row] = await records.sql`select * from patients where id = ${id}`
    const stored = Object.values(row!).map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
    )
    for (const clear of ['GOFF', 'Durand', '2500229', 'Quimper']) expect(stored.join()).not.toContain(clear)
  })

  it('with one matricule are one patient', async () => {
    const first = await createPatient(records, { traits: traits(), insStatus: 'QUAL', at: 5 })
    const second = await createPatient(records, { traits: traits({ usedFamily: 'X' }), insStatus: 'QUAL', at: 9 })
    expect(second).toEqual({ id: first.id, created: false })
  })

  it('have readings, each kept once', async () => {
    const reading = { patient: 'p-1', kind: 'weight', value: 71.5, unit: 'kg', answers: { tired: true }, at: 10 }
    const first = await addMeasurement(records, { ...reading, idempotency: 'k' })
    const again = await addMeasurement(records, { ...reading, idempotency: 'k' })
    expect(again).toEqual({ id: first.id, created: false })
    await addMeasurement(records, { ...reading, at: 20, value: 72 })
    const { items, total } = await listMeasurements(records, { patient: 'p-1', limit: 10 })
    expect(total).toBe(2)
    expect(items).toMatchObject([
      { value: 72, at: 20 },
      { value: 71.5, unit: 'kg', answers: { tired: true } },
    ])
  })
})
