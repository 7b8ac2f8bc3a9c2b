/** Statistics kept while the simulation runs, in memory that does not grow with it. */

/** Buckets of one power of two: none is wider than a 128th of what it holds. */
const MANTISSA_BITS = 7
const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
float[0] = 1
/** Where the sign and exponent stand: on the little-endian machines of today, second. */
const high = words[1] === 0x3ff00000 ? 1 : 0

/** Values one by one: count, mean, deviation, extremes, and quantiles within half a per cent, from counts by exponent and leading bits (G. Tene, "HdrHistogram", 2012). */
export class Tally {
  count = 0
  mean = 0
  max = 0
  /** Values that are 0. */
  zeros = 0
  #squares = 0
  /** The bucket that stands first in `#counts`. */
  #first = 0
  #counts = new Uint32Array(0)

  /** @param value 0, or a normal number above it. */
  add(value: number): void {
    this.count++
    const from = value - this.mean
    this.mean += from / this.count
    this.#squares += from * (value - this.mean)
    if (value <= 0) {
      this.zeros++
      return
    }
    if (value > this.max) this.max = value
    float[0] = value
    const bucket = words[high]! >>> (20 - MANTISSA_BITS)
    const place = bucket - this.#first
    if (place >= 0 && place < this.#counts.length) this.#counts[place]!++
    else this.#widen(bucket)
  }

  /** The sample standard deviation; 0 for fewer than two values. */
  get deviation(): number {
    return this.count > 1 ? Math.sqrt(this.#squares / (this.count - 1)) : 0
  }

  /** The value below which a share of all lies; 0 of nothing. */
  quantile(share: number): number {
    let rank = share * (this.count - 1)
    if (rank < this.zeros) return 0
    rank -= this.zeros
    for (let place = 0; place < this.#counts.length; place++) {
      const count = this.#counts[place]!
      if (rank < count) return Math.min(this.max, middleOf(this.#first + place))
      rank -= count
    }
    return this.max
  }

  /** Counts one more, in a bucket that did not stand in the row yet. */
  #widen(bucket: number): void {
    const margin = 1 << MANTISSA_BITS
    const empty = this.#counts.length === 0
    const first = empty ? bucket - margin : Math.min(this.#first, bucket - margin)
    const end = empty ? bucket + margin : Math.max(this.#first + this.#counts.length, bucket + margin)
    const counts = new Uint32Array(end - first)
    counts.set(this.#counts, empty ? 0 : this.#first - first)
    this.#counts = counts
    this.#first = first
    this.#counts[bucket - first]!++
  }
}

/** The middle of a bucket. */
const middleOf = (bucket: number): number => {
  words[1 - high] = 0
  words[high] = ((bucket << 1) | 1) << (19 - MANTISSA_BITS)
  return float[0]!
}

/** A number that changes at times: its mean over time, and its maximum. What it is for no time at all, between changes at one moment, is neither. */
export class Level {
  value = 0
  max = 0
  /** By how much it rose altogether, since measuring began. */
  raised = 0
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
    if (by > 0 && at >= this.#from) this.raised += by
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
