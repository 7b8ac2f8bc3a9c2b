/** A database for a suite, and an in-memory host that drives runs through the records as the live one does. */

import type { Effect, Event } from '../../pathways/engine/contract.ts'
import { accepts, begin, type Executable, load, step } from '../../pathways/engine/index.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import type { Program } from '../../pathways/language/program.ts'
import type { LedgerSnapshot, Pool, Unit } from '../../pathways/resources/index.ts'
import { type CommitAnswer, type CommitBatch, commit } from '../../records/commit.ts'
import { openRecords, type Records } from '../../records/database.ts'
import { replaceLedger } from '../../records/ledger.ts'
import { migrate } from '../../records/migrate.ts'
import { markDelivered, type OutboxItem, takeOutbox } from '../../records/outbox.ts'
import { loadProgram } from '../../records/programs.ts'
import { createSite } from '../../records/sites.ts'
import { publishPathway } from '../../records/versions.ts'
import { testDatabase } from '../services/index.ts'

export const KEY = Buffer.alloc(32, 7).toString('base64')
export const SITE = { id: 'hospital', name: 'Test hospital', epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }

export interface TestRecords {
  records: Records
  url: string
  close: () => Promise<void>
}

export async function testRecords(): Promise<TestRecords> {
  const { url, drop } = await testDatabase()
  await migrate(url)
  const records = await openRecords(url, { key: KEY, max: 8 })
  await createSite(records, SITE)
  const close = async () => {
    await records.close()
    await drop()
  }
  return { records, url, close }
}

export async function publish(records: Records, { program, bpmn }: { program: Program; bpmn: string }): Promise<void> {
  await publishPathway(records, { program, bpmn, dmn: [], at: 0 })
}

export const pool = (id: string, more: Partial<Pool> = {}): Pool => ({
  id,
  name: id,
  kind: 'units',
  turnover: '',
  reorderThreshold: 0,
  reorderQuantity: 0,
  ordered: false,
  passesMax: 3,
  ...more,
})
export const unit = (id: string, pool: string): Unit => ({
  id,
  pool,
  name: id.toUpperCase(),
  place: `Ward A/${id}`,
  attributes: {},
  state: 'free',
  holder: '',
  hold: -1,
  turnoverRun: '',
  calendar: '',
  outOfService: false,
  since: 0,
})

export async function setLedger(records: Records, ledger: Partial<LedgerSnapshot>): Promise<void> {
  const empty: LedgerSnapshot = { pools: [], units: [], lots: [], calendars: [], requests: [], held: [], nextSequence: 0 }
  await records.sql.begin((tx) => replaceLedger(records, tx, records.site, { ...empty, ...ledger }))
}

interface Driven {
  executable: Executable
  instance: Instance
  sequence: number
}

/** Drives runs: steps what it is told, commits each step, and tells what the outbox says until it says nothing more. */
export class Host {
  readonly records: Records
  readonly runs = new Map<string, Driven>()
  /** What was delivered, in order. */
  readonly delivered: OutboxItem[] = []

  constructor(records: Records) {
    this.records = records
  }

  instance(run: string): Instance {
    return this.runs.get(run)!.instance
  }

  /** Steps one event and returns the batch that makes it durable, without committing it. */
  batch(run: string, event: Event, more: Partial<CommitBatch> = {}): CommitBatch {
    const driven = this.runs.get(run)!
    const effects: Effect[] = []
    step(driven.executable, driven.instance, event, { emit: (effect) => effects.push(effect) })
    driven.sequence++
    return { run, sequence: driven.sequence, events: [event], effects, instance: structuredClone(driven.instance), ...more }
  }

  async tell(run: string, event: Event, more: Partial<CommitBatch> = {}): Promise<CommitAnswer> {
    const answer = await commit(this.records, this.batch(run, event, more))
    for (const next of answer.events) await this.tell(run, next)
    return answer
  }

  async complete(run: string, wait: number, at: number, result: Variables = {}, by = 'nurse/1'): Promise<CommitAnswer> {
    return this.tell(run, { type: 'completed', at, wait, result }, { by: { [wait]: by } })
  }

  /** The first open task of a run. */
  taskOf(run: string): number {
    const wait = this.instance(run).marking.waits.find(({ kind }) => kind === 'task')
    if (!wait) throw new Error(`${run} has no task`)
    return wait.id
  }

  async relay(): Promise<void> {
    for (let items = await takeOutbox(this.records, 100); items.length > 0; items = await takeOutbox(this.records, 100)) {
      for (const item of items) {
        this.delivered.push(item)
        await this.deliver([item])
        await markDelivered(this.records, [item.id])
      }
    }
  }

  /** What one run is told, in order. */
  async deliver(items: OutboxItem[]): Promise<void> {
    for (const item of items) {
      if (item.kind === 'start') await this.#begin(item)
      else await this.#hear(item.run, item.event)
    }
  }

  async #begin(item: Extract<OutboxItem, { kind: 'start' }>): Promise<void> {
    const executable = load(await loadProgram(this.records, item.hash), item.site)
    this.runs.set(item.run, { executable, instance: item.instance ?? begin(executable), sequence: item.sequence })
    if (item.first) await this.tell(item.run, item.first)
  }

  async #hear(run: string, event: Event): Promise<void> {
    const driven = this.runs.get(run)
    if (driven && driven.instance.marking.outcome === 'running' && !accepts(driven.executable, driven.instance, event))
      await this.tell(run, event)
  }
}
