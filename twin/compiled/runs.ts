/** The runs under way, by number, field by field: numbers of those that ended are given anew. */
import type { Variables } from '../../pathways/language/feel/value.ts'
import { grownFloats, grownInts } from './agenda.ts'

export class Runs {
  /** The step it waits at or works on. */
  step = new Int32Array(64)
  startedAt = new Float64Array(64)
  /** Its chance, lane by lane. */
  low = new Int32Array(64)
  high = new Int32Array(64)
  /** The chance of the task under way. */
  taskLow = new Int32Array(64)
  taskHigh = new Int32Array(64)
  /** Declared holds that it has, and those that it asks for or has, as bits. */
  held = new Int32Array(64)
  taken = new Int32Array(64)
  /** Its request: the hospital's order of arrival, or -1 when it waits for nothing; since when; how urgent. */
  serial = new Float64Array(64)
  since = new Float64Array(64)
  priority = new Float64Array(64)
  /** The allocation in which it was tried last. */
  tried = new Float64Array(64)
  /** What it may give up its task by, and the task itself then, as they are planned; -1 for none. */
  timer = new Int32Array(64)
  work = new Int32Array(64)
  /** 1 for a request that stands in the queues of its pools. */
  queued = new Int32Array(64)
  /** How often it has drawn at each step that may come back. */
  counts: Int32Array
  readonly variables: Variables[] = []
  readonly #counters: number
  readonly #free: number[] = []
  #size = 0

  /** @param counters of each run. */
  constructor(counters: number) {
    this.#counters = counters
    this.counts = new Int32Array(64 * counters)
  }

  /** Numbers given so far. */
  get size(): number {
    return this.#size
  }

  /** The number of a new run. */
  add(at: number, low: number, high: number): number {
    const run = this.#free.pop() ?? this.#size++
    if (run === this.step.length) this.#grow()
    if (run === this.variables.length) this.variables.push(nothing)
    this.startedAt[run] = at
    this.low[run] = low
    this.high[run] = high
    this.held[run] = 0
    this.taken[run] = 0
    this.serial[run] = -1
    this.timer[run] = -1
    this.work[run] = -1
    for (let counter = 0; counter < this.#counters; counter++) this.counts[run * this.#counters + counter] = 0
    return run
  }

  remove(run: number): void {
    if (this.variables[run] !== nothing) this.variables[run] = nothing
    this.#free.push(run)
  }

  /** How often it has drawn there before: 0 the first time, then one more each time. */
  iteration(run: number, counter: number): number {
    return counter < 0 ? 0 : this.counts[run * this.#counters + counter]!++
  }

  #grow(): void {
    for (const name of ints) this[name] = grownInts(this[name])
    for (const name of floats) this[name] = grownFloats(this[name])
    if (this.#counters > 0) this.counts = grownInts(this.counts)
  }
}

const ints = ['step', 'low', 'high', 'taskLow', 'taskHigh', 'held', 'taken', 'timer', 'work', 'queued'] as const
const floats = ['startedAt', 'serial', 'since', 'priority', 'tried'] as const
const nothing: Variables = {}
