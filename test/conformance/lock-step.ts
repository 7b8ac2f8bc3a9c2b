/**
 * One case on the live host, in lock-step: the site's clock stands still, and one thing at a time is let happen, the next one when all that
 * came of it is durable. What is to happen comes from the records after each (rows of the outbox, tasks, timers) and from the script, and goes
 * by time, equal times in the order in which they came up: the order of the host in memory.
 */
import { WorkflowNotFoundError } from '@temporalio/client'
import { type Executable, load } from '../../pathways/engine/index.ts'
import type { Instance, Wait } from '../../pathways/engine/instance.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import type { Program } from '../../pathways/language/program.ts'
import { advanceClock } from '../../records/clock.ts'
import { type SentMessage, sendMessage } from '../../records/messages.ts'
import { startRun } from '../../records/starting.ts'
import type { Relay } from '../../start/worker/relay.ts'
import { type Agenda, newAgenda, plan, takeNext, timeOfNext } from '../../twin/rehearse/agenda.ts'
import type { Performance, Run } from '../../twin/rehearse/memory-host.ts'
import { after, type ScriptedMessage, valuesOf } from '../../twin/rehearse/script.ts'
import { ScriptedStaff } from '../../twin/rehearse/scripted-staff.ts'
import { startOf } from '../../twin/rehearse/triggers.ts'
import { CLOCK_CHANGED, FAILURE } from '../../workflows/messages.ts'
import { delay, type LiveHospital } from '../workflows/support.ts'
import type { ConformanceCase } from './case.ts'
import type { Systems } from './script-doors.ts'
import { site } from './setting.ts'

/** A case has a few dozen steps at most: one that never ends is stopped. */
const STEPS_MAX = 500
const POLL_MS = 4
const REST_MS_MAX = 20_000

export interface LiveParts {
  hospital: LiveHospital
  /** Not running by itself: it delivers when it is asked. */
  relay: Relay
  systems: Systems
}

/** A run as its projection has it. */
export type ProjectedRun = Pick<Run, 'id' | 'executable' | 'instance'>

export class LockStep {
  readonly #parts: LiveParts
  readonly #example: ConformanceCase
  readonly #executables: Executable[]
  readonly #staff: ScriptedStaff
  readonly #until: number
  readonly #agenda: Agenda<() => Promise<void>> = newAgenda()
  /** Waits that are on the agenda, or were. */
  readonly #seen = new Set<string>()
  #lastRow = 0
  #at = 0
  #main = ''

  constructor(parts: LiveParts, example: ConformanceCase, programs: Program[]) {
    this.#parts = parts
    this.#example = example
    this.#executables = programs.map((program) => load(program, site))
    this.#staff = new ScriptedStaff(example.script ?? {}, this.#executables, site, () => {})
    this.#until = after(0, example.until ?? 'P1Y', site, 'until')
  }

