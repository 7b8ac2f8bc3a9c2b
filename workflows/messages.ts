/**
 * What travels between the live hospital and one run's workflow. The workflow's id is the run's pseudonymous id, its type the pathway's id.
 * One object for each message, so that fields can be added.
 */
import type { Event } from '../pathways/engine/contract.ts'
import type { Instance } from '../pathways/engine/instance.ts'
import type { MigrationPlan } from '../pathways/engine/migration-plan.ts'
import type { Variables } from '../pathways/language/feel/value.ts'
import type { SiteTime } from '../pathways/time/site.ts'

export const TASK_QUEUE = 'parcours'
/** Name of the worker deployment: its versions are the releases of the host's code. */
export const DEPLOYMENT = 'parcours'

/** Signal: events for this run, from the relay; repeated until Temporal has accepted them, so each carries its outbox id. */
export const HEAR = 'hear'
/** Update: a person completes a task. */
export const COMPLETE = 'complete'
/** Update: somebody decides what becomes of a system activity that exhausted its retries. */
export const RESOLVE_INCIDENT = 'resolveIncident'
/** Update: go on by another version of the pathway. */
export const MIGRATE = 'migrate'
/** Signal: continue as new at the next quiet point, onto the newest release. */
export const MOVE_ON = 'moveOn'
/** Signal: the site's clock was started, stopped, moved or set to another rate; timers look at it anew. */
export const CLOCK_CHANGED = 'clockChanged'

/** W3C trace context of the request that caused this, or ''. */
export interface Traced {
  traceparent?: string
}

export interface RunInput extends Traced {
  run: string
  site: SiteTime
  /** The last committed sequence; 0 for a run that has not begun. */
  sequence: number
  /** Null for a run that has not begun: then `first` begins it. */
  instance: Instance | null
  first: Event | null
  /** Outbox ids already heard, the most recent ones. */
  heard: string[]
  /** Waits whose system activity, or whose failing event, is an open incident. */
  incidents: number[]
  /** Events that would fail the run, until somebody decides. */
  held?: HeldEvent[]
  /** Another run waits for this one's end: its failure is that one's business. */
  called?: true
}

/** What happened, and was accepted, but would fail the run: nobody catches the error that comes of it. */
export interface HeldEvent {
  /** What it answers; 0 when it answers nothing. */
  wait: number
  event: Event
  by?: string
  key?: string
}

/** The codec of a worker replaces it by the Program's text, so that histories hold the hash only. */
export interface ProgramReference {
  $program: string
  text?: string
}

export interface Heard extends Traced {
  id: string
  event: Event
}

export interface Completion extends Traced {
  wait: number
  result: Variables
  /** Hospital time. */
  at: number
  by: string
  /** The caller's idempotency key, or ''. */
  key: string
}

export interface IncidentResolution extends Traced {
  wait: number
  action: 'retry' | 'skip' | 'cancel'
  reason: string
  by: string
  at: number
  /** Corrected before what failed is tried again. */
  variables?: Variables
}

/** Comes with the reference of the newer version's Program. */
export interface Migration extends Traced {
  /** Of the migration of many runs that this is part of. */
  id: string
  plan: MigrationPlan
  at: number
}

/** A live step to be made durable, once per (run, sequence). */
export interface Step extends Traced {
  run: string
  sequence: number
  events: Event[]
  by: Record<number, string>
  keys: Record<number, string>
  effects: import('../pathways/engine/contract.ts').Effect[]
  instance: Instance
  /** `element` where it is not the one that waits. */
  incidents: { wait: number; activity: string; reason: string; element?: string }[]
  resolutions: { wait: number; action: string; reason: string; by: string }[]
  /** The migration that this step is, alone: what it is of the newer version, nothing else can be of the older one. */
  migration?: string
}

/** Wall time in Unix milliseconds, hospital time in milliseconds since the site's epoch, hospital milliseconds per wall millisecond. */
export interface ClockReading {
  wall: number
  hospitalNow: number
  rate: number
  /** The site lives in real time: its clock never stops. */
  real?: true
}

export interface StepAnswer {
  /** Grants to this very run, decided in the same transaction. */
  events: Event[]
  clock: ClockReading
}

export interface ActivityInput extends Traced {
  run: string
  wait: number
  element: string
  inputs: Variables
}

export interface ActivityOutput {
  result: Variables
  /** Hospital time at which it was done. */
  at: number
}

/** The local activities of the host itself, as types: the workflow knows no more of them. */
export interface HostActivities {
  commit(step: Step): Promise<StepAnswer>
  readClock(): Promise<ClockReading>
  /** A run as its last commit left it. */
  readInstance(run: string): Promise<Instance>
}

/** What the incident of an event that would fail the run has in place of a system activity's name. */
export const FAILURE = 'failure'
