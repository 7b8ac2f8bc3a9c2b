/**
 * The allocator's data: plain JSON, the same in the twin's memory and in Postgres. One Ledger is one site.
 * Times are hospital milliseconds. A `holder` is a run's id; its holds are counters of that run's Instance.
 */
import type { Value } from '../language/feel/value.ts'
import type { RequestedNeed } from '../engine/contract.ts'

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
  /** How many later requests may pass a waiting one before it reserves what it could use. */
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

export interface Request {
  holder: string
  wait: number
  needs: RequestedNeed[]
  priority: number
  slot: { unit: string; start: number } | null
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
