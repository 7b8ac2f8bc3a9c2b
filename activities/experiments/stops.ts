/** Ends what is simulated for an experiment as soon as the records say that there is no more to do for it. */
import type { Records } from '../../records/database.ts'
import { type ExperimentGeneration, isUnderWay } from '../../records/experiment-work.ts'
import { EXPERIMENTS_CHANNEL } from '../../records/experiments.ts'

interface Watched extends ExperimentGeneration {
  stop: () => void
}

export class Stops {
  readonly #records: Records
  readonly #watched = new Set<Watched>()
  #listening: Promise<{ unlisten: () => Promise<void> }> | null = null

  constructor(records: Records) {
    this.#records = records
  }

  /** `stop` is called, once, when this generation of the experiment is over. @returns how to watch no more. */
  watch({ id, generation }: ExperimentGeneration, stop: () => void): () => void {
    const watched = { id, generation, stop }
    this.#watched.add(watched)
    this.#listening ??= this.#records.sql.listen(
      EXPERIMENTS_CHANNEL,
      (changed) => void this.#look(changed),
      // The line was lost and is back: something may have been missed.
      () => void this.#look(),
    )
    return () => void this.#watched.delete(watched)
  }

  async close(): Promise<void> {
    await (await this.#listening)?.unlisten()
  }

  async #look(changed?: string): Promise<void> {
    const concerned = [...this.#watched].filter(({ id }) => changed === undefined || id === changed)
    for (const watched of concerned) {
      // A database that is away says nothing: then what is finished cannot be kept either, and is made again.
      const isOver = await isUnderWay(this.#records, watched).then(
        (is) => !is,
        () => false,
      )
      if (isOver && this.#watched.delete(watched)) watched.stop()
    }
  }
}
