/**
 * The real hospital as a trace that grows: each reading of who holds and who waits is compared with the last, and what has changed is told to
 * the same tracer that the simulator tells. Where people are follows from what they hold, as it does there.
 */
import type { HoldItem, PlacesItem, QueueItem, UnitItem } from '../../../api/types.ts'
import type { SiteTime } from '../../../pathways/time/site.ts'
import type { Trace } from '../../../twin/trace/trace.ts'
import { Tracer } from '../../../twin/trace/tracer.ts'

export interface Reading {
  /** Hospital milliseconds. */
  at: number
  holds: HoldItem[]
  units: UnitItem[]
  queue: QueueItem[]
}

interface Known {
  holds: Set<string>
  waits: Map<string, { element: number; pools: string[] }>
  turnsOver: string
}

/** Of units whose hours it is not. */
const CLOSED = { id: 'closed', open: [] }

export class LiveTrace {
  readonly #tracer: Tracer
  readonly #runs = new Map<string, Known>()
  readonly #order: Map<string, number>
  #numbers = 0

  constructor(places: PlacesItem, units: UnitItem[], pools: { id: string; name: string }[], site: SiteTime, at: number) {
    this.#order = new Map(places.spots.map(({ unit }, index) => [unit, index]))
    const byId = new Map(units.map((unit) => [unit.id, unit]))
    const inOrder = places.spots.map(({ unit, pool }) => ({ id: unit, pool, name: byId.get(unit)?.name ?? unit, calendar: '' }))
    this.#tracer = new Tracer({
      ...{ name: '', seed: 0, replication: 0, site, start: at, places, pools },
      ...{ units: inOrder, calendars: [CLOSED], isNamed: true },
    })
  }

  get trace(): Trace {
    return this.#tracer.trace
  }

  /** What has changed since the last reading. */
  read({ at, holds, units, queue }: Reading): void {
    const now = new Map<string, { holds: Set<string>; waits: Map<string, QueueItem>; pathway: string; turnsOver: string }>()
    const of = (run: string, pathway: string) => {
      const whole = wholeOf(run)
      const known = now.get(whole) ?? { holds: new Set<string>(), waits: new Map<string, QueueItem>(), pathway, turnsOver: '' }
      if (run === whole) known.pathway = pathway
      now.set(whole, known)
      return known
    }
    for (const hold of holds) for (const unit of hold.units) of(hold.run, hold.pathway).holds.add(unit)
    for (const item of queue) if (item.state !== 'planned') of(item.run, item.pathway).waits.set(`${item.run} ${item.wait}`, item)
    for (const { id, state, run, runPathway } of units) {
      if (state === 'dirty' && run) of(run, runPathway ?? '').turnsOver = id
      const index = this.#order.get(id)
      if (index !== undefined) this.trace.units[index]!.calendar = state === 'closed' ? 0 : -1
    }
    for (const [run, known] of this.#runs) this.#loosen(run, known, now.get(run), at)
    for (const [run, each] of now) this.#tighten(run, each, at)
    this.#tracer.passTo(at)
  }

  /** What a run no longer holds or waits for; who does neither any more has left, as far as can be seen. */
  #loosen(
    run: string,
    known: Known,
    now: { holds: Set<string>; waits: Map<string, QueueItem>; turnsOver: string } | undefined,
    at: number,
  ): void {
    for (const unit of [...known.holds])
      if (!now?.holds.has(unit)) {
        known.holds.delete(unit)
        this.#tracer.gives(run, unit, at)
      }
    for (const [wait, { element, pools }] of [...known.waits])
      if (!now?.waits.has(wait)) {
        known.waits.delete(wait)
        this.#tracer.answered(run, element, pools, at)
      }
    if (now) return
    this.#runs.delete(run)
    this.#tracer.over(run, at)
  }

  #tighten(
    run: string,
    {
      holds,
      waits,
      pathway,
      turnsOver,
    }: { holds: Set<string>; waits: Map<string, QueueItem>; pathway: string; turnsOver: string },
    at: number,
  ): void {
    let known = this.#runs.get(run)
    if (!known) {
      known = { holds: new Set(), waits: new Map(), turnsOver: '' }
      this.#runs.set(run, known)
      this.#tracer.began(run, pathway, ++this.#numbers, at)
    }
    if (turnsOver !== '' && known.turnsOver === '') {
      known.turnsOver = turnsOver
      this.#tracer.turnsOver(run, turnsOver, at)
    }
    for (const unit of holds)
      if (!known.holds.has(unit)) {
        known.holds.add(unit)
        this.#tracer.holds(run, unit, at)
      }
    for (const [wait, item] of waits)
      if (!known.waits.has(wait)) {
        const pools = item.needs.map(({ pool }) => pool)
        const element = this.#tracer.element(item.pathway, item.element, item.name)
        known.waits.set(wait, { element, pools })
        this.#tracer.waits(run, element, pools, at)
      }
  }
}

/** A called run is its caller's, a dot and more. */
const wholeOf = (run: string): string => run.split('.')[0]!
