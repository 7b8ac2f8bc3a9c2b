// Goal: what connectors ask of the records leaves the same behind however often it is asked. Method: the records themselves, on Postgres.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createActivities } from '../../activities/connectors.ts'
import type { ActivityRecords } from '../../activities/dependencies.ts'
import { insKey, insOids } from '../../pathways/identity/ins.ts'
import { IDENTITY_STATUSES, type IdentityStatus } from '../../pathways/identity/status.ts'
import { connectorRecords } from '../../records/connectors.ts'
import { openRecords, type Records } from '../../records/database.ts'
import { migrate } from '../../records/migrate.ts'
import { createPatient } from '../../records/patients.ts'
import { createSite } from '../../records/sites.ts'
import { testDatabase } from '../services/index.ts'
import { dependenciesWith, NOON } from './memory-records.ts'

let records: Records
let port: ActivityRecords
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  await migrate(database.url)
  records = await openRecords(database.url, { key: randomBytes(32).toString('base64') })
  port = connectorRecords(records)
  await createSite(records, { id: 'hospital', name: 'Hôpital', epoch: '2026-10-28T00:00:00Z', timeZone: 'Europe/Paris' })
  await addPatient()
  await addRun('admission-1', null, 1_000)
  await addRun('discharge-1', 'admission-1', 9_000)
})
afterAll(async () => {
  await records.close()
  await drop()
})

const seal = (value: unknown) => records.encryption.encryptJson(value)
const addPatient = () => records.sql`
  insert into patients (id, site, traits, name_index, ins_status, general_practitioner, created_at) values ('patient-1', 'hospital', ${seal(
    {
      birthFamily: 'PAT-TROIS',
      birthGivens: 'DOMINIQUE MARIE',
      firstBirthGiven: 'DOMINIQUE',
      usedFamily: 'PAT-TROIS',
      sex: 'F',
      birthDate: '1979-03-28',
      birthPlace: { insee: '63220', name: 'Mazoires' },
      ins: { value: '279035121518989', oid: '1.2.250.1.213.1.4.10' },
    },
  )}, ${records.encryption.blindIndex('pat-trois')}, 'PROV',
  ${seal({ family: 'MEDIONI', given: 'STÉPHANE', mailbox: 'cabinet@medecin.mssante.example' })}, 0)`
const addRun = (id: string, caller: string | null, at: number) => records.sql`
  insert into runs (id, site, pathway, version, hash, patient, caller_run, state, started_at, last_at)
  values (${id}, 'hospital', 'p', 1, 'h', 'patient-1', ${caller}, 'running', ${at}, ${at})`
const run = (name: string, inputs: Record<string, string | number>, wait = 1) =>
  createActivities(dependenciesWith(port))[name]!({ run: 'discharge-1', wait, element: 'Task', inputs })

it('an identity that the desk has checked is qualified, and the letter then carries its INS and the stay from its beginning', async () => {
  expect(await run('identity.check', { patient: 'patient-1', identityDocument: 'CN' })).toEqual({ status: 'QUAL', reasons: [] })
  const { document } = await run('documents.dischargeLetter', { patient: 'patient-1', synthesis: 'Bien.' }, 2)
  const kept = await port.readDocument(document as string)
  expect(kept).toMatchObject({ patient: 'patient-1', run: 'discharge-1', typeCode: '11490-0', depositedAt: null, mailedAt: null })
  expect(kept!.cda).toContain('279035121518989')
  expect(kept!.cda).toContain('<low value="20261028010001+0100"/>')
  expect(kept!.cda).toContain('MEDIONI')
})

const TRAITS = {
  ...{
    birthFamily: 'PAT-TROIS',
    birthGivens: 'DOMINIQUE',
    firstBirthGiven: 'DOMINIQUE',
    usedFamily: 'PAT-TROIS',
    sex: 'F' as const,
  },
  ...{ birthDate: '1979-03-28', birthPlace: { insee: '63220', name: 'Mazoires' } },
}
it.each([
  ['PROV', { identityAttributes: ['DOUT'] }],
  ['RECUP', { evidence: '' }],
  ['VALI', { evidence: 'CN', ins: null }],
  ['QUAL', { evidence: 'CN' }],
])('an identity that is %s is kept as it is, and only a qualified one goes out with its matricule', async (status, changes) => {
  const wait = 10 + IDENTITY_STATUSES.indexOf(status as IdentityStatus)
  const number = `27903512151${wait}`
  const patient = `patient-${status}`
  const ins = { value: `${number}${insKey(number)}`, oid: insOids.nirTest }
  await createPatient(records, { id: patient, traits: { ...TRAITS, ins, ...changes }, insStatus: 'PROV', at: 0 })
  expect(await run('identity.check', { patient })).toMatchObject({ status })
  expect((await port.readPatient(patient))!.identityStatus).toBe(status)
  const { document } = await run('documents.dischargeLetter', { patient, synthesis: 'Bien.' }, wait)
  const { cda } = (await port.readDocument(document as string))!
  expect(cda.includes(ins.value)).toBe(status === 'QUAL')
})

