/**
 * The live host: one dynamic workflow runs any Program. The engine decides, the workflow only carries out: it takes the events that are
 * ready, steps, makes the step durable by one local activity, and then arms timers and schedules system activities.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  condition,
  makeContinueAsNewFunc,
  setHandler,
  setWorkflowOptions,
  workflowInfo,
} from '@temporalio/workflow'
import type { Effect, Event, Host } from '../pathways/engine/contract.ts'
import {
  accepts,
  begin,
  type Executable,
  load,
  type Migrated,
  type MigrationRefusal,
  migrate,
  reopen,
  step,
} from '../pathways/engine/index.ts'
import type { Instance } from '../pathways/engine/instance.ts'
import type { Variables } from '../pathways/language/feel/value.ts'
import { NodeKind, type Program } from '../pathways/language/program.ts'
import { activities, clockChanged, commit, complete, hear, migrateRun, moveOn, readClock, resolveIncident } from './doors.ts'
import { InFlight } from './in-flight.ts'
import type { IncidentResolution, Migration, ProgramReference, RunInput, Step, StepAnswer } from './messages.ts'
import { remembered } from './program-cache.ts'
import { Timers } from './timers.ts'

/** A run continues as new at its first quiet point after this many history events. */
const HISTORY_EVENTS_MAX = 2_000
/** Beyond this it no longer waits for system activities in flight: they are idempotent and scheduled again by the next run. */
const HISTORY_EVENTS_LIMIT = 10_000
/** Outbox ids remembered to recognise a repetition; the relay repeats a delivery at once or never. */
const HEARD_MAX = 256

/** How long the completion of a task that the run has not come to again is kept. */
const EARLY_COMPLETION_MS_MAX = 10_000

/** A step that is on its way into the records, and those who wait for it. */
interface LiveStep {
  step: Step
  taken: Incoming[]
}

/** Something to be stepped, and who waits for it to be durable. */
interface Incoming {
  event: Event | null
  by?: string
  key?: string
  incident?: Step['incidents'][number]
  resolution?: Step['resolutions'][number]
  migration?: { to: ProgramReference; migration: Migration }
  traceparent?: string | undefined
  settle?: (refusal: ApplicationFailure | null) => void
}

export default async function pathway(input: RunInput, reference: ProgramReference): Promise<{ outcome: string }> {
  return new LiveRun(input, reference.$program, executableOf(reference, input)).untilItsEnd()
}
setWorkflowOptions({ versioningBehavior: 'PINNED' }, pathway)

function executableOf({ $program, text }: ProgramReference, { site }: RunInput): Executable {
  return remembered(`${$program}/${site.epoch}/${site.timeZone}`, () => {
    if (text === undefined) throw new Error(`The worker's codec did not expand program ${$program}`)
    return load(JSON.parse(text) as Program, site)
  })
}

