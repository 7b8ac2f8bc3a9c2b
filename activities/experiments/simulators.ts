/** The threads of one worker process that simulate: they stay, and the one that knows a scenario is given more of it. */
import type { ReadyScenario } from '../../twin/experiment/ready.ts'
import { SimulatorThread } from '../../twin/threads/simulator.ts'

interface Kept {
  thread: SimulatorThread
  /** What it was prepared for last. */
  ready: ReadyScenario | null
}

/** Scenarios that a thread keeps prepared: a search comes back to each design. */
const KEPT = 16

export class Simulators {
  readonly #idle: Kept[] = []
  readonly #busy = new Map<SimulatorThread, ReadyScenario>()

  /** A thread that is ready for this scenario: one that is idle, or a new one. How many there are is up to who takes. */
  take(ready: ReadyScenario): SimulatorThread {
    const known = this.#idle.findIndex((kept) => kept.ready === ready && !kept.thread.isGone)
    const kept = this.#idle.splice(Math.max(known, 0), 1)[0] ?? { thread: new SimulatorThread(KEPT), ready: null }
    const { thread } = kept
    if (thread.isGone) return this.take(ready)
    if (kept.ready !== ready) thread.prepare(ready)
    this.#busy.set(thread, ready)
    return thread
  }

  giveBack(thread: SimulatorThread): void {
    const ready = this.#busy.get(thread)
    this.#busy.delete(thread)
    if (ready && !thread.isGone) this.#idle.push({ thread, ready })
  }

  /** Ends all of them, whatever they do. */
  close(): void {
    for (const thread of [...this.#idle.map((kept) => kept.thread), ...this.#busy.keys()]) thread.end()
  }
}
