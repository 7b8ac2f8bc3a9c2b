/** Opens replications of scenarios ahead, behind everything else that this process does: whoever explores one next goes on from where measuring begins. */
import type { Logger } from 'pino'
import type { Records } from '../records/database.ts'
import { keepOpened, type OpenedKey, openedReplications } from '../records/openings.ts'
import { explored, programsOf } from '../twin/experiment/explored.ts'
import { prepareReady, type ReadyScenario } from '../twin/experiment/ready.ts'
import { SimulatorThread } from '../twin/threads/simulator.ts'

interface Wanted {
  key: OpenedKey
  ready: ReadyScenario
  replications: number
}

export class Opening {
  readonly #records: Records
  readonly #log: Logger
  /** By key; what is asked for last comes first. */
  readonly #wanted = new Map<string, Wanted>()
  #isOpening = false
  /** The model that the thread has; '' for none. */
  #prepared = ''

  constructor(records: Records, log: Logger) {
    this.#records = records
    this.#log = log
  }

  /** @param replications how many; those that are there already are not made again. */
  want(key: OpenedKey, ready: ReadyScenario, replications: number): void {
    this.#wanted.set(key.version, { key, ready, replications })
    if (!this.#isOpening) void this.#open()
  }

  async #open(): Promise<void> {
    this.#isOpening = true
    const thread = new SimulatorThread()
    this.#prepared = ''
    try {
      for (let wanted = this.#last(); wanted; wanted = this.#last()) await this.#openOne(thread, wanted)
    } catch (error) {
      // Nobody waits for it: whoever explores the scenario simulates it all.
      this.#log.warn({ err: error }, 'replications were not opened ahead')
      this.#wanted.clear()
    } finally {
      thread.end()
      this.#isOpening = false
    }
  }

  #last(): Wanted | undefined {
    return [...this.#wanted.values()].at(-1)
  }

  /** The lowest that is missing. */
  async #openOne(thread: SimulatorThread, { key, ready, replications }: Wanted): Promise<void> {
    const there = new Set(await openedReplications(this.#records, key))
    const missing = Array.from({ length: replications }, (_, replication) => replication).find((each) => !there.has(each))
    if (missing === undefined) return void this.#wanted.delete(key.version)
    const { scenario, programs } = ready
    if (this.#prepared !== key.version) {
      thread.prepare({ scenario: explored({ scenario, programs: programsOf(prepareReady(ready)) }), programs })
      this.#prepared = key.version
    }
    await keepOpened(this.#records, key, missing, await thread.open(missing))
  }
}
