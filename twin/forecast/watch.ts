/** What a forecast is about: numbers of a hospital, hour by hour. Named by what they are, units last. */
import { NodeKind, type Program } from '../../pathways/language/program.ts'
import type { LedgerSnapshot } from '../../pathways/resources/contract.ts'
import { nextCalendarChange } from '../../pathways/resources/index.ts'
import type { Ledger } from '../../pathways/resources/ledger.ts'
import type { Gauges, PoolGauges, ProgramGauges } from '../compiled/index.ts'
import type { Hospital, Observer, SimulatedRun } from '../simulate/index.ts'

/** A level is as it is at the end of each hour; a flow is what happened during it. */
export type SeriesKind = 'level' | 'flow'

export interface SeriesName {
  name: string
  kind: SeriesKind
}

const minuteMs = 60_000
export const hourMs = 3_600_000

/** Where the numbers of a pathway stand among the series; -1 for none. */
interface Places {
  inside: number
  started: number
  completed: number
  /** By node of a version. */
  present: Int32Array
  waiting: Int32Array
  reached: Int32Array
  /** By node: the pools whose units it takes to keep, beyond itself. */
  taken: string[][]
}

interface PoolPlaces {
  occupied: number
  free: number
  /** -1 for pools whose units nobody makes usable again. */
  dirty: number
  closed: number
  waiting: number
  /** Requests of those who keep a unit of another pool meanwhile; -1 for pools that nothing is kept of. */
  boarding: number
  overrun: number
  /** By unit id, of pools that stand in several places. */
  byPlace: Map<string, number>
}

/** All series of a hospital, in one order whoever asks. */
export class Series {
  readonly names: SeriesName[] = []
  /** By hash of a version. */
  readonly pathways = new Map<string, Places>()
  /** By process: those of the version that is given first. */
  readonly current = new Map<string, Places>()
  readonly pools = new Map<string, PoolPlaces>()
  readonly #index = new Map<string, number>()

  constructor(programs: Program[], { pools, units }: Pick<LedgerSnapshot, 'pools' | 'units'>) {
    for (const program of programs) {
      const places = this.#pathway(program)
      this.pathways.set(program.hash, places)
      if (!this.current.has(program.process)) this.current.set(program.process, places)
    }
    const kept = new Set(programs.flatMap(({ holds }) => holds.map(({ pool }) => pool)))
    for (const pool of pools) if (pool.kind === 'units') this.pools.set(pool.id, this.#pool(pool, units, kept.has(pool.id)))
  }

  #at(name: string, kind: SeriesKind = 'level'): number {
    const known = this.#index.get(name)
    if (known !== undefined) return known
    this.#index.set(name, this.names.length)
    return this.names.push({ name, kind }) - 1
  }

  #pathway({ process, nodes, holds }: Program): Places {
    const worksAt = nodes.map(({ duration, durationBy, needs, takes, event }) => {
      return event === null && (duration !== null || durationBy !== undefined || needs.length + takes.length > 0)
    })
    return {
      inside: this.#at(`${process}.inside`),
      started: this.#at(`${process}.started`, 'flow'),
      completed: this.#at(`${process}.completed`, 'flow'),
      present: Int32Array.from(nodes, ({ id }, node) => (worksAt[node] ? this.#at(`${process}.${id}.present`) : -1)),
      waiting: Int32Array.from(nodes, ({ id, needs, takes }) =>
        needs.length + takes.length > 0 ? this.#at(`${process}.${id}.waiting`) : -1,
      ),
      reached: Int32Array.from(nodes, ({ id, kind, scope }) =>
        kind === NodeKind.endEvent && scope === 0 ? this.#at(`${process}.${id}.reached`, 'flow') : -1,
      ),
      taken: nodes.map(({ takes }) => takes.map((take) => holds[take]!.pool)),
    }
  }

  #pool({ id: pool, turnover }: LedgerSnapshot['pools'][number], all: LedgerSnapshot['units'], isKept: boolean): PoolPlaces {
    const units = all.filter((unit) => unit.pool === pool)
    const wards = units.map(({ place }) => place.split('/')[0]!)
    const byPlace = new Map<string, number>()
    if (new Set(wards).size > 1)
      for (const [index, { id }] of units.entries()) byPlace.set(id, this.#at(`pool.${pool}.${wards[index]}.occupied`))
    return {
      occupied: this.#at(`pool.${pool}.occupied`),
      free: this.#at(`pool.${pool}.free`),
      dirty: turnover === '' ? -1 : this.#at(`pool.${pool}.dirty`),
      closed: this.#at(`pool.${pool}.closed`),
      waiting: this.#at(`pool.${pool}.waiting`),
      boarding: isKept ? this.#at(`pool.${pool}.boarding`) : -1,
      overrun: units.some(({ calendar }) => calendar !== '') ? this.#at(`pool.${pool}.overrunMinutes`, 'flow') : -1,
      byPlace,
    }
  }
}

/** A hospital as it is read, by whatever it is simulated. */
export type Watched = Pick<Hospital, 'at' | 'ledger' | 'eachRun' | 'askedBy'>

/** Watches one hospital: it is given to it, as an observer or as gauges, then `begin` is told of it, then `read` at each full hour since. */
export class Watch implements Gauges {
  readonly observer: Observer
  readonly #series: Series
  readonly #values: Float64Array
  #hospital: Watched | null = null
  #since = 0

