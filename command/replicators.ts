/** Worker threads that replicate experiments, one replication each at a time. Who does which changes nothing of what comes out. */
import { Worker } from 'node:worker_threads'
import type { Measure } from '../twin/experiment/measures.ts'
import type { NamedScenario } from './scenario.ts'

/** What a thread is asked for; `named` the first time that it hears of `key`. */
export interface WorkerOrder {
  key: number
  named: NamedScenario | null
  /** The key of an experiment that it will not be asked for without hearing of it anew; -1 for none. */
  forget: number
  replication: number
}

/** A replication is finished, or how far it has come. */
export type WorkerAnswer = { measures: Measure[] } | { share: number }

interface Job {
  named: NamedScenario
  replication: number
  tell: (share: number) => void
  resolve: (measures: Measure[] | null) => void
  reject: (error: Error) => void
}

interface Thread {
  worker: Worker
  /** Keys of the experiments it keeps, the oldest first. */
  knows: Set<number>
  job: Job | null
}

/** Experiments that a thread keeps: a search may have thousands. */
const KEPT_MAX = 64

export class Replicators {
  readonly workers: number
  readonly #threads: Thread[] = []
  readonly #waiting: Job[] = []
  readonly #keys = new Map<NamedScenario, number>()
  #isOver = false

  /** @param stop ends what is under way; what is asked for then, and after, is null. */
  constructor(workers: number, stop: AbortSignal) {
    this.workers = workers
    stop.addEventListener('abort', () => this.close())
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

  /** Ends the threads, and what they do. */
  close(): void {
    this.#isOver = true
    for (const { worker, job } of this.#threads) {
      job?.resolve(null)
      void worker.terminate()
    }
    for (const { resolve } of this.#waiting.splice(0)) resolve(null)
    this.#threads.length = 0
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#threads.find(({ job }) => job === null) ?? this.#newThread()
      if (!thread) return
      this.#give(thread, this.#waiting.shift()!)
    }
  }

  #newThread(): Thread | null {
    if (this.#threads.length === this.workers) return null
    const worker = new Worker(new URL('./replicating-worker.mjs', import.meta.url))
    const thread: Thread = { worker, knows: new Set(), job: null }
    worker.on('message', (answer: WorkerAnswer) => {
      const { job } = thread
      if ('share' in answer) return job?.tell(answer.share)
      thread.job = null
      job?.resolve(answer.measures)
      this.#dispatch()
    })
    worker.on('error', (error: Error) => {
      const { job } = thread
      thread.job = null
      job?.reject(error)
      this.close()
    })
    this.#threads.push(thread)
    return thread
  }

  #give(thread: Thread, job: Job): void {
    const key = this.#keyOf(job.named)
    const isKnown = thread.knows.delete(key)
    thread.knows.add(key)
    let forget = -1
    if (thread.knows.size > KEPT_MAX) {
      forget = thread.knows.values().next().value!
      thread.knows.delete(forget)
    }
    thread.job = job
    const order: WorkerOrder = { key, named: isKnown ? null : job.named, forget, replication: job.replication }
    thread.worker.postMessage(order)
  }

  #keyOf(named: NamedScenario): number {
    const known = this.#keys.get(named)
    if (known !== undefined) return known
    this.#keys.set(named, this.#keys.size)
    return this.#keys.size - 1
  }
}
