/** Setting aside: planned units from their slot's start on, and what requests that were passed too often could use. */
import { type Ledger, markDirty, offer, type PoolEntry, type RequestEntry, takeOff, type UnitEntry } from './ledger.ts'
import { arrivedBefore, servedBefore } from './queue.ts'
import { select } from './selection.ts'
import { usableStock } from './stock.ts'

/** Decides anew what is set aside where something changed: stock first, since who lacks stock waits for a delivery and keeps no unit idle. */
export const keepAside = (ledger: Ledger, at: number): void => {
  for (const pool of [...ledger.dirty]) {
    if (pool.pool.kind !== 'stock' || !pool.stale) continue
    const before = pool.reserving.map(hasStock)
    keepInPool(pool, at)
    pool.reserving.forEach((entry, position) => {
      if (hasStock(entry) !== before[position]) for (const group of entry.groups) markDirty(ledger, group.pool)
    })
  }
  for (const pool of ledger.dirty) if (pool.pool.kind === 'units' && pool.stale) keepInPool(pool, at)
}

const hasStock = (entry: RequestEntry): boolean =>
  entry.groups.every((group) => group.pool.pool.kind === 'units' || group.keptComplete)

/** It depends on nothing but what is free there, who is planned and who reserves. */
const keepInPool = (pool: PoolEntry, at: number): void => {
  for (const unit of pool.kept) {
    if (unit.keptFor === null) continue
    unit.keptFor = null
    offer(unit)
  }
  pool.kept.length = 0
  for (const group of pool.keeping) {
    group.kept = null
    group.stockKept = 0
    group.keptComplete = false
  }
  pool.keeping.length = 0
  pool.stockKept = 0
  if (pool.slotted.length > 1) pool.slotted.sort((left, right) => (servedBefore(left, right) ? -1 : 1))
  for (const entry of pool.slotted) {
    const unit = entry.slotUnit!
    if (unit.unit.state === 'free' && unit.keptFor === null) keep(unit, entry)
  }
  if (pool.pool.kind === 'stock') keepStock(pool, at)
  else keepUnits(pool)
}

const keepUnits = (pool: PoolEntry): void => {
  for (const entry of pool.reserving) {
    if (pool.freeCount === 0 && pool.slotted.length === 0) return
    if (!hasStock(entry)) continue
    const group = entry.groups.find((candidate) => candidate.pool === pool)!
    const selection = select(group)
    group.kept = selection.units
    group.keptComplete = selection.complete
    pool.keeping.push(group)
    for (const units of selection.units) for (const unit of units) if (unit.keptFor === null) keep(unit, entry)
  }
}

const keepStock = (pool: PoolEntry, at: number): void => {
  let left = pool.reserving.length === 0 ? 0 : usableStock(pool, at)
  for (const entry of pool.reserving) {
    if (left <= 0) return
    const group = entry.groups.find((candidate) => candidate.pool === pool)!
    group.stockKept = Math.min(left, group.quantity)
    group.keptComplete = group.stockKept === group.quantity
    left -= group.stockKept
    pool.stockKept += group.stockKept
    pool.keeping.push(group)
  }
}

const keep = (unit: UnitEntry, entry: RequestEntry): void => {
  takeOff(unit)
  unit.keptFor = entry
  unit.pool.kept.push(unit)
}

/** Requests in these pools for which everything they ask for is set aside, in order of arrival. */
export const readyReservations = (pools: PoolEntry[]): RequestEntry[] => {
  if (pools.every((pool) => pool.keeping.length === 0)) return []
  const ready = new Set<RequestEntry>()
  for (const pool of pools)
    for (const { entry, keptComplete } of pool.keeping)
      if (keptComplete && entry.groups.every((group) => group.keptComplete)) ready.add(entry)
  return [...ready].sort((left, right) => (arrivedBefore(left, right) ? -1 : 1))
}
