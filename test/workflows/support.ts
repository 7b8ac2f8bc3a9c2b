/** The live host for a suite: records, a Temporal namespace, a worker and the relay, all its own, in this process. */
import { randomBytes } from 'node:crypto'
import { Client, Connection, WorkflowUpdateFailedError } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker'
import pino from 'pino'
import type { Connector } from '../../activities/connector.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { hospitalNow } from '../../records/clock.ts'
import type { Records } from '../../records/database.ts'
import { keyOf } from '../../records/encryption.ts'
import { programText } from '../../records/pathways.ts'
import { readRun } from '../../records/runs.ts'
import { type RunStart, startRun } from '../../records/starting.ts'
import { type WorkerActivities, workerActivities } from '../../start/worker/activities.ts'
import { createWorker } from '../../start/worker/create.ts'
import { Relay } from '../../start/worker/relay.ts'
import { makeCurrent } from '../../start/worker/releases.ts'
import { buildWorkflowBundle, type WorkflowBundle } from '../../workflows/bundle.ts'
import { createDataConverter } from '../../workflows/data-converter.ts'
import { COMPLETE, type Completion, type IncidentResolution, RESOLVE_INCIDENT } from '../../workflows/messages.ts'
import { KEY, testRecords } from '../records/support.ts'
import { testTemporal } from '../services/index.ts'

export const log = pino({ level: process.env.PARCOURS_LOG_LEVEL ?? 'silent' })
const WAIT_MS_MAX = 30_000
/** Where whole systems start beside, its own default of ten seconds is missed. */
const CONNECT_MS_MAX = 60_000

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })

export interface Fact {
  sequence: number
  ordinal: number
  at: number
  event: string
  element: string
}

export interface Task {
  id: string
  run: string
  wait: number
  element: string
  state: string
  completedBy: string | null
}

export interface Incident {
  wait: number
  element: string
  activity: string
  reason: string
  state: string
  remedy: string | null
  remedyReason: string | null
}

export interface LiveOptions {
  connectors?: Record<string, Connector>
  /** Puts something in place of the worker's own activities. */
  activities?: (own: WorkerActivities, records: Records) => WorkerActivities
  bundle?: WorkflowBundle
}

/** A hospital that is alive: what an API would do is done by its methods, what people see is read from the records. */
export class LiveHospital {
  readonly records: Records
  readonly databaseUrl: string
  readonly client: Client
  readonly namespace: string
  readonly address: string
  readonly #native: NativeConnection
  readonly #drop: () => Promise<void>
  #stops: (() => Promise<void>)[] = []

  private constructor(parts: {
    records: Records
    url: string
    client: Client
    namespace: string
    address: string
    native: NativeConnection
    drop: () => Promise<void>
  }) {
    this.records = parts.records
    this.databaseUrl = parts.url
    this.client = parts.client
    this.namespace = parts.namespace
    this.address = parts.address
    this.#native = parts.native
    this.#drop = parts.drop
  }

  /** Records and a namespace, with nobody at work yet. */
  static async prepare(): Promise<LiveHospital> {
    const [{ records, url, close }, { address }] = await Promise.all([testRecords(), testTemporal()])
    const [connection, native] = await Promise.all([
      Connection.connect({ address, connectTimeout: CONNECT_MS_MAX }),
      NativeConnection.connect({ address }),
    ])
    const namespace = `test-${randomBytes(6).toString('hex')}`
    await createNamespace(connection, namespace)
    const client = new Client({ connection, namespace, dataConverter: createDataConverter(keyOf(KEY)) })
    const drop = async () => {
      await Promise.all([connection.close(), native.close()])
      await close()
    }
    return new LiveHospital({ records, url, client, namespace, address, native, drop })
  }

  /** With a worker and the relay at work. */
  static async open(options: LiveOptions = {}): Promise<LiveHospital> {
    const hospital = await LiveHospital.prepare()
    hospital.relay()
    const bundle = options.bundle ?? (await buildWorkflowBundle())
    await hospital.work(bundle, options)
    await makeCurrent(hospital.client, bundle.buildId, log)
    return hospital
  }

