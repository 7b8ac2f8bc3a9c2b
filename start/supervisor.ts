/** All the processes of one running system: started in any order, stopped one by one in the order opposite to their rank. */
import { type Announced, type ProcessPlan, Supervised, type SupervisedOptions } from './supervised.ts'

export class Supervisor {
  #options: SupervisedOptions
  #processes: { rank: number; process: Supervised }[] = []
  #stopped: Promise<void> | null = null

  constructor(options: SupervisedOptions) {
    this.#options = options
  }

  /**
   * Starts a process and keeps it running until `stop`. When it has been started again, `onRestart` may change what others are told, and
   * those whose environment is not what they were started with are started again in their turn.
   * @param rank the higher, the earlier it is stopped. @returns what it announced when it was ready. @throws StartError
   */
  start(rank: number, plan: ProcessPlan, onRestart: (announced: Announced) => void = () => {}): Promise<Announced> {
    if (this.#stopped) return new Promise(() => {})
    const supervised = new Supervised(plan, {
      ...this.#options,
      onRestart: () => {
        onRestart(supervised.announced)
        for (const { process } of this.#processes) if (process.outdated) process.refresh()
      },
    })
    this.#processes.push({ rank, process: supervised })
    return supervised.start()
  }

  /** Stops everything, gracefully; asked twice, it is the same stop. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll()
    return this.#stopped
  }

  /** Kills everything at once. */
  kill(): void {
    for (const { process } of this.#processes) process.kill()
  }

  async #stopAll(): Promise<void> {
    const ranks = [...new Set(this.#processes.map(({ rank }) => rank))].sort((a, b) => b - a)
    for (const rank of ranks) {
      await Promise.all(this.#processes.filter((one) => one.rank === rank).map(({ process }) => process.stop()))
    }
  }
}
