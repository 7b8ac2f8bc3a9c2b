/** A level looked at more closely: by the hour of the week in which it stood, by how long it was what it was. */
import { localTime, type SiteTime } from '../../pathways/time/site.ts'
import { Level } from './statistics.ts'

const hourMs = 3_600_000
const minuteMs = 60_000
const HOURS = 168
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Is told each stretch of time, in order, and what the level was in it. */
export interface LevelWatcher {
  stood(value: number, from: number, until: number): void
  /** What it saw, by names to be put after that of the measure: `@mon-08`. */
  seen(): { name: string; value: number }[]
}

/** A `Level` that others watch. */
export class WatchedLevel extends Level {
  readonly #watchers: Pick<LevelWatcher, 'stood'>[]
  #at: number

  /** @param from when measuring begins, hospital milliseconds. */
  constructor(from: number, watchers: Pick<LevelWatcher, 'stood'>[]) {
    super(from)
    this.#at = from
    this.#watchers = watchers
  }

  override change(by: number, at: number): void {
    this.#tell(at)
    super.change(by, at)
  }

  override meanUntil(at: number): number {
    this.#tell(at)
    return super.meanUntil(at)
  }

  #tell(until: number): void {
    if (until <= this.#at) return
    for (const watcher of this.#watchers) watcher.stood(this.value, this.#at, until)
    this.#at = until
  }
}

/** Means by hour of the week, `@mon-00` to `@sun-23` by the site's wall clock; of an hour that has not been, 0. */
export class ByHourOfWeek implements LevelWatcher {
  readonly #areas = new Float64Array(HOURS)
  readonly #times = new Float64Array(HOURS)
  readonly #site: SiteTime
  #hour = -1
  #hourEnd = Number.NEGATIVE_INFINITY

  constructor(site: SiteTime) {
    this.#site = site
  }

  stood(value: number, from: number, until: number): void {
    for (let at = from; at < until; ) {
      if (at >= this.#hourEnd) this.#turn(at)
      const end = Math.min(until, this.#hourEnd)
      this.#areas[this.#hour]! += value * (end - at)
      this.#times[this.#hour]! += end - at
      at = end
    }
  }

  seen(): { name: string; value: number }[] {
    return [...this.#areas].map((area, hour) => ({
      name: `@${DAYS[Math.floor(hour / 24)]}-${String(hour % 24).padStart(2, '0')}`,
      value: this.#times[hour]! > 0 ? area / this.#times[hour]! : 0,
    }))
  }

  /** Clocks change at full hours. */
  #turn(at: number): void {
    const { minuteOfWeek } = localTime(at, this.#site)
    const intoMinute = ((at % minuteMs) + minuteMs) % minuteMs
    this.#hour = Math.floor(minuteOfWeek / 60)
    this.#hourEnd = at - intoMinute - (minuteOfWeek % 60) * minuteMs + hourMs
  }
}

/** Means of equal stretches of time, one after the other. */
export class ByStretch implements Pick<LevelWatcher, 'stood'> {
  readonly #areas: number[] = []
  readonly #from: number
  readonly #lengthMs: number

  /** @param from when the first begins. */
  constructor(from: number, lengthMs: number) {
    this.#from = from
    this.#lengthMs = lengthMs
  }

  stood(value: number, from: number, until: number): void {
    for (let at = Math.max(from, this.#from); at < until; ) {
      const place = Math.floor((at - this.#from) / this.#lengthMs)
      const end = Math.min(until, this.#from + (place + 1) * this.#lengthMs)
      this.#areas[place] = (this.#areas[place] ?? 0) + value * (end - at)
      at = end
    }
  }

  /** Of the stretches that are over. */
  means(at: number): number[] {
    const over = Math.floor((at - this.#from) / this.#lengthMs)
    return Array.from({ length: Math.max(0, over) }, (_, place) => (this.#areas[place] ?? 0) / this.#lengthMs)
  }
}

/**
 * By the level, 0, 1, … up to the most there can be: the share of the time in which it was that, `heldShare@12`, and the probability that who
 * comes would find so many units all in use if there were no more and nobody waited, `delayProbability@12`: the time at 12 out of that at no
 * more than 12 (T. Monks and others, "A modelling tool for capacity planning in acute and community stroke services", 2016; Erlang's loss).
 */
export class ByValue implements LevelWatcher {
  readonly #times: Float64Array

  constructor(most: number) {
    this.#times = new Float64Array(most + 1)
  }

  stood(value: number, from: number, until: number): void {
    this.#times[Math.min(value, this.#times.length - 1)]! += until - from
  }

  seen(): { name: string; value: number }[] {
    const times = [...this.#times]
    const all = times.reduce((sum, time) => sum + time, 0)
    let below = 0
    const delays = times.map((time, value) => {
      below += time
      return { name: `delayProbability@${value}`, value: below > 0 ? time / below : 0 }
    })
    return [...times.map((time, value) => ({ name: `heldShare@${value}`, value: all > 0 ? time / all : 0 })), ...delays]
  }
}
