/**
 * A hospital whose pathways are stepped directly, as objects: the same patients, the same chance, the same order of everything as
 * `simulate/hospital.ts`, to the byte. That one is the measure of this one, and takes what this one cannot.
 */
import { applyCalendars, circularWaits, restock, setClosed, unitIn } from '../../pathways/resources/index.ts'
import { type Beyond, Beyond as BeyondError } from '../compiled/beyond.ts'
import type { Gauges } from '../compiled/index.ts'
import { nextArrival } from '../simulate/arrivals.ts'
import { ArrivingByRates } from '../simulate/arriving.ts'
import { type ChanceKey, within, wordOf } from '../simulate/chance.ts'
import type { HospitalOptions, Stream } from '../simulate/options.ts'
import { PlannedKind } from '../simulate/state.ts'
import { type Run, WaitKind } from './run.ts'
import { type Planned, World } from './world.ts'

interface Source {
  stream: Stream
  key: ChanceKey
  byRates: ArrivingByRates | null
  position: { index: number; at: number }
  /** Planned so far. */
  patients: number
  /** The next patient is planned. */
  isPlanned: boolean
  next: number
}

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
  if (state) throw new BeyondError('hospital', 'it goes on from another one')
  if (unitChanges.some(({ work }) => work !== undefined)) throw new BeyondError('hospital', 'work that stops where units close')
  if (Object.keys(pools).length > 0) throw new BeyondError('hospital', 'breakdowns or shifts')
}

export class DirectHospital {
  readonly #world: World
  readonly #sources: Source[]
  /** By unit: for how many reasons it is out of service, where that has changed. */
  readonly #outages: Record<string, number> = {}

  constructor(options: HospitalOptions, gauges: Gauges) {
    const world = new World(options, gauges)
    this.#world = world
    this.#sources = (options.streams ?? []).map((stream) => {
      const { arrivals } = stream
      const key = within(world.chance, wordOf(stream.id))
      return {
        stream,
        key,
        byRates: 'rates' in arrivals ? new ArrivingByRates(arrivals.rates, key, options.site, options.start) : null,
        position: { index: 0, at: options.start },
        patients: 0,
        isPlanned: false,
        next: 0,
      }
    })
    applyCalendars(world.ledger, world.at)
    world.planCalendar()
    for (const { at, units, closed } of options.unitChanges ?? [])
      world.agenda.push(at, PlannedKind.calendar, { type: 'closing', units, closed })
    world.allocateNow()
    world.settle()
  }

  get at(): number {
    return this.#world.at
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
        for (const unit of item.units) this.#setOutage(unit, item.closed)
        return world.allocateNow()
      case 'delivery':
        restock(world.ledger, item.pool, item.lot, item.quantity, item.expiresAt)
        return world.allocateNow()
    }
  }

  #setOutage(id: string, isOut: boolean): void {
    const { ledger, at } = this.#world
    const reasons = (this.#outages[id] ?? (unitIn(ledger, id).outOfService ? 1 : 0)) + (isOut ? 1 : -1)
    this.#outages[id] = Math.max(0, reasons)
    setClosed(ledger, id, reasons > 0, at)
  }

  #planNextArrival(source: Source, place: number, until: number): void {
    const { stream, position, key, byRates } = source
    source.isPlanned = false
    if (stream.limit !== undefined && source.patients >= stream.limit) return
    let at: number
    if (byRates) {
      if (!byRates.advance(until)) return
      source.next = byRates.index
      at = Math.round(byRates.at)
    } else {
      const arrival = nextArrival(stream.arrivals, position, key, this.#world.options.site, until)
      if (!arrival) return
      source.next = arrival.index
      at = arrival.at
    }
    source.isPlanned = true
    source.patients++
    this.#world.agenda.push(at, PlannedKind.arrival, { type: 'arrival', source: place })
  }

  #arrive(place: number, until: number): void {
    const world = this.#world
    const { at } = world
    const source = this.#sources[place]!
    const { stream, next } = source
    const { id, changes, message } = stream
    const key = within(source.key, next)
    const pathway = changes?.find((change) => at >= change.from && at < change.until)?.pathway ?? stream.pathway
    const together = stream.admits?.(at, key) === false ? 0 : (stream.together?.(key) ?? 1)
    for (let number = 0; number < together; number++) {
      // The first of a group is who comes where nobody else does.
      const own = number === 0 ? key : within(key, number)
      const patient = number === 0 ? `${id}-${next}` : `${id}-${next}.${number}`
      const variables = stream.variables(next, at, own)
      if (message) world.post({ name: message.name, key: message.key(variables), payload: variables }, patient, own)
      else world.begin(pathway, null, variables, patient, own)
    }
    this.#planNextArrival(source, place, until)
  }
}

/** Whether a run does nothing but wait for resources, or for runs that it called. */
const waitsForOthersOnly = (run: Run | undefined): boolean => {
  const waits = run?.activations.flatMap((activation) => activation.waits) ?? []
  return waits.length > 0 && waits.every(({ kind }) => kind === WaitKind.request || kind === WaitKind.call)
}
