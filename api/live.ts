/**
 * What happens, as it happens: streams look at the fact log as soon as Postgres says that there is something new, and every two seconds
 * whatever it says. Streams that stand at the same position, which is nearly all of them, share one reading.
 */
const POLL_MS = 2_000
const WAKES_APART_MS = 200

export interface Batch<Fact> {
  facts: Fact[]
  /** Where to go on from: the last fact's position, or the one asked from when there is nothing new. */
  position: string
}

export interface FactSource<Fact> {
  /** Facts after a position, in order. */
  read(after: string): Promise<Batch<Fact>>
  /** Calls back when there may be something new. @returns how to stop. */
  listen(callback: () => void): Promise<() => Promise<void>>
}

export class LiveFacts<Fact> {
  readonly #source: FactSource<Fact>
  readonly #waiting = new Set<() => void>()
  readonly #readings = new Map<string, Promise<Batch<Fact>>>()
  #unlisten: (() => Promise<void>) | null = null
  #poll: NodeJS.Timeout | undefined
  #nextWake: NodeJS.Timeout | undefined
  /** Counts wakes, so that one which comes while a stream is reading is not missed. */
  #generation = 0
  #stopped = false

  constructor(source: FactSource<Fact>) {
    this.#source = source
  }

  async start(): Promise<void> {
    this.#poll = setInterval(() => this.#wake(), POLL_MS)
    this.#poll.unref()
    this.#unlisten = await this.#source.listen(() => {
      // A burst of commits is one wake.
      this.#nextWake ??= setTimeout(() => this.#wake(), WAKES_APART_MS)
    })
  }

  /** Streams end when it is. */
  get isStopped(): boolean {
    return this.#stopped
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#poll)
    this.#wake()
    await this.#unlisten?.()
  }

  /** What comes after `position`: at once when there is something, else when it comes; nothing after `waitMs` or once `signal` aborts. */
  async after(position: string, waitMs: number, signal: AbortSignal): Promise<Batch<Fact>> {
    const until = performance.now() + waitMs
    for (;;) {
      const generation = this.#generation
      const batch = await this.#read(position)
      const leftMs = until - performance.now()
      if (batch.position !== position || leftMs <= 0 || signal.aborted || this.#stopped) return batch
      if (generation === this.#generation) await this.#woken(leftMs, signal)
    }
  }

  #read(position: string): Promise<Batch<Fact>> {
    const shared = this.#readings.get(position)
    if (shared) return shared
    const reading = this.#source.read(position)
    this.#readings.set(position, reading)
    return reading
  }

  #wake(): void {
    clearTimeout(this.#nextWake)
    this.#nextWake = undefined
    this.#generation++
    this.#readings.clear()
    for (const wake of [...this.#waiting]) wake()
  }

  #woken(waitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        this.#waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, waitMs)
      signal.addEventListener('abort', wake)
      this.#waiting.add(wake)
    })
  }
}