it('a document is kept once, encrypted, and marked once', async () => {
  const first = await run('documents.dischargeLetter', { patient: 'patient-1' }, 3)
  expect(await run('documents.dischargeLetter', { patient: 'patient-1', synthesis: 'Autre.' }, 3)).toEqual(first)
  const id = first.document as string
  for (const at of [NOON, NOON + 5]) {
    await port.markDocument(id, 'deposited', at)
    await port.markDocument(id, 'mailed', at)
  }
  expect(await port.readDocument(id)).toMatchObject({ depositedAt: NOON, mailedAt: NOON })
  const rows = await records.sql<{ cda: Buffer; state: string }[]>`select cda, state from documents where id = ${id}`
  expect(rows.map(({ state }) => state)).toEqual(['deposited'])
  expect(rows[0]!.cda.toString('latin1')).not.toContain('ClinicalDocument')
})

it('a delivery enters the ledger once, even when its lot is used up since', async () => {
  await records.sql`
    insert into pools (site, id, name, kind, turnover, reorder_threshold, reorder_quantity, ordered, passes_max)
    values ('hospital', 'gloves', 'Gants', 'stock', '', 0, 0, false, 3)`
  await records.sql`update sites set ledger_state = gen_random_uuid()`
  await run('stock.order', { pool: 'gloves', quantity: 40 })
  expect(await records.sql`select quantity from lots where pool = 'gloves'`).toEqual([{ quantity: 40 }])
  await records.sql`delete from lots`
  await records.sql`update sites set ledger_state = gen_random_uuid()`
  await run('stock.order', { pool: 'gloves', quantity: 40 })
  expect(await records.sql`select quantity from lots`).toEqual([])
})

it('tells how full a pool is, by the very function of the twin', async () => {
  await records.sql`
    insert into pools (site, id, name, kind, turnover, reorder_threshold, reorder_quantity, ordered, passes_max)
    values ('hospital', 'chair', 'Fauteuils', 'units', '', 0, 0, false, 3)`
  for (const [id, state, holder] of [
    ['chair-1', 'free', ''],
    ['chair-2', 'occupied', 'discharge-1'],
    ['chair-3', 'closed', ''],
  ] as const)
    await records.sql`
      insert into units (site, id, pool, name, place, attributes, state, holder, hold, turnover_run, calendar, out_of_service, since)
      values ('hospital', ${id}, 'chair', ${id}, 'Salle', '{}', ${state}, ${holder}, ${holder ? 1 : -1}, '', '', false, 0)`
  await records.sql`update sites set ledger_state = gen_random_uuid()`
  expect(await run('resources.availability', { pool: 'chair' })).toEqual({ free: 1, waiting: 0, inUse: 1, units: 3 })
  expect(await run('resources.availability', { pool: 'gloves' })).toEqual({ free: 0, waiting: 0, inUse: 0, units: 0 })
  await expect(run('resources.availability', { pool: 'moon' })).rejects.toThrow('does not have')
})

it('an alert is opened once, with its owner and its delay', async () => {
  const inputs = { patient: 'patient-1', level: 'red', reason: 'weight' }
  expect(await run('alerts.raise', inputs)).toEqual(await run('alerts.raise', inputs))
  expect(await records.sql`select level, owner, due_at - opened_at as "dueMs" from alerts`).toEqual([
    { level: 'critical', owner: 'nurse', dueMs: 3_600_000 },
  ])
})

it('an appointment is booked once, and no slot twice', async () => {
  const inputs = { patient: 'patient-1', kind: 'HF', inDays: 1 }
  const booked = await Promise.all([1, 1, 2, 3].map((wait) => run('appointments.book', inputs, wait)))
  expect(booked[0]).toEqual(booked[1])
  expect(new Set(booked.map(({ start }) => start)).size).toBe(3)
})

it('says what is not there', async () => {
  expect(await port.readPatient('nobody')).toBeNull()
  expect(await port.readDocument('nothing')).toBeNull()
  await expect(port.readStayStart('no-run')).rejects.toThrow('There is no run')
})
