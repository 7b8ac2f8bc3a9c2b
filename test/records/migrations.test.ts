// Goal: a database of an earlier release keeps what it knows. Method: its rows as they were, and the migration's own file applied to them again.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createPatient, readPatient } from '../../records/patients.ts'
import { testRecords } from './support.ts'

const migration = (name: string) =>
  readFileSync(new URL(`../../records/migrations/${name}.sql`, import.meta.url), 'utf8').replaceAll(
    '--> statement-breakpoint',
    '',
  )

it('an identity that was qualified stays so, any other is provisional', async () => {
  const { records, close } = await testRecords()
  const { sql } = records
  const names = { birthFamily: 'DUPONT', birthGivens: 'MARIE', firstBirthGiven: 'MARIE', usedFamily: 'DUPONT' }
  const birth = { sex: 'F' as const, birthDate: '1979-03-28', birthPlace: { insee: '75056', name: 'Paris' } }
  const traits = { ...names, ...birth, ins: null }
  for (const id of ['known', 'unknown']) await createPatient(records, { id, traits, insStatus: 'PROV', at: 0 })
  await sql`alter table patients drop constraint patients_ins_status`
  await sql`update patients set ins_status = case id when 'known' then 'qualified' else 'provisional' end`
  await sql.unsafe(migration('0003_identity-status'))
  expect((await readPatient(records, 'known'))!.insStatus).toBe('QUAL')
  expect((await readPatient(records, 'unknown'))!.insStatus).toBe('PROV')
  await expect(sql`update patients set ins_status = 'qualified'`).rejects.toThrow('patients_ins_status')
  await close()
})
