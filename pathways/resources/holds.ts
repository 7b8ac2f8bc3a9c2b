/** What a run does with what it was granted: begins to use it, gives it back, hands it over. */

import type { HeldUnits, Unit } from './contract.ts'
import { forgetIfIdle, holderOf } from './holders.ts'
import { UnknownToLedger } from './impossible.ts'
import { type HeldEntry, type Ledger, markDirty, offer, type UnitEntry } from './ledger.ts'
import { isOpen } from './opening.ts'

/** A reserved hold begins to be used. @throws UnknownToLedger when there is no such hold. */
export const occupy = (ledger: Ledger, holder: string, hold: number, at: number): void => {
  const entry = heldOf(ledger, holder, hold)
  if (entry.held.state === 'occupied') return
  entry.held.state = 'occupied'
  entry.held.since = at
  ledger.changes?.held.add(entry)
  for (const unit of entry.units) changeState(ledger, unit, 'occupied', at)
}

/**
 * Gives a hold back: what was only reserved is free again, what was used is dirty when its pool has a turnover (a `turnoverDue` outcome
 * says so), else free or, outside its opening hours, closed. Consumed stock is not given back; the hold just ends.
 * @throws UnknownToLedger when there is no such hold.
 */
export const release = (ledger: Ledger, holder: string, hold: number, at: number): void => {
  const entry = ended(ledger, holder, hold)
  for (const unit of entry.units) {
    const pathway = unit.pool.pool.turnover
    if (entry.held.state === 'occupied' && pathway !== '') {
      changeState(ledger, unit, 'dirty', at)
      ledger.outcomes.push({ type: 'turnoverDue', at, unit: unit.unit.id, pool: unit.unit.pool, pathway, after: holder })
    } else makeUsable(ledger, unit, at)
  }
}

/**
 * A hold ends in the middle of work: its units are free or closed at once, without a turnover.
 * @throws UnknownToLedger when there is no such hold.
 */
export const giveUp = (ledger: Ledger, holder: string, hold: number, at: number): void => {
  for (const unit of ended(ledger, holder, hold).units) makeUsable(ledger, unit, at)
}

/** Nobody has its units any more: what becomes of them is left to say. */
const ended = (ledger: Ledger, holder: string, hold: number): HeldEntry => {
  const entry = heldOf(ledger, holder, hold)
  takeAway(ledger, holder, entry)
  ledger.changes?.held.add(entry)
  for (const { unit } of entry.units) {
    unit.holder = ''
    unit.hold = -1
  }
  return entry
}

const takeAway = (ledger: Ledger, holder: string, entry: HeldEntry): void => {
  const from = holderOf(ledger, holder)
  ledger.changed = true
  from.held.splice(from.held.indexOf(entry), 1)
  forgetIfIdle(ledger, from)
}

/** The units change hands and are never free in between. @throws UnknownToLedger when there is no such hold. */
export const transfer = (ledger: Ledger, holder: string, hold: number, toHolder: string, toHold: number): void => {
  const entry = heldOf(ledger, holder, hold)
  if (ledger.holders.get(toHolder)?.held.some((candidate) => candidate.held.hold === toHold))
    throw new Error(`Run "${toHolder}" has a hold ${toHold} already.`)
  takeAway(ledger, holder, entry)
  const moved: HeldEntry = { held: { ...entry.held, holder: toHolder, hold: toHold }, units: entry.units }
  holderOf(ledger, toHolder).held.push(moved)
  ledger.changes?.held.add(entry).add(moved)
  for (const unit of moved.units) {
    unit.unit.holder = toHolder
    unit.unit.hold = toHold
    ledger.changes?.units.add(unit)
  }
}

/** Whether this run has this hold. */
export const holds = (ledger: Ledger, holder: string, hold: number): boolean =>
  ledger.holders.get(holder)?.held.some((entry) => entry.held.hold === hold) ?? false

/** What a run has by a hold; undefined when it has nothing. */
export const heldBy = (ledger: Ledger, holder: string, hold: number): HeldUnits | undefined =>
  ledger.holders.get(holder)?.held.find((entry) => entry.held.hold === hold)?.held

/** Free, or closed when a person or its calendar says so. */
export const makeUsable = (ledger: Ledger, entry: UnitEntry, at: number): void => {
  if (entry.unit.outOfService || !isOpen(ledger, entry.unit.calendar, at)) {
    changeState(ledger, entry, 'closed', at)
    return
  }
  changeState(ledger, entry, 'free', at)
  offer(entry)
  markDirty(ledger, entry.pool)
}

export const changeState = (ledger: Ledger, entry: UnitEntry, state: Unit['state'], at: number): void => {
  entry.unit.state = state
  entry.unit.since = at
  ledger.changes?.units.add(entry)
}

const heldOf = (ledger: Ledger, holder: string, hold: number): HeldEntry => {
  const entry = ledger.holders.get(holder)?.held.find((candidate) => candidate.held.hold === hold)
  if (!entry) throw new UnknownToLedger(`hold ${hold} of run "${holder}"`)
  return entry
}
