import { textOf } from '../../pathways/engine/variables.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import { EventKind } from '../../pathways/language/program.ts'
import {
  allocate,
  createLedger,
  drainOutcomes,
  type Ledger,
  type LedgerOutcome,
  nextCalendarChange,
  occupy,
  type RequestedNeed,
  release,
  request,
  transfer,
  turnedOver,
  turnoverBegun,
  unitIn,
  withdraw,
} from '../../pathways/resources/index.ts'
import { parseDuration } from '../../pathways/time/duration.ts'
import { Beyond } from '../compiled/beyond.ts'
import type { Gauges, ProgramGauges } from '../compiled/index.ts'
import { type ChanceKey, chanceOf, within, wordOf } from '../simulate/chance.ts'
import { Mailbox } from '../simulate/mailbox.ts'
import type { HospitalOptions } from '../simulate/options.ts'
import { type HospitalState, type Letter, PlannedKind } from '../simulate/state.ts'
import { AgendaOf } from './agenda.ts'
import { stop } from './ending.ts'
import type { Passed } from './holding.ts'
import type { Machine } from './machine.ts'
import { type Model, modelOf, type Node } from './model.ts'
import type { Delivery, Outcome, Planned } from './planned.ts'
import { restoredRun } from './restored.ts'
import { type Held, NO_QUEUES, Run, RunScope, type Wait, WaitKind } from './run.ts'
import { startBy } from './starts.ts'
import { completed, granted, happened, runEnded, started, taskFailed, work } from './stepping.ts'
import { beginWaiting, resultOf } from './work.ts'

const NO_HOLDS: Passed[] = []

export class World {
  at: number
  readonly options: HospitalOptions
  readonly models: Map<string, Model>
  readonly ledger: Ledger
  readonly agenda = new AgendaOf<Planned>()
  readonly runs = new Map<string, Run>()
  readonly chance: ChanceKey
  readonly #gauges: Gauges
  readonly #programGauges: Map<string, ProgramGauges>
  readonly #mailbox: Mailbox<Run, Wait>
  readonly #machine: Machine
  readonly #deliveries: Delivery[] = []
  #stepped: Run | null = null
  #nextRun: number
  readonly #orders: Record<string, number>

