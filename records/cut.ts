/**
 * A site as it is at one moment, in one repeatable-read transaction: every run as its last commit left it, the ledger, who listens, what is kept, and what is on its way to a run. Where a run is
 * belongs to its workflow; all that it has made durable is here, and nothing that it has not.
 */
import type { Event } from '../pathways/engine/contract.ts'
import type { Instance } from '../pathways/engine/instance.ts'
import type { Value, Variables } from '../pathways/language/feel/value.ts'
import type { Program } from '../pathways/language/program.ts'
import type { LedgerSnapshot } from '../pathways/resources/index.ts'
import type { SiteTime } from '../pathways/time/site.ts'
import type { CommitAnswer } from './batch.ts'
import { currentClock } from './clock.ts'
import type { Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { readLedger } from './ledger.ts'
import type { StartPayload } from './outbox.ts'
import { loadProgram } from './programs.ts'
import { siteTime } from './sites.ts'

export interface CutRun {
  id: string
  pathway: string
  hash: string
  /** Null before its first step. */
  instance: Instance | null
  /** Pseudonymous id, or '' for a run about no one. */
  patient: string
  startedAt: number
  caller: { run: string; wait: number } | null
  /** The dirty unit it makes usable, or ''. */
  turnsOver: string
  /** By wait: since when a person has had the task to do. */
  tasksSince: Record<number, number>
  /** What was sent to it, in order; it may have heard some of it. */
  sent: { event: Event; isDelivered: boolean }[]
}

export interface Cut {
  /** Hospital time. */
  at: number
  site: SiteTime
  runs: CutRun[]
  ledger: LedgerSnapshot
  /** In the order in which they began to listen. */
  listeners: { run: string; wait: number }[]
  /** Kept until somebody listens: for whoever does by this key, or for one run alone. */
  unread: { name: string; key: Value; payload: Variables; at: number; run?: string }[]
  /** Published now: what whoever begins takes. */
  programs: Program[]
  /** Others that runs are on. */
  formerPrograms: Program[]
}

/** @throws RecordsError `unknownSite`. */
export async function takeCut(records: Records): Promise<Cut> {
  const { site } = records
  const time = await siteTime(records, records.sql, site)
  return records.sql.begin('isolation level repeatable read read only', async (tx) => {
    const [row] = await tx<{ sequence: number }[]>`select ledger_sequence as sequence from sites where id = ${site}`
    if (!row) throw new RecordsError('unknownSite', `There is no site "${site}".`)
    const { hospitalNow: at } = await currentClock(records, site, tx)
    const ledger = await readLedger(tx, site, row.sequence)
    const runs = await runsOf(records, tx)
    const listeners = await tx<{ run: string; wait: number }[]>`
      select run, wait from subscriptions where site = ${site} order by id`
    const current = await tx<{ hash: string }[]>`
      select v.hash from pathways p join pathway_versions v on v.pathway = p.id and v.version = p.current_version order by p.id`
    const programs = await loadAll(records, tx, current)
    const isCurrent = new Set(current.map(({ hash }) => hash))
    const former = [...new Set(runs.map(({ hash }) => hash))].filter((hash) => !isCurrent.has(hash))
    const formerPrograms = await loadAll(
      records,
      tx,
      former.map((hash) => ({ hash })),
    )
    const unread = await unreadOf(records, tx)
    return { at, site: time, runs, ledger, listeners: [...listeners], unread, programs, formerPrograms }
  }) as Promise<Cut>
}

async function loadAll(records: Records, tx: Transaction, versions: readonly { hash: string }[]): Promise<Program[]> {
  const programs: Program[] = []
  for (const { hash } of versions) programs.push(await loadProgram(records, hash, tx))
  return programs
}

interface Row {
  id: string
  pathway: string
  hash: string
  patient: string | null
  callerRun: string | null
  callerWait: number | null
  turnoverUnit: string | null
  startedAt: number
  instance: Uint8Array | null
  answer: CommitAnswer | null
}

async function runsOf({ encryption, site }: Records, tx: Transaction): Promise<CutRun[]> {
  const rows = await tx<Row[]>`
    select id, pathway, hash, patient, caller_run as "callerRun", caller_wait as "callerWait", turnover_unit as "turnoverUnit",
      started_at as "startedAt", instance, answer
    from runs where site = ${site} and ended_at is null order by started_at, id`
  const tasks = await tx<{ run: string; wait: number; since: number }[]>`
    select run, wait, created_at as since from tasks where site = ${site} and ended_at is null`
  const sent = await tx<{ target: string; kind: 'start' | 'event'; payload: Uint8Array; isDelivered: boolean }[]>`
    select target, kind, payload, wall_delivered is not null as "isDelivered"
    from outbox where target in (select id from runs where site = ${site} and ended_at is null) order by id`
  const runs = new Map(
    rows.map((row): [string, CutRun] => {
      const { id, pathway, hash, patient, callerRun, callerWait, turnoverUnit, startedAt } = row
      const instance = row.instance && encryption.decryptJson<Instance>(row.instance)
      const caller = callerRun === null ? null : { run: callerRun, wait: callerWait! }
      const run: CutRun = {
        ...{ id, pathway, hash, instance, startedAt, caller },
        patient: patient ?? '',
        turnsOver: turnoverUnit ?? '',
        tasksSince: {},
        // What its last commit answered it directly comes before all that others sent.
        sent: (row.answer?.events ?? []).map((event) => ({ event, isDelivered: true })),
      }
      return [id, run]
    }),
  )
  for (const { run, wait, since } of tasks) {
    const found = runs.get(run)
    if (found) found.tasksSince[wait] = since
  }
  for (const { target, kind, payload, isDelivered } of sent) {
    const event = kind === 'event' ? encryption.decryptJson<Event>(payload) : encryption.decryptJson<StartPayload>(payload).first
    if (event) runs.get(target)!.sent.push({ event, isDelivered })
  }
  return [...runs.values()]
}

async function unreadOf({ encryption, site }: Records, tx: Transaction): Promise<Cut['unread']> {
  const rows = await tx<{ name: string; sealedKey: Uint8Array | null; run: string | null; payload: Uint8Array; at: number }[]>`
    select name, sealed_key as "sealedKey", run, payload, at from messages where site = ${site} order by id`
  return rows.flatMap(({ name, sealedKey, run, payload, at }) => {
    // Older than the column of keys: nobody can say who would hear it.
    if (!sealedKey && !run) return []
    const key = sealedKey ? encryption.decryptJson<Value>(sealedKey) : null
    return [{ name, key, payload: encryption.decryptJson<Variables>(payload), at, ...(run && { run }) }]
  })
}