class LiveRun implements Host {
  readonly #run: string
  readonly #input: RunInput
  #hash: string
  #executable: Executable
  #instance: Instance
  readonly #inbox: Incoming[] = []
  readonly #heard: string[]
  readonly #incidents: Set<number>
  readonly #inFlight = new InFlight()
  readonly #timers = new Timers(this.#inFlight, {
    waits: () => this.#instance.marking.waits,
    rings: ({ id, due }) => this.#push({ event: { type: 'elapsed', at: due, wait: id } }),
  })
  #activitiesInFlight = 0
  #sequence: number
  #effects: Effect[] = []
  #movesOn = false
  #wake: () => void = () => {}
  readonly #asleep = (wake: () => void) => {
    this.#wake = wake
  }

  constructor(input: RunInput, hash: string, executable: Executable) {
    this.#run = input.run
    this.#input = input
    this.#hash = hash
    this.#executable = executable
    this.#instance = input.instance ?? begin(executable)
    this.#sequence = input.sequence
    this.#heard = [...input.heard]
    this.#incidents = new Set(input.incidents)
    this.#listen()
  }

  emit(effect: Effect): void {
    this.#effects.push(effect)
  }

  async untilItsEnd(): Promise<{ outcome: string }> {
    if (this.#input.first) this.#inbox.unshift({ event: this.#input.first, traceparent: this.#input.traceparent })
    else await this.#resume()
    // One loop, without async functions inside it: Temporal records where each promise is made, and that is most of what a step costs.
    while (this.#instance.marking.outcome === 'running') {
      if (this.#inbox.length === 0) {
        if (this.#shouldContinueAsNew()) await this.#continueAsNew()
        else await new Promise<void>(this.#asleep)
        continue
      }
      const live = this.#stepAll(this.#nextBatch())
      if (live) this.#committed(live, await commit(live.step))
    }
    for (const late of this.#inbox) late.settle?.(overFailure())
    if (!allHandlersFinished()) await condition(allHandlersFinished)
    return { outcome: this.#instance.marking.outcome }
  }

  /** All that is ready, but a migration by itself: what is stepped before it is of the older version. */
  #nextBatch(): Incoming[] {
    const migration = this.#inbox.findIndex((incoming) => incoming.migration)
    return this.#inbox.splice(0, migration < 0 ? this.#inbox.length : Math.max(1, migration))
  }

  #push(incoming: Incoming): void {
    this.#inbox.push(incoming)
    this.#wake()
  }

  #listen(): void {
    setHandler(hear, (messages) => {
      for (const { id, event, traceparent } of messages) {
        if (this.#heard.includes(id)) continue
        this.#heard.push(id)
        if (this.#heard.length > HEARD_MAX) this.#heard.shift()
        this.#push({ event, traceparent })
      }
    })
    setHandler(moveOn, () => {
      this.#movesOn = true
      this.#wake()
    })
    setHandler(clockChanged, (clock) => this.#timers.armAgain(clock))
    setHandler(
      complete,
      async ({ wait, result, at, by, key, traceparent }) => {
        if (this.#isEarly(wait)) await condition(() => !this.#isEarly(wait), EARLY_COMPLETION_MS_MAX)
        await this.#durably({ event: { type: 'completed', at, wait, result }, by, key, traceparent })
        return { sequence: this.#sequence }
      },
      {
        validator: ({ wait, result, at }) => {
          if (this.#isEarly(wait)) return
          const refusal = accepts(this.#executable, this.#instance, { type: 'completed', at, wait, result })
          if (refusal) throw ApplicationFailure.nonRetryable(refusal.message, refusal.code)
        },
      },
    )
    setHandler(
      resolveIncident,
      async (resolution) => {
        await this.#durably(this.#resolved(resolution))
        return { sequence: this.#sequence }
      },
      {
        validator: ({ wait }) => {
          if (!this.#incidents.has(wait))
            throw ApplicationFailure.nonRetryable('This incident is not open any more', 'NoSuchIncident')
        },
      },
    )
    setHandler(
      migrateRun,
      async (to, migration) => {
        // Asked again after it was done, by one who did not hear that.
        if (to.$program !== this.#hash)
          await this.#durably({ event: null, migration: { to, migration }, traceparent: migration.traceparent })
        return { sequence: this.#sequence }
      },
      {
        validator: (to, migration) => {
          if (to.$program === this.#hash) return
          if (this.#sequence === 0) throw ApplicationFailure.nonRetryable('This run has not begun', 'NotBegun')
          const moved = this.#migrated(to, migration)
          if (Array.isArray(moved)) throw migrationFailure(moved)
        },
      },
    )
  }

  #migrated(to: ProgramReference, { plan, at }: Migration): Migrated | MigrationRefusal[] {
    return migrate(this.#executable, executableOf(to, this.#input), plan, this.#instance, at)
  }

  /** A worker that was killed, or was too slow, is repeating the step whose task people see already. */
  #isEarly(wait: number): boolean {
    return this.#instance.marking.outcome === 'running' && wait >= this.#instance.bookkeeping.nextId
  }

  #durably(incoming: Incoming): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#push({ ...incoming, settle: (refusal) => (refusal ? reject(refusal) : resolve()) })
    })
  }

  #resolved({ wait, action, reason, by, at, traceparent }: IncidentResolution): Incoming {
    this.#incidents.delete(wait)
    const resolution = { wait, action, reason, by }
    if (action === 'retry') return { event: null, resolution, traceparent }
    const event: Event = action === 'skip' ? { type: 'completed', at, wait, result: {} } : { type: 'cancelled', at, reason }
    return { event, resolution, by, traceparent }
  }

  /** Carries out again what an Instance that was begun elsewhere still waits for. */
  async #resume(): Promise<void> {
    this.#timers.see(await readClock())
    for (const effect of reopen(this.#executable, this.#instance)) this.#carryOut(effect, '')
  }

  /** Steps all that is ready through the engine. @returns what is to be made durable in one transaction, or null when all was refused. */
  #stepAll(ready: Incoming[]): LiveStep | null {
    const batch: Step = {
      run: this.#run,
      sequence: this.#sequence + 1,
      events: [],
      by: {},
      keys: {},
      effects: [],
      instance: this.#instance,
      incidents: [],
      resolutions: [],
      traceparent: ready.find((incoming) => incoming.traceparent)?.traceparent ?? '',
    }
    const taken: Incoming[] = []
    for (const incoming of ready) if (this.#take(incoming, batch)) taken.push(incoming)
    if (taken.length === 0) return null
    batch.instance = this.#instance
    batch.effects = this.#effects
    this.#effects = []
    return { step: batch, taken }
  }

  /** After the transaction come Temporal's own timers and activities. */
  #committed({ step: batch, taken }: LiveStep, answer: StepAnswer): void {
    this.#sequence = batch.sequence
    this.#timers.see(answer.clock)
    // What is ready at once goes before what the ledger answered, and both before what came in meanwhile: that is later.
    const meanwhile = this.#inbox.splice(0)
    for (const effect of batch.effects) this.#carryOut(effect, batch.traceparent ?? '')
    for (const { wait, action } of batch.resolutions) if (action === 'retry') this.#retry(wait)
    this.#inbox.push(...answer.events.map((event) => ({ event })), ...meanwhile)
    for (const incoming of taken) incoming.settle?.(null)
  }

  /** Steps one event, unless the engine refuses it: it was overtaken by another one of the same batch. */
  #take(incoming: Incoming, batch: Step): boolean {
    const { event, by, key, incident, resolution, migration } = incoming
    if (migration) return this.#move(incoming, migration, batch)
    if (incident) batch.incidents.push(incident)
    if (resolution) batch.resolutions.push(resolution)
    if (!event) return true
    const refusal = accepts(this.#executable, this.#instance, event)
    if (refusal) {
      incoming.settle?.(ApplicationFailure.nonRetryable(refusal.message, refusal.code))
      return resolution !== undefined
    }
    step(this.#executable, this.#instance, event, this)
    batch.events.push(event)
    if ('wait' in event) {
      this.#inFlight.forget(event.wait)
      if (by) batch.by[event.wait] = by
      if (key) batch.keys[event.wait] = key
    }
    return true
  }

  #move(incoming: Incoming, { to, migration }: NonNullable<Incoming['migration']>, batch: Step): boolean {
    const moved = this.#migrated(to, migration)
    if (Array.isArray(moved)) {
      incoming.settle?.(migrationFailure(moved))
      return false
    }
    this.#executable = executableOf(to, this.#input)
    this.#hash = to.$program
    this.#instance = moved.instance
    for (const effect of moved.effects) this.emit(effect)
    batch.migration = migration.id
    return true
  }

  #carryOut(effect: Effect, traceparent: string): void {
    if (effect.type === 'wake') this.#timers.arm(effect.wait, effect.at)
    else if (effect.type === 'perform') this.#perform(effect.wait, effect.node, effect.inputs, traceparent)
    else if (effect.type === 'cancel') {
      this.#inFlight.cancel(effect.wait)
      this.#incidents.delete(effect.wait)
    }
  }

  #perform(wait: number, node: number, inputs: Variables, traceparent: string): void {
    const { id, kind, task } = this.#executable.program.nodes[node]!
    if (kind === NodeKind.userTask || kind === NodeKind.manualTask) return
    if (!this.#isOpen(wait) || this.#incidents.has(wait)) return
    if (!task?.activity) return this.#pass(wait)
    this.#activitiesInFlight++
    this.#inFlight.begin(
      wait,
      () => activities[task.activity]!({ run: this.#run, wait, element: id, inputs, traceparent }),
      ({ result, at }) => this.#push({ event: { type: 'completed', at, wait, result }, traceparent }),
      (error) => this.#failed(wait, task.activity, error),
      () => this.#activitiesInFlight--,
    )
  }

  /** A task that is neither a person's nor an activity's is nobody's: it completes at once. */
  #pass(wait: number): void {
    this.#push({ event: { type: 'completed', at: this.#instance.bookkeeping.at, wait, result: {} } })
  }

  #failed(wait: number, activity: string, error: unknown): void {
    const cause = error instanceof ActivityFailure ? error.cause : error
    if (cause instanceof ApplicationFailure && cause.type === 'BpmnError') {
      const [code, at] = (cause.details ?? []) as [string, number]
      this.#push({ event: { type: 'failed', at, wait, code, message: cause.message } })
      return
    }
    this.#incidents.add(wait)
    const reason = cause instanceof Error ? cause.message : String(cause)
    this.#push({ event: null, incident: { wait, activity, reason } })
  }

  #retry(wait: number): void {
    for (const effect of reopen(this.#executable, this.#instance)) {
      if (effect.type === 'perform' && effect.wait === wait) this.#carryOut(effect, '')
    }
  }

  #isOpen(wait: number): boolean {
    return this.#instance.marking.waits.some((open) => open.id === wait)
  }

  #shouldContinueAsNew(): boolean {
    const { historyLength, continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo()
    return this.#movesOn || targetWorkerDeploymentVersionChanged || continueAsNewSuggested || historyLength > HISTORY_EVENTS_MAX
  }

  /** At a quiet point only: system activities in flight are waited for, unless history has grown past its limit. */
  #mayContinueAsNew(): boolean {
    const quiet = this.#activitiesInFlight === 0 || workflowInfo().historyLength > HISTORY_EVENTS_LIMIT
    return quiet && this.#shouldContinueAsNew() && allHandlersFinished()
  }

  /** At a quiet point, with nothing unheard: everything that matters is in the Instance, so the next run only resumes it. */
  async #continueAsNew(): Promise<void> {
    await condition(() => this.#inbox.length > 0 || this.#mayContinueAsNew())
    if (this.#inbox.length > 0) return
    const next: RunInput = {
      ...this.#input,
      sequence: this.#sequence,
      instance: this.#instance,
      first: null,
      heard: this.#heard,
      incidents: [...this.#incidents],
    }
    const reference: ProgramReference = { $program: this.#hash }
    await makeContinueAsNewFunc<typeof pathway>({ initialVersioningBehavior: 'AUTO_UPGRADE' })(next, reference)
  }
}

function overFailure(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('This run is over', 'RunOver')
}

function migrationFailure(refusals: MigrationRefusal[]): ApplicationFailure {
  return ApplicationFailure.nonRetryable('This run cannot move to that version', 'MigrationRefused', refusals)
}
