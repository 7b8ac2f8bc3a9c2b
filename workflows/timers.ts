/** Timers in hospital time on Temporal's: the site's clock may run faster, stop, or be moved, while they sleep. */
import { CancellationScope, sleep } from '@temporalio/workflow'
import type { Wait } from '../pathways/engine/instance.ts'
import { readClock } from './doors.ts'
import type { InFlight } from './in-flight.ts'
import type { ClockReading } from './messages.ts'

/** A timer that finds the site's clock behind looks again after a while, longer each time: the clock may be standing still. */
const EARLY_TIMER_BACKOFF_MS = { first: 100, max: 10_000 }

interface Alarmed {
  /** What the run waits for now. */
  waits(): Wait[]
  rings(timer: Wait): void
}

export class Timers {
  readonly #inFlight: InFlight
  readonly #alarmed: Alarmed
  #clock: ClockReading | null = null

  constructor(inFlight: InFlight, alarmed: Alarmed) {
    this.#inFlight = inFlight
    this.#alarmed = alarmed
  }

  /** Sleeps until a hospital time. The site's clock may stop meanwhile: a timer that fires early by it arms itself again. */
  arm(wait: number, due: number): void {
    if (!this.#alarmed.waits().some((open) => open.id === wait)) return
    this.#inFlight.begin(
      wait,
      () => this.#sleepUntil(due),
      (rings) => {
        if (rings) this.#elapse(wait, due)
      },
    )
  }

  /** Keeps the latest reading: one that was told may overtake one that was asked for. */
  see(clock: ClockReading): void {
    if (!this.#clock || clock.wall >= this.#clock.wall) this.#clock = clock
  }

  /** Another clock than the one that timers were armed by. */
  armAgain(clock: ClockReading): void {
    this.see(clock)
    for (const { id, kind, due } of this.#alarmed.waits()) {
      if (kind !== 'timer' || !this.#inFlight.has(id)) continue
      this.#inFlight.cancel(id)
      this.arm(id, due)
    }
  }

  /** @returns false when it was cancelled while the clock was read. */
  async #sleepUntil(due: number): Promise<boolean> {
    const { first, max } = EARLY_TIMER_BACKOFF_MS
    for (let earlyMs = 0; ; earlyMs = Math.min(Math.max(2 * earlyMs, first), max)) {
      const clock = this.#clock!
      const hospitalNow = clock.hospitalNow + (Date.now() - clock.wall) * clock.rate
      const dueMs = clock.rate > 0 ? Math.ceil((due - hospitalNow) / clock.rate) : 0
      const wallMs = Math.max(dueMs, earlyMs)
      if (wallMs > 0) await sleep(wallMs)
      if (clock.real) return true
      // Let be once it is asked: Temporal takes the cancellation of a local activity that has answered already for another history.
      const read = await CancellationScope.nonCancellable(readClock)
      this.see(read)
      if (CancellationScope.current().consideredCancelled) return false
      if (read.hospitalNow >= due) return true
    }
  }

  /** Whatever is due no later elapses before it: two timers of one moment ring in one order, whichever of them woke first. */
  #elapse(wait: number, due: number): void {
    const timers = this.#alarmed.waits().filter(({ id, kind }) => kind === 'timer' && this.#inFlight.has(id))
    const ready = timers.filter((timer) => timer.due <= due).sort((one, other) => one.due - other.due || one.id - other.id)
    for (const timer of ready) {
      if (timer.id === wait) this.#inFlight.forget(wait)
      else this.#inFlight.cancel(timer.id)
      this.#alarmed.rings(timer)
    }
  }
}
