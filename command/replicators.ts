/** Threads that replicate experiments, one replication each at a time. Who does which changes nothing of what comes out. */
import type { Measure } from '../twin/experiment/measures.ts'
import { SimulatorThread } from '../twin/threads/simulator.ts'
import type { NamedScenario } from './scenario.ts'

interface Job {
  named: NamedScenario
  replication: number
  tell: (share: number) => void
  resolve: (measures: Measure[] | null) => void
  reject: (error: unknown) => void
}

/** Scenarios that a thread keeps prepared: a search comes back to each design. */
const KEPT = 64

export class Replicators {
  readonly workers: number
  readonly #threads: SimulatorThread[] = []
  readonly #idle: SimulatorThread[] = []
  readonly #waiting: Job[] = []
  #isOver = false

  /** @param stop ends what is under way; what is asked for then, and after, is null. */
  constructor(workers: number, stop: AbortSignal) {
    this.workers = workers
    stop.addEventListener('abort', () => this.#close())
    if (stop.aborted) this.#isOver = true
  }

  /** Its measures; null when it was stopped. @param tell how much of it is done, now and then. */
  replicate(named: NamedScenario, replication: number, tell: (share: number) => void = () => {}): Promise<Measure[] | null> {
    return new Promise((resolve, reject) => {
      if (this.#isOver) return resolve(null)
      this.#waiting.push({ named, replication, tell, resolve, reject })
      this.#dispatch()
    })
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#idle.pop() ?? this.#newThread()
      if (!thread) return
      void this.#do(this.#waiting.shift()!, thread)
    }
  }

  #newThread(): SimulatorThread | null {
    if (this.#threads.length === this.workers) return null
    const thread = new SimulatorThread(KEPT)
    this.#threads.push(thread)
    return thread
  }

  async #do({ named, replication, tell, resolve, reject }: Job, thread: SimulatorThread): Promise<void> {
    try {
      thread.prepare(named)
      const measures = await thread.replicate(replication, tell)
      this.#idle.push(thread)
      resolve(measures)
      this.#dispatch()
    } catch (error) {
      // A thread that was ended has not failed.
      if (this.#isOver) return resolve(null)
      this.#close()
      reject(error)
    }
  }

  #close(): void {
    this.#isOver = true
    for (const thread of this.#threads.splice(0)) thread.end()
    for (const { resolve } of this.#waiting.splice(0)) resolve(null)
  }
}
