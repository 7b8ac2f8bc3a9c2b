/** An experiment of the twin: chunks of replications go to whoever has a thread to spare, round after round. What comes of them is kept by the activities. */
import {
  ActivityFailure,
  CancellationScope,
  ContinueAsNew,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow'
import type { ExperimentActivities, ExperimentInput } from '../activities/experiments/contract.ts'

const HISTORY_EVENTS_MAX = 2_000

const { planReplications, concludeExperiment } = proxyLocalActivities<ExperimentActivities>({
  startToCloseTimeout: '1 minute',
  localRetryThreshold: '1 minute',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '10 seconds' },
})

export async function experiment(input: ExperimentInput): Promise<void> {
  const { replicate, findWarmUp } = proxyActivities<ExperimentActivities>({
    startToCloseTimeout: '7 days',
    // Who simulates says once a second that it is alive.
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 10 },
    // A short experiment is not kept waiting by a long one, where the server knows of fairness.
    priority: { fairnessKey: input.id },
  })
  try {
    for (;;) {
      const { isWarmUpMissing, chunks } = await planReplications(input)
      if (isWarmUpMissing) await findWarmUp(input)
      else if (chunks === 0) return
      else await Promise.all(Array.from({ length: chunks }, (_, slot) => replicate({ ...input, slot })))
      if (workflowInfo().historyLength > HISTORY_EVENTS_MAX) await continueAsNew<typeof experiment>(input)
    }
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error
    const state = isCancellation(error) ? 'stopped' : 'failed'
    await CancellationScope.nonCancellable(() => concludeExperiment({ ...input, state, reason: reasonOf(error) }))
    throw error
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof ActivityFailure && error.cause ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}
