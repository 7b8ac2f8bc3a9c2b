/** What the API asks of a run's workflow: to complete a task, to resolve an incident. Both wait until it is durable. */
import { createHash } from 'node:crypto'
import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  WorkflowUpdateStage,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { COMPLETE, type Completion, type IncidentResolution, RESOLVE_INCIDENT } from '../workflows/messages.ts'
import { ProblemError } from './problems.ts'

/** Temporal's answers come within this, or the caller is told to ask again. */
const ANSWER_MS_MAX = 30_000

/** gRPC: cancelled, deadline exceeded, resource exhausted, aborted, unavailable. */
const UNAVAILABLE = new Set([1, 4, 8, 10, 14])

interface UpdateAnswer {
  sequence: number
}

/** @throws ProblemError `stale-task`, `run-over`, `temporal-unavailable`. */
export async function completeTask(client: Client, run: string, completion: Completion): Promise<UpdateAnswer> {
  return update(client, run, COMPLETE, completion, 'stale-task')
}

/** @throws ProblemError `no-such-incident`, `run-over`, `temporal-unavailable`. */
export async function resolveIncident(client: Client, run: string, resolution: IncidentResolution): Promise<UpdateAnswer> {
  return update(client, run, RESOLVE_INCIDENT, resolution, 'no-such-incident')
}

async function update<Message extends Completion | IncidentResolution>(
  client: Client,
  run: string,
  name: string,
  message: Message,
  refusal: 'stale-task' | 'no-such-incident',
): Promise<UpdateAnswer> {
  try {
    const handle = client.workflow.getHandle(run)
    return await client.withDeadline(Date.now() + ANSWER_MS_MAX, async () => {
      const started = await handle.startUpdate<UpdateAnswer, [Message]>(name, {
        args: [message],
        updateId: updateId(name, message),
        waitForStage: WorkflowUpdateStage.ACCEPTED,
      })
      return started.result()
    })
  } catch (error) {
    throw problemOf(error, refusal)
  }
}

/** The same request by the same person is the same Update to Temporal; a request refused once may be asked again. */
function updateId(name: string, message: Completion | IncidentResolution): string {
  const key = 'key' in message && message.key !== '' ? message.key : String(message.at)
  return `${name}-${message.wait}-${createHash('sha256').update(`${message.by} ${key}`).digest('hex').slice(0, 24)}`
}

function problemOf(error: unknown, refusal: 'stale-task' | 'no-such-incident'): unknown {
  if (error instanceof WorkflowUpdateFailedError) {
    const cause = error.cause
    if (cause instanceof ApplicationFailure && cause.type === 'RunOver') return new ProblemError('run-over')
    if (cause instanceof ApplicationFailure && cause.type === 'NotEnabled') return new ProblemError('wrong-form')
    if (cause instanceof ApplicationFailure) return new ProblemError(refusal)
    return error
  }
  // A run that has ended, or has not been begun by the relay yet: either way it does not wait for this.
  if (error instanceof WorkflowNotFoundError) return new ProblemError(refusal)
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnavailable(error))
    return new ProblemError('temporal-unavailable')
  return error
}

/** Whether Temporal could not be reached, or did not answer in time: the same request may be asked again. */
function isUnavailable(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error
  return isGrpcServiceError(cause) && UNAVAILABLE.has(cause.code)
}

/** Whether Temporal answers. */
export async function isTemporalReady(client: Client): Promise<boolean> {
  try {
    await client.withDeadline(Date.now() + 2_000, () => client.connection.workflowService.getSystemInfo({}))
    return true
  } catch {
    return false
  }
}
