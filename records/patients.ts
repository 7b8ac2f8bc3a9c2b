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

export interface PatientSearch {
  /** The beginnings of names, family or given, in any order; each must be one of theirs. */
  names: string[]
  /** ISO date. */
  birthDate: string | null
  /** Matricule INS, with or without its key. */
  ins: string | null
}

const columns = (sql: Queries) => sql`
  id, traits, ins_status as "insStatus", general_practitioner as practitioner, created_at as "createdAt",
  (select count(*)::int from runs where runs.patient = patients.id and ended_at is null) as running`

interface SealedRow extends Omit<PatientRow, 'traits' | 'generalPractitioner'> {
  traits: Uint8Array
  practitioner: Uint8Array | null
}

/** Newest first. */
export async function listPatients(records: Records, filter: PageRequest): Promise<Page<PatientRow>> {
  const { sql } = records
  const { limit } = filter
  const key = keyOfCursor(filter.cursor, ['number', 'string'])
  const after = key ? sql`where created_at <= ${key[0]!} and (created_at < ${key[0]!} or id > ${key[1]!})` : sql``
  const [rows, [count]] = await Promise.all([
    sql<SealedRow[]>`select ${columns(sql)} from patients ${after} order by created_at desc, id limit ${limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total from patients`,
  ])
  const opened = rows.map((row) => open(records, row))
  return pageOf(opened, limit, count!.total, ({ createdAt, id }) => [createdAt, id])
}

/** How many of those under way are looked through, the latest first: their names are opened one by one. */
const PRESENT_MAX = 20_000

/**
 * Finds patients: by matricule or by whole family name among all there are; by the beginnings of their names, or their birth date, among those
 * with a pathway under way, since a sealed name can be compared whole only. Those under way first, then by name.
 */
export async function searchPatients(
  records: Records,
  { names, birthDate, ins }: PatientSearch,
  limit: number,
): Promise<PatientRow[]> {
  const { sql } = records
  const whole = runsOf(names).map((name) => nameIndex(records, name).toString('hex'))
  const known = sql`(select decode(index, 'hex') from unnest(${whole}::text[]) as index)`
  const indexed =
    ins === null
      ? sql`name_index in ${known} or used_name_index in ${known}`
      : sql`matricule_index = ${matriculeIndex(records, ins)}`
  const present = sql`id in (select patient from runs where ended_at is null and patient is not null order by started_at desc limit ${PRESENT_MAX})`
  const among = ins === null ? sql`(${indexed}) or ${present}` : indexed
  const rows = await sql<SealedRow[]>`select ${columns(sql)} from patients where ${among}`
  const found = rows.map((row) => open(records, row)).filter(({ traits }) => isLike(traits, names, birthDate))
  const shown = ({ traits }: PatientRow) => comparableName(`${traits.usedFamily} ${traits.usedGiven ?? traits.firstBirthGiven}`)
  return found
    .sort((one, other) => Number(other.running > 0) - Number(one.running > 0) || (shown(one) < shown(other) ? -1 : 1))
    .slice(0, limit)
}

/** Each stretch of words that stand side by side: a family name may be several. */
const runsOf = (words: string[]): string[] =>
  words.flatMap((_, from) => words.slice(from).map((_, length) => words.slice(from, from + length + 1).join(' ')))

/** Whether each name asked for begins one of theirs, and they were born that day. */
function isLike(
  { birthFamily, usedFamily, birthGivens, usedGiven, birthDate }: PatientTraits,
  names: string[],
  day: string | null,
): boolean {
  if (day !== null && birthDate !== day) return false
  const theirs = comparableName([birthFamily, usedFamily, birthGivens, usedGiven ?? ''].join(' ')).split(' ')
  return names.flatMap((name) => comparableName(name).split(' ')).every((part) => theirs.some((own) => own.startsWith(part)))
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
