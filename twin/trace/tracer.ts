/** Writes a trace: told what begins and ends, who asks and who holds, it works out where everybody is. */
import type { Calendar, Pool, Unit } from '../../pathways/resources/contract.ts'
import type { HospitalPlaces } from '../hospital/places.ts'
import { addRow, addRun, closeTrace, emptyTrace } from './rows.ts'
import { Change, NONE, placeOfRoom, type Trace, type TracedElement, type TraceHeader } from './trace.ts'
import { NOWHERE, type Whereabouts, type WhereTables, whereIs, whereTables } from './where.ts'

export interface TracedHospital {
  name: string
  seed: number
  replication: number
  site: TraceHeader['site']
  start: number
  places: HospitalPlaces
  pools: Pick<Pool, 'id' | 'name'>[]
  /** In the order of `places.spots`. */
  units: Pick<Unit, 'id' | 'name' | 'pool' | 'calendar'>[]
  calendars: Calendar[]
  /** Runs have names of their own: a live hospital's. */
  isNamed?: boolean
}

interface Subject extends Whereabouts {
  run: number
  urgency: number
  /** The row to be completed when who accompanies it lets go: `accompanied`, then `location`. */
  accompaniedRow: number
  accompaniedSince: number
  isChanged: boolean
  isOver: boolean
}

export class Tracer {
  readonly trace: Trace
  readonly #tables: WhereTables
  readonly #subjects = new Map<string, Subject>()
  readonly #units: Map<string, number>
  readonly #pools: Map<string, number>
  readonly #pathways = new Map<string, number>()
  readonly #elements = new Map<string, number>()
  /** Whose place is to be looked at when time goes on. */
  #changed: Subject[] = []
  #at: number

