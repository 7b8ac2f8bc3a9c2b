/**
 * The relay: takes what the outbox holds and hands it to Temporal, again and again until Temporal has accepted it. Rows of one run go in
 * their order, different runs side by side.
 */
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common'
import type { Logger } from 'pino'
import type { Records } from '../../records/database.ts'
import { markDelivered, markFailed, OUTBOX_CHANNEL, type OutboxItem, takeOutbox } from '../../records/outbox.ts'
import { HEAR, type Heard, type ProgramReference, type RunInput, TASK_QUEUE } from '../../workflows/messages.ts'

const SITE = defineSearchAttributeKey('Site', 'KEYWORD')
const TAKEN_MAX = 64
/** Deliveries at once: more only makes them wait in Temporal's server. */
const RUNS_AT_ONCE = 8
/** How long to wait for a notification before looking all the same. */
const POLL_MS = 1_000

type StartItem = Extract<OutboxItem, { kind: 'start' }>

export class Relay {
  readonly #records: Records
  readonly #client: Client
  readonly #log: Logger
  #running = true
  #wake: () => void = () => {}
  #notified = false

  constructor(records: Records, client: Client, log: Logger) {
    this.#records = records
    this.#client = client
    this.#log = log
  }

  /** Runs until `stop`. A database or a server that is away is waited for. */
  async run(): Promise<void> {
    const { unlisten } = await this.#listen()
    while (this.#running) {
      try {
        const taken = await this.deliver(TAKEN_MAX)
        if (taken < TAKEN_MAX) await this.#pause()
      } catch (error) {
        this.#log.warn({ error: nameOf(error) }, 'the outbox cannot be read; trying again')
        await this.#pause()
      }
    }
    await unlisten().catch((error: unknown) => this.#log.debug({ error: nameOf(error) }, 'listening ended'))
  }

  /** Delivers the oldest rows that may be delivered now. @returns how many it took. */
  async deliver(rowsMax: number): Promise<number> {
    const items = await takeOutbox(this.#records, rowsMax)
    if (items.length > 0) await this.#deliverAll(items)
    return items.length
  }

  stop(): void {
    this.#running = false
    this.#wake()
  }

  async #listen(): Promise<{ unlisten: () => Promise<void> }> {
    return this.#records.sql.listen(OUTBOX_CHANNEL, () => {
      this.#notified = true
      this.#wake()
    })
  }

  async #pause(): Promise<void> {
    if (!this.#running) return
    if (!this.#notified) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#notified = false
  }

  async #deliverAll(items: OutboxItem[]): Promise<void> {
    const byRun = new Map<string, OutboxItem[]>()
    for (const item of items) byRun.set(item.run, [...(byRun.get(item.run) ?? []), item])
    const waiting = [...byRun.values()]
    await Promise.all(
      Array.from({ length: Math.min(RUNS_AT_ONCE, waiting.length) }, async () => {
        for (let run = waiting.shift(); run; run = waiting.shift()) await this.#deliverRun(run)
      }),
    )
  }

  /** A start first, then what the run is to hear, in one signal. */
  async #deliverRun(items: OutboxItem[]): Promise<void> {
    let undelivered = items[0]!
    try {
      for (const item of items) {
        undelivered = item
        if (item.kind === 'start') {
          await this.#start(item)
          await markDelivered(this.#records, [item.id])
        }
      }
      const heard = items.flatMap((item): Heard[] =>
        item.kind === 'event' ? [{ id: item.id, event: item.event, traceparent: item.traceparent }] : [],
      )
      if (heard.length === 0) return
      undelivered = items.find((item) => item.kind === 'event')!
      await this.#signal(undelivered.run, heard)
      await markDelivered(
        this.#records,
        heard.map(({ id }) => id),
      )
    } catch (error) {
      this.#log.warn(
        { run: undelivered.run, attempts: undelivered.attempts, error: nameOf(error) },
        'not delivered; trying again',
      )
      await markFailed(this.#records, undelivered.id, nameOf(error))
    }
  }

  async #start({ run, pathway, hash, site, first, sequence, instance, called, traceparent }: StartItem): Promise<void> {
    const input: RunInput = {
      run,
      site,
      sequence,
      instance,
      first,
      heard: [],
      incidents: [],
      traceparent,
      ...(called && { called }),
    }
    const reference: ProgramReference = { $program: hash }
    try {
      await this.#client.workflow.start(pathway, {
        workflowId: run,
        taskQueue: TASK_QUEUE,
        args: [input, reference],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        typedSearchAttributes: new TypedSearchAttributes([{ key: SITE, value: this.#records.site }]),
      })
    } catch (error) {
      // Started by a delivery whose mark was lost.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    }
  }

  async #signal(run: string, heard: Heard[]): Promise<void> {
    try {
      await this.#client.workflow.getHandle(run).signal(HEAR, heard)
    } catch (error) {
      // A run that is over hears nothing any more: its last step gave back whatever it had or was to have.
      if (!(error instanceof WorkflowNotFoundError)) throw error
      this.#log.info({ run }, 'the run is over: what it was to hear is dropped')
    }
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'error')
