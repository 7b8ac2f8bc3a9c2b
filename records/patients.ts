/** Patients: a pseudonym, and an identity that is encrypted and found again by blind indexes only. */
import { randomBytes } from 'node:crypto'
import type { IdentityStatus } from '../pathways/identity/status.ts'
import type { GeneralPractitioner, PatientTraits } from './connectors.ts'
import type { Queries, Records } from './database.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'

export type { GeneralPractitioner, PatientTraits }

export interface PatientRow {
  /** Pseudonymous. */
  id: string
  traits: PatientTraits
  insStatus: IdentityStatus
  generalPractitioner: GeneralPractitioner | null
  createdAt: number
  /** Runs under way. */
  running: number
}

export interface NewPatient {
  /** Default: drawn at random. */
  id?: string
  traits: PatientTraits
  insStatus: IdentityStatus
  generalPractitioner?: GeneralPractitioner | null
  /** Hospital time. */
  at: number
}

/** Names are compared without case, accents, hyphens and apostrophes. */
export const comparableName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()

/**
 * Makes a patient known; one whose matricule is known already keeps its id, and an id that is known keeps its row.
 * @returns the pseudonymous id.
 */
export async function createPatient(
  records: Records,
  patient: NewPatient,
  sql: Queries = records.sql,
): Promise<{ id: string; created: boolean }> {
  const { encryption, site } = records
  const { traits, insStatus, generalPractitioner = null, at } = patient
  const id = patient.id ?? `p-${randomBytes(10).toString('hex')}`
  const matricule = matriculeIndex(records, traits.ins?.value)
  const row = {
    id,
    site,
    traits: encryption.encryptJson(traits),
    matricule_index: matricule,
    name_index: nameIndex(records, traits.birthFamily),
    used_name_index: nameIndex(records, traits.usedFamily),
    ins_status: insStatus,
    general_practitioner: generalPractitioner && encryption.encryptJson(generalPractitioner),
    created_at: at,
  }
  const { count } = await sql`insert into patients ${sql(row as unknown as Record<string, string>)} on conflict do nothing`
  if (count > 0) return { id, created: true }
  const [known] = await sql<{ id: string }[]>`
    select id from patients where id = ${id} or (site = ${site} and matricule_index = ${matricule}) order by id = ${id} desc limit 1`
  return { id: known!.id, created: false }
}

export interface PatientFilter extends PageRequest {
  /** Birth or used family name, whole. */
  familyName?: string | undefined
  /** Matricule INS, with or without its key. */
  ins?: string | undefined
}

const columns = (sql: Queries) => sql`
  id, traits, ins_status as "insStatus", general_practitioner as practitioner, created_at as "createdAt",
  (select count(*)::int from runs where runs.patient = patients.id and ended_at is null) as running`

interface SealedRow extends Omit<PatientRow, 'traits' | 'generalPractitioner'> {
  traits: Uint8Array
  practitioner: Uint8Array | null
}

/** Newest first; found by whole family name or matricule. */
export async function listPatients(records: Records, filter: PatientFilter): Promise<Page<PatientRow>> {
  const { sql } = records
  const { familyName, ins, limit } = filter
  const key = keyOfCursor(filter.cursor, ['number', 'string'])
  const name = familyName === undefined ? null : nameIndex(records, familyName)
  const where = sql`
    where true ${name === null ? sql`` : sql`and (name_index = ${name} or used_name_index = ${name})`}
      ${ins === undefined ? sql`` : sql`and matricule_index = ${matriculeIndex(records, ins)}`}`
  const after = key ? sql`and created_at <= ${key[0]!} and (created_at < ${key[0]!} or id > ${key[1]!})` : sql``
  const [rows, [count]] = await Promise.all([
    sql<SealedRow[]>`select ${columns(sql)} from patients ${where} ${after} order by created_at desc, id limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from patients ${where}`,
  ])
  const opened = rows.map((row) => open(records, row))
  return pageOf(opened, limit, count!.total, ({ createdAt, id }) => [createdAt, id])
}

/** Null when there is none. */
export async function readPatient(records: Records, id: string, sql: Queries = records.sql): Promise<PatientRow | null> {
  const [row] = await sql<SealedRow[]>`select ${columns(sql)} from patients where id = ${id}`
  return row ? open(records, row) : null
}

/** Who they are, by pseudonym; those nobody knows are left out. */
export async function traitsOf({ sql, encryption }: Records, ids: readonly string[]): Promise<Map<string, PatientTraits>> {
  if (ids.length === 0) return new Map()
  const rows = await sql<{ id: string; traits: Uint8Array }[]>`
    select id, traits from patients where id = any(${[...new Set(ids)]}::text[])`
  return new Map(rows.map(({ id, traits }) => [id, encryption.decryptJson<PatientTraits>(traits)]))
}

/** Whether there is such a patient. */
export async function patientExists(records: Records, id: string, sql: Queries = records.sql): Promise<boolean> {
  const [row] = await sql`select 1 from patients where id = ${id}`
  return row !== undefined
}

function open({ encryption }: Records, { traits, practitioner, ...row }: SealedRow): PatientRow {
  return {
    ...row,
    traits: encryption.decryptJson<PatientTraits>(traits),
    generalPractitioner: practitioner && encryption.decryptJson<GeneralPractitioner>(practitioner),
  }
}

const nameIndex = ({ encryption }: Records, name: string): Buffer => encryption.blindIndex(`name ${comparableName(name)}`)

/** The 13 characters identify; the key only checks them. */
const matriculeIndex = ({ encryption }: Records, matricule: string | undefined): Buffer | null =>
  matricule ? encryption.blindIndex(`matricule ${matricule.replace(/\s/g, '').slice(0, 13)}`) : null
