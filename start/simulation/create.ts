/** A Temporal Worker for the experiments of one release. */
import type { DataConverter } from '@temporalio/common'
import { type NativeConnection, Worker } from '@temporalio/worker'
import type { ExperimentWorker } from '../../activities/experiments/activities.ts'
import { experimentQueue } from '../../workflows/experiment-messages.ts'

export interface SimulationParts {
  connection: NativeConnection
  namespace: string
  dataConverter: DataConverter
  experiments: ExperimentWorker
  engine: string
  codePath: string
  /** Replications that are simulated side by side. */
  threads: number
}

export function createSimulationWorker(parts: SimulationParts): Promise<Worker> {
  const { connection, namespace, dataConverter, experiments, engine, codePath, threads } = parts
  const { planReplications, findWarmUp, replicate, concludeExperiment } = experiments
  return Worker.create({
    ...{ connection, namespace, dataConverter },
    taskQueue: experimentQueue(engine),
    workflowBundle: { codePath },
    activities: { planReplications, findWarmUp, replicate, concludeExperiment },
    maxConcurrentActivityTaskExecutions: threads,
    maxHeartbeatThrottleInterval: '1 second',
    defaultHeartbeatThrottleInterval: '1 second',
    // A workflow whose worker was killed goes on elsewhere after this.
    stickyQueueScheduleToStartTimeout: '3 seconds',
    workflowThreadPoolSize: 1,
    shutdownGraceTime: '1 second',
  })
}
