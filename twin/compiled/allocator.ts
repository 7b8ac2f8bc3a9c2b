/**
 * Who gets what, where units of a pool are alike and nothing is reserved or planned: what `pathways/resources/allocate.ts` then comes to,
 * in counts. New requests, and those that wait where something became free, in the order in which they are served, each once.
 */
import { RunList } from './agenda.ts'
import type { Ask, Step } from './program.ts'
import { type Lane, Queue } from './queue.ts'
import type { Runs } from './runs.ts'

/** What time it is, hospital milliseconds: looked at, for a number handed from function to function is often written to memory each time. */
export interface Clock {
  readonly at: number
}

/** A number that changes at times. */
export interface LevelGauge {
  change(by: number, at: number): void
}

export interface PoolGauges {
  held: LevelGauge
  queue: LevelGauge
  /** Units, by id, are given back now. */
  returning?(units: readonly string[], at: number): void
}

class Pool {
  free: number
  dirty = false
  readonly queue: Queue
  readonly gauges: PoolGauges
  /** Where an allocation under way has come to. */
  lane = 0
  position = 0

  constructor(units: number, gauges: PoolGauges, queue: Queue) {
    this.free = units
    this.gauges = gauges
    this.queue = queue
  }
}

export class Allocator {
  /** Runs whose request was granted, in order; whoever reads it empties it. */
  readonly granted = new RunList()
  readonly #pools: Pool[]
  readonly #runs: Runs
  readonly #steps: Step[]
  readonly #clock: Clock
  readonly #fresh = new RunList()
  /** Pools where something became free: the first so many of a row that has room for all. */
  readonly #dirty: Pool[]
  #dirtyCount = 0
  #serial = 0
  #round = 0

