/**
 * The hospital in memory: the same Programs, the same `step` and the same allocator as live, with time that jumps from one event to the
 * next. Equal times go by (time, kind, order of planning), so that one seed gives one history.
 */
import { canonicalJson } from '../../pathways/language/canonical.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import {
  availabilityOf,
  type CircularWait,
  circularWaits,
  type Ledger,
  restock,
  waitsForOthersOnly,
} from '../../pathways/resources/index.ts'
import { allocateNow, planCalendar, rise } from './allocation.ts'
import { nextArrival } from './arrivals.ts'
import { batchDue, endBatch } from './batches.ts'
import { begin, deliver } from './begin.ts'
import { within, wordOf } from './chance.ts'
import { peekEvent, popEvent } from './event-heap.ts'
import { post } from './messages.ts'
import type { HospitalOptions, Stream } from './options.ts'
import { breakDown, openAndClose, planBreakdowns, repair, setOutage } from './outages.ts'
import { settle } from './running.ts'
import { eachArriving, pathwayAt } from './source.ts'
import { type HospitalState, type Letter, type Planned, PlannedKind, type SimulatedRun } from './state.ts'
import { outcomesOf } from './work.ts'
import { createWorld, keyOf, pathwayOf, plan, simulatedOf, stateOf, type World } from './world.ts'

/**
 * A hospital that stands still until `run`.
 * @throws ImpossibleHospital, ImpossibleDistribution or ImpossibleArrivals, before anything is simulated.
 */
export const createHospital = (options: HospitalOptions): Hospital => new Hospital(options)

export class Hospital {
  readonly #world: World

  constructor(options: HospitalOptions) {
    this.#world = createWorld(options)
    if (!options.state) this.#open()
  }

  /** Hospital time of the last thing that happened, or to which `run` came. */
  get at(): number {
    return this.#world.state.at
  }

  get runs(): ReadonlyMap<string, SimulatedRun> {
    return this.#world.runs
  }

