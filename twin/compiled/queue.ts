/**
 * The requests that wait for one pool, as in `pathways/resources/queue.ts`: a lane for each priority, higher first, in order of arrival. A
 * request is a run and a serial number; what has left stays in its lane until it comes to the head, told by a serial that is its run's no more.
 */
import { grownFloats, grownInts } from './agenda.ts'

/** Whether a request still waits: a run's serial number is that of its last request. */
export type Waits = (run: number, serial: number) => boolean

export class Lane {
  readonly priority: number
  /** Of a power of two: the n-th place from `head` stands at `(head + n) & (runs.length - 1)`. */
  runs = new Int32Array(16)
  serials = new Float64Array(16)
  head = 0
  length = 0
  readonly #waits: Waits

  constructor(priority: number, waits: Waits) {
    this.priority = priority
    this.#waits = waits
  }

  push(run: number, serial: number): void {
    if (this.length === this.runs.length) this.#makeRoom()
    const place = (this.head + this.length++) & (this.runs.length - 1)
    this.runs[place] = run
    this.serials[place] = serial
  }

  dropHead(): void {
    this.head = (this.head + 1) & (this.runs.length - 1)
    this.length--
  }

  /** Moves those that wait to the front, and doubles the room when they fill more than half of it. */
  #makeRoom(): void {
    const { runs, serials, head, length } = this
    const mask = runs.length - 1
    const kept: number[] = []
    for (let place = 0; place < length; place++) {
      const from = (head + place) & mask
      if (this.#waits(runs[from]!, serials[from]!)) kept.push(runs[from]!, serials[from]!)
    }
    if (kept.length > runs.length) {
      this.runs = grownInts(runs)
      this.serials = grownFloats(serials)
    }
    this.head = 0
    this.length = kept.length / 2
    for (let place = 0; place < this.length; place++) {
      this.runs[place] = kept[2 * place]!
      this.serials[place] = kept[2 * place + 1]!
    }
  }
}

/** Empty lanes are kept for who comes next, up to so many. */
const LANES_KEPT = 16

export class Queue {
  /** By priority, highest first. */
  readonly lanes: Lane[] = []
  /** Those that wait. */
  size = 0
  readonly #waits: Waits

  constructor(waits: Waits) {
    this.#waits = waits
  }

  push(run: number, serial: number, priority: number): void {
    const { lanes } = this
    let index = 0
    while (index < lanes.length && lanes[index]!.priority > priority) index++
    let lane = lanes[index]
    if (lane === undefined || lane.priority !== priority) {
      lane = new Lane(priority, this.#waits)
      lanes.splice(index, 0, lane)
    }
    lane.push(run, serial)
    this.size++
  }

  /** After requests left: lanes that hold nobody are not walked for ever. */
  tidy(): void {
    const { lanes } = this
    if (lanes.length <= LANES_KEPT) return
    for (let index = lanes.length - 1; index >= 0; index--) if (lanes[index]!.length === 0) lanes.splice(index, 1)
  }
}
