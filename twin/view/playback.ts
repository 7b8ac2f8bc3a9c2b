/**
 * The hospital of a trace as it is at a time: a fold of its rows, from the nearest checkpoint on. Everything is in typed arrays by run and
 * by unit; nothing is allocated while time goes on.
 */
import { Change, minuteOfRow, NONE, placeOfRoom, roomOfPlace, rowAfter, type Trace } from '../trace/trace.ts'
import { type Checkpoint, restoreFields, takeCheckpoint } from './checkpoint.ts'
import { Opening } from './opening.ts'
import { Paths } from './paths.ts'

/** Metres a second. */
export const WALK = 1.3
const ROWS_APART = 1 << 15

/** A row as it is played, for whoever counts. */
export type Listener = (run: number, change: number, value: number, at: number) => void

export class Playback {
  readonly trace: Trace
  readonly paths: Paths
  at: number
  /** Runs that have begun and are not over, in no order, wherever they are; the first `presentCount` count. */
  present: Uint32Array = new Uint32Array(1024)
  presentCount = 0
  // By run.
  place: Uint32Array
  fromNode: Int32Array
  movedAt: Float64Array
  movedMs: Float32Array
  waiting: Uint8Array
  waitsFor: Int32Array
  waitsSince: Float64Array
  step: Int32Array
  urgency: Uint8Array
  isOver: Uint8Array
  turnsOver: Int32Array
  heldFirst: Int32Array
  // By unit.
  /** The run that has it, NONE for nobody. */
  readonly holder: Uint32Array
  readonly heldNext: Int32Array
  /** The run that makes it usable, NONE for none. */
  readonly cleaner: Uint32Array
  readonly unitPlace: Uint32Array
  /** Where a beacon has just seen it, NONE where none has: until then it goes with whoever has it. */
  readonly unitSighted: Uint32Array
  readonly unitFromNode: Int32Array
  readonly unitMovedAt: Float64Array
  readonly unitMovedMs: Float32Array
  readonly isMobile: Uint8Array
  readonly opening: Opening
  onRow: Listener | null = null
  #checkpoints: Checkpoint[] = []
  readonly #presentIndex: { at: Int32Array }
  #row = 0
  #accompaniedMs = 0

  /** @param paths shared by all who look at one hospital. */
  constructor(trace: Trace, paths = new Paths(trace.places)) {
    this.trace = trace
    this.paths = paths
    this.at = trace.start
    const runs = Math.max(trace.runs.count, 1024)
    this.place = new Uint32Array(runs)
    this.fromNode = new Int32Array(runs)
    this.movedAt = new Float64Array(runs)
    this.movedMs = new Float32Array(runs)
    this.waiting = new Uint8Array(runs)
    this.waitsFor = new Int32Array(runs)
    this.waitsSince = new Float64Array(runs)
    this.step = new Int32Array(runs)
    this.urgency = new Uint8Array(runs)
    this.isOver = new Uint8Array(runs)
    this.turnsOver = new Int32Array(runs)
    this.heldFirst = new Int32Array(runs)
    this.#presentIndex = { at: new Int32Array(runs).fill(-1) }
    const units = trace.units.length
    this.holder = new Uint32Array(units)
    this.heldNext = new Int32Array(units)
    this.cleaner = new Uint32Array(units)
    this.unitPlace = new Uint32Array(units)
    this.unitSighted = new Uint32Array(units)
    this.unitFromNode = new Int32Array(units)
    this.unitMovedAt = new Float64Array(units)
    this.unitMovedMs = new Float32Array(units)
    this.isMobile = Uint8Array.from(trace.places.spots, ({ look }) => (STANDING.has(look) ? 0 : 1))
    this.opening = new Opening(trace)
    this.#reset()
  }

  /** Goes through the whole trace once, leaving checkpoints: from then on any time is near one. */
  index(): void {
    this.#checkpoints.length = 0
    this.#reset()
    while (this.#row < this.trace.rows) {
      this.#checkpoints.push(takeCheckpoint(this, this.#row))
      this.#playTo(Math.min(this.trace.rows, this.#row + ROWS_APART))
      this.#sweep()
    }
    this.seek(this.trace.start)
  }

  /** Another playback of the same trace, with the same checkpoints and ways. */
  copy(): Playback {
    const other = new Playback(this.trace, this.paths)
    other.#checkpoints = this.#checkpoints
    return other
  }

