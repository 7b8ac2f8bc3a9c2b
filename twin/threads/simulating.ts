/** What a simulating thread does: it prepares the scenario it is given, then the replications it is asked for, one after the other. */
import { constants, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { STRETCH_HOURS } from '../experiment/explored.ts'
import { openedReplication } from '../experiment/going-on.ts'
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
  if (question.ask === 'opened') {
    // Linux takes it of this thread alone; elsewhere it would be of the whole process.
    if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW)
    return say({ opened: openedReplication(experiment!, question.replication, STRETCH_HOURS * 3_600_000) })
  }
  const progress = (at: number) => {
    say({ share: at / end })
    return false
  }
  say({ measures: replicate(experiment!, question.replication, progress)! })
})