  constructor({ name, seed, replication, site, start, places, pools, units, calendars, isNamed = false }: TracedHospital) {
    this.#units = new Map(units.map(({ id }, index) => [id, index]))
    this.#pools = new Map(pools.map(({ id }, index) => [id, index]))
    const calendarIndex = new Map(calendars.map(({ id }, index) => [id, index]))
    const traced = units.map((unit) => ({
      id: unit.id,
      name: unit.name,
      pool: this.#pools.get(unit.pool)!,
      calendar: calendarIndex.get(unit.calendar) ?? -1,
    }))
    this.#tables = whereTables(
      places,
      traced.map(({ pool }) => pool),
      pools.length,
    )
    this.#at = Math.floor(start / 60_000) * 60_000
    const header: TraceHeader = {
      name,
      seed,
      replication,
      site,
      start: this.#at,
      end: this.#at,
      places,
      pools: pools.map((pool) => ({ id: pool.id, name: pool.name })),
      units: traced,
      calendars,
      pathways: [],
      elements: [],
      streams: [],
      interventions: [],
      closures: [],
    }
    this.trace = emptyTrace(header, isNamed)
  }

  /** @param id of a run that nobody called: what it calls is itself. @param number what tells it from others of its pathway. */
  began(id: string, pathway: string, number: number, at: number): void {
    this.#passTo(at)
    const index = this.#pathwayOf(pathway)
    const run = addRun(this.trace, index, number, id)
    this.#subjects.set(id, {
      run,
      held: [],
      waitsFor: [],
      turnsOver: -1,
      seen: -1,
      sightedIn: -1,
      place: NOWHERE,
      urgency: 0,
      accompaniedRow: -1,
      accompaniedSince: 0,
      isChanged: false,
      isOver: false,
    })
    addRow(this.trace, at, run, Change.began, index)
  }

  turnsOver(id: string, unit: string, at: number): void {
    const [subject, index] = [this.#subjects.get(id), this.#units.get(unit)]
    if (!subject || index === undefined) return
    this.#passTo(at)
    subject.turnsOver = index
    addRow(this.trace, at, subject.run, Change.turnsOver, index)
    this.#change(subject)
  }

  over(id: string, at: number): void {
    const subject = this.#subjects.get(id)
    if (!subject) return
    this.#passTo(at)
    subject.isOver = true
    this.#change(subject)
  }

  urgency(id: string, urgency: number, at: number): void {
    const subject = this.#subjects.get(id)
    if (!subject || subject.urgency === urgency) return
    this.#passTo(at)
    subject.urgency = urgency
    addRow(this.trace, at, subject.run, Change.urgency, urgency)
  }

  /** @param element by index, see `element`. */
  step(id: string, element: number, at: number): void {
    const subject = this.#subjects.get(id)
    if (!subject) return
    this.#passTo(at)
    addRow(this.trace, at, subject.run, Change.step, element)
  }

  /** Somebody says where it is: it is there unless what it holds or waits for says otherwise. @param area by index, -1 for nowhere known. */
  seen(id: string, area: number, at: number): void {
    const subject = this.#subjects.get(id)
    const waiting = area < 0 ? -1 : this.#tables.places.areas[area]!.waiting
    const place = waiting < 0 ? -1 : placeOfRoom(this.trace, waiting)
    if (!subject || subject.seen === place) return
    this.#passTo(at)
    subject.seen = place
    this.#change(subject)
  }

  /** A beacon has seen whom or what a run is for: it is there, whatever it holds or waits for. @param room by index, -1 once that is too long ago. */
  sighted(id: string, room: number, at: number): void {
    const subject = this.#subjects.get(id)
    if (!subject || subject.sightedIn === room) return
    this.#passTo(at)
    subject.sightedIn = room
    this.#change(subject)
  }

  /** A beacon has seen a unit. @param room by index, -1 once that is too long ago. */
  unitSighted(unit: string, room: number, at: number): void {
    const index = this.#units.get(unit)
    if (index === undefined) return
    this.#passTo(at)
    addRow(this.trace, at, index, Change.sighted, room < 0 ? NONE : placeOfRoom(this.trace, room))
  }

  waits(id: string, element: number, pools: readonly string[], at: number): void {
    const subject = this.#subjects.get(id)
    if (!subject) return
    this.#passTo(at)
    const asked = this.trace.elements[element]!.pools
    for (const pool of pools) {
      const index = this.#pools.get(pool)
      if (index === undefined) continue
      if (!asked.includes(index)) asked.push(index)
      subject.waitsFor.push(index)
    }
    addRow(this.trace, at, subject.run, Change.waits, element)
    this.#change(subject)
  }

  answered(id: string, element: number, pools: readonly string[], at: number): void {
    const subject = this.#subjects.get(id)
    if (!subject) return
    this.#passTo(at)
    for (const pool of pools) remove(subject.waitsFor, this.#pools.get(pool)!)
    addRow(this.trace, at, subject.run, Change.answered, element)
    this.#change(subject)
  }

  holds(id: string, unit: string, at: number): void {
    const [subject, index] = [this.#subjects.get(id), this.#units.get(unit)]
    if (!subject || index === undefined) return
    this.#passTo(at)
    addRow(this.trace, at, subject.run, Change.holds, index)
    subject.held.push(index)
    this.#change(subject)
  }

  gives(id: string, unit: string, at: number): void {
    const [subject, index] = [this.#subjects.get(id), this.#units.get(unit)]
    if (!subject || index === undefined) return
    this.#passTo(at)
    addRow(this.trace, at, subject.run, Change.gives, index)
    remove(subject.held, index)
    this.#change(subject)
  }

  /** The index of an element, for `step`, `waits` and `answered`. */
  element(pathway: string, id: string, name: string): number {
    const key = `${pathway} ${id}`
    const known = this.#elements.get(key)
    if (known !== undefined) return known
    const element: TracedElement = { pathway: this.#pathwayOf(pathway), id, name, pools: [] }
    const index = this.trace.elements.push(element) - 1
    this.#elements.set(key, index)
    return index
  }

  /** Nothing happens any more until then: what has happened is written. */
  passTo(at: number): void {
    this.#passTo(at)
    this.#settle()
    this.trace.end = Math.max(this.trace.end, at)
  }

  /** The whole trace, up to a time. */
  finish(at: number): Trace {
    this.passTo(at)
    return closeTrace(this.trace)
  }

  #pathwayOf(pathway: string): number {
    const known = this.#pathways.get(pathway)
    if (known !== undefined) return known
    const index = this.trace.pathways.push(pathway) - 1
    this.#pathways.set(pathway, index)
    return index
  }

  #change(subject: Subject): void {
    if (subject.isChanged) return
    subject.isChanged = true
    this.#changed.push(subject)
  }

  #passTo(at: number): void {
    if (at <= this.#at) return
    this.#settle()
    this.#at = at
  }

  /** Places are looked at when all of a moment has happened: who gives a cubicle back and goes to a bed is not nowhere in between. */
  #settle(): void {
    for (const subject of this.#changed) {
      subject.isChanged = false
      this.#place(subject)
      if (!subject.isOver) continue
      addRow(this.trace, this.#at, subject.run, Change.over, 0)
      this.#subjects.delete(this.#idOf(subject))
    }
    this.#changed.length = 0
  }

  #idOf({ run }: Subject): string {
    const { runs, pathways } = this.trace
    return runs.ids ? runs.ids[run]! : `${pathways[runs.pathway[run]!]}-${runs.number[run]}`
  }

  #place(subject: Subject): void {
    const { trace } = this
    // Whom beacons see on the way is where they see them.
    const porters = subject.sightedIn < 0 && subject.held.some((unit) => this.#tables.places.spots[unit]!.look === 'porter')
    const isAccompanied = subject.accompaniedRow >= 0
    if (porters && !isAccompanied && subject.place !== NOWHERE) {
      subject.accompaniedSince = this.#at
      subject.accompaniedRow = addRow(trace, this.#at, subject.run, Change.accompanied, 0)
      addRow(trace, this.#at, subject.run, Change.location, subject.place)
      return
    }
    if (porters && isAccompanied) return
    const isOut = subject.isOver && subject.turnsOver < 0
    const place = isOut ? placeOfRoom(trace, trace.places.entrance) : whereIs(this.#tables, subject)
    if (isAccompanied && !trace.runs.ids) {
      trace.columns.value[subject.accompaniedRow] = Math.round((this.#at - subject.accompaniedSince) / 1_000)
      trace.columns.value[subject.accompaniedRow + 1] = place
    } else if (place !== subject.place && place !== NONE && !(isOut && subject.place === NOWHERE))
      addRow(trace, this.#at, subject.run, Change.location, place)
    subject.accompaniedRow = -1
    subject.place = place
  }
}

const remove = (list: number[], value: number): void => {
  const index = list.indexOf(value)
  if (index >= 0) list.splice(index, 1)
}
