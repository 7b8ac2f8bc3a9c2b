/**
 * The allocator's data: plain JSON, the same in the twin's memory and in Postgres. One Ledger is one site.
 * Times are hospital milliseconds. A `holder` is a run's id, and a called run's is its caller's, a dot and more; its holds are counters of that
 * run's Instance.
 */

import type { Grant, RequestedNeed } from '../engine/contract.ts'
import type { Value } from '../language/feel/value.ts'
import type { ImpossibleRequest } from './impossible.ts'

export type UnitState = 'free' | 'reserved' | 'occupied' | 'dirty' | 'closed'

export interface Pool {
  id: string
  name: string
  kind: 'units' | 'stock'
  /** Process id of the pathway that makes a used unit usable again; '' for none. */
  turnover: string
  /** Stock: below or at it, more is ordered; 0 for never. */
  reorderThreshold: number
  /** Stock: how much one order brings. */
  reorderQuantity: number
  /** Stock: an order is under way; the next delivery ends it. */
  ordered: boolean
  /**
   * How many requests, later or lower, may pass a waiting one before it reserves what it could use. From then on it is served in order
   * of arrival, ahead of higher priorities too: that is what bounds starvation. Only the runs that it waits for go before it.
   */
  passesMax: number
}

export interface Unit {
  id: string
  pool: string
  name: string
  /** Where it stands, for people and for transport: `Bloc/Salle 2`. */
  place: string
  attributes: Record<string, Value>
  state: UnitState
  /** The run and hold that has it; '' and -1 when nobody has. A dirty unit may be in its turnover run's hands: see `turnoverRun`. */
  holder: string
  hold: number
  turnoverRun: string
  /** Opening hours by calendar id; '' is always open. */
  calendar: string
  /** Closed by a person (broken, under repair, not staffed): whatever the calendar says, from when it is next given back. */
  outOfService: boolean
  since: number
}

export interface Lot {
  pool: string
  lot: string
  quantity: number
  /** Hospital time; the earliest is used first. */
  expiresAt: number
}

export interface Calendar {
  id: string
  /** Weekly opening in local time: minutes since Monday 00:00, from inclusive to exclusive. */
  open: { fromMinute: number; toMinute: number }[]
}

/** Not granted before `start`; from then on the unit is kept for it. A unit of '' leaves the choice open. */
export interface Slot {
  unit: string
  start: number
  /** A person chose the unit; `despite` what the need's filters ask of it. */
  chosen?: 'fitting' | 'despite'
}

export interface Request {
  holder: string
  wait: number
  needs: RequestedNeed[]
  priority: number
  slot: Slot | null
  at: number
  /** The site's order of arrival: breaks ties. */
  sequence: number
  /** How many later or lower requests have passed it. */
  passed: number
}

/** Held units and consumed lots, by (holder, hold). */
export interface HeldUnits {
  holder: string
  hold: number
  pool: string
  units: string[]
  lots: { lot: string; quantity: number }[]
  state: 'reserved' | 'occupied'
  since: number
}

/** A whole ledger as plain JSON: `createLedger(snapshotOf(ledger), site)` goes on exactly as `ledger` would. */
export interface LedgerSnapshot {
  pools: Pool[]
  units: Unit[]
  lots: Lot[]
  calendars: Calendar[]
  requests: Request[]
  held: HeldUnits[]
  nextSequence: number
}

/** What the ledger decided, in order. */
export type LedgerOutcome =
  | { type: 'granted'; at: number; holder: string; wait: number; grants: Grant[] }
  /** An occupied unit was given back: start `pathway` with it, then `turnedOver`. `after` is the run that left it. */
  | { type: 'turnoverDue'; at: number; unit: string; pool: string; pathway: string; after: string }
  | { type: 'reorderDue'; at: number; pool: string; quantity: number; remaining: number }
  /** The request can never be granted and does not wait. */
  | { type: 'refused'; at: number; holder: string; wait: number; error: ImpossibleRequest }

/** Rows to write and rows to delete since changes were last drained. */
export interface LedgerChanges {
  pools: Pool[]
  units: Unit[]
  lots: Lot[]
  requests: Request[]
  held: HeldUnits[]
  lotsGone: { pool: string; lot: string }[]
  requestsGone: { holder: string; wait: number }[]
  heldGone: { holder: string; hold: number }[]
  nextSequence: number
}

/** Why a request waits, as data: a page or a command says it in its reader's language. */
export interface Explanation {
  holder: string
  wait: number
  /** `planned` before its slot's start, `reserving` once it has been passed as often as it may. */
  state: 'planned' | 'waiting' | 'reserving'
  /** From when it has been waiting: its slot's start when that is later than the request. */
  since: number
  passed: number
  passesMax: number
  /** The unit it is planned on, by its pathway or by a person, and how that unit is now; it waits for no other in its place. */
  planned: { unit: string; state: UnitState; start: number; chosen: boolean } | null
  needs: {
    hold: number
    pool: string
    quantity: number
    /** Units that fit by state, or stock that may be used (`free`); `kept` are free but set aside for others. */
    suitable: { free: number; kept: number; reserved: number; occupied: number; dirty: number; closed: number }
    satisfied: boolean
  }[]
  /** Requests that come first and want something that this one could use, in the order in which they would be served. */
  ahead: { holder: string; wait: number; priority: number; since: number }[]
  /** 1 for the next to be served. */
  position: number
}
