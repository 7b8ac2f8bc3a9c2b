/**
 * Who gets what. First those that were passed too often, in order of arrival: what is free and they could use is set aside for them. Then
 * the runs that they wait for, in their place. Then everybody else, higher priority first, from what is left. Only requests that are new, or
 * wait for a pool where something changed, are looked at: all others could not be granted before and cannot be now.
 */
import type { Grant } from '../engine/contract.ts'
import { holderOf } from './holders.ts'
import { changeState } from './holds.ts'
import { heirs, lending } from './inheritance.ts'
import { keepAside, readyReservations } from './keep.ts'
import {
  beginReserving,
  beginWaiting,
  type HeldEntry,
  type Ledger,
  leave,
  lookAt,
  markDirty,
  type PoolEntry,
  poolOf,
  type RequestEntry,
  takeOff,
  type UnitEntry,
} from './ledger.ts'
import { passedBy } from './passing.ts'
import { type Cursor, current, cursorAt, servedBefore, tidy } from './queue.ts'
import { mayBeComplete, type Selection, select } from './selection.ts'
import { consume, reorderIfLow, usableStock } from './stock.ts'

/** Grants everything that can be granted at this time, and orders stock that runs low; see `drainOutcomes`. */
export const allocate = (ledger: Ledger, at: number): void => {
  while (ledger.planned.length > 0 && ledger.planned[0]!.since <= at) beginWaiting(ledger, ledger.planned.shift()!)
  if (at >= ledger.nextExpiry) noteExpiry(ledger, at)
  if (!ledger.changed) return
  for (const pool of ledger.settingAside) lookAt(ledger, pool)
  if (ledger.dirty.length > 0) dropIdle(ledger, at)
  if (ledger.fresh.length === 0 && ledger.dirty.length === 0) {
    ledger.changed = false
    return
  }
  const touched: PoolEntry[] = []
  // Somebody who is passed for the last time reserves from then on, ahead of all that were still to be tried, and an heir changes what is
  // set aside: then we begin again.
  while (!allocateRound(ledger, at, touched));
  for (const pool of ledger.dirty) {
    pool.dirty = false
    touched.push(pool)
  }
  ledger.settingAside = ledger.dirty.filter((pool) => pool.kept.length > 0 || pool.keeping.length > 0)
  // Where something was granted after things were set aside, that is decided anew next time.
  for (const pool of ledger.dirty) pool.stale = pool.grantedInRound === ledger.round
  ledger.dirty.length = 0
  ledger.fresh.length = 0
  for (const pool of touched) {
    tidy(pool.queue)
    reorderIfLow(ledger, pool, at)
  }
}

/** Where nobody waits and nothing is set aside, there is nothing to decide. */
const dropIdle = (ledger: Ledger, at: number): void => {
  let count = 0
  for (const pool of ledger.dirty) {
    if (pool.queue.size > 0 || pool.kept.length > 0 || pool.keeping.length > 0) ledger.dirty[count++] = pool
    else {
      pool.dirty = false
      pool.stale = false
      reorderIfLow(ledger, pool, at)
    }
  }
  ledger.dirty.length = count
}

/** What expired may have been set aside, and more may have to be ordered. */
const noteExpiry = (ledger: Ledger, at: number): void => {
  ledger.nextExpiry = Number.POSITIVE_INFINITY
  for (const pool of ledger.pools.values())
    for (const lot of pool.lots) {
      if (lot.expiresAt <= at) markDirty(ledger, pool)
      else ledger.nextExpiry = Math.min(ledger.nextExpiry, lot.expiresAt)
    }
}

/** False when a new reservation calls for another round. */
const allocateRound = (ledger: Ledger, at: number, touched: PoolEntry[]): boolean => {
  ledger.round++
  keepAside(ledger, at)
  // What is granted from here on may change whom somebody waits for.
  ledger.changed = false
  const ready = readyReservations(ledger.dirty)
  for (const entry of ready) {
    const selections = entry.groups.map((group) => ({ units: group.kept ?? [], complete: true }))
    if (grant(ledger, entry, selections, at, touched)) return false
  }
  for (const heir of heirs(ledger, ledger.dirty, at)) {
    const selections = lending(heir, () => selectAll(heir.entry, at))
    if (!selections) continue
    grant(ledger, heir.entry, selections, at, touched)
    return false
  }
  const candidates = candidatesOf(ledger)
  for (let entry = nextCandidate(candidates); entry !== null; entry = nextCandidate(candidates)) {
    const selections = selectAll(entry, at)
    if (selections && grant(ledger, entry, selections, at, touched)) return false
  }
  return true
}

/** New requests and the queues of pools where something changed, to be merged in the order in which they are served. */
interface Candidates {
  round: number
  fresh: RequestEntry[]
  position: number
  pools: PoolEntry[]
  cursors: Cursor[]
}

