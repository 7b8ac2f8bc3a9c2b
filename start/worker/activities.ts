/** What the worker runs for workflows: the host's own local activities, and every connector behind one door. */
import { ApplicationFailure } from '@temporalio/common'
import type { Connector } from '../../activities/connector.ts'
import { ConnectorError } from '../../activities/connector.ts'
import { traced } from '../../activities/traced.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import { currentClock, hospitalNow } from '../../records/clock.ts'
import { commit } from '../../records/commit.ts'
import type { Records } from '../../records/database.ts'
import { RecordsError } from '../../records/errors.ts'
import { readRun } from '../../records/runs.ts'
import type { ActivityInput, ActivityOutput, HostActivities, Step } from '../../workflows/messages.ts'

export type WorkerActivities = HostActivities & Record<string, (input: never) => Promise<unknown>>

export function workerActivities(records: Records, connectors: Record<string, Connector>): WorkerActivities {
  const activities: Record<string, (input: ActivityInput) => Promise<ActivityOutput>> = {}
  for (const [name, connector] of Object.entries(connectors)) activities[name] = activityOf(records, name, connector)
  const host: HostActivities = {
    commit: (step) => durableStep(records, step),
    readClock: () => currentClock(records),
    readInstance: (run) => instanceOf(records, run),
  }
  return { ...activities, ...host } as WorkerActivities
}

async function instanceOf(records: Records, id: string): Promise<Instance> {
  const run = await readRun(records, id)
  if (run?.instance) return run.instance
  throw ApplicationFailure.nonRetryable(`The run "${id}" has no step yet`, 'unknownRun')
}

async function durableStep(records: Records, step: Step) {
  const attributes = { run: step.run, sequence: step.sequence }
  return traced('commit', step.traceparent, attributes, async () => {
    try {
      return await commit(records, step)
    } catch (error) {
      // What can never succeed must stop loudly instead of being tried for ever.
      if (error instanceof RecordsError && error.code === 'outOfSequence') {
        throw ApplicationFailure.nonRetryable(error.message, error.code)
      }
      throw error
    }
  })
}

function activityOf(records: Records, name: string, connector: Connector) {
  return (input: ActivityInput): Promise<ActivityOutput> =>
    traced(name, input.traceparent, { run: input.run, element: input.element }, async () => {
      try {
        const result = await connector(input)
        return { result, at: await hospitalNow(records) }
      } catch (error) {
        throw await asFailure(records, error)
      }
    })
}

/** A connector's refusal is either the pathway's business, by its code, or an operator's. */
async function asFailure(records: Records, error: unknown): Promise<unknown> {
  if (!(error instanceof ConnectorError)) return error
  if (error.code) return ApplicationFailure.nonRetryable(error.message, 'BpmnError', error.code, await hospitalNow(records))
  return ApplicationFailure.create({ message: error.message, type: 'ConnectorError', nonRetryable: !error.retryable })
}
