/** What a patient is allergic to, as somebody wrote it in one of their pathways. */
import type { Instance } from '../pathways/engine/instance.ts'
import type { Records } from './database.ts'

/** The variable that forms write it to. */
const VARIABLE = 'allergies'
/** Of the latest pathways: what was known earlier was asked again since. */
const RUNS_MAX = 20

/** The latest words about it; '' when nobody has said any. */
export async function allergiesOf({ sql, encryption }: Records, patient: string): Promise<string> {
  const rows = await sql<{ instance: Uint8Array }[]>`
    select instance from runs where patient = ${patient} and instance is not null order by started_at desc, id limit ${RUNS_MAX}`
  for (const { instance } of rows) {
    const said = encryption.decryptJson<Instance>(instance).variables[0]?.[VARIABLE]
    if (typeof said === 'string' && said.trim() !== '') return said.trim()
  }
  return ''
}
