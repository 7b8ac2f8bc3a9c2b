/** The threads of one worker process that simulate: they stay, and the one that knows an experiment is given more of it. */
import type { ReadyScenario } from '../../twin/experiment/ready.ts'
import { SimulatorThread } from '../../twin/threads/simulator.ts'

interface Kept {
  thread: SimulatorThread
  /** What it was prepared for last. */
  key: string
}

export class Simulators {
  readonly #idle: Kept[] = []
  readonly #busy = new Map<SimulatorThread, string>()

  /** A thread that is ready for this scenario: one that is idle, or a new one. How many there are is up to who takes. */
  take(key: string, ready: ReadyScenario): SimulatorThread {
    const known = this.#idle.findIndex((kept) => kept.key === key && !kept.thread.isGone)
    const { thread, key: before } = this.#idle.splice(Math.max(known, 0), 1)[0] ?? { thread: new SimulatorThread(), key: '' }
    if (thread.isGone) return this.take(key, ready)
    if (before !== key) thread.prepare(ready)
    this.#busy.set(thread, key)
    return thread
  }

  giveBack(thread: SimulatorThread): void {
    const key = this.#busy.get(thread)
    this.#busy.delete(thread)
    if (key !== undefined && !thread.isGone) this.#idle.push({ thread, key })
  }

  /** Ends all of them, whatever they do. */
  close(): void {
    for (const thread of [...this.#idle.map((kept) => kept.thread), ...this.#busy.keys()]) thread.end()
  }
}
