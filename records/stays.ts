/** What the boards must know of the runs that have units, or wait for them: whose they are, and what their variables say of the stay. */
import type { Instance } from '../pathways/engine/instance.ts'
import type { Variables } from '../pathways/language/feel/value.ts'
import type { PatientTraits } from './connectors.ts'
import type { Queries, Records } from './database.ts'
import type { Position } from './schema.ts'

export interface Stay {
  run: string
  pathway: string
  hash: string
  patient: string | null
  /** Null for a patient whom nobody knows. */
  person: Person | null
  callerRun: string | null
  startedAt: number
  positions: Position[]
  /** Its own variables over those of the runs that called it, outermost first. */
  variables: Variables
  /** Node index by wait. */
  waits: Map<number, number>
}

interface RunRow {
  id: string
  pathway: string
  hash: string
  patient: string | null
  callerRun: string | null
  startedAt: number
  sequence: number
  positions: Position[]
}

interface Opened {
  sequence: number
  variables: Variables
  waits: Map<number, number>
}

/** Instances are opened once for each step: most runs stand still between two readings. */
const opened = new WeakMap<Records, Map<string, Opened>>()
/** Runs, or people, of whom something opened is kept. */
export const OPENED_MAX = 20_000

/** By run. Runs that are not there are left out. */
export async function readStays(records: Records, sql: Queries, runs: readonly string[]): Promise<Map<string, Stay>> {
  const rows = await sql<RunRow[]>`
    with recursive chain as (
      select id, caller_run from runs where id = any(${[...runs]}::text[])
      union select runs.id, runs.caller_run from runs join chain on runs.id = chain.caller_run)
    select id, pathway, hash, patient, caller_run as "callerRun", started_at as "startedAt", sequence, positions
    from runs where id in (select id from chain)`
  const known = await open(records, sql, rows)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const variablesOf = (id: string | null): Variables => {
    const row = id === null ? undefined : byId.get(id)
    return row ? { ...variablesOf(row.callerRun), ...known.get(row.id)?.variables } : {}
  }
  const patients = runs.flatMap((id) => byId.get(id)?.patient ?? [])
  const people = await readPeople(records, sql, patients)
  const stays = new Map<string, Stay>()
  for (const id of runs) {
    const row = byId.get(id)
    if (!row) continue
    const { sequence: _, id: run, ...rest } = row
    stays.set(id, {
      run,
      ...rest,
      person: people.get(row.patient ?? '') ?? null,
      variables: variablesOf(id),
      waits: known.get(id)?.waits ?? new Map(),
    })
  }
  return stays
}

async function open(records: Records, sql: Queries, rows: readonly RunRow[]): Promise<Map<string, Opened>> {
  const known = opened.get(records) ?? new Map<string, Opened>()
  opened.set(records, known)
  if (known.size > OPENED_MAX) known.clear()
  const stale = rows.filter(({ id, sequence }) => known.get(id)?.sequence !== sequence).map(({ id }) => id)
  if (stale.length === 0) return known
  const sealed = await sql<{ id: string; sequence: number; instance: Uint8Array | null }[]>`
    select id, sequence, instance from runs where id = any(${stale}::text[])`
  for (const { id, sequence, instance } of sealed) {
    const { marking, variables } = instance
      ? records.encryption.decryptJson<Instance>(instance)
      : { marking: { waits: [] }, variables: [{}] as Variables[] }
    known.set(id, {
      sequence,
      variables: variables[0] ?? {},
      waits: new Map(marking.waits.map(({ id: wait, node }) => [wait, node])),
    })
  }
  return known
}

export interface Person {
  /** Family name in use, in capitals, and given name. */
  name: string
  sex: PatientTraits['sex']
  birthDate: string
}

interface KnownPerson {
  /** Of the row: another one means that the identity was corrected. */
  revision: string
  person: Person
}

/** Each identity is opened once for each time that it is written. */
const people = new WeakMap<Records, Map<string, KnownPerson>>()

/** Who the patients are, by pseudonym. */
async function readPeople(records: Records, sql: Queries, patients: readonly string[]): Promise<Map<string, Person>> {
  const known = people.get(records) ?? new Map<string, KnownPerson>()
  people.set(records, known)
  if (known.size > OPENED_MAX) known.clear()
  const rows = await sql<{ id: string; revision: string }[]>`
    select id, xmin::text as revision from patients where id = any(${[...new Set(patients)]}::text[])`
  const stale = rows.filter(({ id, revision }) => known.get(id)?.revision !== revision).map(({ id }) => id)
  const sealed =
    stale.length === 0
      ? []
      : await sql<{ id: string; revision: string; traits: Uint8Array }[]>`
          select id, xmin::text as revision, traits from patients where id = any(${stale}::text[])`
  for (const { id, revision, traits } of sealed) {
    const { usedFamily, usedGiven, firstBirthGiven, sex, birthDate } = records.encryption.decryptJson<PatientTraits>(traits)
    const name = `${usedFamily.toUpperCase()} ${usedGiven ?? firstBirthGiven}`
    known.set(id, { revision, person: { name, sex, birthDate } })
  }
  return new Map(rows.flatMap(({ id }) => (known.has(id) ? [[id, known.get(id)!.person] as const] : [])))
}
