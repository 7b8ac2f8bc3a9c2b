/** Each area at a glance: who is there and waits, how long the longest, and what calls for somebody. Columns are used again and again. */
import { type Agents, Role, UNIT } from './agents.ts'
import { unitState } from './unit-state.ts'

/** By IEC 60601-1-8: 0 for none, then low, medium and high. */
export const ALARMS = ['none', 'low', 'medium', 'high'] as const

const HOUR = 3_600_000
/** In the areas where people come by themselves, a wait this long is looked at; twice as long calls for somebody. */
const LONG_WAIT_MS = 2 * HOUR

export class AreaStates {
  readonly patients: Uint16Array
  readonly waiting: Uint16Array
  readonly staff: Uint16Array
  readonly longestMs: Float64Array
  readonly beds: Uint16Array
  readonly freeBeds: Uint16Array
  /** Index into ALARMS, by rule. */
  readonly alarm: Uint8Array
  readonly #agents: Agents
  readonly #areaOfRoom: Int32Array
  readonly #bedUnits: number[]

  constructor(agents: Agents) {
    this.#agents = agents
    const { areas, rooms, spots } = agents.playback.trace.places
    this.patients = new Uint16Array(areas.length)
    this.waiting = new Uint16Array(areas.length)
    this.staff = new Uint16Array(areas.length)
    this.longestMs = new Float64Array(areas.length)
    this.beds = new Uint16Array(areas.length)
    this.freeBeds = new Uint16Array(areas.length)
    this.alarm = new Uint8Array(areas.length)
    this.#areaOfRoom = Int32Array.from(rooms, ({ area }) => area)
    this.#bedUnits = spots.flatMap(({ look }, unit) => (look === 'bed' ? [unit] : []))
    for (const unit of this.#bedUnits) this.beds[this.#areaOfRoom[spots[unit]!.room]!]!++
  }

  /** Counts who is where now. */
  update(): void {
    const { count, room, role, waiting, id, playback } = this.#agents
    const { spots } = playback.trace.places
    for (const column of [this.patients, this.waiting, this.staff, this.longestMs, this.freeBeds]) column.fill(0)
    for (let index = 0; index < count; index++) {
      const area = this.#areaOfRoom[room[index]!]!
      if (area < 0 || role[index] === Role.cart) continue
      if (id[index]! >= UNIT) {
        this.staff[area]!++
        continue
      }
      this.patients[area]!++
      if (waiting[index] === 0) continue
      this.waiting[area]!++
      this.longestMs[area] = Math.max(this.longestMs[area]!, playback.at - playback.waitsSince[id[index]!]!)
    }
    for (const unit of this.#bedUnits)
      if (unitState(playback, unit) === 'free') this.freeBeds[this.#areaOfRoom[spots[unit]!.room]!]!++
    for (let area = 0; area < this.alarm.length; area++) {
      const longest = this.longestMs[area]!
      const isFull = this.beds[area]! > 0 && this.freeBeds[area] === 0
      this.alarm[area] = longest >= 2 * LONG_WAIT_MS ? 3 : longest >= LONG_WAIT_MS || isFull ? 2 : 0
    }
  }
}