  constructor(pools: { units: number; gauges: PoolGauges }[], runs: Runs, steps: Step[], clock: Clock) {
    this.#runs = runs
    this.#steps = steps
    this.#clock = clock
    this.#pools = pools.map(
      ({ units, gauges }) => new Pool(units, gauges, new Queue((run, serial) => runs.serial[run] === serial)),
    )
    this.#dirty = [...this.#pools]
  }

  /** A run asks for what its step needs and takes; `allocate` answers. */
  ask(run: number, priority: number): void {
    const runs = this.#runs
    runs.serial[run] = ++this.#serial
    runs.since[run] = this.#clock.at
    runs.priority[run] = priority
    runs.queued[run] = 0
    this.#fresh.push(run)
  }

  giveBack({ pool: place, quantity }: Ask): void {
    const pool = this.#pools[place]!
    pool.free += quantity
    pool.gauges.held.change(-quantity, this.#clock.at)
    // Where nobody waits there is nothing to decide.
    if (pool.dirty || pool.queue.size === 0) return
    pool.dirty = true
    this.#dirty[this.#dirtyCount++] = pool
  }

  /** A request that waits is given up. */
  withdraw(run: number): void {
    const { asks } = this.#steps[this.#runs.step[run]!]!
    for (let index = 0; index < asks.length; index++) {
      const pool = this.#pools[asks[index]!.pool]!
      pool.queue.size--
      pool.gauges.queue.change(-1, this.#clock.at)
    }
    this.#runs.serial[run] = -1
  }

  /** What a step asks for, at once, where nothing else is to be decided now; false when that cannot be. */
  grantAtOnce({ asks }: Step): boolean {
    if (this.#dirtyCount > 0 || this.#fresh.size > 0) return false
    for (let index = 0; index < asks.length; index++)
      if (this.#pools[asks[index]!.pool]!.free < asks[index]!.quantity) return false
    for (let index = 0; index < asks.length; index++) {
      const { pool: place, quantity } = asks[index]!
      const pool = this.#pools[place]!
      pool.free -= quantity
      pool.gauges.held.change(quantity, this.#clock.at)
    }
    return true
  }

  /** Grants everything that can be granted now. */
  allocate(): void {
    const fresh = this.#fresh
    const count = this.#dirtyCount
    if (count === 0 && fresh.size <= 1) {
      if (fresh.size === 0) return
      const run = fresh.runs[0]!
      if (!this.#tryToGrant(run)) this.#wait(run)
      fresh.size = 0
      return
    }
    const dirty = this.#dirty
    if (count === 1 && fresh.size === 0) this.#serveOne(dirty[0]!)
    else this.#serve()
    for (let index = 0; index < fresh.size; index++)
      if (this.#runs.serial[fresh.runs[index]!]! >= 0) this.#wait(fresh.runs[index]!)
    for (let index = 0; index < count; index++) {
      dirty[index]!.dirty = false
      dirty[index]!.queue.tidy()
    }
    this.#dirtyCount = 0
    fresh.size = 0
  }

  /** `#serve` where something became free in one pool alone. */
  #serveOne(pool: Pool): void {
    const round = ++this.#round
    pool.lane = 0
    pool.position = 0
    for (let run = this.#nextIn(pool, round); run >= 0; run = this.#nextIn(pool, round)) {
      this.#runs.tried[run] = round
      this.#tryToGrant(run)
    }
  }

  #serve(): void {
    const fresh = this.#fresh
    const dirty = this.#dirty
    const count = this.#dirtyCount
    const { tried } = this.#runs
    const round = ++this.#round
    if (fresh.size > 1) fresh.runs.subarray(0, fresh.size).sort((left, right) => (this.#servedBefore(left, right) ? -1 : 1))
    for (let index = 0; index < count; index++) {
      dirty[index]!.lane = 0
      dirty[index]!.position = 0
    }
    let newcomer = 0
    for (;;) {
      let first = newcomer < fresh.size ? fresh.runs[newcomer]! : -1
      for (let index = 0; index < count; index++) {
        const run = this.#nextIn(dirty[index]!, round)
        if (run >= 0 && (first < 0 || this.#servedBefore(run, first))) first = run
      }
      if (first < 0) return
      if (newcomer < fresh.size && first === fresh.runs[newcomer]) newcomer++
      tried[first] = round
      this.#tryToGrant(first)
    }
  }

  /** The first in a pool's queue that was not tried in this round; -1 for none, or when nothing is free. */
  #nextIn(pool: Pool, round: number): number {
    if (pool.free === 0 || pool.queue.size === 0) return -1
    const { lanes } = pool.queue
    const { serial, tried } = this.#runs
    for (; pool.lane < lanes.length; pool.lane++, pool.position = 0) {
      const lane: Lane = lanes[pool.lane]!
      while (pool.position < lane.length) {
        const place = (lane.head + pool.position) & (lane.runs.length - 1)
        const run = lane.runs[place]!
        if (serial[run] !== lane.serials[place]) {
          if (pool.position === 0) lane.dropHead()
          else pool.position++
        } else if (tried[run] === round) pool.position++
        else return run
      }
    }
    return -1
  }

  #tryToGrant(run: number): boolean {
    const { asks } = this.#steps[this.#runs.step[run]!]!
    for (let index = 0; index < asks.length; index++)
      if (this.#pools[asks[index]!.pool]!.free < asks[index]!.quantity) return false
    const isQueued = this.#runs.queued[run] === 1
    for (let index = 0; index < asks.length; index++) {
      const { pool: place, quantity } = asks[index]!
      const pool = this.#pools[place]!
      pool.free -= quantity
      pool.gauges.held.change(quantity, this.#clock.at)
      if (!isQueued) continue
      pool.queue.size--
      pool.gauges.queue.change(-1, this.#clock.at)
    }
    this.#runs.serial[run] = -1
    this.granted.push(run)
    return true
  }

  #wait(run: number): void {
    const { asks } = this.#steps[this.#runs.step[run]!]!
    const { serial, priority, queued } = this.#runs
    queued[run] = 1
    for (let index = 0; index < asks.length; index++) {
      const pool = this.#pools[asks[index]!.pool]!
      pool.queue.push(run, serial[run]!, priority[run]!)
      pool.gauges.queue.change(1, this.#clock.at)
    }
  }

  #servedBefore(left: number, right: number): boolean {
    const { priority, serial } = this.#runs
    return priority[left]! > priority[right]! || (priority[left] === priority[right] && serial[left]! < serial[right]!)
  }
}
