/**
 * The hospital in memory: the same Programs, the same `step` and the same allocator as live, with time that jumps from one event to the
 * next. Equal times go by (time, kind, order of planning), so that one seed gives one history.
 */
import type { CalledHold, Effect, Event, Host, ReceivedHold } from '../../pathways/engine/contract.ts'
import { begin, isOver, load, step } from '../../pathways/engine/index.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { EventKind } from '../../pathways/language/program.ts'
import {
  allocate,
  applyCalendars,
  createLedger,
  drainOutcomes,
  type Ledger,
  nextCalendarChange,
  occupy,
  release,
  request,
  restock,
  snapshotOf,
  transfer,
  turnedOver,
  turnoverBegun,
  unitIn,
  withdraw,
} from '../../pathways/resources/index.ts'
import { nextArrival } from './arrivals.ts'
import { type ChanceKey, chanceOf, within, wordOf } from './chance.ts'
import { checkHospital, ImpossibleHospital } from './check.ts'
import { createEventHeap, type EventHeap, peekEvent, popEvent, pushEvent } from './event-heap.ts'
import { createMailbox, hearers, listen, listenersOf, type Mailbox, stopListening } from './mailbox.ts'
import type { HospitalOptions, Stream } from './options.ts'
import { type Delivery, type HospitalState, type Letter, type Planned, PlannedKind, type SimulatedRun } from './state.ts'
import { beginTask, iterationOf, outcomesOf, prepare, type Simulated } from './work.ts'

/**
 * A hospital that stands still until `run`.
 * @throws ImpossibleHospital, ImpossibleDistribution or ImpossibleArrivals, before anything is simulated.
 */
export const createHospital = (options: HospitalOptions): Hospital => new Hospital(options)

export class Hospital {
  readonly #options: HospitalOptions
  readonly #pathways = new Map<string, Simulated>()
  readonly #runs = new Map<string, SimulatedRun>()
  readonly #ledger: Ledger
  readonly #heap: EventHeap<Planned> = createEventHeap()
  readonly #mailbox: Mailbox
  readonly #chance: ChanceKey
  readonly #deliveries: Delivery[] = []
  readonly #effects: Effect[] = []
  readonly #host: Host = { emit: (effect) => void this.#effects.push(effect) }
  readonly #state: Omit<HospitalState, 'runs' | 'ledger' | 'agenda' | 'unread' | 'listeners'>
  #stepped: SimulatedRun | null = null

