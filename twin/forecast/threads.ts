/** Replications of a forecast side by side in worker threads; their order is that of their numbers, whoever did them. */
import { Worker } from 'node:worker_threads'
import type { ForecastData } from './data.ts'
import type { Pair } from './result.ts'

export interface Threads {
  workers: number
  stop?: AbortSignal
  /** Called with how many replications are finished. */
  progress?: (finished: number) => void
}

export interface WorkerSays extends Pair {
  replication: number
}

/** What was not finished when it was stopped is missing at the end. */
export async function replicateInThreads(
  data: ForecastData,
  replications: number,
  { workers, stop, progress }: Threads,
): Promise<Pair[]> {
  const pairs = new Array<Pair | undefined>(replications).fill(undefined)
  let [next, finished] = [0, 0]
  const work = () =>
    new Promise<void>((resolve, reject) => {
      if (stop?.aborted) return resolve()
      const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: data })
      const end = () => void worker.terminate()
      stop?.addEventListener('abort', end)
      const ask = () => (next < replications ? worker.postMessage(next++) : end())
      worker.on('message', ({ replication, base, changed }: WorkerSays) => {
        pairs[replication] = { base, changed }
        progress?.(++finished)
        ask()
      })
      worker.once('error', reject)
      worker.once('exit', () => {
        stop?.removeEventListener('abort', end)
        resolve()
      })
      ask()
    })
  await Promise.all(Array.from({ length: Math.min(workers, replications) }, work))
  const missing = pairs.indexOf(undefined)
  return (missing < 0 ? pairs : pairs.slice(0, missing)) as Pair[]
}
