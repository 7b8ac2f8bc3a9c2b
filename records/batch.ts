/** One live step to be made durable, and its answer. */
import type { Effect, Event } from '../pathways/engine/contract.ts'
import type { Instance } from '../pathways/engine/instance.ts'

export interface CommitBatch {
  run: string
  /** One more than the last commit of this run. */
  sequence: number
  /** What was stepped, in order. */
  events: Event[]
  /** Who completed, by wait. */
  by?: Record<number, string>
  /** The completer's idempotency key, by wait. */
  keys?: Record<number, string>
  effects: Effect[]
  /** As it is after all the events. */
  instance: Instance
  /** System activities that exhausted their retries. */
  incidents?: { wait: number; activity: string; reason: string; element?: string }[]
  /** What somebody decided about an incident. */
  resolutions?: { wait: number; action: string; reason: string; by: string }[]
  /** Of the migration of many runs that this step is part of: it changes the run's version, and is alone in its batch. */
  migration?: string
  /** W3C trace context, handed on to whatever this causes. */
  traceparent?: string
}

export interface CommitAnswer {
  /** For this very run, decided in the same transaction: grants, and calls that could not be made. */
  events: Event[]
  clock: ClockReading
}

/** Wall time in Unix milliseconds, hospital time in milliseconds since the site's epoch, hospital milliseconds per wall millisecond. */
export interface ClockReading {
  wall: number
  hospitalNow: number
  rate: number
  /** The site lives in real time: its clock never stops. */
  real?: true
}
