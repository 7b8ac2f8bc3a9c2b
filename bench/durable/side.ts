/** One of the two that are compared: a database and a namespace of its own on the common servers, a worker process, and the relay. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import pino from 'pino'
import postgres from 'postgres'
import type { Unit } from '../../pathways/resources/index.ts'
import { openRecords, type Records } from '../../records/database.ts'
import { keyOf } from '../../records/encryption.ts'
import { replaceLedger } from '../../records/ledger.ts'
import { migrate } from '../../records/migrate.ts'
import { createSite } from '../../records/sites.ts'
import { startRun } from '../../records/starting.ts'
import { publishPathway } from '../../records/versions.ts'
import { Relay } from '../../start/worker/relay.ts'
import { makeCurrent } from '../../start/worker/releases.ts'
import type { WorkflowBundle } from '../../workflows/bundle.ts'
import { createDataConverter } from '../../workflows/data-converter.ts'
import { COMPLETE, type Completion } from '../../workflows/messages.ts'
import { bpmn, PATHWAY, POOL, program } from './pathway.ts'
import { addNamespace, type Services } from './services.ts'
import type { WorkerOrder } from './worker.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NURSES = 50

export interface Measured {
  cpuMicroseconds: number
  /** History events of all the runs. */
  events: number
}

export class Side {
  readonly records: Records
  readonly #client: Client
  readonly #worker: ChildProcess
  readonly #relay: Relay
  readonly #relaying: Promise<void>

  private constructor(records: Records, client: Client, worker: ChildProcess) {
    this.records = records
    this.#client = client
    this.#worker = worker
    this.#relay = new Relay(records, client, pino({ level: 'warn' }))
    this.#relaying = this.#relay.run()
  }

  static async open(name: string, services: Services, bundle: WorkflowBundle, interprets: boolean): Promise<Side> {
    const { address, key } = services
    const databaseUrl = await addDatabase(services.postgresUrl, name.replace('-', '_'))
    await migrate(databaseUrl)
    const records = await openRecords(databaseUrl, { key, max: 6 })
    await createSite(records, { id: records.site, name, epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' })
    await staff(records)
    await publishPathway(records, { program: await program(), bpmn, dmn: [], at: 0 })
    const connection = await Connection.connect({ address })
    await addNamespace(connection, name)
    const client = new Client({ connection, namespace: name, dataConverter: createDataConverter(keyOf(key)) })
    const worker = await startWorker({ databaseUrl, key, address, namespace: name, bundle, interprets })
    await makeCurrent(client, bundle.buildId, pino({ level: 'warn' }))
    return new Side(records, client, worker)
  }

  /** Runs so many patients at once, from start to end. */
  async measure(patients: number): Promise<Measured> {
    const before = await this.#cpu()
    const runs = await Promise.all(Array.from({ length: patients }, (_, index) => this.#start(index)))
    await this.#care(runs)
    await Promise.all(runs.map((run) => this.#client.workflow.getHandle(run).result()))
    const cpuMicroseconds = (await this.#cpu()) - before
    const descriptions = await Promise.all(runs.map((run) => this.#client.workflow.getHandle(run).describe()))
    return { cpuMicroseconds, events: descriptions.reduce((sum, { historyLength }) => sum + historyLength, 0) }
  }

  /** Everything that the fact log says of the runs, alike for both sides. */
  async story(): Promise<string> {
    const [row] = await this.records.sql<{ story: string }[]>`
      select string_agg(distinct story, E'\n') as story from (
        select string_agg(sequence || ' ' || event || ' ' || element, ', ' order by sequence, ordinal) as story from facts group by run) as runs`
    return row!.story
  }

  async close(): Promise<void> {
    this.#relay.stop()
    await this.#relaying
    const gone = once(this.#worker, 'exit')
    this.#worker.kill('SIGTERM')
    await gone
    await Promise.all([this.#client.connection.close(), this.records.close()])
  }

  async #start(index: number): Promise<string> {
    return (await startRun(this.records, { pathway: PATHWAY, variables: { patient: `patient ${index}` } })).run
  }

  /** Completes the tasks as they appear in the worklist. */
  async #care(runs: string[]): Promise<void> {
    const left = new Set(runs)
    while (left.size > 0) {
      const tasks = await this.records.sql<{ run: string; wait: number; at: number }[]>`
        select run, wait, created_at as at from tasks where state = 'open' and run = any(${[...left]}::text[])`
      for (const { run } of tasks) left.delete(run)
      await Promise.all(tasks.map((task) => this.#complete(task)))
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async #complete({ run, wait, at }: { run: string; wait: number; at: number }): Promise<void> {
    const args: [Completion] = [{ wait, at: at + 1_000, result: { cared: true }, by: 'nurse/1', key: `${run}/${wait}` }]
    await this.#client.workflow.getHandle(run).executeUpdate<unknown, [Completion]>(COMPLETE, { args })
  }

  async #cpu(): Promise<number> {
    const answer = once(this.#worker, 'message')
    this.#worker.send({})
    const [{ cpuMicroseconds }] = (await answer) as [{ cpuMicroseconds: number }]
    return cpuMicroseconds
  }
}

async function startWorker(order: WorkerOrder): Promise<ChildProcess> {
  const execArgv = ['--import', `${ROOT}/start/child.mjs`, '--import', 'tsx']
  const worker = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [JSON.stringify(order)], { cwd: ROOT, execArgv })
  const [first] = (await Promise.race([once(worker, 'message'), once(worker, 'exit')])) as [{ ready?: true } | number]
  if (typeof first !== 'object' || !first?.ready) throw new Error(`The worker ended before it was ready (${first})`)
  return worker
}

async function addDatabase(server: string, name: string): Promise<string> {
  const sql = postgres(server, { max: 1, onnotice: () => {} })
  await sql.unsafe(`create database bench_${name}`)
  await sql.end()
  const url = new URL(server)
  url.pathname = `/bench_${name}`
  return url.href
}

/** Nurses enough, so that nobody waits for one. */
async function staff(records: Records): Promise<void> {
  const pool = {
    id: POOL,
    name: POOL,
    kind: 'units' as const,
    turnover: '',
    reorderThreshold: 0,
    reorderQuantity: 0,
    passesMax: 3,
  }
  const units = Array.from({ length: NURSES }, (_, index): Unit => {
    const id = `${POOL}-${index}`
    const base = { id, pool: POOL, name: id, place: '', attributes: {}, state: 'free' as const, holder: '', hold: -1 }
    return { ...base, turnoverRun: '', calendar: '', outOfService: false, since: 0 }
  })
  const empty = { lots: [], calendars: [], requests: [], held: [], nextSequence: 0 }
  await records.sql.begin((tx) =>
    replaceLedger(records, tx, records.site, { pools: [{ ...pool, ordered: false }], units, ...empty }),
  )
}
