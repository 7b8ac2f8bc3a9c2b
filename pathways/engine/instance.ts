/**
 * The Instance: where one patient is. Plain JSON between any two steps; its host owns it, `step` changes it in place.
 * The marking (what can still happen) stands apart from variables and from bookkeeping, so that the proof can hash markings.
 */
import type { Value, Variables } from '../language/feel/value.ts'
import type { Outcome, ThrownError, WaitKind } from './contract.ts'

export interface Instance {
  /** Hash of the Program it runs. */
  program: string
  marking: Marking
  /**
   * Variables by scope activation id; 0 is the process. Inner scopes hide outer ones. Under the id of an activation that has ended: what was
   * visible there when it completed, for whoever undoes it.
   */
  variables: Record<number, Variables>
  bookkeeping: Bookkeeping
}

export interface Marking {
  /** Tokens at rest before a joining gateway: how many on which flow, in which scope activation. */
  tokens: { flow: number; scope: number; count: number }[]
  /** Activities, subprocesses and catching events that have begun and not ended; the process is activation 0. */
  activations: Activation[]
  waits: Wait[]
  holds: Hold[]
  /** Activities of sequential ad-hoc subprocesses that wait for their turn; absent when there are none. */
  enabled?: { node: number; scope: number }[]
  /** Completed work that can still be undone, in the order of completion; absent when there is none. */
  compensables?: Compensable[]
  outcome: Outcome | 'running'
}

export interface Activation {
  id: number
  node: number
  /** The activation of the scope that contains it; -1 for the process. */
  scope: number
  /** For one instance of a multi-instance activity: the activation of the whole, else -1. */
  whole: number
  /** Multi-instance counter from 1; 0 otherwise. */
  instance: number
  state: 'requesting' | 'active' | 'cancelling'
  /** Multi-instance wholes: how many there are to be, how many completed. Ad-hoc scopes: 1 completed when they only wait for what had begun. */
  planned: number
  completed: number
  /**
   * An interruption that waits for called runs to end: the boundary event or event subprocess that goes on then, its own node when it
   * completes then (terminate, completion condition), or -1 when it is only cancelled.
   */
  interruptedBy: number
  /** For one that undoes completed work: which, by its id, and for whom (`Compensable.by`). */
  undoes?: { work: number; by: number }
}

/** An activity that completed and can still be undone. */
export interface Compensable {
  /** The id of the activation that completed. */
  id: number
  node: number
  /** Where it stands: the activation around it, open or itself kept here. */
  scope: number
  /** The node that undoes it, an activity or an event subprocess; -1 when what was done inside is undone instead. */
  handler: number
  /** Who is undoing it: the activation of a throw event or of a transaction, or the number of a throw that did not wait; -1 for nobody. */
  by: number
}

/** Something the host was asked for and has not answered. */
export interface Wait {
  id: number
  kind: WaitKind
  /** The node that waits: the activity, or the event (boundary, intermediate, event subprocess start). */
  node: number
  /** The activation it belongs to: for a boundary event, that of the activity that carries it. */
  activation: number
  /** Timers: when. */
  due: number
  /** Timer cycles: how often still, -1 for ever. */
  repeats: number
  /** Timer cycles: the period in ISO 8601. */
  period: string
  /** Timer cycles of months: from when they are counted, and how many have passed; the 31st comes back after February. */
  counted?: { from: number; times: number }
  /** Messages and signals: what is listened for. Choices of what comes next: the nodes that are offered. */
  name: string
  key: Value
  /** Multiple events: which of their parts. */
  part?: number
}

export interface Hold {
  id: number
  /** Index in Program.holds, or -1 for an element's own need. */
  declaration: number
  /** The activation whose end gives it back. */
  activation: number
  state: 'requested' | 'reserved' | 'occupied'
  units: string[]
  lots: { lot: string; quantity: number }[]
  /** Belongs to the caller: never released here. */
  lent: boolean
}

export interface Bookkeeping {
  nextId: number
  startedAt: number
  /** Time of the last event. */
  at: number
  /** When each open activation began, by activation id. */
  since: Record<number, number>
  /** Items of the collection that a sequential multi-instance activity goes through, by activation of the whole. */
  items: Record<number, Value[]>
  error: ThrownError | null
}
