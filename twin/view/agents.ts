/**
 * Everybody and everything that moves, as it stands at a time: positions in metres, in typed arrays that are used again and again. What the
 * 3D view and the plan draw, and what their tests count.
 */
import type { Calendar } from '../../pathways/resources/contract.ts'
import { localTime } from '../../pathways/time/site.ts'
import type { HospitalPlaces } from '../hospital/places.ts'
import type { Look } from '../hospital/places-file.ts'
import { NONE, roomOfPlace } from '../trace/trace.ts'
import type { Playback } from './playback.ts'

export const Role = { patient: 0, nurse: 1, physician: 2, porter: 3, cleaner: 4, cart: 5 } as const
export const Pose = { standing: 0, walking: 1, lying: 2, sitting: 3 } as const

const ROLE_OF_LOOK: Partial<Record<Look, number>> = {
  nurse: Role.nurse,
  clerk: Role.nurse,
  physician: Role.physician,
  team: Role.physician,
  porter: Role.porter,
  cleaner: Role.cleaner,
  cart: Role.cart,
}
const LIE: readonly Look[] = ['bed', 'cubicle', 'theatre', 'recovery', 'room']
/** A unit's number among agents: runs come first. */
export const UNIT = 0x80000000
const SEAT_METRES = 0.85

export class Agents {
  readonly playback: Playback
  count = 0
  x = new Float32Array(1024)
  z = new Float32Array(1024)
  /** Index of a floor; between two of them in a lift. */
  floor = new Float32Array(1024)
  /** Sine and cosine of which way one looks: 0 is south. */
  sin = new Float32Array(1024)
  cos = new Float32Array(1024)
  role = new Uint8Array(1024)
  pose = new Uint8Array(1024)
  urgency = new Uint8Array(1024)
  /** 1 for who waits. */
  waiting = new Uint8Array(1024)
  /** A run, or UNIT + a unit. */
  id = new Uint32Array(1024)
  /** The room where one is, or goes to. */
  room = new Int32Array(1024)
  /** By unit: 1 while it is somebody's hours. */
  readonly #onShift: Uint8Array
  readonly #looks: Look[]
  #minute = -1
  #queuedRow = -1
  #queuedCount = -1
  // Who waits in a room, by room, the first come first: linked lists over runs.
  readonly #firstIn: Int32Array
  readonly #lastIn: Int32Array
  #nextIn: Int32Array
  #slot: Int32Array
  readonly #besides: Uint8Array
  /** By place of a unit: one lies there. */
  readonly #lies: Uint8Array
  readonly #measures: Measures
  /** How much of a way is walked: kept here, since a number that is passed on may cost an object. */
  readonly #walk = { share: 0 }

  constructor(playback: Playback) {
    const { trace } = playback
    this.playback = playback
    this.#onShift = new Uint8Array(trace.calendars.length)
    this.#looks = trace.places.spots.map(({ look }) => look)
    this.#measures = measuresOf(trace.places)
    this.#lies = Uint8Array.from(this.#looks, (look) => (LIE.includes(look) ? 1 : 0))
    this.#firstIn = new Int32Array(trace.places.rooms.length)
    this.#lastIn = new Int32Array(trace.places.rooms.length)
    this.#nextIn = new Int32Array(playback.place.length)
    this.#slot = new Int32Array(playback.place.length)
    this.#besides = new Uint8Array(trace.places.spots.length + trace.places.rooms.length)
  }

  /** Puts everybody where they are at the playback's time. */
  update(): void {
    const { playback } = this
    const { present, presentCount } = playback
    this.count = 0
    this.#shifts()
    this.#reserve(presentCount + playback.holder.length)
    this.#queue()
    for (let index = 0; index < presentCount; index++) this.#putRun(present[index]!)
    this.#besides.fill(0)
    for (let unit = 0; unit < playback.holder.length; unit++) if (playback.isMobile[unit]) this.#putUnit(unit)
  }

  /** The agent that is a run or UNIT + a unit; -1 when it is not there. */
  indexOf(id: number): number {
    for (let index = 0; index < this.count; index++) if (this.id[index] === id) return index
    return -1
  }

