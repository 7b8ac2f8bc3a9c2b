/** One thread that does the replications it is asked for, one after the other. */
import { parentPort, workerData } from 'node:worker_threads'
import { type ForecastData, questionOf } from './data.ts'
import { prepareForecast, replicateFork } from './forecast.ts'
import type { WorkerSays } from './threads.ts'

const prepared = prepareForecast(questionOf(workerData as ForecastData))
const port = parentPort!

port.on('message', (replication: number) => {
  const base = replicateFork(prepared, prepared.base, replication)
  const changed = prepared.changed && replicateFork(prepared, prepared.changed, replication)
  const said: WorkerSays = { replication, base, changed }
  port.postMessage(said, [base.buffer, ...(changed ? [changed.buffer] : [])] as ArrayBuffer[])
})
