/** The live host: one dynamic workflow runs any Program. The engine decides; the workflow steps what is ready, makes it durable, and carries it out. */
import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  condition,
  makeContinueAsNewFunc,
  setWorkflowOptions,
  workflowInfo,
} from '@temporalio/workflow'
import type { Effect, Event, Host } from '../pathways/engine/contract.ts'
import {
  accepts,
  begin,
  type Executable,
  type Migrated,
  type MigrationRefusal,
  migrate,
  reopen,
  step,
} from '../pathways/engine/index.ts'
import type { Instance } from '../pathways/engine/instance.ts'
import type { Variables } from '../pathways/language/feel/value.ts'
import { isPersons } from '../pathways/language/program.ts'
import { activities, commit, readClock, readInstance } from './doors.ts'
import { executableOf } from './executable.ts'
import { InFlight } from './in-flight.ts'
import { failureOf, heldOf, type Incoming, type LiveStep, migrationFailure, newStep, overFailure } from './incoming.ts'
import { type Listener, listen } from './listening.ts'
import {
  type ClockReading,
  type Completion,
  FAILURE,
  type Heard,
  type HeldEvent,
  type IncidentResolution,
  type Migration,
  type ProgramReference,
  type RunInput,
  type Step,
  type StepAnswer,
} from './messages.ts'
import { Timers } from './timers.ts'

/** A run continues as new at its first quiet point after this many history events. */
const HISTORY_EVENTS_MAX = 2_000
/** Beyond this it no longer waits for system activities in flight: they are idempotent and scheduled again by the next run. */
const HISTORY_EVENTS_LIMIT = 10_000
/** Outbox ids remembered to recognise a repetition; the relay repeats a delivery at once or never. */
const HEARD_MAX = 256

/** How long the completion of a task that the run has not come to again is kept. */
const EARLY_COMPLETION_MS_MAX = 10_000

export default async function pathway(input: RunInput, reference: ProgramReference): Promise<{ outcome: string }> {
  return new LiveRun(input, reference.$program, executableOf(reference, input)).untilItsEnd()
}
setWorkflowOptions({ versioningBehavior: 'PINNED' }, pathway)

