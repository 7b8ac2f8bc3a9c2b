/**
 * A scenario through the live workflows at an accelerated clock: relay, timers and calendars run by themselves, and whoever is told of a task
 * begins it then. Work lasts as long as in the twin; what the live system takes comes on top.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { WorkflowNotFoundError } from '@temporalio/client'
import type { Logger } from 'pino'
import { isPersons } from '../pathways/language/program.ts'
import { startClock, stopClock } from '../records/clock.ts'
import { changeLedger } from '../records/ledger-change.ts'
import { sendMessage } from '../records/messages.ts'
import { startRun } from '../records/starting.ts'
import { keepCalendarsUntil } from '../start/worker/calendar-ticks.ts'
import { Cast } from '../twin/replay/cast.ts'
import type { Extras, Line } from '../twin/replay/lines.ts'
import { startsOf } from '../twin/replay/starts.ts'
import { createEventHeap, peekEvent, popEvent, pushEvent } from '../twin/simulate/event-heap.ts'
import type { HospitalOptions } from '../twin/simulate/index.ts'
import { COMPLETE, type Completion, FAILURE, RESOLVE_INCIDENT, type Step } from '../workflows/messages.ts'
import { begunRun, linesOfLive, runIdOf } from './begun.ts'
import type { LiveParts } from './hospital.ts'
import { type DelaySummary, Latencies } from './latency.ts'

export interface FreeOptions {
  options: HospitalOptions
  extras: Extras
  until: number
  /** Hospital milliseconds in a wall millisecond. */
  rate: number
  log: Logger
  /** Aborted, it stops where it is. */
  stop?: AbortSignal
  onProgress?: (at: number) => void
}

const LOOK_MS = 20
/** An activity that was scheduled is asked for within this time. */
const ASKED_MS_MAX = 30_000

export interface FreePlay {
  /** Up to `until`. */
  lines: Line[]
  /** How long the system took. */
  delays: DelaySummary[]
  /** How far it came: what was asked for, unless it was stopped. */
  until: number
}

/** Plays it. */
export async function playFree(parts: LiveParts, given: FreeOptions): Promise<FreePlay> {
  const free = new Free(parts, given)
  return free.play()
}

class Free {
  readonly #parts: LiveParts
  readonly #given: FreeOptions
  readonly #cast: Cast
  readonly #heap = createEventHeap<() => Promise<void>>()
  readonly #latencies = new Latencies()
  readonly #underWay = new Set<Promise<void>>()
  /** Steps are taken up one by one: whoever sends is known before whoever begins by it. */
  #told: Promise<void> = Promise.resolve()
  #sequence = 0
  #wallStart = 0
  #failure: unknown = null

  constructor(parts: LiveParts, given: FreeOptions) {
    this.#parts = parts
    this.#given = given
    this.#cast = new Cast(given.options)
    parts.onStep = (step) => {
      const durableAt = this.#now()
      this.#told = this.#told.then(() => this.#stepped(step, durableAt)).catch((error: unknown) => this.#fail(error))
    }
  }

  async play(): Promise<FreePlay> {
    const { options, extras, until, rate, log, stop = new AbortController().signal } = this.#given
    const { records, relay } = this.#parts
    for (const start of startsOf(options, extras, until))
      this.#plan(start.at, async () => {
        const id = runIdOf(start)
        this.#cast.expect(id, start.key)
        await startRun(records, { pathway: start.pathway, variables: start.variables, id })
      })
    for (const [index, { at, letter }] of (extras.sent ?? []).entries())
      this.#plan(at, async () => {
        const id = `message-${index}`
        this.#cast.expectFrom(letter, at, id)
        await sendMessage(records, { ...letter, id })
      })
    const { hospitalNow } = await startClock(records, rate, { from: options.start, heartbeats: false })
    this.#wallStart = performance.now() - (hospitalNow - options.start) / rate
    const closing = new AbortController()
    const running = [relay.run(), keepCalendarsUntil(closing.signal, records, { log, changes: new EventTarget() })]
    while (this.#now() < until && !stop.aborted && !this.#failure) {
      this.#beginDue()
      this.#given.onProgress?.(this.#now())
      await delay(LOOK_MS)
    }
    const cameTo = Math.min(until, Math.floor(this.#now()))
    await stopClock(records)
    relay.stop()
    closing.abort()
    this.#parts.systems.forgetAll()
    await Promise.all([...running, ...this.#underWay])
    await this.#told
    if (this.#failure) throw this.#failure
    const lines = await linesOfLive(records, (id) => id)
    return { lines: lines.filter(({ at }) => at <= cameTo), delays: this.#latencies.summaries(), until: cameTo }
  }

  /** Hospital time now. */
  #now(): number {
    return this.#given.options.start + (performance.now() - this.#wallStart) * this.#given.rate
  }

  #plan(at: number, item: () => Promise<void>): void {
    pushEvent(this.#heap, { at, kind: 0, sequence: this.#sequence++, item })
  }

  #beginDue(): void {
    for (let next = peekEvent(this.#heap); next !== undefined && next.at <= this.#now(); next = peekEvent(this.#heap)) {
      popEvent(this.#heap)
      const doing: Promise<void> = next
        .item()
        .catch((error: unknown) => this.#fail(error))
        .finally(() => this.#underWay.delete(doing))
      this.#underWay.add(doing)
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error
  }

  async #stepped({ run: id, sequence, instance, events, effects, incidents }: Step, durableAt: number): Promise<void> {
    const run = this.#cast.run(id) ?? this.#cast.begin(await begunRun(this.#parts.records, id))
    const { rate } = this.#given
    this.#latencies.note(events, effects, (at) => (durableAt - at) / rate)
    for (const task of this.#cast.stepped(run, sequence, instance, effects, durableAt))
      this.#plan(task.done, () => this.#finish(id, task.wait))
    for (const { wait, activity } of incidents) {
      if (activity !== FAILURE) continue
      const resolution = { wait, action: 'cancel', reason: 'it fails in the twin', by: 'replay', at: Math.floor(this.#now()) }
      this.#plan(durableAt, async () => {
        await this.#parts.client.workflow.getHandle(id).executeUpdate(RESOLVE_INCIDENT, { args: [resolution] })
      })
    }
  }

  async #finish(id: string, wait: number): Promise<void> {
    const at = Math.floor(this.#now())
    const finished = this.#cast.finish(id, wait, at)
    if (!finished) return
    const { client, records, systems } = this.#parts
    const node = this.#cast.nodeOf(finished.run, finished.task)
    const work = node.task
    const { inputs } = finished.task
    const result = { ...finished.result }
    const system = this.#given.options.activities?.[work?.activity ?? '']
    if (system) Object.assign(result, await changeLedger(records, at, (ledger) => system({ inputs, at, run: id, wait, ledger })))
    if (isPersons(node)) {
      const args: [Completion] = [{ wait, result, at, by: 'replay', key: '' }]
      // What was interrupted while it was being completed is over already.
      await client.workflow.getHandle(id).executeUpdate(COMPLETE, { args }).catch(ignoreOver)
      return
    }
    for (const until = Date.now() + ASKED_MS_MAX; !systems.isWaiting(id, wait) && Date.now() < until; ) await delay(LOOK_MS)
    systems.answer(id, wait, result)
  }
}

function ignoreOver(error: unknown): void {
  const type = (error as { cause?: { type?: string } }).cause?.type
  if (error instanceof WorkflowNotFoundError || type === 'UnknownWait' || type === 'RunOver') return
  throw error
}
