/** How full a pool is, for pathways that decide by it: who would have to wait too long goes elsewhere. */
import type { Variables } from '../language/feel/value.ts'
import { type Ledger, poolOf } from './ledger.ts'
import { usableStock } from './stock.ts'

/**
 * `free` units (or stock) that anyone may have now, `inUse` and all `units` of it, closed ones included, and the requests that are `waiting`.
 * @throws UnknownToLedger for an unknown pool.
 */
export const availabilityOf = (ledger: Ledger, id: string, at: number): Variables => {
  const entry = poolOf(ledger, id)
  const { pool, units, freeCount, stockKept, queue } = entry
  const inUse = units.reduce((count, { unit }) => (unit.holder === '' ? count : count + 1), 0)
  const isStock = pool.kind === 'stock'
  const usable = isStock ? usableStock(entry, at) : 0
  return { free: isStock ? usable - stockKept : freeCount, waiting: queue.size, inUse, units: isStock ? usable : units.length }
}
