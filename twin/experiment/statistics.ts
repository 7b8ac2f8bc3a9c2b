/** Statistics kept while the simulation runs, in memory that does not grow with it. */
import { exp, log } from '../simulate/arithmetic.ts'

/** Relative error of quantiles. */
const ACCURACY = 0.005
const GAMMA_LOG = log((1 + ACCURACY) / (1 - ACCURACY))

/** Values one by one: count, mean, deviation, extremes, and quantiles within half a per cent (C. Masson, J. E. Rim, H. K. Lee, "DDSketch", 2019). */
export class Tally {
  count = 0
  mean = 0
  max = 0
  #squares = 0
  #zeros = 0
  readonly #buckets = new Map<number, number>()

  /** @param value at least 0. */
  add(value: number): void {
    this.count++
    const from = value - this.mean
    this.mean += from / this.count
    this.#squares += from * (value - this.mean)
    if (value > this.max) this.max = value
    if (value <= 0) {
      this.#zeros++
      return
    }
    const bucket = Math.ceil(log(value) / GAMMA_LOG)
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1)
  }

  /** The sample standard deviation; 0 for fewer than two values. */
  get deviation(): number {
    return this.count > 1 ? Math.sqrt(this.#squares / (this.count - 1)) : 0
  }

  /** The value below which a share of all lies; 0 of nothing. */
  quantile(share: number): number {
    let rank = share * (this.count - 1)
    if (rank < this.#zeros) return 0
    rank -= this.#zeros
    for (const [bucket, count] of [...this.#buckets].sort(([one], [other]) => one - other)) {
      if (rank < count) return Math.min(this.max, (2 * exp(bucket * GAMMA_LOG)) / (exp(GAMMA_LOG) + 1))
      rank -= count
    }
    return this.max
  }
}

/** A number that changes at times: its mean over time, and its maximum. */
export class Level {
  value = 0
  max = 0
  #area = 0
  #since: number
  readonly #from: number

  /** @param from when measuring begins, milliseconds. */
  constructor(from: number) {
    this.#from = from
    this.#since = from
  }

  change(by: number, at: number): void {
    this.#pass(at)
    this.value += by
    if (at >= this.#from && this.value > this.max) this.max = this.value
  }

  /** The mean from when measuring began until now. */
  meanUntil(at: number): number {
    this.#pass(at)
    return at > this.#from ? this.#area / (at - this.#from) : 0
  }

  #pass(at: number): void {
    if (at <= this.#since) return
    this.#area += this.value * (at - this.#since)
    this.#since = at
    if (this.value > this.max) this.max = this.value
  }
}
