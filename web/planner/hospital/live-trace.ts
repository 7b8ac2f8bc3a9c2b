/**
 * The real hospital as a trace that grows: each reading of who is there, holds and waits is compared with the last, and what has changed is told
 * to the same tracer that the simulator tells. Where people are is where a beacon has just seen them; else it follows from what they hold, as it
 * does there; else from where their task is.
 */
import type { HoldItem, PlacesItem, PresenceItem, QueueItem, UnitItem } from '../../../api/types.ts'
import type { SiteTime } from '../../../pathways/time/site.ts'
import type { Trace } from '../../../twin/trace/trace.ts'
import { Tracer } from '../../../twin/trace/tracer.ts'
import { isFresh, type Sightings } from './sightings.ts'

export interface Reading {
  /** Hospital milliseconds. */
  at: number
  holds: HoldItem[]
  units: UnitItem[]
  queue: QueueItem[]
  /** Every open run. */
  presence: PresenceItem[]
  sightings: Sightings
}

interface Known {
  step: string
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
  readonly #areas: Map<string, number>
  /** By what a sighting calls it: a room, or the room of an area where one waits. */
  readonly #rooms: Map<string, number>
  /** Where beacons see units, by the room's index. */
  readonly #unitRooms = new Map<string, number>()
  #numbers = 0

  constructor(places: PlacesItem, units: UnitItem[], pools: { id: string; name: string }[], site: SiteTime, at: number) {
    this.#areas = new Map(places.areas.map(({ place }, index) => [place, index]))
    this.#order = new Map(places.spots.map(({ unit }, index) => [unit, index]))
    this.#rooms = new Map([
      ...places.areas.map(({ place, waiting }): [string, number] => [place, waiting]),
      ...places.rooms.map(({ id }, index): [string, number] => [id, index]),
    ])
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
  read({ at, holds, units, queue, presence, sightings }: Reading): void {
    const now = new Map<string, Now>()
    const of = (run: string, pathway: string): Now => {
      const whole = wholeOf(run)
      const known: Now = now.get(whole) ?? { holds: new Set(), waits: new Map(), pathway, turnsOver: '', open: [] }
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
    for (const item of presence) {
      const area = item.place === null ? undefined : this.#areas.get(item.place.split('/')[0]!)
      // Who is followed at home, or has not come yet, is nowhere in the building.
      if (area === undefined && !now.has(wholeOf(item.run)) && !this.#runs.has(wholeOf(item.run))) continue
      of(item.run, item.pathway).open.push(item)
    }
    for (const [run, known] of this.#runs) this.#loosen(run, known, now.get(run), at)
    for (const [run, each] of now) this.#tighten(run, each, at)
    this.#see(sightings, at)
    this.#tracer.passTo(at)
  }

  /** What a run no longer holds or waits for; who is no open run any more has left. */
  #loosen(run: string, known: Known, now: Now | undefined, at: number): void {
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

  #tighten(run: string, { holds, waits, pathway, turnsOver, open }: Now, at: number): void {
    let known = this.#runs.get(run)
    if (!known) {
      known = { step: '', holds: new Set(), waits: new Map(), turnsOver: '' }
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
    this.#tell(run, known, open, at)
  }

  /** Where beacons see patients and equipment: as long as that is fresh. */
  #see(sightings: Sightings, at: number): void {
    for (const { subject, location, at: seenAt } of sightings.values()) {
      const room = isFresh(seenAt, at) ? (this.#rooms.get(location) ?? -1) : -1
      if (subject.type === 'Patient') this.#tracer.sighted(wholeOf(subject.id), room, at)
      else if ((this.#unitRooms.get(subject.id) ?? -1) !== room) {
        this.#unitRooms.set(subject.id, room)
        this.#tracer.unitSighted(subject.id, room, at)
      }
    }
  }

  /** At which step it is, where that is done, and how urgent triage found it. */
  #tell(run: string, known: Known, open: PresenceItem[], at: number): void {
    const urgency = Math.max(0, ...open.map((item) => item.urgency ?? 0))
    if (urgency > 0) this.#tracer.urgency(run, urgency, at)
    const newest = open.reduce<PresenceItem | null>(
      (best, item) => (item.since !== null && (best === null || item.since >= best.since!) ? item : best),
      null,
    )
    if (newest?.element && newest.element !== known.step) {
      known.step = newest.element
      this.#tracer.step(run, this.#tracer.element(newest.pathway, newest.element, newest.name), at)
    }
    const place = open.find((item) => item.place !== null)?.place?.split('/')[0]
    this.#tracer.seen(run, (place !== undefined ? this.#areas.get(place) : undefined) ?? -1, at)
  }
}

interface Now {
  holds: Set<string>
  waits: Map<string, QueueItem>
  pathway: string
  turnsOver: string
  /** The run and those it called. */
  open: PresenceItem[]
}

/** A called run is its caller's, a dot and more. */
const wholeOf = (run: string): string => run.split('.')[0]!