  constructor(options: HospitalOptions) {
    checkHospital(options)
    this.#options = options
    for (const program of options.programs) this.#pathways.set(program.process, prepare(load(program, options.site)))
    this.#chance = chanceOf(options.seed, options.replication ?? 0)
    const { runs, ledger, agenda, unread, listeners, ...counters } = options.state ? copyOf(options.state) : emptyState(options)
    this.#state = counters
    this.#ledger = createLedger(ledger, options.site)
    this.#heap.entries.push(...agenda)
    for (const run of runs) this.#runs.set(run.id, run)
    this.#mailbox = createMailbox(unread)
    for (const { kind, name, run, wait, key } of listeners) listen(this.#mailbox, kind, name, this.#runs.get(run)!, wait, key)
    for (const { id } of options.streams ?? []) this.#state.positions[id] ??= { index: 0, at: options.start }
    if (!options.state) this.#open()
  }

  /** Hospital time of the last thing that happened, or to which `run` came. */
  get at(): number {
    return this.#state.at
  }

  get runs(): ReadonlyMap<string, SimulatedRun> {
    return this.#runs
  }

  /** Runs begun and over so far, by pathway: begun = over + inside. */
  get counts(): { started: Readonly<Record<string, number>>; ended: Readonly<Record<string, number>> } {
    return { started: this.#state.started, ended: this.#state.ended }
  }

  /** The resources, for `explain` and statistics. Whoever changes them changes the simulation. */
  get ledger(): Ledger {
    return this.#ledger
  }

  /** Plans a patient: a run of a pathway at a time, whose chance belongs to `patient`. */
  admit(pathway: string, at: number, patient: string, variables: Variables): void {
    this.#pathwayOf(pathway)
    this.#plan(at, PlannedKind.arrival, { type: 'start', pathway, patient, variables })
  }

  /** Plans a message from outside: to the first run that listens for it, else to a pathway that begins with it, else kept. */
  send(at: number, { name, key, payload }: Letter): void {
    this.#plan(at, PlannedKind.message, { type: 'message', name, key, payload })
  }

  /** Does all that happens up to a time, inclusive. */
  run(until: number): void {
    for (const stream of this.#options.streams ?? []) this.#planArrival(stream, until)
    for (let next = peekEvent(this.#heap); next !== undefined && next.at <= until; next = peekEvent(this.#heap)) {
      popEvent(this.#heap)
      this.#state.at = next.at
      this.#happen(next.item, until)
      this.#settle()
    }
    if (Number.isFinite(until) && until > this.#state.at) this.#state.at = until
  }

  /** Everything, as plain JSON that nothing else refers to. */
  state(): HospitalState {
    return copyOf({
      ...this.#state,
      runs: [...this.#runs.values()],
      ledger: snapshotOf(this.#ledger),
      agenda: this.#heap.entries,
      unread: this.#mailbox.unread,
      listeners: listenersOf(this.#mailbox),
    })
  }

  #open(): void {
    applyCalendars(this.#ledger, this.at)
    this.#planCalendar()
    this.#allocate()
    this.#settle()
  }

  #plan(at: number, kind: number, item: Planned): void {
    pushEvent(this.#heap, { at, kind, sequence: this.#state.nextSequence++, item })
  }

  #planCalendar(): void {
    const next = nextCalendarChange(this.#ledger, this.at)
    if (Number.isFinite(next)) this.#plan(next, PlannedKind.calendar, { type: 'calendar', chained: true })
  }

  /** One arrival of each stream is planned at most: the next. */
  #planArrival(stream: Stream, until: number): void {
    if (this.#heap.entries.some(({ item }) => item.type === 'arrival' && item.stream === stream.id)) return
    this.#planNextArrival(stream, until)
  }

  #planNextArrival(stream: Stream, until: number): void {
    const position = this.#state.positions[stream.id]!
    const arrival = nextArrival(stream.rates, position, this.#keyOf(stream.id), this.#options.site, until)
    if (arrival) this.#plan(arrival.at, PlannedKind.arrival, { type: 'arrival', stream: stream.id, index: arrival.index })
  }

  #happen(item: Planned, until: number): void {
    switch (item.type) {
      case 'calendar':
        applyCalendars(this.#ledger, this.at)
        if (item.chained) this.#planCalendar()
        return this.#allocate()
      case 'task':
        return this.#complete(item.run, item.wait)
      case 'timer': {
        const run = this.#runs.get(item.run)
        const wait = run?.instance.marking.waits.find((open) => open.id === item.wait)
        if (run && wait?.due === this.at) this.#deliver(run, { type: 'elapsed', at: this.at, wait: item.wait })
        return
      }
      case 'delivery':
        restock(this.#ledger, item.pool, item.lot, item.quantity, item.expiresAt)
        return this.#allocate()
      case 'message':
        return this.#post(item, '', this.#keyOf(item.name))
      case 'arrival':
        return this.#arrive(item.stream, item.index, until)
      case 'start':
        this.#begin(item.pathway, -1, item.variables, item.patient, this.#keyOf(item.patient))
    }
  }

  #arrive(id: string, index: number, until: number): void {
    const stream = this.#options.streams?.find((candidate) => candidate.id === id)
    if (!stream) return
    const key = within(this.#keyOf(id), index)
    this.#begin(stream.pathway, -1, stream.variables(index, this.at, key), `${id}-${index}`, key)
    this.#planNextArrival(stream, until)
  }

  #complete(id: string, wait: number): void {
    const run = this.#runs.get(id)
    const position = run?.tasks.findIndex((task) => task.wait === wait) ?? -1
    if (!run || position < 0) return
    const task = run.tasks[position]!
    run.tasks.splice(position, 1)
    const simulated = this.#simulated(run)
    const result = outcomesOf(simulated, run, task, this.at)
    const name = simulated.program.nodes[task.node]!.task?.activity ?? ''
    const activity = this.#options.activities?.[name]
    if (activity) Object.assign(result, activity({ inputs: task.inputs, at: this.at, run: id, wait, ledger: this.#ledger }))
    this.#deliver(run, { type: 'completed', at: this.at, wait, result })
  }

  #begin(
    pathway: string,
    start: number,
    variables: Variables,
    patient: string,
    key: ChanceKey,
    more: { holds?: ReceivedHold[]; caller?: SimulatedRun['caller']; turnsOver?: string } = {},
  ): SimulatedRun {
    const simulated = this.#pathwayOf(pathway)
    const run: SimulatedRun = {
      id: `${pathway}-${++this.#state.nextRun}`,
      pathway,
      hash: simulated.program.hash,
      instance: begin(simulated.executable),
      patient,
      startedAt: this.at,
      key,
      iterations: {},
      tasks: [],
      caller: more.caller ?? null,
      called: {},
      turnsOver: more.turnsOver ?? '',
    }
    this.#runs.set(run.id, run)
    count(this.#state.started, pathway)
    this.#options.observer?.started?.(run, this.at)
    this.#deliver(run, { type: 'started', at: this.at, start, variables, holds: more.holds ?? [] })
    return run
  }

  #deliver(run: SimulatedRun, event: Event): void {
    this.#deliveries.push({ run, event })
  }

  /** Steps everything that is due now, and what follows from it, in order. */
  #settle(): void {
    for (let index = 0; index < this.#deliveries.length; index++) {
      const { run, event } = this.#deliveries[index]!
      this.#step(run, event)
    }
    this.#deliveries.length = 0
  }

  #step(run: SimulatedRun, event: Event): void {
    if (isOver(run.instance)) {
      // A grant that a cancellation crossed.
      if (event.type === 'granted') for (const { hold } of event.grants) release(this.#ledger, run.id, hold, this.at)
      return this.#allocate()
    }
    // A message that another of this very moment crossed.
    if ((event.type === 'received' || event.type === 'failed') && !run.instance.marking.waits.some(({ id }) => id === event.wait))
      return
    this.#stepped = run
    step(this.#simulated(run).executable, run.instance, event, this.#host)
    for (const effect of this.#effects) this.#carryOut(run, effect)
    this.#effects.length = 0
    this.#allocate()
  }

  #carryOut(run: SimulatedRun, effect: Effect): void {
    switch (effect.type) {
      case 'record':
        return this.#options.observer?.recorded?.(run, effect, this.at)
      case 'acquire':
        return this.#acquire(run, effect)
      case 'occupy':
        return occupy(this.#ledger, run.id, effect.hold, this.at)
      case 'release':
        return release(this.#ledger, run.id, effect.hold, this.at)
      case 'perform': {
        const task = beginTask(this.#simulated(run), run, effect, this.at)
        run.tasks.push(task)
        return this.#plan(task.done, PlannedKind.task, { type: 'task', run: run.id, wait: task.wait })
      }
      case 'wake':
        return this.#plan(Math.max(effect.at, this.at), PlannedKind.timer, { type: 'timer', run: run.id, wait: effect.wait })
      case 'subscribe': {
        const letter = listen(this.#mailbox, effect.kind, effect.name, run, effect.wait, effect.key)
        if (letter) this.#deliver(run, { type: 'received', at: this.at, wait: effect.wait, payload: letter.payload })
        return
      }
      case 'cancel':
        return this.#cancel(run, effect)
      case 'send': {
        const key = within(within(run.key, wordOf(effect.name)), iterationOf(run, `send ${effect.name}`))
        return effect.kind === 'message' ? this.#post(effect, run.patient, key) : this.#broadcast(effect, run.patient, key)
      }
      case 'call':
        return this.#call(run, effect)
      case 'end':
        return this.#end(run, effect)
    }
  }

  #acquire(run: SimulatedRun, { wait, needs, priority, slot }: Extract<Effect, { type: 'acquire' }>): void {
    request(this.#ledger, { holder: run.id, wait, needs, priority, slot, at: this.at })
    if (slot && slot.start > this.at) this.#plan(slot.start, PlannedKind.calendar, { type: 'calendar', chained: false })
  }

  #cancel(run: SimulatedRun, { wait, kind }: Extract<Effect, { type: 'cancel' }>): void {
    switch (kind) {
      case 'request':
        withdraw(this.#ledger, run.id, wait)
        return
      case 'task':
        run.tasks = run.tasks.filter((task) => task.wait !== wait)
        return
      case 'call': {
        const called = this.#runs.get(run.called[wait] ?? '')
        if (called) this.#deliver(called, { type: 'cancelled', at: this.at, reason: 'The caller no longer waits for it.' })
        return
      }
      case 'message':
      case 'signal':
        return stopListening(this.#mailbox, kind, run, wait)
    }
  }

  #post(letter: Letter, patient: string, key: ChanceKey): void {
    const [hearer] = hearers(this.#mailbox, 'message', letter.name, letter.key)
    if (hearer) {
      this.#deliver(hearer.run, { type: 'received', at: this.at, wait: hearer.wait, payload: letter.payload })
    } else if (!this.#beginBy(EventKind.message, letter, patient, key)) {
      const { name, payload } = letter
      this.#mailbox.unread.push({ name, key: letter.key, payload })
    }
  }

  #broadcast(letter: Letter, patient: string, key: ChanceKey): void {
    for (const { run, wait } of hearers(this.#mailbox, 'signal', letter.name, letter.key))
      this.#deliver(run, { type: 'received', at: this.at, wait, payload: letter.payload })
    this.#beginBy(EventKind.signal, letter, patient, key)
  }

  /** A message begins one run, a signal one of each pathway that begins with it. */
  #beginBy(kind: EventKind, { name, payload }: Letter, patient: string, key: ChanceKey): boolean {
    let begun = false
    for (const { program } of this.#pathways.values()) {
      const { nodes } = program
      const start = nodes[0]!.starts.find((node) => nodes[node]!.event?.kind === kind && nodes[node]!.event!.name === name)
      if (start === undefined) continue
      this.#begin(program.process, start, payload, patient, within(key, wordOf(program.process)))
      begun = true
      if (kind === EventKind.message) break
    }
    return begun
  }

  #call(run: SimulatedRun, { wait, node, process, variables, holds }: Extract<Effect, { type: 'call' }>): void {
    const { words, program } = this.#simulated(run)
    const key = within(within(run.key, words[node]!), iterationOf(run, `call ${program.nodes[node]!.id}`))
    const received = holds.map(({ as, units, lent }) => ({ name: as, units, lent }))
    const called = this.#begin(process, -1, variables, run.patient, key, { holds: received, caller: { run: run.id, wait } })
    run.called[wait] = called.id
    holds.forEach((hold: CalledHold, index) => {
      // The engine numbers what a run begins with from 1, in this order.
      if (!hold.lent) transfer(this.#ledger, run.id, hold.hold, called.id, index + 1)
    })
  }

  #end(run: SimulatedRun, { outcome, error }: Extract<Effect, { type: 'end' }>): void {
    this.#runs.delete(run.id)
    count(this.#state.ended, run.pathway)
    this.#options.observer?.ended?.(run, this.at)
    if (run.turnsOver !== '') turnedOver(this.#ledger, run.turnsOver, outcome === 'completed', this.at)
    const caller = run.caller && this.#runs.get(run.caller.run)
    if (!run.caller || !caller) return
    const { wait } = run.caller
    delete caller.called[wait]
    this.#deliver(caller, { type: 'runEnded', at: this.at, wait, outcome, variables: run.instance.variables[0]!, error })
  }

  #allocate(): void {
    allocate(this.#ledger, this.at)
    for (const outcome of drainOutcomes(this.#ledger)) {
      switch (outcome.type) {
        case 'granted':
          this.#deliver(this.#runs.get(outcome.holder)!, {
            type: 'granted',
            at: this.at,
            wait: outcome.wait,
            grants: outcome.grants,
          })
          break
        case 'refused':
          this.#refuse(outcome.holder, outcome.wait, outcome.error.message)
          break
        case 'turnoverDue':
          this.#turnOver(outcome.pathway, outcome.unit, outcome.after)
          break
        case 'reorderDue':
          this.#reorder(outcome.pool, outcome.quantity)
      }
    }
  }

  #refuse(holder: string, wait: number, message: string): void {
    const run = this.#runs.get(holder)
    // A run that ended in the very step in which it asked needs no answer.
    if (run) this.#deliver(run, { type: 'failed', at: this.at, wait, code: 'impossibleRequest', message })
  }

  #turnOver(pathway: string, id: string, after: string): void {
    const { name, place, pool } = unitIn(this.#ledger, id)
    // The run that left the unit may have ended in the same step.
    const left = this.#stepped?.id === after ? this.#stepped : this.#runs.get(after)!
    const iteration = iterationOf(left, `turnover ${id}`)
    const key = within(within(within(left.key, wordOf(pathway)), wordOf(id)), iteration)
    const run = this.#begin(pathway, -1, { unit: id, unitName: name, place, pool }, '', key, { turnsOver: id })
    turnoverBegun(this.#ledger, id, run.id)
  }

  #reorder(pool: string, quantity: number): void {
    const { reorder } = this.#options
    const order = this.#state.orders[pool] ?? 0
    this.#state.orders[pool] = order + 1
    if (!reorder) return
    const key = within(within(this.#chance, wordOf(`order ${pool}`)), order)
    if ('pathway' in reorder) this.#begin(reorder.pathway, -1, { pool, quantity }, '', key)
    else {
      const at = this.at + reorder.leadMs
      this.#plan(at, PlannedKind.delivery, {
        type: 'delivery',
        pool,
        lot: `${pool}-${order + 1}`,
        quantity,
        expiresAt: at + reorder.shelfLifeMs,
      })
    }
  }

  #keyOf(name: string): ChanceKey {
    return within(this.#chance, wordOf(name))
  }

  #simulated(run: SimulatedRun): Simulated {
    return this.#pathways.get(run.pathway)!
  }

  #pathwayOf(process: string): Simulated {
    const simulated = this.#pathways.get(process)
    if (!simulated) throw new ImpossibleHospital(process, 'No such pathway is simulated', 'Add its program.')
    return simulated
  }
}

const count = (counts: Record<string, number>, pathway: string): void => {
  counts[pathway] = (counts[pathway] ?? 0) + 1
}

const copyOf = (state: HospitalState): HospitalState => JSON.parse(JSON.stringify(state)) as HospitalState

const emptyState = ({ ledger, start }: HospitalOptions): HospitalState => ({
  at: start,
  runs: [],
  ledger,
  agenda: [],
  nextSequence: 0,
  nextRun: 0,
  positions: {},
  unread: [],
  listeners: [],
  orders: {},
  started: {},
  ended: {},
})
