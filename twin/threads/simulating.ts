/** What a simulating thread does: it prepares the scenario it is given, then the replications it is asked for, one after the other. */
import { parentPort } from 'node:worker_threads'
import type { Experiment } from '../experiment/prepare.ts'
import { prepareReady } from '../experiment/ready.ts'
import { replicate } from '../experiment/replicate.ts'
import { findWarmUp } from '../experiment/warm-up.ts'
import type { ThreadAnswer, ThreadQuestion } from './simulator.ts'

const port = parentPort!
const say = (answer: ThreadAnswer) => port.postMessage(answer)
const experiments = new Map<number, Experiment>()
let experiment: Experiment | null = null

port.on('message', (question: ThreadQuestion) => {
  if ('key' in question) {
    const { key, ready, forget } = question
    experiments.delete(forget)
    if (ready) experiments.set(key, prepareReady(ready))
    experiment = experiments.get(key)!
    return
  }
  const { end } = experiment!
  if (question.ask === 'warmUp') return say({ warmUp: findWarmUp(experiment!) })
  const progress = (at: number) => {
    say({ share: at / end })
    return false
  }
  say({ measures: replicate(experiment!, question.replication, progress)! })
})
