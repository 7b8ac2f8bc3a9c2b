/**
 * A scenario through the live workflows in lock-step: the site's clock stands still, and one thing at a time is let happen, the next one when
 * all that came of it is durable. What is to happen goes as in the twin: by time, kind and order of planning, and what follows at once from
 * it first, in the order of the outbox.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { WorkflowNotFoundError } from '@temporalio/client'
import { isPersons } from '../pathways/language/program.ts'
import { advanceClock, startClock, stopClock } from '../records/clock.ts'
import { changeLedger, keepCalendars } from '../records/ledger-change.ts'
import { sendMessage } from '../records/messages.ts'
import { startRun } from '../records/starting.ts'
import { Cast } from '../twin/replay/cast.ts'
import type { Extras, Line } from '../twin/replay/lines.ts'
import { type Start, startsOf } from '../twin/replay/starts.ts'
import { createEventHeap, peekEvent, popEvent, pushEvent } from '../twin/simulate/event-heap.ts'
import type { HospitalOptions, Letter } from '../twin/simulate/index.ts'
import { PlannedKind } from '../twin/simulate/state.ts'
import { CLOCK_CHANGED, COMPLETE, type Completion, FAILURE, RESOLVE_INCIDENT, type Step } from '../workflows/messages.ts'
import { begunRun, linesOfLive, runIdOf } from './begun.ts'
import type { LiveParts } from './hospital.ts'

const POLL_MS = 3
const REST_MS_MAX = 60_000

export interface LockStepOptions {
  options: HospitalOptions
  extras: Extras
  /** Hospital time up to which it is played, inclusive. */
  until: number
  /** Aborted, it stops where it is. */
  stop?: AbortSignal
  /** Told the hospital time as it goes on. */
  onProgress?: (at: number) => void
}

/** Plays it. @returns the facts of the live hospital, runs named as in the twin, and how far it came: `until`, unless it was stopped. */
export async function playInLockStep(parts: LiveParts, given: LockStepOptions): Promise<{ lines: Line[]; until: number }> {
  const played = new LockStep(parts, given)
  return played.play()
}

class LockStep {
  readonly #parts: LiveParts
  readonly #given: LockStepOptions
  readonly #cast: Cast
  readonly #heap = createEventHeap<() => Promise<void>>()
  #sequence = 0
  #at: number
  /** Runs that failed and that nobody but an operator lets fail. */
  readonly #failing: { run: string; wait: number }[] = []

  constructor(parts: LiveParts, given: LockStepOptions) {
    this.#parts = parts
    this.#given = given
    this.#cast = new Cast(given.options)
    this.#at = given.options.start
    parts.onStep = (step) => this.#stepped(step)
  }