  /** Tells of each run the hash of its version, and the nodes of whatever is open in it. */
  eachRun(tell: (hash: string, open: number[]) => void): void {
    for (const { hash, instance } of this.#world.runs.values())
      tell(
        hash,
        instance.marking.activations.map(({ node }) => node),
      )
  }

  /** The version and node of whoever asks for something; undefined for nobody's request. */
  askedBy(holder: string, wait: number): { hash: string; node: number } | undefined {
    const run = this.#world.runs.get(holder)
    const open = run?.instance.marking.waits.find(({ id }) => id === wait)
    return run && open && { hash: run.hash, node: open.node }
  }

  /** Runs begun and over so far, by pathway: begun = over + inside. */
  get counts(): { started: Readonly<Record<string, number>>; ended: Readonly<Record<string, number>> } {
    return { started: this.#world.state.started, ended: this.#world.state.ended }
  }

  /** The resources, for `explain` and statistics. Whoever changes them changes the simulation. */
  get ledger(): Ledger {
    return this.#world.ledger
  }

  /** Runs that wait for one another in a circle now, and will for ever. */
  get circularWaits(): CircularWait[] {
    const { runs, ledger } = this.#world
    return circularWaits(ledger, (holder) => waitsForOthersOnly(runs.get(holder)?.instance.marking.waits ?? []))
  }

  get stuck(): number {
    return this.circularWaits.length
  }

  /** Plans a patient: a run of a pathway at a time, whose chance belongs to `patient`. */
  admit(pathway: string, at: number, patient: string, variables: Variables): void {
    pathwayOf(this.#world, pathway)
    plan(this.#world, at, PlannedKind.arrival, { type: 'start', pathway, patient, variables })
  }

  /** Plans a message from outside: to the first run that listens for it, else to a pathway that begins with it, else kept. */
  send(at: number, { name, key, payload }: Letter): void {
    plan(this.#world, at, PlannedKind.message, { type: 'message', name, key, payload })
  }

  /** Does all that happens up to a time, inclusive. */
  run(until: number): void {
    for (const stream of this.#world.options.streams ?? []) this.#planArrival(stream, until)
    for (let next = peekEvent(this.#world.heap); next !== undefined && next.at <= until; next = peekEvent(this.#world.heap)) {
      popEvent(this.#world.heap)
      this.#world.state.at = next.at
      this.#happen(next.item, until)
      settle(this.#world)
    }
    if (Number.isFinite(until) && until > this.#world.state.at) this.#world.state.at = until
  }

  /** Everything, as plain JSON that nothing else refers to. */
  state(): HospitalState {
    return stateOf(this.#world)
  }

  #open(): void {
    openAndClose(this.#world)
    planCalendar(this.#world)
    planBreakdowns(this.#world)
    for (const { at, ...change } of this.#world.options.unitChanges ?? [])
      plan(this.#world, at, PlannedKind.calendar, { type: 'closing', ...change })
    allocateNow(this.#world)
    settle(this.#world)
  }

  /** One arrival of each stream is planned at most: the next. */
  #planArrival(stream: Stream, until: number): void {
    if (this.#world.heap.entries.some(({ item }) => item.type === 'arrival' && item.stream === stream.id)) return
    this.#planNextArrival(stream, until)
  }

  #planNextArrival(stream: Stream, until: number): void {
    const position = this.#world.state.positions[stream.id]!
    const { patients = 0 } = position
    if (stream.limit !== undefined && patients >= stream.limit) return
    const arrival = nextArrival(stream.arrivals, position, keyOf(this.#world, stream.id), this.#world.options.site, until)
    if (!arrival) return
    position.patients = patients + 1
    plan(this.#world, arrival.at, PlannedKind.arrival, { type: 'arrival', stream: stream.id, index: arrival.index })
  }

  #happen(item: Planned, until: number): void {
    switch (item.type) {
      case 'calendar':
        openAndClose(this.#world)
        if (item.chained) planCalendar(this.#world)
        return allocateNow(this.#world)
      case 'closing':
        for (const unit of item.units) setOutage(this.#world, unit, item.closed, item.work)
        return allocateNow(this.#world)
      case 'breakdown':
        breakDown(this.#world, item.unit, item.count)
        return allocateNow(this.#world)
      case 'repair':
        repair(this.#world, item.unit, item.count)
        return allocateNow(this.#world)
      case 'rise':
        return rise(this.#world, item.run, item.wait, item.priority)
      case 'batchDue':
        batchDue(this.#world, item.batch)
        return allocateNow(this.#world)
      case 'batchDone':
        for (const { run, wait } of endBatch(this.#world, item.batch)) this.#complete(run, wait)
        return allocateNow(this.#world)
      case 'task':
        return this.#complete(item.run, item.wait)
      case 'timer': {
        const run = this.#world.runs.get(item.run)
        const wait = run?.instance.marking.waits.find((open) => open.id === item.wait)
        // Not one that was set anew meanwhile; one that was due before it was set comes at once.
        if (run && wait && wait.due <= this.at) deliver(this.#world, run, { type: 'elapsed', at: wait.due, wait: item.wait })
        return
      }
      case 'delivery':
        restock(this.#world.ledger, item.pool, item.lot, item.quantity, item.expiresAt)
        return allocateNow(this.#world)
      case 'message':
        return post(
          this.#world,
          item,
          '',
          within(within(keyOf(this.#world, item.name), wordOf(canonicalJson(item.key))), this.at),
        )
      case 'arrival':
        return this.#arrive(item.stream, item.index, until)
      case 'event': {
        const run = this.#world.runs.get(item.run)
        if (run) deliver(this.#world, run, item.event)
        return
      }
      case 'start':
        begin(this.#world, item.pathway, -1, item.variables, item.patient, keyOf(this.#world, item.patient))
    }
  }

  #arrive(id: string, index: number, until: number): void {
    const stream = this.#world.options.streams?.find((candidate) => candidate.id === id)
    if (!stream) return
    const pathway = pathwayAt(stream, this.at)
    eachArriving(stream, index, this.at, keyOf(this.#world, id), (patient, own, variables) => {
      if (stream.message) {
        const { name, key: keyed } = stream.message
        post(this.#world, { name, key: keyed(variables), payload: variables }, patient, own)
      } else begin(this.#world, pathway, -1, variables, patient, own)
    })
    this.#planNextArrival(stream, until)
  }

  #complete(id: string, wait: number): void {
    const run = this.#world.runs.get(id)
    const position = run?.tasks.findIndex((task) => task.wait === wait) ?? -1
    if (!run || position < 0) return
    const task = run.tasks[position]!
    run.tasks.splice(position, 1)
    if (this.#world.interrupts) delete run.conduct[task.activation]
    const simulated = simulatedOf(this.#world, run)
    const result = outcomesOf(simulated, run, task, this.at)
    const name = simulated.program.nodes[task.node]!.task?.activity ?? ''
    const activity = this.#world.options.activities?.[name]
    if (activity) Object.assign(result, activity({ inputs: task.inputs, at: this.at, run: id, wait, ledger: this.#world.ledger }))
    const reads = simulated.conduct[task.node]?.reads
    if (reads)
      for (const [variable, pool] of Object.entries(reads)) result[variable] = availabilityOf(this.#world.ledger, pool, this.at)
    deliver(this.#world, run, { type: 'completed', at: this.at, wait, result })
  }
}
