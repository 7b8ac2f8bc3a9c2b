/** What happens to units by themselves: turnover, repair, closing by hand. */

import type { Unit } from './contract.ts'
import { changeState, makeUsable } from './holds.ts'
import { type Ledger, markDirty, takeOff, type UnitEntry, unitOf } from './ledger.ts'
import { isOpen } from './opening.ts'

/** A unit as it is now: the ledger's own row, to be read only. @throws UnknownToLedger */
export const unitIn = (ledger: Ledger, id: string): Readonly<Unit> => unitOf(ledger, id).unit

/** A turnover run has taken a dirty unit in hand. @throws Error when the unit is not dirty. */
export const turnoverBegun = (ledger: Ledger, unit: string, run: string): void => {
  const entry = dirtyUnit(ledger, unit)
  entry.unit.turnoverRun = run
  ledger.changed = true
  ledger.changes?.units.add(entry)
}

/**
 * The turnover of a dirty unit is over: done, it is free (or closed); not done, it stays dirty until somebody sees to it and this is
 * called again. @throws Error when the unit is not dirty.
 */
export const turnedOver = (ledger: Ledger, unit: string, ok: boolean, at: number): void => {
  const entry = dirtyUnit(ledger, unit)
  entry.unit.turnoverRun = ''
  ledger.changed = true
  ledger.changes?.units.add(entry)
  if (ok) makeUsable(ledger, entry, at)
}

/** Closes a unit by hand (at once when free, else when given back), or puts it back into service. */
export const setClosed = (ledger: Ledger, unit: string, closed: boolean, at: number): void => {
  const entry = unitOf(ledger, unit)
  entry.unit.outOfService = closed
  ledger.changes?.units.add(entry)
  openOrClose(ledger, entry, at)
}

/** Brings a unit that nobody uses in line with its calendar and what was decided by hand. */
export const openOrClose = (ledger: Ledger, entry: UnitEntry, at: number): void => {
  const usable = !entry.unit.outOfService && isOpen(ledger, entry.unit.calendar, at)
  if (entry.unit.state === 'free' && !usable) {
    if (entry.keptFor === null) takeOff(entry)
    entry.keptFor = null
    changeState(ledger, entry, 'closed', at)
    markDirty(ledger, entry.pool)
  } else if (entry.unit.state === 'closed' && usable) makeUsable(ledger, entry, at)
}

const dirtyUnit = (ledger: Ledger, unit: string): UnitEntry => {
  const entry = unitOf(ledger, unit)
  if (entry.unit.state !== 'dirty')
    throw new Error(`Unit "${unit}" is ${entry.unit.state}, not dirty: it has no turnover to end.`)
  return entry
}
