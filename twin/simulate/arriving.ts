/** The patients of a stream that comes by rates, one after the other, as `nextArrival` gives them: worked out some at a time, which is faster. */
import type { SiteTime } from '../../pathways/time/site.ts'
import { type ArrivalRates, type CurrentRate, hourMs, lookUpRate, noRate } from './arrivals.ts'
import { type ChanceKey, logOfUniform, Purpose, uniformOf, withinHigh, withinLow } from './chance.ts'

/** Candidates worked out at a time. */
const CANDIDATES = 64

export class ArrivingByRates {
  /** The next patient: when it comes, and its number among the candidates. */
  at = 0
  index = 0
  readonly #rates: ArrivalRates
  readonly #key: ChanceKey
  readonly #site: SiteTime
  readonly #rate: CurrentRate = noRate()
  /** Of the last candidate that was worked out. */
  #drawn = 0
  #drawnAt: number
  /** How long after the one before each candidate comes, negative, and its luck, in candidates per hour. */
  readonly #distances = new Float64Array(CANDIDATES)
  readonly #lucks = new Float64Array(CANDIDATES)
  /** Patients among the last candidates, and those of them that came. */
  #found = 0
  #taken = 0
  readonly #times = new Float64Array(CANDIDATES + 1)
  readonly #indices = new Float64Array(CANDIDATES + 1)

  /** @param key the stream's chance. @param from where it stands: how many candidates there were, and when the last of them came, hospital milliseconds. */
  constructor(rates: ArrivalRates, key: ChanceKey, site: SiteTime, from: { index: number; at: number }) {
    this.#rates = rates
    this.#key = key
    this.#site = site
    this.#drawn = from.index
    this.#drawnAt = from.at
  }

  /** Goes on to the next patient; false when none comes until then, and the next call tries again. */
  advance(until: number): boolean {
    while (this.#taken === this.#found) {
      if (!(this.#drawnAt <= until) || this.#rates.candidatesPerHour <= 0) return false
      this.#draw()
      this.#select()
    }
    if (this.#times[this.#taken]! > until) return false
    this.at = this.#times[this.#taken]!
    this.index = this.#indices[this.#taken++]!
    return true
  }

  #draw(): void {
    const distances = this.#distances
    const lucks = this.#lucks
    const { low, high } = this.#key
    const { candidatesPerHour } = this.#rates
    const spacing = hourMs / candidatesPerHour
    for (let place = 0; place < CANDIDATES; place++) {
      const keyLow = withinLow(low, this.#drawn + place)
      const keyHigh = withinHigh(high, this.#drawn + place)
      distances[place] = spacing * logOfUniform(keyLow, keyHigh, Purpose.arrival, 0)
      lucks[place] = uniformOf(keyLow, keyHigh, Purpose.thinning, 0) * candidatesPerHour
    }
  }

  /** Without a branch for each that nobody can foresee. */
  #select(): void {
    const rate = this.#rate
    const distances = this.#distances
    const lucks = this.#lucks
    const times = this.#times
    const indices = this.#indices
    let at = this.#drawnAt
    let found = 0
    for (let place = 0; place < CANDIDATES; place++) {
      at -= distances[place]!
      if (at < rate.from || at >= rate.until) lookUpRate(this.#rates, at, this.#site, rate)
      times[found] = at
      indices[found] = this.#drawn + place
      found += Number(lucks[place]! < rate.perHour)
    }
    this.#drawnAt = at
    this.#drawn += CANDIDATES
    this.#found = found
    this.#taken = 0
  }
}