  constructor(series: Series) {
    this.#series = series
    this.#values = new Float64Array(series.names.length)
    const places = ({ hash }: SimulatedRun) => series.pathways.get(hash)!
    this.observer = {
      started: (run) => this.#add(places(run).started, 1),
      ended: (run) => {
        if (run.instance.marking.outcome === 'completed') this.#add(places(run).completed, 1)
      },
      recorded: (run, { event, element }) => {
        if (event === 'entered') this.#add(places(run).reached[element]!, 1)
      },
      held: (pool, change, at, units) => {
        if (change < 0) for (const unit of units) this.#overrun(this.#hospital!.ledger, pool, unit, at)
      },
    }
  }

  program(process: string): ProgramGauges {
    const { started, completed, reached } = this.#series.current.get(process)!
    return {
      started: () => this.#add(started, 1),
      completed: () => this.#add(completed, 1),
      reached: (node) => this.#add(reached[node]!, 1),
      waited: unnoted,
      unserved: unnoted,
    }
  }

  pool(id: string): PoolGauges {
    return {
      held: UNNOTED,
      queue: UNNOTED,
      returning: (units, at) => {
        for (const unit of units) this.#overrun(this.#hospital!.ledger, id, unit, at)
      },
    }
  }

  begin(hospital: Watched): void {
    this.#hospital = hospital
    this.#since = hospital.at
    // From when each calendar is as it is: for all that it says of the time before, from now on.
    nextCalendarChange(hospital.ledger, hospital.at)
  }

  /** Every series now: levels, and flows since it was last read. */
  read(): Float64Array {
    const hospital = this.#hospital!
    const { ledger, at } = hospital
    hospital.eachRun((hash, open) => this.#readRun(hash, open))
    this.#readPools(ledger, at)
    this.#readQueues(hospital)
    this.#since = at
    const read = this.#values.slice()
    this.#values.fill(0)
    return read
  }

  #add(place: number, value: number): void {
    if (place >= 0) this.#values[place]! += value
  }

  #readRun(hash: string, open: number[]): void {
    const { inside, present } = this.#series.pathways.get(hash)!
    this.#values[inside]!++
    for (let index = 0; index < open.length; index++) this.#add(present[open[index]!]!, 1)
  }

  #readPools(ledger: Ledger, at: number): void {
    for (const [id, { occupied, free, dirty, closed, byPlace, overrun }] of this.#series.pools) {
      for (const { unit } of ledger.pools.get(id)!.units) {
        if (unit.state === 'occupied' || unit.state === 'reserved') {
          this.#values[occupied]!++
          this.#add(byPlace.get(unit.id) ?? -1, 1)
          if (overrun >= 0) this.#overrun(ledger, id, unit.id, at)
        } else if (unit.state === 'dirty') this.#add(dirty, 1)
        else if (unit.state === 'closed') this.#values[closed]!++
        else this.#values[free]!++
      }
    }
  }

  #readQueues(hospital: Watched): void {
    const { ledger } = hospital
    for (const [holder, { requests, held }] of ledger.holders) {
      for (const { request, state, groups } of requests) {
        if (state !== 'waiting') continue
        for (const { pool } of groups) {
          const places = this.#series.pools.get(pool.pool.id)
          if (places) this.#values[places.waiting]!++
        }
        const asked = hospital.askedBy(holder, request.wait)
        if (!asked) continue
        const { waiting, taken } = this.#series.pathways.get(asked.hash)!
        this.#add(waiting[asked.node]!, 1)
        for (const pool of taken[asked.node]!)
          if (held.some((each) => each.held.pool !== pool && each.units.length > 0))
            this.#add(this.#series.pools.get(pool)?.boarding ?? -1, 1)
      }
    }
  }

  /** A unit that is in use past its closing: the minutes since, or since the last reading. */
  #overrun(ledger: Ledger, pool: string, id: string, at: number): void {
    const place = this.#series.pools.get(pool)?.overrun ?? -1
    if (place < 0) return
    const { calendar } = ledger.units.get(id)!.unit
    const hours = calendar === '' ? undefined : ledger.calendars.get(calendar)
    if (hours && !hours.open && at > hours.from) this.#add(place, (at - Math.max(hours.from, this.#since)) / minuteMs)
  }
}

const unnoted = () => {}
/** How many units are held, or asked for, is read of the hospital itself. */
const UNNOTED = { change: unnoted }
