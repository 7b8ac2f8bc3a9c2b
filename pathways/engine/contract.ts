/**
 * What passes between the pathway engine and its hosts. The engine decides, the host carries out: `accepts` only reads, `step` mutates
 * the Instance and appends effects through `host.emit`, and the host drains them after `step` has returned, never during.
 * All times are hospital time: whole milliseconds since the site's epoch.
 */
import type { Value, Variables } from '../language/feel/value.ts'

/** What a host is waiting for on the engine's behalf, and conditions, which the engine looks at by itself. Ids are counters of one instance, never reused. */
/** How long a message that nobody listens for is kept, milliseconds: whoever listens later does not hear it any more. On every host. */
export const MESSAGE_KEPT_MS = 30 * 24 * 3_600_000

export type WaitKind = 'request' | 'task' | 'timer' | 'message' | 'signal' | 'call' | 'condition'

/** The world tells the engine. */
export type Event =
  /** `start` is the node index of the start event; -1 takes the plain one. `holds` come from a caller or from turnover. */
  | { type: 'started'; at: number; start: number; variables: Variables; holds: ReceivedHold[] }
  /** The request's needs, all of them, in the order asked. Answered by releases when the request was withdrawn. */
  | { type: 'granted'; at: number; wait: number; grants: Grant[] }
  /** A held unit is lost (breakdown, preemption). */
  | { type: 'revoked'; at: number; hold: number }
  /** Whoever has the unit `from`, as its own or lent, has `to` in its place: somebody decided so. */
  | { type: 'moved'; at: number; from: string; to: string }
  | { type: 'completed'; at: number; wait: number; result: Variables }
  /** A task failed, or a request can never be granted. */
  | { type: 'failed'; at: number; wait: number; code: string; message: string }
  /** `at` is the timer's due time. A cycle asks to be woken again under the same wait. */
  | { type: 'elapsed'; at: number; wait: number }
  /** What goes on listening subscribes again under the same wait; otherwise the wait is over. */
  | { type: 'received'; at: number; wait: number; payload: Variables }
  | { type: 'runEnded'; at: number; wait: number; outcome: Outcome; variables: Variables; error: ThrownError | null }
  | { type: 'variablesChanged'; at: number; variables: Variables }
  /** Plans have changed: dates that are waited for and units planned are read anew where they follow from these variables. */
  | { type: 'rescheduled'; at: number; variables: Variables }
  | { type: 'cancelled'; at: number; reason: string }

export type Outcome = 'completed' | 'failed' | 'cancelled'
export interface ThrownError {
  code: string
  message: string
  /** BPMN id of the element where it rose. */
  element: string
}

export interface Grant {
  hold: number
  /** Unit ids; empty for stock. */
  units: string[]
  /** Lots consumed, for stock. */
  lots: { lot: string; quantity: number }[]
}

/** A hold that a new run starts with; the k-th, from 1, gets the hold id k. `lent` ones go back to the caller by themselves and are never released here. */
export interface ReceivedHold {
  name: string
  units: string[]
  lent: boolean
}

/** One need of a request, with its filters evaluated: all a ledger must know. */
export interface RequestedNeed {
  /** Id of the hold that a grant creates: a counter of this instance, the ledger's key together with the run. */
  hold: number
  pool: string
  quantity: number
  where: { attribute: string; operator: '=' | '!=' | '<=' | '>=' | 'in'; value: Value }[]
}

/** The engine tells the world, in order. */
export type Effect =
  | {
      type: 'acquire'
      wait: number
      node: number
      needs: RequestedNeed[]
      priority: number
      /** A planned unit and start, or null. */
      slot: { unit: string; start: number } | null
    }
  /** A reserved hold begins to be used. */
  | { type: 'occupy'; hold: number }
  | { type: 'release'; hold: number }
  /** A person's task (user, manual) or a system activity (service, send with an activity). `activation` tells loop instances apart. */
  | {
      type: 'perform'
      wait: number
      node: number
      activation: number
      inputs: Variables
      priority: number
      due: number | null
      place: string
    }
  /** An open task has become another one by migration: the same wait, and all that there is to know of it anew. */
  | { type: 'revise'; wait: number; node: number; inputs: Variables; priority: number; due: number | null; place: string }
  | { type: 'wake'; wait: number; at: number }
  | { type: 'subscribe'; wait: number; kind: 'message' | 'signal'; name: string; key: Value }
  /** The wait is over without an answer: the request is withdrawn, the task closed, the timer dropped, the called run cancelled. */
  | { type: 'cancel'; wait: number; kind: WaitKind }
  | { type: 'send'; kind: 'message' | 'signal'; name: string; key: Value; payload: Variables; node: number }
  | { type: 'call'; wait: number; node: number; process: string; variables: Variables; holds: CalledHold[] }
  | {
      type: 'record'
      event: RecordedEvent
      element: number
      at: number
      activation: number
      instance: number
      detail: Variables | null
    }
  | { type: 'end'; outcome: Outcome; at: number; error: ThrownError | null }

export interface CalledHold {
  hold: number
  as: string
  units: string[]
  lent: boolean
}

/** `element` is a node index, for `taken` a flow index. `instance` is the multi-instance counter from 1, or 0. */
export type RecordedEvent =
  | 'entered'
  | 'completed'
  | 'cancelled'
  | 'failed'
  | 'taken'
  | 'thrown'
  | 'caught'
  | 'requested'
  | 'granted'
  | 'released'
  | 'migrated'

export interface Host {
  emit(effect: Effect): void
  /** Decides an exclusive or inclusive gateway in the twin and in rehearsal: the flows to take, by index; none lets the conditions decide. */
  choose?(node: number, activation: number): readonly number[]
  /** Which of the enabled activities of a sequential ad-hoc subprocess comes next, by node index; -1 for the order of the document. */
  chooseActivity?(node: number, activation: number, enabled: number[]): number
}
