/** What comes to a run, and the step that it becomes. */
import { ApplicationFailure } from '@temporalio/workflow'
import type { Event } from '../pathways/engine/contract.ts'
import type { MigrationRefusal, Refusal } from '../pathways/engine/index.ts'
import type { Instance } from '../pathways/engine/instance.ts'
import type { Variables } from '../pathways/language/feel/value.ts'
import type { HeldEvent, Migration, ProgramReference, Step } from './messages.ts'

/** Something to be stepped, and who waits for it to be durable. */
export interface Incoming {
  event: Event | null
  by?: string
  key?: string
  incident?: Step['incidents'][number]
  resolution?: Step['resolutions'][number]
  migration?: { to: ProgramReference; migration: Migration }
  /** Corrected before the event. */
  variables?: Variables | undefined
  /** Somebody has decided that it may fail the run. */
  mayFail?: true
  traceparent?: string | undefined
  settle?: (refusal: ApplicationFailure | null) => void
}

/** A step that is on its way into the records, and those who wait for it. */
export interface LiveStep {
  step: Step
  taken: Incoming[]
}

/** A step in which nothing has happened yet. */
export const newStep = (run: string, sequence: number, instance: Instance, ready: Incoming[]): Step => ({
  run,
  sequence,
  events: [],
  by: {},
  keys: {},
  effects: [],
  instance,
  incidents: [],
  resolutions: [],
  traceparent: ready.find((incoming) => incoming.traceparent)?.traceparent ?? '',
})

/** An event that would fail the run, as it is kept until somebody decides. */
export function heldOf({ event, by, key }: Incoming): HeldEvent {
  const wait = event && 'wait' in event ? event.wait : 0
  return { wait, event: event!, ...(by && { by }), ...(key && { key }) }
}

export const failureOf = ({ message, code }: Refusal): ApplicationFailure => ApplicationFailure.nonRetryable(message, code)

export const overFailure = (): ApplicationFailure => ApplicationFailure.nonRetryable('This run is over', 'RunOver')

export function migrationFailure(refusals: MigrationRefusal[]): ApplicationFailure {
  return ApplicationFailure.nonRetryable('This run cannot move to that version', 'MigrationRefused', refusals)
}
