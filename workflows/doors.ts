/** Where a run's workflow meets the world: the signals and updates it hears, the activities it asks for. */
import { defineSignal, defineUpdate, proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import {
  type ActivityInput,
  type ActivityOutput,
  CLOCK_CHANGED,
  type ClockReading,
  COMPLETE,
  type Completion,
  HEAR,
  type Heard,
  type HostActivities,
  type IncidentResolution,
  MIGRATE,
  type Migration,
  MOVE_ON,
  type ProgramReference,
  RESOLVE_INCIDENT,
} from './messages.ts'

export const { commit, readClock, readInstance } = proxyLocalActivities<HostActivities>({
  startToCloseTimeout: '20 seconds',
  localRetryThreshold: '1 minute',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '10 seconds' },
})

export const activities = proxyActivities<Record<string, (input: ActivityInput) => Promise<ActivityOutput>>>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds', maximumAttempts: 8 },
})

export const hear = defineSignal<[Heard[]]>(HEAR)
export const moveOn = defineSignal<[]>(MOVE_ON)
export const clockChanged = defineSignal<[ClockReading]>(CLOCK_CHANGED)
export const complete = defineUpdate<{ sequence: number }, [Completion]>(COMPLETE)
export const resolveIncident = defineUpdate<{ sequence: number }, [IncidentResolution]>(RESOLVE_INCIDENT)
export const migrateRun = defineUpdate<{ sequence: number }, [ProgramReference, Migration]>(MIGRATE)
