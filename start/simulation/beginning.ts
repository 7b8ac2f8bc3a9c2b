/** Starts the workflows of experiments that people have asked for, each generation once; takes over what an older release has left unfinished. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common'
import type { Logger } from 'pino'
import type { ExperimentInput } from '../../activities/experiments/contract.ts'
import type { Records } from '../../records/database.ts'
import {
  adoptExperiment,
  type ExperimentGeneration,
  experimentsOfOthers,
  noteBegun,
  unbegunExperiments,
} from '../../records/experiment-work.ts'
import { EXPERIMENTS_CHANNEL } from '../../records/experiments.ts'
import { EXPERIMENT, experimentQueue } from '../../workflows/experiment-messages.ts'

/** Somebody may have asked without our hearing of it. */
const POLL_MS = 5_000
const SITE = defineSearchAttributeKey('Site', 'KEYWORD')

/** Runs until `signal` aborts. A database or a server that is away is waited for. */
export async function beginExperimentsUntil(
  signal: AbortSignal,
  records: Records,
  { client, engine, log }: { client: Client; engine: string; log: Logger },
): Promise<void> {
  let wake = new AbortController()
  const look = () => wake.abort()
  const { unlisten } = await records.sql.listen(EXPERIMENTS_CHANNEL, look, look)
  while (!signal.aborted) {
    wake = new AbortController()
    try {
      for (const experiment of await unbegunExperiments(records, engine)) {
        await begin(records, client, engine, experiment)
        log.info({ experiment: experiment.id, generation: experiment.generation }, 'begun')
      }
      for (const other of await experimentsOfOthers(records, engine)) {
        if (await isServed(client, other.engine)) continue
        log.info({ experiment: other.id, release: other.engine }, 'begun again: no worker of its release is left')
        await adoptExperiment(records, other, engine)
      }
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'error' }, 'experiments are not begun this time; trying again')
    }
    await delay(POLL_MS, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => {})
  }
  await unlisten().catch((error: unknown) =>
    log.debug({ error: error instanceof Error ? error.name : 'error' }, 'listening ended'),
  )
}

async function begin(records: Records, client: Client, engine: string, { id, generation }: ExperimentGeneration): Promise<void> {
  try {
    await client.workflow.start(EXPERIMENT, {
      workflowId: `${id}/${generation}`,
      taskQueue: experimentQueue(engine),
      args: [{ id, generation } satisfies ExperimentInput],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      typedSearchAttributes: new TypedSearchAttributes([{ key: SITE, value: records.site }]),
    })
  } catch (error) {
    // By another worker, or by this one before its note was lost.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
  await noteBegun(records, { id, generation })
}

/** Whether somebody works on a release's experiments. */
async function isServed(client: Client, engine: string): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: experimentQueue(engine) },
    taskQueueType: 2,
  })
  const recently = Date.now() - POLLED_MS_MAX
  return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 > recently)
}

/** A worker that waits for work asks again at least once a minute. */
const POLLED_MS_MAX = 90_000
