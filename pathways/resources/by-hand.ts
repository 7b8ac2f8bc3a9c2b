/** What people do with units by hand: another one for who has one, a cleaning that nobody asked for, a unit that is clean after all. */
import { changeState, makeUsable } from './holds.ts'
import { type Ledger, markDirty, takeOff, type UnitEntry, unitOf } from './ledger.ts'

export type HandReason = 'not held' | 'not free' | 'other pool' | 'in use' | 'not dirty' | 'no turnover'

/** It cannot be done as the units are now; nothing has changed. */
export class ImpossibleByHand extends Error {
  readonly unit: string
  readonly reason: HandReason

  constructor(unit: string, reason: HandReason) {
    super(`Unit "${unit}": ${reason}.`)
    this.name = 'ImpossibleByHand'
    this.unit = unit
    this.reason = reason
  }
}

/**
 * Whoever has `from` has `to` instead, under the same hold and in the same state; `from` is left as if it had been given back. A unit that
 * is set aside for somebody who waits may be taken: what is set aside is decided anew.
 * @returns the run that has it. @throws ImpossibleByHand @throws UnknownToLedger
 */
export const move = (ledger: Ledger, from: string, to: string, at: number): string => {
  const left = unitOf(ledger, from)
  const taken = unitOf(ledger, to)
  const { holder, hold } = left.unit
  const row = ledger.holders.get(holder)?.held.find((candidate) => candidate.units.includes(left))
  if (!row) throw new ImpossibleByHand(from, 'not held')
  if (taken.pool !== left.pool) throw new ImpossibleByHand(to, 'other pool')
  if (taken.unit.state !== 'free') throw new ImpossibleByHand(to, 'not free')
  withdrawFree(ledger, taken)
  taken.unit.holder = holder
  taken.unit.hold = hold
  changeState(ledger, taken, row.held.state, at)
  row.units[row.units.indexOf(left)] = taken
  row.held.units = row.units.map(({ unit }) => unit.id)
  ledger.changes?.held.add(row)
  leave(ledger, left, row.held.state === 'occupied', at)
  return holder
}

const leave = (ledger: Ledger, entry: UnitEntry, used: boolean, at: number): void => {
  ledger.changed = true
  const after = entry.unit.holder
  entry.unit.holder = ''
  entry.unit.hold = -1
  if (used && entry.pool.pool.turnover !== '') soilUnit(ledger, entry, after, at)
  else makeUsable(ledger, entry, at)
}

/** A unit that nobody has needs its turnover: it is dirty, and a `turnoverDue` outcome says so. @throws ImpossibleByHand @throws UnknownToLedger */
export const soil = (ledger: Ledger, unit: string, at: number): void => {
  const entry = unitOf(ledger, unit)
  const { state, turnoverRun } = entry.unit
  if (state === 'reserved' || state === 'occupied' || turnoverRun !== '') throw new ImpossibleByHand(unit, 'in use')
  if (entry.pool.pool.turnover === '') throw new ImpossibleByHand(unit, 'no turnover')
  if (state === 'free') withdrawFree(ledger, entry)
  soilUnit(ledger, entry, unit, at)
}

const soilUnit = (ledger: Ledger, entry: UnitEntry, after: string, at: number): void => {
  const { id, pool } = entry.unit
  changeState(ledger, entry, 'dirty', at)
  ledger.outcomes.push({ type: 'turnoverDue', at, unit: id, pool, pathway: entry.pool.pool.turnover, after })
}

const withdrawFree = (ledger: Ledger, entry: UnitEntry): void => {
  markDirty(ledger, entry.pool)
  if (entry.keptFor === null) takeOff(entry)
  entry.keptFor = null
}
