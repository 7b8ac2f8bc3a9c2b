/** One thread that does the replications it is asked for, one after the other. It keeps the experiments it was told of, until it is told to forget them. */
import { parentPort } from 'node:worker_threads'
import { type Experiment, prepareExperiment } from '../twin/experiment/prepare.ts'
import { replicate } from '../twin/experiment/replicate.ts'
import type { WorkerAnswer, WorkerOrder } from './replicators.ts'

const experiments = new Map<number, Experiment>()
const port = parentPort!
const say = (answer: WorkerAnswer) => port.postMessage(answer)

port.on('message', ({ key, named, forget, replication }: WorkerOrder) => {
  experiments.delete(forget)
  if (named) experiments.set(key, prepareExperiment(named.scenario, new Map(named.programs)))
  const experiment = experiments.get(key)!
  const progress = (at: number) => {
    say({ share: at / experiment.end })
    return false
  }
  say({ measures: replicate(experiment, replication, progress)! })
})
