/** Threads that replicate experiments, one replication each at a time. Who does which changes nothing of what comes out. */
import { isImpossibleThere } from '../twin/experiment/impossible.ts'
import type { Measure } from '../twin/experiment/measures.ts'
import type { Experiment } from '../twin/experiment/prepare.ts'
import { replicate } from '../twin/experiment/replicate.ts'
import { SimulationFailed, SimulatorThread } from '../twin/threads/simulator.ts'
import { InputError } from './command.ts'
import { experimentOf, type NamedScenario } from './scenario.ts'

interface Job {
  named: NamedScenario
  replication: number
  tell: (share: number) => void
  resolve: (measures: Measure[] | null) => void
  reject: (error: unknown) => void
}

/** What may be done at once, before threads begin: they take longer than that to load. */
const AT_ONCE_MS = 600

/** Scenarios that a thread keeps prepared: a search comes back to each design. */
const KEPT = 64

export class Replicators {
  readonly workers: number
  readonly #threads: SimulatorThread[] = []
  readonly #idle: SimulatorThread[] = []
  readonly #waiting: Job[] = []
  #isOver = false
  /** Of the time for what is done at once. */
  #leftMs: number
  #prepared: { named: NamedScenario; experiment: Experiment } | null = null

  /** @param stop ends what is under way; what is asked for then, and after, is null. @param atOnce whether short work may be done without threads. */
  constructor(workers: number, stop: AbortSignal, atOnce = false) {
    this.workers = workers
    this.#leftMs = atOnce ? AT_ONCE_MS : 0
    stop.addEventListener('abort', () => this.#close())
    if (stop.aborted) this.#isOver = true
  }

  /** Its measures; null when it was stopped. @param tell how much of it is done, now and then. */
  replicate(named: NamedScenario, replication: number, tell: (share: number) => void = () => {}): Promise<Measure[] | null> {
    return new Promise((resolve, reject) => {
      if (this.#isOver) return resolve(null)
      try {
        const measures = this.#atOnce(named, replication)
        if (measures) return resolve(measures)
      } catch (error) {
        this.#close()
        return reject(asInput(named, error))
      }
      this.#waiting.push({ named, replication, tell, resolve, reject })
      this.#dispatch()
    })
  }

  /** Null when it takes too long for that. */
  #atOnce(named: NamedScenario, replication: number): Measure[] | null {
    if (this.#leftMs <= 0) return null
    const begun = performance.now()
    if (this.#prepared?.named !== named) this.#prepared = { named, experiment: experimentOf(named) }
    const measures = replicate(this.#prepared.experiment, replication, () => performance.now() - begun > this.#leftMs)
    this.#leftMs -= performance.now() - begun
    return measures
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
      reject(asInput(named, error))
    }
  }

  #close(): void {
    this.#isOver = true
    for (const thread of this.#threads.splice(0)) thread.end()
    for (const { resolve } of this.#waiting.splice(0)) resolve(null)
  }
}

/** What only shows while it is simulated is a fault of the scenario too. */
const asInput = ({ file }: NamedScenario, error: unknown): unknown => {
  const cause = error instanceof SimulationFailed ? error.cause : error
  return isImpossibleThere(cause) ? new InputError(`${file}: ${(cause as Error).message}`) : error
}
