/**
 * A hospital whose pathways are stepped directly, as objects: the same patients, the same chance, the same order of everything as
 * `simulate/hospital.ts`, to the byte. That one is the measure of this one, and takes what this one cannot.
 */
import { applyCalendars, circularWaits, type Ledger, restock } from '../../pathways/resources/index.ts'
import { type Beyond, Beyond as BeyondError } from '../compiled/beyond.ts'
import type { Gauges } from '../compiled/index.ts'
import { byTurn } from '../simulate/event-heap.ts'
import type { HospitalOptions } from '../simulate/options.ts'
import { countOutage } from '../simulate/outages.ts'
import { eachArriving, pathwayAt, Source } from '../simulate/source.ts'
import { type HospitalState, PlannedKind } from '../simulate/state.ts'
import type { Planned } from './planned.ts'
import { type Run, WaitKind } from './run.ts'
import { World } from './world.ts'

/**
 * A hospital that stands still until `run`; or the reason, where it holds something that only the general simulator does.
 */
export const directHospital = (options: HospitalOptions, gauges: Gauges): DirectHospital | Beyond => {
  try {
    mustBeKnown(options)
    return new DirectHospital(options, gauges)
  } catch (error) {
    if (error instanceof BeyondError) return error
    throw error
  }
}

const mustBeKnown = ({ state, unitChanges = [], pools = {} }: HospitalOptions): void => {
  if (state && state.batches.length > 0) throw new BeyondError('hospital', 'work that is done together')
  if (unitChanges.some(({ work }) => work !== undefined)) throw new BeyondError('hospital', 'work that stops where units close')
  if (Object.keys(pools).length > 0) throw new BeyondError('hospital', 'breakdowns or shifts')
}

export class DirectHospital {
  readonly #world: World
  readonly #sources: Source[]
  /** By unit: for how many reasons it is out of service, where that has changed. */
  readonly #outages: Record<string, number>

  constructor(options: HospitalOptions, gauges: Gauges) {
    const state = ownStateOf(options)
    const world = new World(options, gauges, state)
    this.#world = world
    this.#sources = (options.streams ?? []).map(
      (stream) => new Source(stream, world.chance, options, state?.positions[stream.id]),
    )
    this.#outages = state?.outages ?? {}
    if (state) this.#restore(state)
    else this.#open()
  }

  #open(): void {
    const world = this.#world
    applyCalendars(world.ledger, world.at)
    world.planCalendar()
    for (const { at, units, closed } of world.options.unitChanges ?? [])
      world.agenda.push(at, PlannedKind.calendar, { type: 'closing', units, closed })
    world.allocateNow()
    world.settle()
  }

  /** What is planned, in the order in which it comes. */
  #restore({ agenda }: HospitalState): void {
    const { agenda: own, runs } = this.#world
    for (const { at, kind, item } of agenda.sort(byTurn)) {
      switch (item.type) {
        case 'calendar':
        case 'delivery':
          own.push(at, kind, item)
          break
        case 'closing':
          if (item.work) throw new BeyondError('hospital', 'work that stops where units close')
          own.push(at, kind, item)
          break
        case 'task':
        case 'timer': {
          // What nobody waits for any more is forgotten.
          const wait = runs.get(item.run)?.waitOf(item.wait)
          if (wait) own.push(at, kind, { type: 'wait', wait })
          break
        }
        case 'arrival': {
          const source = this.#sources.findIndex(({ stream }) => stream.id === item.stream)
          if (source < 0) break
          this.#sources[source]!.expect(item.index)
          own.push(at, kind, { type: 'arrival', source })
          break
        }
        default:
          throw new BeyondError('hospital', `a ${item.type} that is planned`)
      }
    }
  }

  get at(): number {
    return this.#world.at
  }

  get ledger(): Ledger {
    return this.#world.ledger
  }

  eachRun(tell: (hash: string, open: number[]) => void): void {
    for (const { model, activations } of this.#world.runs.values())
      tell(
        model.program.hash,
        activations.map(({ node }) => node.index),
      )
  }

  askedBy(holder: string, wait: number): { hash: string; node: number } | undefined {
    const run = this.#world.runs.get(holder)
    const node = run?.waitOf(wait)?.node
    return run && node && { hash: run.model.program.hash, node: node.index }
  }

  /** How many runs wait for one another in a circle now. */
  get stuck(): number {
    const { runs, ledger } = this.#world
    return circularWaits(ledger, (holder) => waitsForOthersOnly(runs.get(holder))).length
  }

  /** Does all that happens up to a time, inclusive. @throws Beyond where a run comes to what is left to the engine. */
  run(until: number): void {
    const world = this.#world
    const { agenda } = world
    this.#sources.forEach((source, place) => {
      if (!source.isPlanned) this.#planNextArrival(source, place, until)
    })
    for (let { at } = agenda; at <= until && at < Number.POSITIVE_INFINITY; at = agenda.at) {
      world.at = at
      this.#happen(agenda.take(), until)
      world.settle()
    }
    if (Number.isFinite(until) && until > world.at) world.at = until
  }

  #happen(item: Planned, until: number): void {
    const world = this.#world
    switch (item.type) {
      case 'wait':
        return world.elapsed(item.wait)
      case 'arrival':
        return this.#arrive(item.source, until)
      case 'calendar':
        applyCalendars(world.ledger, world.at)
        if (item.chained) world.planCalendar()
        return world.allocateNow()
      case 'closing':
        for (const unit of item.units) countOutage(world.ledger, this.#outages, unit, item.closed, world.at)
        return world.allocateNow()
      case 'delivery':
        restock(world.ledger, item.pool, item.lot, item.quantity, item.expiresAt)
        return world.allocateNow()
    }
  }

  #planNextArrival(source: Source, place: number, until: number): void {
    if (source.plan(until)) this.#world.agenda.push(source.at, PlannedKind.arrival, { type: 'arrival', source: place })
  }

  #arrive(place: number, until: number): void {
    const world = this.#world
    const source = this.#sources[place]!
    const { stream, key, index } = source
    const { message } = stream
    const pathway = pathwayAt(stream, world.at)
    eachArriving(stream, index, world.at, key, (patient, own, variables) => {
      if (message) world.post({ name: message.name, key: message.key(variables), payload: variables }, patient, own)
      else world.begin(pathway, null, variables, patient, own)
    })
    this.#planNextArrival(source, place, until)
  }
}

/** The state that a hospital goes on from, which nobody else has. */
const ownStateOf = ({ state, ownsState }: HospitalOptions): HospitalState | null =>
  !state ? null : ownsState ? state : (JSON.parse(JSON.stringify(state)) as HospitalState)

/** Whether a run does nothing but wait for resources, or for runs that it called. */
const waitsForOthersOnly = (run: Run | undefined): boolean => {
  const waits = run?.activations.flatMap((activation) => activation.waits) ?? []
  return waits.length > 0 && waits.every(({ kind }) => kind === WaitKind.request || kind === WaitKind.call)
}