  async play(): Promise<{ lines: Line[]; until: number }> {
    const { options, extras, until, stop, onProgress = () => {} } = this.#given
    const { records } = this.#parts
    await startClock(records, 1e-9, { from: options.start, heartbeats: false })
    await stopClock(records)
    await this.#keepCalendars(true)
    await this.#settle()
    for (const { at, letter } of extras.sent ?? []) this.#plan(at, PlannedKind.message, () => this.#send(at, letter))
    for (const start of startsOf(options, extras, until)) this.#plan(start.at, PlannedKind.arrival, () => this.#start(start))
    for (let next = peekEvent(this.#heap); next !== undefined && next.at <= until; next = peekEvent(this.#heap)) {
      // Of a moment all has happened or nothing.
      if (stop?.aborted && next.at > this.#at) break
      popEvent(this.#heap)
      this.#at = next.at
      onProgress(next.at)
      await next.item()
      await this.#settle()
    }
    const lines = await linesOfLive(records, (id) => this.#cast.run(id)?.name ?? id)
    return { lines, until: stop?.aborted ? this.#at : until }
  }

  #plan(at: number, kind: number, item: () => Promise<void>): void {
    pushEvent(this.#heap, { at, kind, sequence: this.#sequence++, item })
  }

  /** Delivers what is in the outbox, row by row, until nothing follows from it any more. */
  async #settle(): Promise<void> {
    const { records, relay } = this.#parts
    for (;;) {
      await this.#letFail()
      const [row] = await records.sql<{ id: number; target: string; kind: string }[]>`
        select id, target, kind from outbox where wall_delivered is null order by id limit 1`
      if (!row) return
      if (row.kind === 'start') this.#cast.begin(await begunRun(records, row.target))
      await relay.deliver(1)
      const [left] = await records.sql`select last_error from outbox where id = ${row.id} and wall_delivered is null`
      if (left) throw new Error(`What ${row.target} was to hear was not delivered: ${left.last_error}`)
      await this.#rest(row.target)
    }
  }

  /** What nobody catches stops a live run until somebody decides; in the twin it fails. */
  async #letFail(): Promise<void> {
    for (let failing = this.#failing.shift(); failing; failing = this.#failing.shift()) {
      const resolution = { wait: failing.wait, action: 'cancel', reason: 'it fails in the twin', by: 'replay', at: this.#at }
      await this.#parts.client.workflow.getHandle(failing.run).executeUpdate(RESOLVE_INCIDENT, { args: [resolution] })
      await this.#rest(failing.run)
    }
  }

  #stepped({ run: id, sequence, instance, effects, incidents }: Step): void {
    const run = this.#cast.run(id)
    if (!run) throw new Error(`The run ${id} stepped before it was begun`)
    for (const task of this.#cast.stepped(run, sequence, instance, effects, this.#at))
      this.#plan(task.done, PlannedKind.task, () => this.#finish(id, task.wait))
    for (const effect of effects) {
      if (effect.type === 'wake')
        this.#plan(Math.max(effect.at, this.#at), PlannedKind.timer, () => this.#elapse(id, effect.wait))
      else if (effect.type === 'acquire' && effect.slot && effect.slot.start > this.#at)
        this.#plan(effect.slot.start, PlannedKind.calendar, () => this.#keepCalendars(false))
    }
    for (const { wait, activity } of incidents) if (activity === FAILURE) this.#failing.push({ run: id, wait })
  }

  async #keepCalendars(isChained: boolean): Promise<void> {
    await advanceClock(this.#parts.records, this.#at)
    const next = await keepCalendars(this.#parts.records)
    if (isChained && Number.isFinite(next)) this.#plan(next, PlannedKind.calendar, () => this.#keepCalendars(true))
  }

  async #start(start: Start): Promise<void> {
    const { at, pathway, variables, key } = start
    const id = runIdOf(start)
    this.#cast.expect(id, key)
    await startRun(this.#parts.records, { pathway, variables, id, at })
  }

  async #send(at: number, letter: Letter): Promise<void> {
    const id = `message-${this.#sequence++}`
    this.#cast.expectFrom(letter, at, id)
    await sendMessage(this.#parts.records, { ...letter, at, id })
  }

  /** A person or a system has done a task. */
  async #finish(id: string, wait: number): Promise<void> {
    const finished = this.#cast.finish(id, wait, this.#at)
    if (!finished) return
    const { client, records, systems } = this.#parts
    const node = this.#cast.nodeOf(finished.run, finished.task)
    const work = node.task
    const result = { ...finished.result }
    const system = this.#given.options.activities?.[work?.activity ?? '']
    const { inputs } = finished.task
    if (system)
      Object.assign(
        result,
        await changeLedger(records, this.#at, (ledger) => system({ inputs, at: this.#at, run: id, wait, ledger })),
      )
    if (isPersons(node)) {
      const args: [Completion] = [{ wait, result, at: this.#at, by: 'replay', key: '' }]
      await client.workflow.getHandle(id).executeUpdate(COMPLETE, { args })
    } else {
      // A system's answer carries the time at which it came.
      await advanceClock(records, this.#at)
      systems.answer(id, wait, result)
    }
    await this.#rest(id)
  }

  /** A timer rings when the site's clock has come to its time and its run has been told. */
  async #elapse(id: string, waitId: number): Promise<void> {
    const wait = this.#cast.run(id)?.instance.marking.waits.find((open) => open.id === waitId)
    // Not one that was set anew meanwhile.
    if (!wait || wait.due > this.#at) return
    const clock = await advanceClock(this.#parts.records, this.#at)
    await this.#parts.client.workflow.getHandle(id).signal(CLOCK_CHANGED, clock)
    await this.#rest(id)
  }

  /** Until a run has heard all that Temporal has for it and waits for nobody but the outside world. What it sends meanwhile stays in the outbox. */
  async #rest(run: string): Promise<void> {
    const handle = this.#parts.client.workflow.getHandle(run)
    for (const until = Date.now() + REST_MS_MAX; Date.now() < until; await delay(POLL_MS)) {
      try {
        const { raw, status } = await handle.describe()
        if (status.name !== 'RUNNING') return
        if (!raw.pendingWorkflowTask && (raw.pendingActivities?.length ?? 0) === this.#parts.systems.waitingOf(run)) return
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error
        return
      }
    }
    throw new Error(`The run ${run} does not come to rest`)
  }
}
