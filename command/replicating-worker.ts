/** One thread that does the replications it is asked for, one after the other. */
import { parentPort, workerData } from 'node:worker_threads'
import { prepareExperiment } from '../twin/experiment/prepare.ts'
import { replicate } from '../twin/experiment/replicate.ts'
import type { WorkerMessage } from './replicating.ts'
import type { NamedScenario } from './scenario.ts'

const { scenario, programs } = workerData as NamedScenario
const experiment = prepareExperiment(scenario, new Map(programs))
const port = parentPort!
const say = (message: WorkerMessage) => port.postMessage(message)

port.on('message', (replication: number) => {
  const progress = (at: number) => {
    say({ replication, share: at / experiment.end })
    return false
  }
  say({ replication, measures: replicate(experiment, replication, progress)! })
})
