/** The simulated hospital as plain JSON: what `Hospital.state` gives, what a live hospital or another simulation goes on from. */

import type { Event } from '../../pathways/engine/contract.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import type { LedgerSnapshot } from '../../pathways/resources/index.ts'
import type { ArrivalPosition } from './arrivals.ts'
import type { ChanceKey } from './chance.ts'
import type { HeapEntry } from './event-heap.ts'
import type { Interrupted } from './options.ts'

/** Kinds of what is planned: what comes first when times are equal. */
export const PlannedKind = { calendar: 0, task: 1, timer: 2, delivery: 3, message: 4, arrival: 5 } as const

export type Planned =
  /** `chained` ones plan their successor; the others are for one slot's start. */
  | { type: 'calendar'; chained: boolean }
  | { type: 'closing'; units: string[]; closed: boolean; work?: Interrupted }
  /** The count-th breakdown of a unit, and its repair. */
  | { type: 'breakdown'; unit: string; count: number }
  | { type: 'repair'; unit: string; count: number }
  /** A request that still waits becomes so urgent. */
  | { type: 'rise'; run: string; wait: number; priority: number }
  /** A batch begins though it is not full; its work is over. */
  | { type: 'batchDue'; batch: string }
  | { type: 'batchDone'; batch: string }
  | { type: 'task'; run: string; wait: number }
  | { type: 'timer'; run: string; wait: number }
  | { type: 'delivery'; pool: string; lot: string; quantity: number; expiresAt: number }
  | { type: 'message'; name: string; key: Value; payload: Variables }
  | { type: 'arrival'; stream: string; index: number }
  | { type: 'start'; pathway: string; patient: string; variables: Variables }
  /** What a run is about to hear: in a live hospital it may be on its way. */
  | { type: 'event'; run: string; event: Event }

export interface TaskUnderWay {
  wait: number
  node: number
  activation: number
  begun: number
  /** When it will be done. */
  done: number
  inputs: Variables
  /** Where its chance comes from. */
  key: ChanceKey
}

export interface SimulatedRun {
  id: string
  /** Process id and Program hash. */
  pathway: string
  hash: string
  instance: Instance
  /** Whom it is for: stream and index of an arrival, handed down to called runs and runs begun by message; '' for units' and stock's. */
  patient: string
  startedAt: number
  key: ChanceKey
  /** How often each element drew, by element and loop instance. */
  iterations: Record<string, number>
  tasks: TaskUnderWay[]
  caller: { run: string; wait: number } | null
  /** Called runs still open, by the wait that called them. */
  called: Record<number, string>
  /** The dirty unit it makes usable, or ''. */
  turnsOver: string
  /** The broken unit that it repairs, and which of its breakdowns it is. */
  repairs?: { unit: string; count: number }
  /** By activation, where work may be interrupted. */
  conduct: Record<number, Conduct>
}

/** Of work that may be interrupted. */
export interface Conduct {
  /** When and how urgently it first asked for what it needs. */
  asked: number
  priority: number
  /** What was drawn for it when it began; null before. */
  begun: { lastsMs: number; key: ChanceKey } | null
  /** Interrupted: what there is left to do. */
  leftMs: number | null
}

/** Runs that are served as one. */
export interface Batch {
  id: string
  pathway: string
  node: number
  state: 'gathering' | 'waiting' | 'working'
  /** Tasks, in the order in which they came. */
  members: { run: string; wait: number }[]
  /** How long the work takes: as long as that of the first who came. */
  lastsMs: number
}

export interface Letter {
  name: string
  key: Value
  payload: Variables
  /** Only this run may hear it, whatever its key. */
  run?: string
}

/** One that nobody has listened for yet. */
export interface KeptLetter extends Letter {
  /** When it was sent, hospital milliseconds. */
  at: number
}

export interface HospitalState {
  at: number
  runs: SimulatedRun[]
  ledger: LedgerSnapshot
  agenda: HeapEntry<Planned>[]
  nextSequence: number
  nextRun: number
  positions: Record<string, ArrivalPosition>
  /** Messages that nobody has listened for yet. */
  unread: KeptLetter[]
  /** In the order in which they began to listen. */
  listeners: { kind: 'message' | 'signal'; name: string; run: string; wait: number; key: Value }[]
  /** Orders of each pool so far: an order's chance belongs to its number. */
  orders: Record<string, number>
  /** By unit: for how many reasons it is out of service, where that has changed. */
  outages: Record<string, number>
  batches: Batch[]
  nextBatch: number
  started: Record<string, number>
  ended: Record<string, number>
}

/** Events that are to be stepped at this very time, in order. */
export interface Delivery {
  run: SimulatedRun
  event: Event
}
