/** A thread that simulates, as who asks it sees it: what simulates for minutes keeps nobody else waiting. */
import { Worker } from 'node:worker_threads'
import type { OpenedReplication } from '../experiment/going-on.ts'
import type { Measure } from '../experiment/measures.ts'
import type { ReadyScenario } from '../experiment/ready.ts'
import type { WarmUp } from '../experiment/warm-up.ts'

export type ThreadQuestion =
  /** The scenario by a number, told once; then only its number. `forget` is one that will not be asked about without being told anew. */
  | { key: number; ready: ReadyScenario | null; forget: number }
  | { ask: 'replication'; replication: number }
  | { ask: 'warmUp' }
  | { ask: 'opened'; replication: number }
export type ThreadAnswer = { share: number } | { measures: Measure[] } | { warmUp: WarmUp } | { opened: OpenedReplication }

/** What was under way when a thread was ended on purpose is rejected with this. */
export class SimulationEnded extends Error {
  override name = 'SimulationEnded'
}

/** What went wrong in a thread, out of memory included. */
export class SimulationFailed extends Error {
  override name = 'SimulationFailed'
}

interface Asked {
  resolve: (answer: Exclude<ThreadAnswer, { share: number }>) => void
  reject: (error: Error) => void
  progress: (share: number) => void
}

/** One question at a time. A thread that fails is gone: what it was asked is rejected with the reason. */
export class SimulatorThread {
  readonly #worker = new Worker(new URL('./simulator.mjs', import.meta.url))
  #asked: Asked | null = null
  #gone: Error | null = null
  /** The scenarios that the thread keeps, by number, the one that was used last at the end. */
  readonly #kept = new Map<ReadyScenario, number>()
  #next = 0
  readonly #keeps: number

  /** @param keeps how many scenarios stay prepared, for whoever comes back to each of many. */
  constructor(keeps = 1) {
    this.#keeps = keeps

    this.#worker.on('message', (answer: ThreadAnswer) => {
      if ('share' in answer) this.#asked?.progress(answer.share)
      else this.#settle()?.resolve(answer)
    })
    this.#worker.on('error', (error: Error) => this.#lose(new SimulationFailed(error.message, { cause: error })))
    this.#worker.on('exit', () => this.#lose(new SimulationEnded('The thread has ended')))
  }

  get isGone(): boolean {
    return this.#gone !== null
  }

  /** What is asked from now on is asked of this scenario. */
  prepare(ready: ReadyScenario): void {
    const known = this.#kept.get(ready)
    const key = known ?? this.#next++
    this.#kept.delete(ready)
    this.#kept.set(ready, key)
    const { scenario, programs } = ready
    const told = known === undefined ? { scenario, programs } : null
    this.#worker.postMessage({ key, ready: told, forget: this.#forgotten() } satisfies ThreadQuestion)
  }

  /** The scenario that was not used for longest, where there are too many; -1 for none. */
  #forgotten(): number {
    if (this.#kept.size <= this.#keeps) return -1
    const [oldest, key] = this.#kept.entries().next().value!
    this.#kept.delete(oldest)
    return key
  }

  /** @param progress is told, now and then, what share of it is done. */
  async replicate(replication: number, progress: (share: number) => void): Promise<Measure[]> {
    const answer = await this.#ask({ ask: 'replication', replication }, progress)
    return (answer as { measures: Measure[] }).measures
  }

  async findWarmUp(): Promise<WarmUp> {
    return ((await this.#ask({ ask: 'warmUp' })) as { warmUp: WarmUp }).warmUp
  }

  /** A replication opened, for whoever explores the scenario. From then on the thread leaves the processors to all others. */
  async open(replication: number): Promise<OpenedReplication> {
    return ((await this.#ask({ ask: 'opened', replication })) as { opened: OpenedReplication }).opened
  }

  /** At once, whatever is under way. */
  end(): void {
    this.#lose(new SimulationEnded('The thread was ended'))
    void this.#worker.terminate()
  }

  #ask(question: ThreadQuestion, progress: (share: number) => void = () => {}) {
    return new Promise<Parameters<Asked['resolve']>[0]>((resolve, reject) => {
      if (this.#gone !== null) return reject(this.#gone)
      this.#asked = { resolve, reject, progress }
      this.#worker.postMessage(question)
    })
  }

  #settle(): Asked | null {
    const asked = this.#asked
    this.#asked = null
    return asked
  }

  #lose(error: Error): void {
    this.#gone ??= error
    this.#settle()?.reject(this.#gone)
  }
}
