/** Stock: quantities by lot, used earliest expiry first, ordered again at a threshold. */
import type { Grant } from '../engine/contract.ts'
import { byExpiry, type Ledger, markDirty, type PoolEntry, poolOf } from './ledger.ts'

/** A delivery: adds to the lot, or begins it. The order under way is over. @throws UnknownToLedger for an unknown pool. */
export const restock = (ledger: Ledger, pool: string, lot: string, quantity: number, expiresAt: number): void => {
  const entry = poolOf(ledger, pool)
  if (entry.pool.kind !== 'stock' || !(quantity > 0))
    throw new Error(`${quantity} of lot "${lot}" cannot be delivered to pool "${pool}".`)
  const known = entry.lots.find((candidate) => candidate.lot === lot)
  if (known) known.quantity += quantity
  else {
    entry.lots.push({ pool, lot, quantity, expiresAt })
    entry.lots.sort(byExpiry)
  }
  entry.pool.ordered = false
  ledger.nextExpiry = Math.min(ledger.nextExpiry, expiresAt)
  noteLot(ledger, pool, lot)
  ledger.changes?.pools.add(entry)
  markDirty(ledger, entry)
}

/** What may still be used. */
export const usableStock = (pool: PoolEntry, at: number): number => {
  let usable = 0
  for (const lot of pool.lots) if (lot.expiresAt > at) usable += lot.quantity
  return usable
}

/** Takes a quantity that is there. Lots that are used up are forgotten. */
export const consume = (ledger: Ledger, pool: PoolEntry, quantity: number, at: number): Grant['lots'] => {
  const used: Grant['lots'] = []
  let wanted = quantity
  for (const lot of pool.lots) {
    if (wanted === 0) break
    if (lot.expiresAt <= at) continue
    const part = Math.min(lot.quantity, wanted)
    lot.quantity -= part
    wanted -= part
    used.push({ lot: lot.lot, quantity: part })
    noteLot(ledger, pool.pool.id, lot.lot)
  }
  if (wanted > 0) throw new Error(`Pool "${pool.pool.id}" was to give ${wanted} more than it has.`)
  pool.lots = pool.lots.filter((lot) => lot.quantity > 0)
  return used
}

/** Orders more once, when what is left is at the threshold or below. */
export const reorderIfLow = (ledger: Ledger, entry: PoolEntry, at: number): void => {
  const { pool } = entry
  if (pool.kind !== 'stock' || pool.ordered || pool.reorderThreshold <= 0) return
  const remaining = usableStock(entry, at)
  if (remaining > pool.reorderThreshold) return
  pool.ordered = true
  ledger.changes?.pools.add(entry)
  ledger.outcomes.push({ type: 'reorderDue', at, pool: pool.id, quantity: pool.reorderQuantity, remaining })
}

const noteLot = (ledger: Ledger, pool: string, lot: string): void => {
  ledger.changes?.lots.set(JSON.stringify([pool, lot]), { pool, lot })
}