  /** @param state of the hospital that it goes on from: it is this one's own, and changed. @throws Beyond */
  constructor(options: HospitalOptions, gauges: Gauges, state: HospitalState | null) {
    this.at = state?.at ?? options.start
    this.options = options
    this.models = new Map(options.programs.map((program) => [program.process, modelOf(program, options)]))
    this.ledger = createLedger(state?.ledger ?? options.ledger, options.site, { ownsSnapshot: state !== null })
    this.#mailbox = new Mailbox<Run, Wait>(state?.unread ?? [])
    this.#nextRun = state?.nextRun ?? 0
    this.#orders = state?.orders ?? {}
    this.chance = chanceOf(options.seed, options.replication ?? 0)
    this.#gauges = gauges
    this.#programGauges = new Map(options.programs.map(({ process }) => [process, gauges.program(process)]))
    this.#machine = {
      at: this.at,
      world: this,
      scope: new RunScope(options.site),
      works: [],
      subjects: [],
      scopes: [],
      head: 0,
      tail: 0,
      beginning: [],
    }
    if (state) this.#restore(state)
  }

  /** Takes over who is there, what they have, and what they wait for. */
  #restore(state: HospitalState): void {
    for (const each of state.runs) this.runs.set(each.id, restoredRun(each, this.models, this.#programGauges))
    for (const { id, caller } of state.runs) {
      const calling = caller && this.runs.get(caller.run)
      if (!calling) continue
      const wait = calling.waitOf(caller.wait)
      if (!wait) throw new Beyond(id, 'a run that nobody waits for')
      this.runs.get(id)!.caller = wait
      wait.called = this.runs.get(id)!
    }
    for (const { kind, name, run, wait, key } of state.listeners) {
      const listening = this.runs.get(run)!
      this.#mailbox.listen(kind, name, listening, listening.waitOf(wait)!, key, state.at)
    }
    for (const [holder, { requests, held }] of this.ledger.holders) {
      const run = this.runs.get(holder)
      for (const { held: each, units } of held)
        if (units.length > 0) this.#gauges.pool(each.pool)?.held.change(units.length, this.at)
      for (const { request } of requests) {
        const wait = run?.waitOf(request.wait)
        if (!wait) throw new Beyond(holder, 'a request that no run waits for')
        this.#queue(wait, request.needs, request.at)
      }
    }
  }

  // What runs ask for.

  acquire(wait: Wait, needs: RequestedNeed[], priority: number, slot: { unit: string; start: number } | null): void {
    const { at } = this
    request(this.ledger, { holder: wait.run.id, wait: wait.id, needs, priority, slot, at })
    this.#queue(wait, needs, at)
    if (slot && slot.start > at) this.agenda.push(slot.start, PlannedKind.calendar, { type: 'calendar', chained: false })
  }

  /** It waits for units of pools, or stock of them, from a time on. */
  #queue(wait: Wait, needs: RequestedNeed[], at: number): void {
    wait.due = at
    const pools = needs.length === 1 ? [needs[0]!.pool] : [...new Set(needs.map(({ pool }) => pool))]
    wait.queues = pools.map((pool) => this.#gauges.pool(pool))
    for (const queue of wait.queues) queue?.queue.change(1, at)
  }

  withdraw(wait: Wait): void {
    withdraw(this.ledger, wait.run.id, wait.id)
    this.#answered(wait, false)
  }

  release(held: Held, run: Run): void {
    const { units, id } = held
    if (units.length > 0) this.#returning(unitIn(this.ledger, units[0]!).pool, units)
    release(this.ledger, run.id, id, this.at)
  }

  #returning(pool: string, units: string[]): void {
    const gauges = this.#gauges.pool(pool)
    gauges?.held.change(-units.length, this.at)
    gauges?.returning?.(units, this.at)
  }

  occupy(held: Held, run: Run): void {
    occupy(this.ledger, run.id, held.id, this.at)
  }

  subscribe(wait: Wait): void {
    const { kind, name, key, run } = wait
    const letter = this.#mailbox.listen(kind === WaitKind.signal ? 'signal' : 'message', name, run, wait, key, this.at)
    if (letter) this.#deliveries.push({ type: 'received', run, wait, payload: letter.payload })
  }

  unsubscribe(wait: Wait): void {
    this.#mailbox.stopListening(wait.kind === WaitKind.signal ? 'signal' : 'message', wait.run, wait)
  }

  send(run: Run, name: string, isSignal: boolean, key: Value, payload: Variables): void {
    const chance = within(within({ low: run.low, high: run.high }, wordOf(name)), run.iterationOf(`send ${name}`))
    if (!isSignal) return this.post({ name, key, payload }, run.patient, chance)
    for (const { wait } of this.#mailbox.hearers('signal', name, key))
      this.#deliveries.push({ type: 'received', run: wait.run, wait, payload })
    for (const model of this.models.values()) {
      const start = startBy(model, EventKind.signal, name)
      if (start) this.begin(model.process, start, { ...payload }, run.patient, within(chance, wordOf(model.process)))
    }
  }

  /** A message to whoever listens for it, else to a pathway that begins with it, else kept. */
  post(letter: Letter, patient: string, chance: ChanceKey): void {
    const { name, key, payload } = letter
    const [hearer] = this.#mailbox.hearers('message', name, key)
    if (hearer) {
      this.#deliveries.push({ type: 'received', run: hearer.run, wait: hearer.wait, payload })
      return
    }
    for (const model of this.models.values()) {
      const start = startBy(model, EventKind.message, name)
      if (start) return void this.begin(model.process, start, payload, patient, within(chance, wordOf(model.process)))
    }
    this.#mailbox.keep({ name, key, payload, at: this.at })
  }

  call(wait: Wait, process: string, variables: Variables, holds: Passed[]): void {
    const { run, node } = wait
    const key = within(within({ low: run.low, high: run.high }, node.word), run.iterationOf(`call ${node.id}`))
    const called = this.begin(process, null, variables, run.patient, key, `${run.id}.${wait.id}`, holds)
    called.caller = wait
    wait.called = called
    holds.forEach(({ held, isLent }, index) => {
      if (!isLent) transfer(this.ledger, run.id, held.id, called.id, index + 1)
    })
  }

  cancelCalled({ called }: Wait): void {
    if (called) this.#deliveries.push({ type: 'cancelled', run: called })
  }

  ended(run: Run, outcome: Outcome): void {
    this.runs.delete(run.id)
    if (outcome === 'completed') run.gauges.completed(run.startedAt, this.at, run.variables)
    if (run.turnsOver !== '') turnedOver(this.ledger, run.turnsOver, outcome === 'completed', this.at)
    const wait = run.caller
    if (!wait || wait.run.isOver) return
    wait.called = null
    this.#deliveries.push({ type: 'runEnded', run: wait.run, wait, outcome, variables: run.variables, error: run.error })
  }

  /** @throws Beyond where a task is due at what is no time: its run fails. */
  checkDue({ model, id }: Node, due: Value): void {
    const text = textOf(due)
    if (text !== null && !parseDuration(text)) throw new Beyond(`${model.process}, ${id}`, 'a due time that is none')
  }

  // What happens to runs.

  /** A run, to be stepped first when those before it have been. */
  begin(
    process: string,
    start: Node | null,
    variables: Variables,
    patient: string,
    { low, high }: ChanceKey,
    id = '',
    holds = NO_HOLDS,
  ): Run {
    const model = this.models.get(process)!
    const gauges = this.#programGauges.get(process)!
    const run = new Run(id || `${process}-${++this.#nextRun}`, model, gauges, patient, this.at, low, high)
    this.runs.set(run.id, run)
    gauges.started(this.at)
    this.#deliveries.push({ type: 'started', run, start, variables, holds })
    return run
  }

  /** The time of a wait has come. */
  elapsed(wait: Wait): void {
    if (!wait.isOpen) return
    if (wait.kind === WaitKind.task) return this.#complete(wait)
    // Not one that was set anew meanwhile.
    if (wait.due > this.at) return
    this.#step(wait.run)
    happened(this.#machine, wait, {})
    this.#finishStep()
  }

  /** Steps everything that is due now, and what follows from it, in order. */
  settle(): void {
    const deliveries = this.#deliveries
    for (let index = 0; index < deliveries.length; index++) this.#hear(deliveries[index]!)
    while (deliveries.length > 0) deliveries.pop()
  }

  allocateNow(): void {
    allocate(this.ledger, this.at)
    for (const outcome of drainOutcomes(this.ledger)) this.#carry(outcome)
  }

  planCalendar(): void {
    const next = nextCalendarChange(this.ledger, this.at)
    if (Number.isFinite(next)) this.agenda.push(next, PlannedKind.calendar, { type: 'calendar', chained: true })
  }

  #complete(wait: Wait): void {
    const m = this.#machine
    this.#step(wait.run)
    completed(m, wait, resultOf(m, wait))
    this.#finishStep()
  }

  #step(run: Run): void {
    this.#stepped = run
    this.#machine.at = this.at
  }

  #finishStep(): void {
    const m = this.#machine
    work(m)
    const { beginning } = m
    for (let index = 0; index < beginning.length; index++) beginWaiting(m, beginning[index]!)
    while (beginning.length > 0) beginning.pop()
    this.allocateNow()
  }

  #hear(delivery: Delivery): void {
    const m = this.#machine
    const { run } = delivery
    if (run.isOver) {
      // A grant that a cancellation crossed.
      if (delivery.type === 'granted') for (const { hold } of delivery.grants) this.#giveBack(run, hold)
      return this.allocateNow()
    }
    // A message that another of this very moment crossed.
    if ((delivery.type === 'received' || delivery.type === 'failed') && !delivery.wait.isOpen) return
    this.#step(run)
    switch (delivery.type) {
      case 'started':
        started(m, run, delivery.start, delivery.variables, delivery.holds)
        break
      case 'granted':
        if (delivery.wait.isOpen) granted(m, delivery.wait, delivery.grants)
        else for (const { hold } of delivery.grants) this.#giveBack(run, hold)
        break
      case 'failed': {
        const { wait, message } = delivery
        taskFailed(m, wait, { code: 'impossibleRequest', message, element: wait.node.id })
        break
      }
      case 'received':
        happened(m, delivery.wait, delivery.payload)
        break
      case 'runEnded':
        if (delivery.wait.isOpen) runEnded(m, delivery.wait, delivery.outcome, delivery.variables, delivery.error)
        break
      case 'cancelled':
        stop(m, run)
    }
    this.#finishStep()
  }

  #giveBack(run: Run, hold: number): void {
    const { units, pool } = this.ledger.holders.get(run.id)!.held.find(({ held }) => held.hold === hold)!.held
    if (units.length > 0) this.#returning(pool, units)
    release(this.ledger, run.id, hold, this.at)
  }

  #carry(outcome: LedgerOutcome): void {
    switch (outcome.type) {
      case 'granted': {
        const run = this.runs.get(outcome.holder)!
        const wait = run.waitOf(outcome.wait)!
        this.#answered(wait, true)
        for (const { units } of outcome.grants)
          if (units.length > 0) this.#gauges.pool(unitIn(this.ledger, units[0]!).pool)?.held.change(units.length, this.at)
        this.#deliveries.push({ type: 'granted', run, wait, grants: outcome.grants })
        return
      }
      case 'refused': {
        const run = this.runs.get(outcome.holder)
        const wait = run?.waitOf(outcome.wait)
        if (!run || !wait) return
        this.#answered(wait, false)
        this.#deliveries.push({ type: 'failed', run, wait, message: outcome.error.message })
        return
      }
      case 'turnoverDue':
        return this.#turnOver(outcome.pathway, outcome.unit, outcome.after)
      case 'reorderDue':
        return this.#reorder(outcome.pool, outcome.quantity)
    }
  }

  /** It waits no more. */
  #answered(wait: Wait, isGranted: boolean): void {
    const { queues, run, node, due } = wait
    if (queues.length === 0) return
    for (let index = 0; index < queues.length; index++) queues[index]?.queue.change(-1, this.at)
    wait.queues = NO_QUEUES
    if (isGranted) run.gauges.waited(node.index, due, this.at, run.variables)
    else run.gauges.unserved(node.index, due, this.at)
  }

  #turnOver(pathway: string, unit: string, after: string): void {
    const { name, place, pool } = unitIn(this.ledger, unit)
    // The run that left the unit may have ended in the same step.
    const left = this.#stepped?.id === after ? this.#stepped : this.runs.get(after)!
    const iteration = left.iterationOf(`turnover ${unit}`)
    const key = within(within(within({ low: left.low, high: left.high }, wordOf(pathway)), wordOf(unit)), iteration)
    const run = this.begin(pathway, null, { unit, unitName: name, place, pool }, '', key)
    run.turnsOver = unit
    turnoverBegun(this.ledger, unit, run.id)
  }

  #reorder(pool: string, quantity: number): void {
    const { reorder } = this.options
    const order = this.#orders[pool] ?? 0
    this.#orders[pool] = order + 1
    if (!reorder) return
    const key = within(within(this.chance, wordOf(`order ${pool}`)), order)
    if ('pathway' in reorder) {
      this.begin(reorder.pathway, null, { pool, quantity }, '', key)
      return
    }
    const at = this.at + reorder.leadMs
    const lot = `${pool}-${order + 1}`
    const expiresAt = at + reorder.shelfLifeMs
    this.agenda.push(at, PlannedKind.delivery, { type: 'delivery', pool, lot, quantity, expiresAt })
  }
}
