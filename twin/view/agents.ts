/**
 * Everybody and everything that moves, as it stands at a time: positions in metres, in typed arrays that are used again and again. What the
 * 3D view and the plan draw, and what their tests count.
 */
import type { Look } from '../hospital/places-file.ts'
import { NONE } from '../trace/trace.ts'
import { type Measures, measuresOf } from './measures.ts'
import { PATHWAY_TINTS, URGENCIES } from './palette.ts'
import type { Playback } from './playback.ts'

export const Role = { patient: 0, nurse: 1, physician: 2, porter: 3, cleaner: 4, cart: 5 } as const
export const Pose = { standing: 0, walking: 1, lying: 2, sitting: 3, carried: 4 } as const
/** What tells patients apart by colour: how urgent they are, or the pathway of the step that they are at. */
export type TintKind = 'urgency' | 'pathway'

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
const PUSH_METRES = 1.35
const BESIDE_METRES = 0.75

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
  /** Of patients, an index into `TINT_COLOURS`. */
  tint = new Uint8Array(1024)
  /** Always the same of the same one. */
  seed = new Uint8Array(1024)
  /** 1 for who waits. */
  waiting = new Uint8Array(1024)
  /** 1 for who is on the way. */
  walks = new Uint8Array(1024)
  /** A run, or UNIT + a unit. */
  id = new Uint32Array(1024)
  /** The room where one is, or goes to. */
  room = new Int32Array(1024)
  /** By unit. */
  readonly #roles: Uint8Array
  #minute = -1
  readonly #drawn = { row: -1, present: -1, tintBy: '' }
  readonly #drawnAt = new Float64Array(1)
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
  readonly #walk = new Float64Array(1)
  tintBy: TintKind = 'urgency'

  constructor(playback: Playback) {
    const { trace } = playback
    this.playback = playback
    this.#roles = Uint8Array.from(trace.places.spots, ({ look }) => ROLE_OF_LOOK[look] ?? Role.nurse)
    this.#measures = measuresOf(trace.places)
    this.#lies = Uint8Array.from(trace.places.spots, ({ look }) => (LIE.includes(look) ? 1 : 0))
    this.#firstIn = new Int32Array(trace.places.rooms.length)
    this.#lastIn = new Int32Array(trace.places.rooms.length)
    this.#nextIn = new Int32Array(playback.place.length)
    this.#slot = new Int32Array(playback.place.length)
    this.#besides = new Uint8Array(trace.places.spots.length + trace.places.rooms.length)
  }

  /** Puts everybody where they are at the playback's time. */
  update(): void {
    const { playback } = this
    const isLater = playback.at >= this.#drawnAt[0]!
    this.#drawnAt[0] = playback.at
    if (isLater && this.#isAsBefore() && this.#walkOn()) return
    const { present, presentCount } = playback
    this.count = 0
    this.#minute = Math.floor(playback.at / 60_000)
    this.#reserve(presentCount + playback.holder.length)
    this.#queue()
    this.#drawn.row = playback.row
    this.#drawn.present = presentCount
    this.#drawn.tintBy = this.tintBy
    for (let index = 0; index < presentCount; index++) if (this.#putRun(this.count, present[index]!)) this.count++
    this.#besides.fill(0)
    for (let unit = 0; unit < playback.holder.length; unit++)
      if (playback.isMobile[unit] && this.#putUnit(this.count, unit)) this.count++
  }

  /** Nothing has happened since everybody was put: at most some have walked on. */
  #isAsBefore(): boolean {
    const { playback } = this
    return (
      this.#drawn.row === playback.row &&
      this.#drawn.present === playback.presentCount &&
      this.#drawn.tintBy === this.tintBy &&
      this.#minute === Math.floor(playback.at / 60_000)
    )
  }

  /** Moves those who walk. @returns false when one has arrived, and others may have to make room. */
  #walkOn(): boolean {
    for (let index = 0; index < this.count; index++) {
      if (this.walks[index] === 0) continue
      const id = this.id[index]!
      if (id >= UNIT) this.#putUnit(index, id - UNIT)
      else this.#putRun(index, id)
      if (this.walks[index] === 0) return false
    }
    return true
  }

  /** The agent that is a run or UNIT + a unit; -1 when it is not there. */
  indexOf(id: number): number {
    for (let index = 0; index < this.count; index++) if (this.id[index] === id) return index
    return -1
  }

  /** @returns whether it is anywhere to be seen. */
  #putRun(index: number, run: number): boolean {
    const { playback } = this
    const place = playback.place[run]!
    if (place === NONE || playback.turnsOver[run]! >= 0) return false
    const { trace, at } = playback
    const room = this.#roomOf(place)
    this.id[index] = run
    this.role[index] = Role.patient
    this.room[index] = room
    this.urgency[index] = playback.urgency[run]!
    this.tint[index] = this.tintBy === 'urgency' ? playback.urgency[run]! : this.#pathwayTint(run)
    this.seed[index] = (run * 167) & 255
    this.waiting[index] = playback.waiting[run]! > 0 && !playback.isOver[run] ? 1 : 0
    if (at < playback.movedAt[run]! + playback.movedMs[run]! && this.#walksFrom(playback.fromNode[run]!, place)) {
      this.#walk[0] = (at - playback.movedAt[run]!) / playback.movedMs[run]!
      this.#putWalking(index, playback.fromNode[run]!, this.#measures.roomNode[room]!)
      if (this.#isPushed(run)) this.pose[index] = Pose.carried
      return true
    }
    this.walks[index] = 0
    if (place < trace.places.spots.length) {
      const { spotX, spotZ, spotSin, spotCos, roomFloor } = this.#measures
      const lies = this.#lies[place] === 1
      this.pose[index] = lies ? Pose.lying : Pose.standing
      this.x[index] = lies ? spotX[place]! : spotX[place]! + 0.9
      this.z[index] = spotZ[place]!
      this.floor[index] = roomFloor[room]!
      this.sin[index] = spotSin[place]!
      this.cos[index] = spotCos[place]!
      return true
    }
    this.#seat(index, room, this.#slot[run]!)
    return true
  }

  #putUnit(index: number, unit: number): boolean {
    const { playback } = this
    const { trace, at, opening } = playback
    const holder = playback.holder[unit]!
    const place = playback.unitPlace[unit]!
    const walks =
      at < playback.unitMovedAt[unit]! + playback.unitMovedMs[unit]! && this.#walksFrom(playback.unitFromNode[unit]!, place)
    // Whoever's hours are over goes home once nobody needs them.
    if (holder === NONE && opening.isClosed[unit] === 1 && !walks) return false
    const { spotX, spotZ, spotSin, spotCos, roomFloor, roomX, roomZ, roomNode } = this.#measures
    const spots = trace.places.spots.length
    const room = this.#roomOf(place)
    const role = this.#roles[unit]!
    this.id[index] = UNIT + unit
    this.role[index] = role
    this.room[index] = room
    this.urgency[index] = 0
    this.tint[index] = 0
    this.waiting[index] = 0
    this.seed[index] = (unit * 101 + 13) & 255
    if (walks) {
      this.#walk[0] = (at - playback.unitMovedAt[unit]!) / playback.unitMovedMs[unit]!
      this.#putWalking(index, playback.unitFromNode[unit]!, roomNode[room]!)
      if (holder === NONE) return true
      // Who pushes somebody walks behind, who goes along walks beside.
      if (role === Role.porter) {
        this.x[index]! -= this.sin[index]! * PUSH_METRES
        this.z[index]! -= this.cos[index]! * PUSH_METRES
      } else {
        this.x[index]! -= this.cos[index]! * BESIDE_METRES
        this.z[index]! += this.sin[index]! * BESIDE_METRES
      }
      return true
    }
    this.walks[index] = 0
    this.pose[index] = Pose.standing
    this.floor[index] = roomFloor[room]!
    if (place === unit) {
      this.x[index] = spotX[unit]!
      this.z[index] = spotZ[unit]!
      this.sin[index] = spotSin[unit]!
      this.cos[index] = spotCos[unit]!
      return true
    }
    // Beside whom they serve, each a step further round.
    const turn = this.#besides[place]!++ * 1.1 + 0.6
    const sin = Math.sin(turn)
    const cos = Math.cos(turn)
    const apart = place < spots && this.#lies[place] === 1 ? 1.15 : 0.7
    this.x[index] = (place < spots ? spotX[place]! : roomX[room]!) + apart * sin
    this.z[index] = (place < spots ? spotZ[place]! : roomZ[room]!) + apart * cos
    this.sin[index] = -sin
    this.cos[index] = -cos
    return true
  }

  /** Puts an agent on its way from a node to another, as far as `#walk` says. */
  #putWalking(index: number, from: number, end: number): void {
    const { paths, trace } = this.playback
    const { graph } = trace.places
    const left = paths.metresTo(end)
    const toward = paths.towardTo(end)
    const whole = left[from]!
    const metres = whole * Math.max(0, this.#walk[0]!)
    let node = from
    let next = toward[node]!
    while (next >= 0 && whole - left[next]! <= metres) {
      node = next
      next = toward[node]!
    }
    this.pose[index] = Pose.walking
    this.walks[index] = 1
    const { nodeX, nodeZ, nodeFloor } = this.#measures
    if (next < 0) next = node
    const dx = nodeX[next]! - nodeX[node]!
    const dz = nodeZ[next]! - nodeZ[node]!
    const length = Math.sqrt(dx * dx + dz * dz)
    const share = (metres - whole + left[node]!) / Math.max(0.001, left[node]! - left[next]!)
    // People keep to the right; who goes by lift stands in it.
    const aside = length > 2 ? 0.45 : 0
    this.sin[index] = length > 0 ? dx / length : 0
    this.cos[index] = length > 0 ? dz / length : 1
    this.x[index] = nodeX[node]! + dx * share - this.cos[index]! * aside
    this.z[index] = nodeZ[node]! + dz * share + this.sin[index]! * aside
    this.floor[index] = nodeFloor[node]! + (nodeFloor[next]! - nodeFloor[node]!) * share
    if (length === 0 && graph.floor[node] !== graph.floor[next]) this.pose[index] = Pose.standing
  }

  #roomOf(place: number): number {
    const { spotRoom } = this.#measures
    return place < spotRoom.length ? spotRoom[place]! : place - spotRoom.length
  }

  #isPushed(run: number): boolean {
    const { heldFirst, heldNext } = this.playback
    for (let unit = heldFirst[run]!; unit >= 0; unit = heldNext[unit]!) if (this.#roles[unit] === Role.porter) return true
    return false
  }

  #pathwayTint(run: number): number {
    const { trace, step } = this.playback
    const element = trace.elements[step[run]!]
    return URGENCIES + ((element ? element.pathway : trace.runs.pathway[run]!) % PATHWAY_TINTS)
  }

  /** Whether there is a way to go: one may be there already. */
  #walksFrom(node: number, place: number): boolean {
    return node >= 0 && node !== this.#measures.roomNode[this.#roomOf(place)]!
  }

  /** The slot-th place of those who wait in a room: rows of seats, the first in front of the door; before a desk a line that winds. */
  #seat(index: number, room: number, slot: number): void {
    const { roomX, roomZ, roomWidth, roomDepth, roomFloor, roomIsLine, roomColumns, roomRows } = this.#measures
    const stands = roomIsLine[room] === 1
    const columns = roomColumns[room]!
    const rows = roomRows[room]!
    const row = (slot / columns) | 0
    const column = row % 2 === 0 ? slot % columns : columns - 1 - (slot % columns)
    // When all seats are taken people stand between the rows.
    const round = (row / rows) | 0
    this.x[index] = roomX[room]! + ((column + 0.5) / columns - 0.5) * (roomWidth[room]! - 0.8) + (round % 2) * 0.4
    this.z[index] = roomZ[room]! + (((row % rows) + 0.5) / rows - 0.5) * (roomDepth[room]! - 0.6) + (round % 2) * 0.5
    this.floor[index] = roomFloor[room]!
    this.pose[index] = stands || round > 0 ? Pose.standing : Pose.sitting
    // In a line one looks at who is before, on a seat at who is opposite.
    this.sin[index] = stands ? (row % 2 === 0 ? -1 : 1) : 0
    this.cos[index] = stands ? 0 : row % 2 === 0 ? 1 : -1
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
    this.tint = new Uint8Array(size)
    this.walks = new Uint8Array(size)
    this.seed = new Uint8Array(size)
    this.waiting = new Uint8Array(size)
    this.id = new Uint32Array(size)
    this.room = new Int32Array(size)
  }
}