  /** The hospital at a time; before the trace, as it begins; after it, as it ends. */
  seek(at: number): void {
    const row = rowAfter(this.trace, at)
    if (row < this.#row || row > this.#row + ROWS_APART * 2) {
      let nearest: Checkpoint | undefined
      for (const checkpoint of this.#checkpoints) if (checkpoint.row <= row) nearest = checkpoint
      if (nearest && (row < this.#row || nearest.row > this.#row)) this.#restore(nearest)
      else if (row < this.#row) this.#reset()
    }
    this.#playTo(row)
    this.at = at
    this.opening.update(at)
    this.#sweep()
  }

  /** How many rows have happened: while it is the same, nothing has. */
  get row(): number {
    return this.#row
  }

  /** Bytes of what is kept besides the trace. */
  get bytes(): number {
    const sizes = this.#checkpoints.map(
      ({ present, runFields, unitFields }) => present.byteLength + runFields.byteLength + unitFields.byteLength,
    )
    return sizes.reduce((sum, size) => sum + size, this.place.length * 49 + this.holder.length * 37)
  }

  #nodeOf(place: number): number {
    const { trace } = this
    return trace.places.rooms[roomOfPlace(trace, place)]!.node
  }

  #reset(): void {
    this.#row = 0
    this.at = this.trace.start
    for (let index = 0; index < this.presentCount; index++) this.#presentIndex.at[this.present[index]!] = -1
    this.presentCount = 0
    this.holder.fill(NONE)
    this.heldNext.fill(-1)
    this.cleaner.fill(NONE)
    this.unitSighted.fill(NONE)
    this.unitFromNode.fill(-1)
    this.unitMovedAt.fill(0)
    this.unitMovedMs.fill(0)
    for (let unit = 0; unit < this.unitPlace.length; unit++) this.unitPlace[unit] = unit
    this.heldFirst.fill(-1)
    this.place.fill(NONE)
    this.isOver.fill(0)
    this.waiting.fill(0)
    this.urgency.fill(0)
  }

  #playTo(end: number): void {
    const { columns, minuteRows, start } = this.trace
    if (this.trace.runs.count > this.place.length) this.#grow()
    let minute = this.#row < end ? minuteOfRow(this.trace, this.#row) : 0
    for (; this.#row < end; this.#row++) {
      while (minute + 1 < this.trace.minutes && minuteRows[minute + 1]! <= this.#row) minute++
      const at = start + minute * 60_000 + columns.ms[this.#row]!
      this.at = at
      this.#apply(columns.run[this.#row]!, columns.change[this.#row]!, columns.value[this.#row]!, at)
    }
  }

  #apply(run: number, change: number, value: number, at: number): void {
    this.onRow?.(run, change, value, at)
    switch (change) {
      case Change.began:
        this.place[run] = NONE
        this.waiting[run] = 0
        this.waitsFor[run] = -1
        this.step[run] = -1
        this.urgency[run] = 0
        this.isOver[run] = 0
        this.turnsOver[run] = -1
        this.heldFirst[run] = -1
        this.#enter(run)
        return
      case Change.over:
        this.isOver[run] = 1
        if (this.turnsOver[run]! >= 0) this.cleaner[this.turnsOver[run]!] = NONE
        if (this.turnsOver[run]! >= 0 || this.place[run] === NONE) this.#leave(run)
        return
      case Change.urgency:
        this.urgency[run] = value
        return
      case Change.step:
        this.step[run] = value
        return
      case Change.accompanied:
        this.#accompaniedMs = value * 1_000
        return
      case Change.location:
        return this.#move(run, value, at)
      case Change.waits:
        if (this.waiting[run]! === 0) this.waitsSince[run] = at
        this.waiting[run]!++
        this.waitsFor[run] = value
        return
      case Change.answered:
        if (this.waiting[run]! > 0) this.waiting[run]!--
        return
      case Change.holds:
        this.holder[value] = run
        this.heldNext[value] = this.heldFirst[run]!
        this.heldFirst[run] = value
        if (this.isMobile[value] && this.place[run] !== NONE) this.#carryUnit(value, this.place[run]!, at, 0)
        return
      case Change.gives:
        this.#unhold(run, value)
        if (this.isMobile[value]) this.#carryUnit(value, value, at, 0)
        return
      case Change.turnsOver:
        this.turnsOver[run] = value
        this.cleaner[value] = run
        return
      case Change.sighted:
        this.#sight(run, value, at)
    }
  }

  #sight(unit: number, place: number, at: number): void {
    this.unitSighted[unit] = place
    if (!this.isMobile[unit]) return
    const holder = this.holder[unit]!
    const derived = holder === NONE || this.place[holder] === NONE ? unit : this.place[holder]!
    this.#moveUnit(unit, place === NONE ? derived : place, at, 0)
  }