  /** Plays it. @returns the main run, null when it never began, and when something would happen still. */
  async play(): Promise<{ run: ProjectedRun | null; until: number; next: number }> {
    await this.#begin()
    for (let steps = 0; timeOfNext(this.#agenda) <= this.#until; steps++) {
      if (steps === STEPS_MAX) throw new Error(`The case goes on after ${STEPS_MAX} steps`)
      this.#at = timeOfNext(this.#agenda)
      await takeNext(this.#agenda)!()
      await this.#lookAround()
    }
    const run = (await this.#runs()).find(({ id }) => id === this.#main) ?? null
    return { run, until: this.#until, next: timeOfNext(this.#agenda) }
  }

  /** In the order of the host in memory: processes beside it, the process itself, then messages and signals. */
  async #begin(): Promise<void> {
    const { process = 'main', also = [], script = {} } = this.#example
    for (const pathway of also) await this.#start({ pathway, variables: {} })
    const main = this.#executables.find(({ program }) => program.process === process)!
    const { start, at } = startOf(main, script, site)
    const startElement = start < 0 ? {} : { startElement: main.program.nodes[start]!.id }
    const begin = async () => {
      this.#main = await this.#start({ pathway: process, variables: { ...script.variables }, ...startElement })
    }
    if (at <= 0) await begin()
    else plan(this.#agenda, at, begin)
    await this.#lookAround()
    this.#planSent('messages', script.messages)
    this.#planSent('signals', script.signals)
  }

  async #start(start: { pathway: string; variables: Variables; startElement?: string }): Promise<string> {
    return (await startRun(this.#parts.hospital.records, { ...start, at: this.#at })).run
  }

  #planSent(part: 'messages' | 'signals', sent: ScriptedMessage[] = []): void {
    const kind = part === 'messages' ? 'message' : 'signal'
    for (const [index, { name, after: later, set }] of sent.entries()) {
      const at = after(0, later, site, `${part}[${index}].after`)
      plan(this.#agenda, at, async () => {
        const latest = (await this.#runs()).at(-1)
        const payload = valuesOf(set, latest?.instance.variables[0] ?? {}, at, site, `${part}[${index}].set`)
        await sendMessage(this.#parts.hospital.records, { kind, name, payload, at } satisfies SentMessage)
      })
    }
  }

  /** Puts on the agenda what has come up: deliveries now, tasks and timers at their time. */
  async #lookAround(): Promise<void> {
    await this.#letFail()
    const { sql } = this.#parts.hospital.records
    const rows = await sql<{ id: number; target: string }[]>`
      select id, target from outbox where wall_delivered is null and id > ${this.#lastRow} order by id`
    for (const { id, target } of rows) {
      this.#lastRow = id
      plan(this.#agenda, this.#at, () => this.#deliver(id, target))
    }
    for (const run of await this.#runs()) {
      if (run.instance.marking.outcome !== 'running') continue
      for (const wait of run.instance.marking.waits) this.#planWait(run, wait)
    }
  }

  /** What nobody catches stops a run until somebody decides; in a rehearsal it fails, so the operator of the suite lets it fail at once. */
  async #letFail(): Promise<void> {
    const { hospital } = this.#parts
    const failing = await hospital.records.sql<{ run: string; wait: number }[]>`
      select run, wait from incidents where state = 'open' and activity = ${FAILURE} order by id`
    for (const { run, wait } of failing) {
      await hospital.resolve(run, wait, 'cancel', 'it is to fail')
      await this.#rest(run)
    }
    if (failing.length > 0) await this.#letFail()
  }

  #planWait(run: ProjectedRun, wait: Wait): void {
    const { id, kind, due } = wait
    const key = kind === 'timer' ? `${run.id}:${id}:${due}` : `${run.id}:${id}`
    if ((kind !== 'timer' && kind !== 'task') || this.#seen.has(key)) return
    this.#seen.add(key)
    if (kind === 'timer') plan(this.#agenda, due, () => this.#elapse(run.id, wait))
    else {
      const takes = this.#staff.takes(run as Run, performanceOf(wait))
      plan(this.#agenda, run.instance.bookkeeping.at + takes, () => this.#finish(run.id, wait))
    }
  }

  async #deliver(row: number, target: string): Promise<void> {
    const { hospital, relay } = this.#parts
    await relay.deliver(1)
    const [left] = await hospital.records.sql`select last_error from outbox where id = ${row} and wall_delivered is null`
    if (left) throw new Error(`Row ${row} for ${target} was not delivered: ${left.last_error}`)
    await this.#rest(target)
  }

  /** A timer rings when the site's clock has come to its time and its run has been told. */
  async #elapse(run: string, { id, due }: Wait): Promise<void> {
    const waits = (await this.#run(run))?.instance.marking.waits ?? []
    if (!waits.some((wait) => wait.id === id && wait.due === due)) return
    const { client, records } = this.#parts.hospital
    const clock = await advanceClock(records, due)
    await client.workflow.getHandle(run).signal(CLOCK_CHANGED, clock)
    await this.#rest(run)
  }

  /** A person or a system has done a task, or failed it, as the script says. */
  async #finish(id: string, wait: Wait): Promise<void> {
    const run = await this.#run(id)
    if (!run?.instance.marking.waits.some((open) => open.id === wait.id)) return
    const { hospital, systems } = this.#parts
    const [answer] = this.#staff.answer(run as Run, performanceOf(wait), this.#at)
    if (systems.waitingOf(id) > 0) {
      // A system's answer carries the time at which it came.
      await advanceClock(hospital.records, this.#at)
      if (systems.answer(id, wait.id, answer!)) return this.#rest(id)
    }
    if (answer?.type !== 'completed') throw new Error('A person cannot fail a task')
    await hospital.update(id, { wait: wait.id, result: answer.result, at: this.#at })
    await this.#rest(id)
  }

  /** Until a run has heard all that Temporal has for it and waits for nobody but the outside world. What it sends meanwhile stays in the outbox. */
  async #rest(run: string): Promise<void> {
    const handle = this.#parts.hospital.client.workflow.getHandle(run)
    for (const until = Date.now() + REST_MS_MAX; Date.now() < until; await delay(POLL_MS)) {
      try {
        const { raw, status } = await handle.describe()
        const systems = this.#parts.systems.waitingOf(run)
        if (status.name !== 'RUNNING') return
        if (!raw.pendingWorkflowTask && (raw.pendingActivities?.length ?? 0) === systems) return
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error
        return
      }
    }
    throw new Error(`The run ${run} does not come to rest`)
  }

  async #run(id: string): Promise<ProjectedRun | undefined> {
    return (await this.#runs()).find((run) => run.id === id)
  }

  /** Runs that have begun, in the order in which they were to. */
  async #runs(): Promise<ProjectedRun[]> {
    const { sql, encryption } = this.#parts.hospital.records
    const rows = await sql<{ id: string; pathway: string; instance: Uint8Array }[]>`
      select runs.id, pathway, instance from runs join outbox on target = runs.id and kind = 'start'
      where instance is not null order by outbox.id`
    return rows.map(({ id, pathway, instance }) => ({
      id,
      executable: this.#executables.find(({ program }) => program.process === pathway)!,
      instance: encryption.decryptJson<Instance>(instance),
    }))
  }
}

/** What the staff asks of a task. */
const performanceOf = ({ id, node, activation }: Wait): Performance => ({
  type: 'perform',
  wait: id,
  node,
  activation,
  inputs: {},
  priority: 0,
  due: null,
  place: '',
})
