/** One experiment as it goes on, for a stream: its state whenever it has changed, until it is over. */
import type { Records } from '../records/database.ts'
import { EXPERIMENTS_CHANNEL, type ExperimentRow, readExperiment } from '../records/experiments.ts'

/** Changes come by the second and by the worker. */
const APART_MS = 300
/** A notification may be lost with its line. */
const POLL_MS = 2_000

/**
 * The experiment now, and again whenever something has been told of it, at least every two seconds; it ends with what is over, or when
 * `signal` aborts.
 */
export async function* followExperiment(records: Records, id: string, signal: AbortSignal): AsyncGenerator<ExperimentRow> {
  let hasChanged = false
  let wake = () => {}
  const { unlisten } = await records.sql.listen(EXPERIMENTS_CHANNEL, (changed) => {
    if (changed !== id) return
    hasChanged = true
    wake()
  })
  signal.addEventListener('abort', () => wake())
  try {
    while (!signal.aborted) {
      hasChanged = false
      const row = await readExperiment(records, id)
      yield row
      if (row.state !== 'running') return
      await new Promise<void>((resolve) => setTimeout(resolve, APART_MS))
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, POLL_MS)
        if (hasChanged || signal.aborted) resolve()
      })
    }
  } finally {
    await unlisten()
  }
}
