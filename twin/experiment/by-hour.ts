/** A level by the hour of the week in which it stood: how full the wards are on a Monday at eight. */
import { localTime, type SiteTime } from '../../pathways/time/site.ts'
import { Level } from './statistics.ts'

const hourMs = 3_600_000
const minuteMs = 60_000
const HOURS = 168
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** `mon-00` to `sun-23`, by the site's wall clock. */
export const hourName = (hour: number): string => `${DAYS[Math.floor(hour / 24)]}-${String(hour % 24).padStart(2, '0')}`

/** A `Level` whose means by hour of the week are kept too. */
export class LevelByHour extends Level {
  readonly #areas = new Float64Array(HOURS)
  readonly #times = new Float64Array(HOURS)
  readonly #site: SiteTime
  #at: number
  #hour = -1
  #hourEnd = Number.NEGATIVE_INFINITY

  /** @param from when measuring begins, hospital milliseconds. */
  constructor(from: number, site: SiteTime) {
    super(from)
    this.#at = from
    this.#site = site
  }

  override change(by: number, at: number): void {
    this.#spread(at)
    super.change(by, at)
  }

  /** Means by hour of the week, from Monday 0 h, until now; of an hour that has not been, 0. */
  meansUntil(at: number): number[] {
    this.#spread(at)
    return [...this.#areas].map((area, hour) => (this.#times[hour]! > 0 ? area / this.#times[hour]! : 0))
  }

  #spread(until: number): void {
    while (this.#at < until) {
      if (this.#at >= this.#hourEnd) this.#turn()
      const end = Math.min(until, this.#hourEnd)
      this.#areas[this.#hour]! += this.value * (end - this.#at)
      this.#times[this.#hour]! += end - this.#at
      this.#at = end
    }
  }

  /** Clocks change at full hours. */
  #turn(): void {
    const { minuteOfWeek } = localTime(this.#at, this.#site)
    this.#hour = Math.floor(minuteOfWeek / 60)
    const intoMinute = ((this.#at % minuteMs) + minuteMs) % minuteMs
    this.#hourEnd = this.#at - intoMinute - (minuteOfWeek % 60) * minuteMs + hourMs
  }
}
