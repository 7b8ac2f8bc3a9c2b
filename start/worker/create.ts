/** A Temporal Worker for one release of the host's code. */
import type { DataConverter } from '@temporalio/common'
import { type NativeConnection, Worker } from '@temporalio/worker'
import type { WorkflowBundle } from '../../workflows/bundle.ts'
import { DEPLOYMENT, TASK_QUEUE } from '../../workflows/messages.ts'
import type { WorkerActivities } from './activities.ts'

/** A workflow that is waiting takes about 0.4 MB. */
const CACHED_WORKFLOWS_MAX = 1_500

export interface WorkerParts {
  connection: NativeConnection
  namespace: string
  dataConverter: DataConverter
  activities: WorkerActivities
}

export function createWorker({ buildId, codePath }: WorkflowBundle, parts: WorkerParts): Promise<Worker> {
  return Worker.create({
    ...parts,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath },
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: { deploymentName: DEPLOYMENT, buildId },
      defaultVersioningBehavior: 'PINNED',
    },
    maxCachedWorkflows: CACHED_WORKFLOWS_MAX,
    workflowThreadPoolSize: 1,
    maxConcurrentLocalActivityExecutions: 20,
    shutdownGraceTime: '3 seconds',
  })
}
