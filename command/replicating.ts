/** Replications side by side in worker threads; their order is that of their numbers, whoever did them. */
import { Worker } from 'node:worker_threads'
import type { Measure } from '../twin/experiment/measures.ts'
import type { NamedScenario } from './scenario.ts'

/** What a worker says: a replication is finished, or how far it has come. */
export type WorkerMessage = { replication: number; measures: Measure[] } | { replication: number; share: number }

export interface Replicating {
  workers: number
  /** Replications finished, parts of those under way included. */
  progress: (done: number) => void
  stop: AbortSignal
}

/** By replication, after those that are there; what was not finished when it was stopped is missing at the end. */
export async function replicateAll(
  named: NamedScenario,
  replications: number,
  options: Replicating,
  there: Measure[][] = [],
): Promise<Measure[][]> {
  const results: (Measure[] | undefined)[] = [...there, ...new Array(Math.max(0, replications - there.length)).fill(undefined)]
  const shares = new Map<number, number>()
  let next = there.length
  const tell = () => {
    const done = results.filter((each) => each !== undefined).length
    options.progress(done + [...shares.values()].reduce((sum, share) => sum + share, 0))
  }
  await Promise.all(
    Array.from({ length: Math.min(options.workers, replications - there.length) }, () =>
      withWorker(named, options.stop, (worker) => {
        const ask = () => (next < replications ? worker.postMessage(next++) : void worker.terminate())
        worker.on('message', (message: WorkerMessage) => {
          if ('share' in message) shares.set(message.replication, message.share)
          else {
            shares.delete(message.replication)
            results[message.replication] = message.measures
            ask()
          }
          tell()
        })
        ask()
      }),
    ),
  )
  const firstMissing = results.indexOf(undefined)
  return (firstMissing < 0 ? results : results.slice(0, firstMissing)) as Measure[][]
}

function withWorker(named: NamedScenario, stop: AbortSignal, use: (worker: Worker) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return resolve()
    const worker = new Worker(new URL('./replicating-worker.mjs', import.meta.url), { workerData: named })
    const end = () => void worker.terminate()
    stop.addEventListener('abort', end)
    worker.once('error', reject)
    worker.once('exit', () => {
      stop.removeEventListener('abort', end)
      resolve()
    })
    use(worker)
  })
}