  relay(): void {
    const relay = new Relay(this.records, this.client, log)
    const running = relay.run()
    this.#stops.push(async () => {
      relay.stop()
      await running
    })
  }

  /** @returns the worker and how to stop it before `close` does. */
  async work(bundle: WorkflowBundle, { connectors = {}, activities = (own) => own }: LiveOptions = {}) {
    const worker = await createWorker(bundle, {
      connection: this.#native,
      namespace: this.namespace,
      dataConverter: createDataConverter(keyOf(KEY), (hash) => programText(this.records, hash)),
      activities: activities(workerActivities(this.records, connectors), this.records),
    })
    const running = worker.run()
    const stop = () => shutDown(worker, running)
    this.#stops.push(stop)
    return { worker, stop }
  }

  async close(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()))
    await this.#drop()
  }

  /** @returns the new run's id. */
  async start(pathway: string, variables: Variables = {}, more: Partial<RunStart> = {}): Promise<string> {
    return (await startRun(this.records, { pathway, variables, ...more })).run
  }

  /** The open task of an element, once it is there. */
  task(run: string, element: string): Promise<Task> {
    return eventually(`task ${element} of ${run}`, async () =>
      (await this.tasks(run)).find((task) => task.element === element && task.state === 'open'),
    )
  }

  async tasks(run: string): Promise<Task[]> {
    return this.records.sql<Task[]>`
      select id, run, wait, element, state, completed_by as "completedBy" from tasks where run = ${run} order by wait`
  }

  /** Waits for the task and completes it, now. */
  async complete(run: string, element: string, result: Variables = {}): Promise<void> {
    const { wait } = await this.task(run, element)
    await this.update(run, { wait, result })
  }

  /** As the API does. @returns the sequence under which it is durable. */
  async update(run: string, { wait, result = {}, ...more }: Partial<Completion> & { wait: number }): Promise<number> {
    const at = await hospitalNow(this.records)
    const args: [Completion] = [{ wait, result, at, by: 'nurse/1', key: '', ...more }]
    const answer = await this.client.workflow.getHandle(run).executeUpdate<{ sequence: number }, [Completion]>(COMPLETE, {
      args,
      ...(more.key ? { updateId: more.key } : {}),
    })
    return answer.sequence
  }

  async resolve(run: string, wait: number, action: IncidentResolution['action'], reason = ''): Promise<void> {
    const at = await hospitalNow(this.records)
    await this.client.workflow.getHandle(run).executeUpdate(RESOLVE_INCIDENT, {
      args: [{ wait, action, reason, by: 'operations/1', at } satisfies IncidentResolution],
    })
  }

  /** The Instance of a run that has ended, and how it did. */
  ended(run: string): Promise<{ state: string; errorCode: string | null; instance: Instance; variables: Variables }> {
    return eventually(`end of ${run}`, async () => {
      const row = await readRun(this.records, run)
      if (!row?.endedAt || !row.instance) return undefined
      return { state: row.state, errorCode: row.errorCode, instance: row.instance, variables: row.instance.variables[0]! }
    })
  }

  async facts(run: string): Promise<Fact[]> {
    return this.records.sql<Fact[]>`
      select sequence, ordinal, at, event, element from facts where run = ${run} order by sequence, ordinal`
  }

  /** `event element` of each fact that people see as a step of the pathway. */
  async story(run: string): Promise<string[]> {
    return (await this.facts(run)).filter(({ event }) => event !== 'taken').map(({ event, element }) => `${event} ${element}`)
  }

  async incidents(run: string): Promise<Incident[]> {
    return this.records.sql<Incident[]>`
      select wait, element, activity, reason, state, remedy, remedy_reason as "remedyReason" from incidents where run = ${run} order by id`
  }

  incident(run: string): Promise<Incident> {
    return eventually(`incident of ${run}`, async () => (await this.incidents(run)).find(({ state }) => state === 'open'))
  }

  /** Waits for a fact, as `story` tells it. */
  async reached(run: string, fact: string): Promise<void> {
    await eventually(`"${fact}" of ${run}`, async () => (await this.story(run)).includes(fact) || undefined)
  }

  /** Waits until nothing is on its way any more. */
  async drained(): Promise<void> {
    await eventually('an empty outbox', async () => {
      const [row] = await this.records.sql`select count(*)::int as waiting from outbox where wall_delivered is null`
      return row!.waiting === 0 || undefined
    })
  }
}

/** Asks until there is an answer. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, msMax = WAIT_MS_MAX): Promise<T> {
  const until = Date.now() + msMax
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > until) throw new Error(`Waited in vain for ${what}`)
    await delay(40)
  }
}

export const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The type of the failure with which an Update was refused. */
export async function refusalOf(update: Promise<unknown>): Promise<string> {
  try {
    await update
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) return (error.cause as { type?: string }).type ?? String(error.cause)
    throw error
  }
  return 'accepted'
}

async function shutDown(worker: Worker, running: Promise<void>): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown()
  await running
}

async function createNamespace({ workflowService, operatorService }: Connection, namespace: string): Promise<void> {
  await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') })
  await eventually('a namespace', async () => {
    try {
      await operatorService.addSearchAttributes({ namespace, searchAttributes: { Site: 2 } })
      await workflowService.listWorkflowExecutions({ namespace, query: "Site = 'hospital'" })
      return true
    } catch {
      // Not known to every part of the server yet.
      return undefined
    }
  })
}
