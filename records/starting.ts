/** Beginning a run: its row, and the outbox row that has it started, in one transaction. */
import { randomBytes } from 'node:crypto'
import type { ReceivedHold } from '../pathways/engine/contract.ts'
import type { Variables } from '../pathways/language/feel/value.ts'
import { currentClock } from './clock.ts'
import type { Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { addToOutbox, type OutboxEntry } from './outbox.ts'
import { type CurrentVersion, currentVersion, loadProgram } from './programs.ts'

export interface RunStart {
  pathway: string
  /** Default: the current one. */
  version?: number
  variables: Variables
  /** Pseudonymous id of the patient. */
  patient?: string | null
  /** Makes starting twice the same as starting once; default: drawn at random. */
  id?: string
  /** Hospital time; default: now. */
  at?: number
  /** BPMN id of a start event; default: the plain one. */
  startElement?: string
  traceparent?: string
}

/**
 * Starts a run: durable when this returns, begun by the relay soon after.
 * @param given a transaction to do it in, when more is to happen with it.
 * @throws RecordsError `unknownPathway`, `unknownVersion`, `unknownStart`.
 */
export async function startRun(
  records: Records,
  start: RunStart,
  given?: Transaction,
): Promise<{ run: string; created: boolean; version: number }> {
  if (!given) return records.sql.begin((tx) => startRun(records, start, tx))
  const found = await versionOf(given, start)
  const at = start.at ?? (await currentClock(records, records.site, given)).hospitalNow
  const run = start.id ?? newRunId(start.pathway)
  let node = -1
  if (start.startElement) {
    const program = await loadProgram(records, found.hash, given)
    node = program.nodes[0]!.starts.find((index) => program.nodes[index]!.id === start.startElement) ?? -1
    if (node < 0)
      throw new RecordsError('unknownStart', `The pathway "${start.pathway}" has no start event "${start.startElement}".`)
  }
  const row = newRun({ ...found, run, site: records.site, at, patient: start.patient ?? null })
  const entry = starting(run, at, { node, variables: start.variables })
  const created = await insertRun(given, row)
  if (created) await addToOutbox(records, given, [entry], start.traceparent)
  return { run, created, version: found.version }
}

async function versionOf(sql: Transaction, { pathway, version }: RunStart): Promise<CurrentVersion> {
  const [found] =
    version === undefined
      ? [await currentVersion(sql, pathway)]
      : await sql<CurrentVersion[]>`
          select pathway, version, hash from pathway_versions where pathway = ${pathway} and version = ${version} and state = 'published'`
  if (found) return found
  if (version === undefined || !(await currentVersion(sql, pathway)))
    throw new RecordsError(
      'unknownPathway',
      `There is no published pathway "${pathway}": choose one that the list of pathways names.`,
    )
  throw new RecordsError(
    'unknownVersion',
    `There is no published version ${version} of the pathway "${pathway}": choose another.`,
  )
}

/** Pseudonymous, and short enough to be read in Temporal's own pages. */
export const newRunId = (pathway: string): string => `${pathway}-${randomBytes(10).toString('hex')}`

export interface NewRun {
  id: string
  site: string
  pathway: string
  version: number
  hash: string
  patient: string | null
  caller_run: string | null
  caller_wait: number | null
  turnover_unit: string | null
  state: 'starting'
  started_at: number
  last_at: number
}

interface NewRunOptions extends CurrentVersion {
  run: string
  site: string
  at: number
  patient: string | null
  caller?: { run: string; wait: number }
  turnoverUnit?: string
}

export const newRun = ({ run, site, pathway, version, hash, patient, at, caller, turnoverUnit }: NewRunOptions): NewRun => ({
  id: run,
  site,
  pathway,
  version,
  hash,
  patient,
  caller_run: caller?.run ?? null,
  caller_wait: caller?.wait ?? null,
  turnover_unit: turnoverUnit ?? null,
  state: 'starting',
  started_at: at,
  last_at: at,
})

/** False when there is one already. */
export async function insertRun(tx: Transaction, row: NewRun): Promise<boolean> {
  const { count } = await tx`insert into runs ${tx(row as unknown as Record<string, string>)} on conflict (id) do nothing`
  return count > 0
}

/** The outbox row that has it started. `node` is the index of the start event, -1 the plain one. */
export const starting = (
  run: string,
  at: number,
  { node = -1, variables, holds = [] }: { node?: number; variables: Variables; holds?: ReceivedHold[] },
): OutboxEntry => ({ target: run, kind: 'start', payload: { first: { type: 'started', at, start: node, variables, holds } } })