class LiveRun implements Host, Listener {
  readonly #run: string
  readonly #input: RunInput
  #hash: string
  #executable: Executable
  #instance: Instance
  readonly #inbox: Incoming[] = []
  readonly #heard: string[]
  readonly #incidents: Set<number>
  /** Events that would fail the run, by what they answer. */
  readonly #held: Map<number, HeldEvent>
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
    this.#held = new Map((input.held ?? []).map((held) => [held.wait, held]))
    listen(this)
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
      let live = this.#stepAll(this.#nextBatch())
      if (live && this.#hasFailed(live))
        live = this.#hold(live, this.#sequence === 0 ? begin(this.#executable) : await readInstance(this.#run))
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

  hear(messages: Heard[]): void {
    for (const { id, event, traceparent } of messages) {
      if (this.#heard.includes(id)) continue
      this.#heard.push(id)
      if (this.#heard.length > HEARD_MAX) this.#heard.shift()
      this.#push({ event, traceparent })
    }
  }

  moveOn(): void {
    this.#movesOn = true
    this.#wake()
  }

  changeClock(clock: ClockReading): void {
    this.#timers.armAgain(clock)
  }

  async complete({ wait, result, at, by, key, traceparent }: Completion): Promise<{ sequence: number }> {
    if (this.#isEarly(wait)) await condition(() => !this.#isEarly(wait), EARLY_COMPLETION_MS_MAX)
    return this.#durably({ event: { type: 'completed', at, wait, result }, by, key, traceparent })
  }

  objectsToCompletion({ wait, result, at }: Completion): ApplicationFailure | null {
    if (this.#isEarly(wait)) return null
    if (this.#held.has(wait)) return ApplicationFailure.nonRetryable('This task was done already', 'UnknownWait')
    const refusal = accepts(this.#executable, this.#instance, { type: 'completed', at, wait, result })
    return refusal && failureOf(refusal)
  }

  async resolve(resolution: IncidentResolution): Promise<{ sequence: number }> {
    return this.#durably(this.#resolved(resolution))
  }

  objectsToResolution({ wait, action }: IncidentResolution): ApplicationFailure | null {
    if (this.#incidents.has(wait) && !(this.#held.has(wait) && action === 'skip')) return null
    return ApplicationFailure.nonRetryable('This incident is not open any more', 'NoSuchIncident')
  }

  async migrate(to: ProgramReference, migration: Migration): Promise<{ sequence: number }> {
    // Asked again after it was done, by one who did not hear that.
    if (to.$program === this.#hash) return { sequence: this.#sequence }
    return this.#durably({ event: null, migration: { to, migration }, traceparent: migration.traceparent })
  }

  objectsToMigration(to: ProgramReference, migration: Migration): ApplicationFailure | null {
    if (to.$program === this.#hash) return null
    if (this.#sequence === 0) return ApplicationFailure.nonRetryable('This run has not begun', 'NotBegun')
    const moved = this.#migrated(to, migration)
    return Array.isArray(moved) ? migrationFailure(moved) : null
  }

  #migrated(to: ProgramReference, { plan, at }: Migration): Migrated | MigrationRefusal[] {
    return migrate(this.#executable, executableOf(to, this.#input), plan, this.#instance, at)
  }

  /** A worker that was killed, or was too slow, is repeating the step whose task people see already. */
  #isEarly(wait: number): boolean {
    return this.#instance.marking.outcome === 'running' && wait >= this.#instance.bookkeeping.nextId
  }

  async #durably(incoming: Incoming): Promise<{ sequence: number }> {
    await new Promise<void>((resolve, reject) => {
      this.#push({ ...incoming, settle: (refusal) => (refusal ? reject(refusal) : resolve()) })
    })
    return { sequence: this.#sequence }
  }

  #resolved({ wait, action, reason, by, at, variables, traceparent }: IncidentResolution): Incoming {
    this.#incidents.delete(wait)
    const resolution = { wait, action, reason, by }
    const held = this.#held.get(wait)
    this.#held.delete(wait)
    if (held) return { ...held, resolution, variables, traceparent, ...(action === 'cancel' && { mayFail: true }) }
    if (action === 'retry') return { event: null, resolution, variables, traceparent }
    const event: Event = action === 'skip' ? { type: 'completed', at, wait, result: {} } : { type: 'cancelled', at, reason }
    return { event, resolution, by, traceparent }
  }

  /** Carries out again what an Instance that was begun elsewhere still waits for. */
  async #resume(): Promise<void> {
    this.#timers.see(await readClock())
    for (const effect of reopen(this.#executable, this.#instance))
      if (!('wait' in effect && this.#held.has(effect.wait))) this.#carryOut(effect, '')
  }

  /** Steps all that is ready through the engine. @returns what is to be made durable in one transaction, or null when all was refused. */
  #stepAll(ready: Incoming[]): LiveStep | null {
    const batch = newStep(this.#run, this.#sequence + 1, this.#instance, ready)
    const taken: Incoming[] = []
    // What comes after a failure in one batch is stepped once it is held, or answered with the run's end.
    for (let next = ready.shift(); next; next = this.#instance.marking.outcome === 'failed' ? undefined : ready.shift())
      if (this.#take(next, batch)) taken.push(next)
    this.#inbox.unshift(...ready)
    if (taken.length === 0) return null
    batch.instance = this.#instance
    batch.effects = this.#effects
    this.#effects = []
    return { step: batch, taken }
  }

  /** Nobody catches the error, and nobody else's run waits for this one's end. */
  #hasFailed({ taken }: LiveStep): boolean {
    return this.#instance.marking.outcome === 'failed' && !this.#input.called && !taken.at(-1)!.mayFail
  }

  /** The run stays where it was before the event that would fail it, with all it holds, until somebody decides; what came before is stepped again. */
  #hold({ taken }: LiveStep, before: Instance): LiveStep {
    const failing = taken.at(-1)!
    const { code, message, element } = this.#instance.bookkeeping.error!
    this.#instance = before
    const held = heldOf(failing)
    const incident = { wait: held.wait, activity: FAILURE, reason: `${code}: ${message}`, element }
    this.#held.set(held.wait, held)
    this.#incidents.add(held.wait)
    const live = this.#stepAll([...taken.slice(0, -1), { event: null, incident, variables: failing.variables }])!
    const { step } = live
    step.events.push(held.event)
    if (held.by) step.by[held.wait] = held.by
    if (held.key) step.keys[held.wait] = held.key
    if (failing.resolution) step.resolutions.push(failing.resolution)
    return { step, taken: [...live.taken, failing] }
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
    if (incoming.variables) this.#correct(incoming.variables, batch)
    if (!event) return true
    const refusal = accepts(this.#executable, this.#instance, event)
    if (refusal) {
      incoming.settle?.(failureOf(refusal))
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

  /** What somebody has put right before the event is tried again. */
  #correct(variables: Variables, batch: Step): void {
    const event: Event = { type: 'variablesChanged', at: this.#instance.bookkeeping.at, variables }
    if (accepts(this.#executable, this.#instance, event)) return
    step(this.#executable, this.#instance, event, this)
    batch.events.push(event)
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
      this.#held.delete(effect.wait)
    }
  }

  #perform(wait: number, node: number, inputs: Variables, traceparent: string): void {
    const performed = this.#executable.program.nodes[node]!
    const { id, task } = performed
    if (isPersons(performed)) return
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
      held: [...this.#held.values()],
    }
    const reference: ProgramReference = { $program: this.#hash }
    await makeContinueAsNewFunc<typeof pathway>({ initialVersioningBehavior: 'AUTO_UPGRADE' })(next, reference)
  }
}
