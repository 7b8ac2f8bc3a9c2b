/** Programs by hash, kept in memory: what a hash names never changes. */
import type { Program } from '../pathways/language/program.ts'
import type { Queries, Records } from './database.ts'
import { RecordsError } from './errors.ts'

/** @throws RecordsError `unknownProgram`. */
export async function loadProgram(records: Records, hash: string, sql: Queries = records.sql): Promise<Program> {
  const known = records.programs.get(hash)
  if (known) return known
  const [row] = await sql<{ program: Program }[]>`select program from pathway_versions where hash = ${hash} limit 1`
  if (!row) throw new RecordsError('unknownProgram', `No version of a pathway has the program ${hash}: publish it first.`)
  records.programs.set(hash, row.program)
  return row.program
}

export interface CurrentVersion {
  pathway: string
  version: number
  hash: string
}

/** The version that new runs of a pathway take, or null when none is published. */
export async function currentVersion(sql: Queries, pathway: string): Promise<CurrentVersion | null> {
  const [row] = await sql<CurrentVersion[]>`
    select v.pathway, v.version, v.hash from pathways p
    join pathway_versions v on v.pathway = p.id and v.version = p.current_version where p.id = ${pathway}`
  return row ?? null
}
