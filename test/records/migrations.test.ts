// Goal: a database of an earlier release keeps what it knows. Method: its rows as they were, and the migration's own file applied to them again.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readPathwayVersion } from '../../records/pathways.ts'
import { createPatient, readPatient } from '../../records/patients.ts'
import { end, pathway, start } from './model.ts'
import { publish, testRecords } from './support.ts'

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

it('versions that were published stay so, and are the library’s', async () => {
  const { records, close } = await testRecords()
  const { sql } = records
  await publish(records, await pathway('known', `${start}${end}`, 'start>end'))
  await sql.unsafe(`alter table pathway_versions add column published boolean not null default true, drop column revision, drop column state,
    drop column author, drop column approver, drop column note, drop column published_at, drop column retired_at`)
  await sql.unsafe(migration('0005_versions'))
  await sql.unsafe(migration('0006_versions-state'))
  expect(await readPathwayVersion(records, 'known')).toMatchObject({
    state: 'published',
    author: 'library',
    publishedAt: 0,
    current: true,
  })
  await close()
})
