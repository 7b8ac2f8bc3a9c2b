/** Starts a hospital in full swing: runs that were played in memory go on live, each from its Instance, with the ledger as it stood. */

import type { Effect } from '../pathways/engine/contract.ts'
import { type Executable, load, reopen } from '../pathways/engine/index.ts'
import type { Instance } from '../pathways/engine/instance.ts'
import type { Value, Variables } from '../pathways/language/feel/value.ts'
import type { LedgerSnapshot } from '../pathways/resources/index.ts'
import type { Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { replaceLedger } from './ledger.ts'
import { keyIndex } from './messages.ts'
import { addToOutbox, type OutboxEntry } from './outbox.ts'
import { positionsOf } from './positions.ts'
import { loadProgram } from './programs.ts'
import { siteTime } from './sites.ts'
import { taskRow } from './task-writing.ts'

/** A run under way, in the shape of the simulation's state. */
export interface ImportedRun {
  id: string
  pathway: string
  hash: string
  instance: Instance
  /** Pseudonymous id, or '' for a run about no one. */
  patient: string
  startedAt: number
  caller: { run: string; wait: number } | null
  /** The dirty unit it makes usable, or ''. */
  turnsOver: string
}

export interface ImportedHospital {
  runs: ImportedRun[]
  ledger: LedgerSnapshot
  /** Messages nobody has listened for yet. */
  unread?: { name: string; key: Value; payload: Variables; at?: number }[]
  /** In the order in which they began to listen; those left out come after, by run. */
  listeners?: { run: string; wait: number }[]
  /** Hospital time. */
  at: number
}

/** A commit's sequence begins after this one for runs that were played elsewhere. */
const SEQUENCE = 1
const ROWS_MAX = 200

/**
 * Loads it all in one transaction, over the site's ledger; the relay then starts the runs' workflows. Their pathways must be published.
 * @throws RecordsError `unknownProgram`.
 */
export async function importHospital(records: Records, hospital: ImportedHospital): Promise<{ runs: number; tasks: number }> {
  return records.sql.begin(async (tx) => {
    await replaceLedger(records, tx, records.site, hospital.ledger)
    const begun = await Promise.all(hospital.runs.map((run) => beginningOf(records, tx, run)))
    const tasks = begun.flatMap((run) => run.tasks)
    await insertAll(
      tx,
      'runs',
      begun.map(({ row }) => row),
    )
    await insertAll(tx, 'tasks', tasks)
    await insertAll(
      tx,
      'subscriptions',
      inOrder(
        begun.flatMap((run) => run.subscriptions),
        hospital.listeners ?? [],
      ),
    )
    const messages = (hospital.unread ?? []).map(({ name, key, payload, at }) => ({
      site: records.site,
      name,
      key: keyIndex(records, key),
      sealed_key: records.encryption.encryptJson(key),
      payload: records.encryption.encryptJson(payload),
      at: at ?? hospital.at,
    }))
    await insertAll(tx, 'messages', messages)
    await addToOutbox(
      records,
      tx,
      hospital.runs.map(({ id }): OutboxEntry => ({ target: id, kind: 'start', payload: { resume: true } })),
    )
    return { runs: begun.length, tasks: tasks.length }
  }) as Promise<{ runs: number; tasks: number }>
}

type Row = Record<string, unknown>
type Subscription = Row & { run: string; wait: number }

async function beginningOf(records: Records, tx: Transaction, run: ImportedRun) {
  const { id, pathway, hash, instance, startedAt, caller, turnsOver } = run
  const program = await loadProgram(records, hash, tx)
  const executable = await executableOf(records, tx, hash)
  const [version] = await tx<{ version: number }[]>`
    select max(version) as version from pathway_versions where pathway = ${pathway} and hash = ${hash}`
  if (!version?.version)
    throw new RecordsError('unknownProgram', `No version of "${pathway}" has the program ${hash}: publish it first.`)
  const patient = run.patient === '' ? null : run.patient
  const row = {
    id,
    site: records.site,
    pathway,
    version: version.version,
    hash,
    patient,
    caller_run: caller?.run ?? null,
    caller_wait: caller?.wait ?? null,
    turnover_unit: turnsOver === '' ? null : turnsOver,
    state: 'running',
    started_at: startedAt,
    last_at: instance.bookkeeping.at,
    sequence: SEQUENCE,
    instance: records.encryption.encryptJson(instance),
    positions: JSON.stringify(positionsOf(program, instance)),
    answer: null,
  }
  const tasks: Row[] = []
  const subscriptions: Subscription[] = []
  for (const effect of reopen(executable, instance)) {
    if (effect.type === 'perform') {
      const task = taskRow(
        records,
        { ...{ id, site: records.site, pathway, patient }, program },
        effect,
        sinceOf(instance, effect),
      )
      if (task) tasks.push(task)
    } else if (effect.type === 'subscribe') {
      const { wait, kind, name, key } = effect
      subscriptions.push({ run: id, wait, site: records.site, kind, name, key: keyIndex(records, key) })
    }
  }
  return { row, tasks, subscriptions }
}

const executables = new WeakMap<Records, Map<string, Executable>>()

async function executableOf(records: Records, tx: Transaction, hash: string): Promise<Executable> {
  const known = executables.get(records) ?? new Map<string, Executable>()
  executables.set(records, known)
  const executable = known.get(hash) ?? load(await loadProgram(records, hash, tx), await siteTime(records, tx, records.site))
  known.set(hash, executable)
  return executable
}

const sinceOf = ({ bookkeeping }: Instance, { activation }: Extract<Effect, { type: 'perform' }>): number =>
  bookkeeping.since[activation] ?? bookkeeping.at

function inOrder(subscriptions: Subscription[], listeners: { run: string; wait: number }[]): Subscription[] {
  const ranks = new Map(listeners.map(({ run, wait }, rank) => [`${run}:${wait}`, rank]))
  const rankOf = ({ run, wait }: Subscription) => ranks.get(`${run}:${wait}`) ?? listeners.length
  return subscriptions.sort((left, right) => rankOf(left) - rankOf(right))
}

/** Some rows at a time: a statement has 65,535 parameters at most. */
async function insertAll(tx: Transaction, table: string, rows: Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_MAX) {
    await tx`insert into ${tx(table)} ${tx(rows.slice(from, from + ROWS_MAX) as Record<string, string>[])}`
  }
}
