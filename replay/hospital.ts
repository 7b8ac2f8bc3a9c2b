/** A live hospital of a replay's own: a database, a Temporal namespace and a worker that nobody else has, gone when it is closed. */
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'
import { NativeConnection } from '@temporalio/worker'
import type { Logger } from 'pino'
import postgres from 'postgres'
import { openRecords, type Records } from '../records/database.ts'
import { keyOf } from '../records/encryption.ts'
import { replaceLedger } from '../records/ledger.ts'
import { migrate } from '../records/migrate.ts'
import { programText } from '../records/pathways.ts'
import { createSite } from '../records/sites.ts'
import { publishPathway } from '../records/versions.ts'
import { workerActivities } from '../start/worker/activities.ts'
import { createWorker } from '../start/worker/create.ts'
import { Relay } from '../start/worker/relay.ts'
import { makeCurrent } from '../start/worker/releases.ts'
import type { HospitalOptions } from '../twin/simulate/index.ts'
import { buildWorkflowBundle } from '../workflows/bundle.ts'
import { createDataConverter } from '../workflows/data-converter.ts'
import type { Step } from '../workflows/messages.ts'
import { Systems } from './systems.ts'

/** Where a database and a namespace can be made. */
export interface Servers {
  /** Of a user who may create databases. */
  databaseUrl: string
  temporalAddress: string
}

export interface LiveParts {
  records: Records
  client: Client
  /** Not running by itself: it delivers when it is asked. */
  relay: Relay
  systems: Systems
  /** Called with each step, once, when it is durable, before its run goes on. */
  onStep: (step: Step) => void | Promise<void>
  close: () => Promise<void>
}

const NAMESPACE_TRIES = 200

/** @param options its Programs are published, its resources are there; nobody has come yet. */
export async function openHospital(servers: Servers, options: HospitalOptions, log: Logger): Promise<LiveParts> {
  const name = `parcours_replay_${randomBytes(6).toString('hex')}`
  const key = randomBytes(32).toString('base64')
  const database = await createDatabase(servers.databaseUrl, name)
  const closers: (() => Promise<unknown>)[] = [database.drop]
  const close = async () => {
    // Asked twice, for its opening failed, there is nothing left to close.
    for (const one of closers.splice(0).reverse()) await one()
  }
  try {
    await migrate(database.url)
    const records = await openRecords(database.url, { key, max: 8 })
    closers.push(() => records.close())
    await furnish(records, options)
    const address = servers.temporalAddress
    const [connection, native] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })])
    closers.push(() => Promise.all([connection.close(), native.close()]))
    await createNamespace(connection, name)
    closers.push(() => connection.operatorService.deleteNamespace({ namespace: name }))
    const client = new Client({ connection, namespace: name, dataConverter: createDataConverter(keyOf(key)) })
    const systems = new Systems()
    const parts: LiveParts = { records, client, relay: new Relay(records, client, log), systems, onStep: () => {}, close }
    const bundle = await buildWorkflowBundle()
    const connectors = Object.fromEntries(activityNames(options).map((activity) => [activity, systems.connector]))
    const worker = await createWorker(bundle, {
      connection: native,
      namespace: name,
      dataConverter: createDataConverter(keyOf(key), (hash) => programText(records, hash)),
      activities: watched(workerActivities(records, connectors), parts),
    })
    const running = worker.run()
    closers.push(async () => {
      systems.forgetAll()
      if (worker.getState() === 'RUNNING') worker.shutdown()
      await running
    })
    await makeCurrent(client, bundle.buildId, log)
    return parts
  } catch (error) {
    await close()
    throw error
  }
}

/** A step is asked for again when its answer was lost: it is told once. */
function watched(own: ReturnType<typeof workerActivities>, parts: LiveParts): typeof own {
  const told = new Map<string, number>()
  const commit = async (step: Step) => {
    const answer = await own.commit(step)
    if ((told.get(step.run) ?? 0) >= step.sequence) return answer
    told.set(step.run, step.sequence)
    await parts.onStep(step)
    return answer
  }
  return { ...own, commit } as typeof own
}

async function furnish(records: Records, { site, ledger, programs }: HospitalOptions): Promise<void> {
  await createSite(records, { ...site, id: records.site, name: 'Replay' })
  await records.sql.begin((tx) => replaceLedger(records, tx, records.site, ledger))
  for (const program of programs) await publishPathway(records, { program, bpmn: '', dmn: [], at: 0 })
}

const activityNames = ({ programs }: HospitalOptions): string[] => [
  ...new Set(programs.flatMap(({ nodes }) => nodes.flatMap(({ task }) => task?.activity || []))),
]

async function createDatabase(server: string, name: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const run = async (statement: string) => {
    const sql = postgres(server, { max: 1, onnotice: () => {} })
    try {
      await sql.unsafe(statement)
    } finally {
      await sql.end()
    }
  }
  await run(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) }
}

/** A server's parts hear of a namespace one after the other. */
async function createNamespace({ workflowService, operatorService }: Connection, namespace: string): Promise<void> {
  await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') })
  for (let tries = 1; ; tries++) {
    try {
      await operatorService.addSearchAttributes({ namespace, searchAttributes: { Site: 2 } })
      await workflowService.listWorkflowExecutions({ namespace, query: "Site = 'hospital'" })
      return
    } catch (error) {
      if (tries === NAMESPACE_TRIES) throw error
      await delay(50)
    }
  }
}