  #putRun(run: number): void {
    const { playback } = this
    const place = playback.place[run]!
    if (place === NONE || playback.turnsOver[run]! >= 0) return
    const { trace, at } = playback
    const { spots } = trace.places
    const index = this.count++
    const room = roomOfPlace(trace, place)
    this.id[index] = run
    this.role[index] = Role.patient
    this.room[index] = room
    this.urgency[index] = playback.urgency[run]!
    this.waiting[index] = playback.waiting[run]! > 0 && !playback.isOver[run] ? 1 : 0
    if (at < playback.movedAt[run]! + playback.movedMs[run]! && this.#walksFrom(playback.fromNode[run]!, place)) {
      this.#walk.share = (at - playback.movedAt[run]!) / playback.movedMs[run]!
      return this.#putWalking(index, playback.fromNode[run]!, place)
    }
    if (place < spots.length) {
      const { spotX, spotZ, spotSin, spotCos, roomFloor } = this.#measures
      const lies = this.#lies[place] === 1
      this.pose[index] = lies ? Pose.lying : Pose.standing
      this.x[index] = lies ? spotX[place]! : spotX[place]! + 0.9
      this.z[index] = spotZ[place]!
      this.floor[index] = roomFloor[room]!
      this.sin[index] = spotSin[place]!
      this.cos[index] = spotCos[place]!
      return
    }
    this.pose[index] = Pose.sitting
    this.#seat(index, room, this.#slot[run]!)
  }

  #putUnit(unit: number): void {
    const { playback } = this
    const { trace, at } = playback
    const holder = playback.holder[unit]!
    const { calendar } = trace.units[unit]!
    const look = this.#looks[unit]!
    const place = playback.unitPlace[unit]!
    const walks =
      at < playback.unitMovedAt[unit]! + playback.unitMovedMs[unit]! && this.#walksFrom(playback.unitFromNode[unit]!, place)
    // Whoever's hours are over goes home once nobody needs them.
    if (holder === NONE && calendar >= 0 && !this.#onShift[calendar] && !walks) return
    const index = this.count++
    const { spots, rooms } = trace.places
    const room = roomOfPlace(trace, place)
    this.id[index] = UNIT + unit
    this.role[index] = ROLE_OF_LOOK[look] ?? Role.nurse
    this.room[index] = room
    this.urgency[index] = 0
    this.waiting[index] = 0
    if (walks) {
      this.#walk.share = (at - playback.unitMovedAt[unit]!) / playback.unitMovedMs[unit]!
      return this.#putWalking(index, playback.unitFromNode[unit]!, place)
    }
    this.pose[index] = Pose.standing
    const { floor } = rooms[room]!
    if (place === unit)
      return this.#put(index, spots[unit]!.x, spots[unit]!.z, floor, this.#measures.spotSin[unit]!, this.#measures.spotCos[unit]!)
    // Beside whom they serve, each a step further round.
    const turn = this.#besides[place]!++ * 1.1 + 0.6
    const x = place < spots.length ? spots[place]!.x : rooms[room]!.x
    const z = place < spots.length ? spots[place]!.z : rooms[room]!.z
    const apart = place < spots.length && LIE.includes(spots[place]!.look) ? 1.15 : 0.7
    this.#put(index, x + apart * Math.sin(turn), z + apart * Math.cos(turn), floor, -Math.sin(turn), -Math.cos(turn))
  }

  #putWalking(index: number, from: number, place: number): void {
    const { paths, trace } = this.playback
    const { graph, rooms } = trace.places
    const end = rooms[roomOfPlace(trace, place)]!.node
    const whole = paths.metres(from, end)
    const metres = whole * Math.max(0, this.#walk.share)
    let node = from
    let next = paths.toward(node, end)
    while (next >= 0 && whole - paths.metres(next, end) <= metres) {
      node = next
      next = paths.toward(node, end)
    }
    this.pose[index] = Pose.walking
    if (next < 0) return this.#put(index, graph.x[node]!, graph.z[node]!, graph.floor[node]!, 0, 1)
    const passed = whole - paths.metres(node, end)
    const share = (metres - passed) / Math.max(0.001, paths.metres(node, end) - paths.metres(next, end))
    const [dx, dz] = [graph.x[next]! - graph.x[node]!, graph.z[next]! - graph.z[node]!]
    const length = Math.sqrt(dx * dx + dz * dz)
    // People keep to the right.
    const aside = length > 2 ? 0.45 : 0
    this.#put(
      index,
      graph.x[node]! + dx * share - (length > 0 ? (dz / length) * aside : 0),
      graph.z[node]! + dz * share + (length > 0 ? (dx / length) * aside : 0),
      graph.floor[node]! + (graph.floor[next]! - graph.floor[node]!) * share,
      length > 0 ? dx / length : 0,
      length > 0 ? dz / length : 1,
    )
  }

  /** Whether there is a way to go: one may be there already. */
  #walksFrom(node: number, place: number): boolean {
    const { trace } = this.playback
    return node >= 0 && node !== trace.places.rooms[roomOfPlace(trace, place)]!.node
  }

  #put(index: number, x: number, z: number, floor: number, sin: number, cos: number): void {
    this.x[index] = x
    this.z[index] = z
    this.floor[index] = floor
    this.sin[index] = sin
    this.cos[index] = cos
  }

  /** The slot-th place of those who wait in a room: rows of seats, the first in front of the door. */
  #seat(index: number, room: number, slot: number): void {
    const { roomX, roomZ, roomWidth, roomDepth, roomFloor } = this.#measures
    const columns = Math.max(1, Math.floor((roomWidth[room]! - 1) / SEAT_METRES))
    const rows = Math.max(1, Math.floor((roomDepth[room]! - 0.8) / (SEAT_METRES * 1.25)))
    const row = Math.floor(slot / columns)
    const column = row % 2 === 0 ? slot % columns : columns - 1 - (slot % columns)
    // When all seats are taken people stand between the rows.
    const round = Math.floor(row / rows)
    this.x[index] = roomX[room]! + ((column + 0.5) / columns - 0.5) * (roomWidth[room]! - 0.8) + (round % 2) * 0.4
    this.z[index] = roomZ[room]! + (((row % rows) + 0.5) / rows - 0.5) * (roomDepth[room]! - 0.6) + (round % 2) * 0.5
    this.floor[index] = roomFloor[room]!
    this.sin[index] = 0
    this.cos[index] = row % 2 === 0 ? 1 : -1
  }

  /** Numbers who waits in each room by when they came. */
  #queue(): void {
    const { playback } = this
    const { present, presentCount, trace, place, movedAt } = playback
    const units = trace.places.spots.length
    // Nothing has happened since: everybody still sits where they sat.
    if (playback.row === this.#queuedRow && presentCount === this.#queuedCount) return
    this.#queuedRow = playback.row
    this.#queuedCount = presentCount
    this.#firstIn.fill(-1)
    this.#lastIn.fill(-1)
    for (let index = 0; index < presentCount; index++) {
      const run = present[index]!
      if (place[run] === NONE || place[run]! < units || playback.turnsOver[run]! >= 0) continue
      const room = place[run]! - units
      const last = this.#lastIn[room]!
      if (last >= 0 && movedAt[last]! <= movedAt[run]!) {
        // Most come in the order in which they are listed.
        this.#nextIn[last] = run
        this.#nextIn[run] = -1
        this.#lastIn[room] = run
        continue
      }
      let before = -1
      let next = this.#firstIn[room]!
      while (next >= 0 && movedAt[next]! <= movedAt[run]!) {
        before = next
        next = this.#nextIn[next]!
      }
      this.#nextIn[run] = next
      if (next < 0) this.#lastIn[room] = run
      if (before < 0) this.#firstIn[room] = run
      else this.#nextIn[before] = run
    }
    for (let room = 0; room < this.#firstIn.length; room++) {
      let slot = 0
      for (let run = this.#firstIn[room]!; run >= 0; run = this.#nextIn[run]!) this.#slot[run] = slot++
    }
  }

  #shifts(): void {
    const { trace, at } = this.playback
    const minute = Math.floor(at / 60_000)
    if (minute === this.#minute) return
    this.#minute = minute
    if (trace.calendars.length === 0) return
    const { minuteOfWeek: now } = localTime(at, trace.site)
    trace.calendars.forEach((calendar, index) => {
      this.#onShift[index] = isOpen(calendar, now) ? 1 : 0
    })
  }

  #reserve(agents: number): void {
    const { playback } = this
    if (playback.place.length > this.#nextIn.length) {
      this.#nextIn = new Int32Array(playback.place.length)
      this.#slot = new Int32Array(playback.place.length)
    }
    if (agents <= this.x.length) return
    const size = agents * 2
    this.x = new Float32Array(size)
    this.z = new Float32Array(size)
    this.floor = new Float32Array(size)
    this.sin = new Float32Array(size)
    this.cos = new Float32Array(size)
    this.role = new Uint8Array(size)
    this.pose = new Uint8Array(size)
    this.urgency = new Uint8Array(size)
    this.waiting = new Uint8Array(size)
    this.id = new Uint32Array(size)
    this.room = new Int32Array(size)
  }
}

/** Rooms and spots as columns: a number out of an object of many shapes would cost an object of its own. */
type Measures = ReturnType<typeof measuresOf>

const measuresOf = ({ rooms, spots }: HospitalPlaces) => ({
  roomX: Float32Array.from(rooms, ({ x }) => x),
  roomZ: Float32Array.from(rooms, ({ z }) => z),
  roomWidth: Float32Array.from(rooms, ({ width }) => width),
  roomDepth: Float32Array.from(rooms, ({ depth }) => depth),
  roomFloor: Uint8Array.from(rooms, ({ floor }) => floor),
  spotX: Float32Array.from(spots, ({ x }) => x),
  spotZ: Float32Array.from(spots, ({ z }) => z),
  spotSin: Float32Array.from(spots, ({ facing }) => Math.sin(facing)),
  spotCos: Float32Array.from(spots, ({ facing }) => Math.cos(facing)),
})

const WEEK = 10_080

const isOpen = ({ open }: Calendar, minute: number): boolean =>
  open.some(
    ({ fromMinute, toMinute }) =>
      (minute >= fromMinute && minute < toMinute) || (minute + WEEK >= fromMinute && minute + WEEK < toMinute),
  )