const candidatesOf = ({ round, fresh, dirty }: Ledger): Candidates => {
  if (fresh.length > 1) fresh.sort((left, right) => (servedBefore(left, right) ? -1 : 1))
  const pools = dirty.filter(({ stale }) => stale)
  return { round, fresh, position: 0, pools, cursors: pools.map((pool) => cursorAt(pool.queue)) }
}

const isCandidate = (entry: RequestEntry, round: number): boolean =>
  entry.state === 'waiting' && !entry.reserving && entry.triedInRound !== round

const nextCandidate = (candidates: Candidates): RequestEntry | null => {
  const { round, fresh, pools, cursors } = candidates
  while (candidates.position < fresh.length && !isCandidate(fresh[candidates.position]!, round)) candidates.position++
  let first = fresh[candidates.position] ?? null
  for (let index = 0; index < pools.length; index++) {
    if (isExhausted(pools[index]!)) continue
    const cursor = cursors[index]!
    let entry = current(cursor)
    while (entry !== null && !isCandidate(entry, round)) {
      cursor.position++
      entry = current(cursor)
    }
    if (entry !== null && (first === null || servedBefore(entry, first))) first = entry
  }
  if (first !== null) first.triedInRound = round
  return first
}

/** Nothing is left here for whoever needs at least one. */
const isExhausted = (pool: PoolEntry): boolean => pool.pool.kind === 'units' && pool.freeCount === 0 && pool.slotted.length === 0

const selectAll = (entry: RequestEntry, at: number): Selection[] | null => {
  for (const group of entry.groups) {
    if (group.pool.pool.kind === 'stock') {
      if (usableStock(group.pool, at) - group.pool.stockKept < group.quantity) return null
    } else if (!mayBeComplete(group)) return null
  }
  const selections: Selection[] = []
  for (const group of entry.groups) {
    const selection = group.pool.pool.kind === 'stock' ? { units: [], complete: true } : select(group)
    if (!selection.complete) return null
    selections.push(selection)
  }
  return selections
}

/** True when somebody began to reserve because of it. */
const grant = (ledger: Ledger, entry: RequestEntry, selections: Selection[], at: number, touched: PoolEntry[]): boolean => {
  const { holder, wait, needs } = entry.request
  const chosen: UnitEntry[][] = []
  for (let index = 0; index < needs.length; index++) chosen.push(noUnits)
  for (let position = 0; position < entry.groups.length; position++) {
    const group = entry.groups[position]!
    const { units } = selections[position]!
    touched.push(group.pool)
    group.pool.grantedInRound = ledger.round
    group.pool.stale = group.pool.dirty
    group.pool.stockKept -= group.stockKept
    group.stockKept = 0
    for (let place = 0; place < units.length; place++) chosen[group.needs[place]!] = units[place]!
  }
  const { held } = holderOf(ledger, holder)
  const grants: Grant[] = []
  for (let index = 0; index < needs.length; index++) {
    const need = needs[index]!
    const taken = chosen[index]!
    const pool = poolOf(ledger, need.pool)
    const lots = pool.pool.kind === 'stock' && need.quantity > 0 ? consume(ledger, pool, need.quantity, at) : []
    const units: string[] = []
    for (let place = 0; place < taken.length; place++) {
      take(ledger, taken[place]!, holder, need.hold, at)
      units.push(taken[place]!.unit.id)
    }
    const row: HeldEntry = {
      held: { holder, hold: need.hold, pool: need.pool, units, lots, state: 'reserved', since: at },
      // The ledger's own: a hold may come to have other units.
      units: taken === noUnits ? [] : taken,
    }
    held.push(row)
    ledger.changes?.held.add(row)
    grants.push({ hold: need.hold, units: units.slice(), lots: lots.map((lot) => ({ ...lot })) })
  }
  leave(ledger, entry)
  ledger.outcomes.push({ type: 'granted', at, holder, wait, grants })
  let reservations = false
  for (const passed of passedBy(entry, chosen)) {
    passed.request.passed++
    ledger.changes?.requests.add(passed)
    if (passed.request.passed < passed.passesMax) continue
    beginReserving(ledger, passed)
    reservations = true
  }
  return reservations
}

const noUnits: UnitEntry[] = []

const take = (ledger: Ledger, entry: UnitEntry, holder: string, hold: number, at: number): void => {
  if (entry.unit.state !== 'free' || entry.unit.holder !== '')
    throw new Error(`Unit "${entry.unit.id}" was to be granted, but is not free.`)
  if (entry.keptFor === null) takeOff(entry)
  entry.keptFor = null
  entry.unit.holder = holder
  entry.unit.hold = hold
  changeState(ledger, entry, 'reserved', at)
}