  #move(run: number, place: number, at: number): void {
    const before = this.place[run]!
    const lasts = this.#accompaniedMs
    this.#accompaniedMs = 0
    if (before === NONE) {
      // Who comes walks in from the entrance; what is cleaned is there already.
      const isThere = this.turnsOver[run]! >= 0
      this.fromNode[run] = isThere ? -1 : this.#nodeOf(placeOfRoom(this.trace, this.trace.places.entrance))
    } else this.fromNode[run] = this.#whereOnWay(this.fromNode[run]!, before, this.movedAt[run]!, this.movedMs[run]!, at)
    this.place[run] = place
    this.movedAt[run] = at
    this.movedMs[run] = lasts > 0 ? lasts : this.#walkMs(this.fromNode[run]!, place)
    for (let unit = this.heldFirst[run]!; unit >= 0; unit = this.heldNext[unit]!)
      if (this.isMobile[unit]) this.#carryUnit(unit, place, at, lasts)
  }

  /** A unit goes with whoever has it, unless a beacon sees it elsewhere. */
  #carryUnit(unit: number, place: number, at: number, lasts: number): void {
    if (this.unitSighted[unit] === NONE) this.#moveUnit(unit, place, at, lasts)
  }

  #moveUnit(unit: number, place: number, at: number, lasts: number): void {
    const before = this.unitPlace[unit]!
    if (before === place) return
    this.unitFromNode[unit] = this.#whereOnWay(
      this.unitFromNode[unit]!,
      before,
      this.unitMovedAt[unit]!,
      this.unitMovedMs[unit]!,
      at,
    )
    this.unitPlace[unit] = place
    this.unitMovedAt[unit] = at
    this.unitMovedMs[unit] = lasts > 0 ? lasts : this.#walkMs(this.unitFromNode[unit]!, place)
  }

  /** The node one is at, or has last passed. */
  #whereOnWay(from: number, place: number, movedAt: number, movedMs: number, at: number): number {
    const end = this.#nodeOf(place)
    if (from < 0 || movedMs <= 0 || at >= movedAt + movedMs) return end
    return this.paths.after(from, end, (this.paths.metres(from, end) * (at - movedAt)) / movedMs)
  }

  #walkMs(from: number, place: number): number {
    return from < 0 ? 0 : (this.paths.metres(from, this.#nodeOf(place)) / WALK) * 1_000
  }

  #unhold(run: number, unit: number): void {
    this.holder[unit] = NONE
    if (this.heldFirst[run] === unit) this.heldFirst[run] = this.heldNext[unit]!
    else
      for (let other = this.heldFirst[run]!; other >= 0; other = this.heldNext[other]!)
        if (this.heldNext[other] === unit) {
          this.heldNext[other] = this.heldNext[unit]!
          break
        }
    this.heldNext[unit] = -1
  }

  #enter(run: number): void {
    if (this.presentCount === this.present.length) {
      const larger = new Uint32Array(this.present.length * 2)
      larger.set(this.present)
      this.present = larger
    }
    this.#presentIndex.at[run] = this.presentCount
    this.present[this.presentCount++] = run
  }

  #leave(run: number): void {
    const index = this.#presentIndex.at[run]!
    if (index < 0) return
    const last = this.present[--this.presentCount]!
    this.present[index] = last
    this.#presentIndex.at[last] = index
    this.#presentIndex.at[run] = -1
  }

  /** Whoever has left is gone once they have walked out. */
  #sweep(): void {
    for (let index = this.presentCount - 1; index >= 0; index--) {
      const run = this.present[index]!
      if (this.isOver[run] && this.at >= this.movedAt[run]! + this.movedMs[run]!) this.#leave(run)
    }
  }

  #restore(checkpoint: Checkpoint): void {
    this.#reset()
    this.#row = checkpoint.row
    for (const run of checkpoint.present) this.#enter(run)
    restoreFields(this, checkpoint)
  }

  #grow(): void {
    const runs = this.trace.runs.count * 2
    const larger = <Column extends Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array>(
      column: Column,
    ): Column => {
      const next = new (column.constructor as new (length: number) => Column)(runs)
      next.set(column as never)
      return next
    }
    this.place = larger(this.place)
    this.fromNode = larger(this.fromNode)
    this.movedAt = larger(this.movedAt)
    this.movedMs = larger(this.movedMs)
    this.waiting = larger(this.waiting)
    this.waitsFor = larger(this.waitsFor)
    this.waitsSince = larger(this.waitsSince)
    this.step = larger(this.step)
    this.urgency = larger(this.urgency)
    this.isOver = larger(this.isOver)
    this.turnsOver = larger(this.turnsOver)
    this.heldFirst = larger(this.heldFirst)
    const index = new Int32Array(runs).fill(-1)
    index.set(this.#presentIndex.at)
    this.#presentIndex.at = index
  }
}

/** What stays where it is, whoever has it. */
const STANDING = new Set(['bed', 'cubicle', 'theatre', 'recovery', 'room', 'machine'])
