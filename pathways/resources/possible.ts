/** Refuses what could never be granted, whatever is given back, so that nobody waits for ever without being told. */
import type { Request } from './contract.ts'
import { meets } from './filter.ts'
import { ImpossibleRequest } from './impossible.ts'
import type { Ledger, PoolEntry } from './ledger.ts'
import { needPlannedFor } from './selection.ts'

/** Null when the request can be granted one day, with the units there are, closed ones included. */
export const impossibility = (ledger: Ledger, request: Request): ImpossibleRequest | null => {
  for (const need of request.needs) {
    const pool = ledger.pools.get(need.pool)
    if (!pool)
      return new ImpossibleRequest(
        need.pool,
        'unknown pool',
        `There is no pool "${need.pool}". Add it to the hospital or correct the pathway.`,
      )
    const whole = pool.pool.kind === 'stock' || Number.isInteger(need.quantity)
    if (!(need.quantity >= 0 && Number.isFinite(need.quantity) && whole))
      return new ImpossibleRequest(need.pool, 'bad quantity', `"${need.quantity}" is no quantity of pool "${need.pool}".`)
    if (pool.pool.kind === 'stock' && need.where.some((filter) => filter.value !== null))
      return new ImpossibleRequest(need.pool, 'filter on stock', `"${need.pool}" is stock: it has no attributes to filter on.`)
  }
  const slot = slotImpossibility(ledger, request)
  if (slot) return slot
  for (const need of request.needs) {
    const pool = ledger.pools.get(need.pool)!
    if (pool.pool.kind === 'units' && !fits(pool, request))
      return new ImpossibleRequest(
        need.pool,
        'more than there are',
        `Pool "${need.pool}" has fewer units that fit than the ${quantityOf(pool, request)} asked for together.`,
      )
  }
  return null
}

/** Null when the planned unit is there, is of a pool that is asked for, and fits or was chosen all the same. */
export const slotImpossibility = (ledger: Ledger, request: Request): ImpossibleRequest | null => {
  const { slot } = request
  if (slot === null || slot.unit === '') return null
  const id = slot.unit
  const unit = ledger.units.get(id)
  if (!unit) return new ImpossibleRequest('', 'unknown planned unit', `There is no unit "${id}" to be planned on.`)
  const pool = unit.pool.pool.id
  const needs = request.needs.filter((need) => need.pool === pool && need.quantity > 0)
  if (needs.length === 0)
    return new ImpossibleRequest(
      pool,
      'planned unit not asked for',
      `Unit "${id}" is planned, but nothing of pool "${pool}" is asked for.`,
    )
  if (needPlannedFor(needs, slot, unit.unit.attributes) < 0)
    return new ImpossibleRequest(
      pool,
      'planned unit does not fit',
      `The planned unit "${id}" does not have the attributes asked for.`,
    )
  return null
}

const needsOf = (pool: PoolEntry, request: Request) => request.needs.filter((need) => need.pool === pool.pool.id)

const quantityOf = (pool: PoolEntry, request: Request): number =>
  needsOf(pool, request).reduce((sum, need) => sum + need.quantity, 0)

/** Hall's condition over subsets of the needs: each set of needs finds as many units that fit one of them as it asks for. */
const fits = (pool: PoolEntry, request: Request): boolean => {
  const needs = needsOf(pool, request).filter((need) => need.quantity > 0)
  if (needs.length === 1 && needs[0]!.where.length === 0) return needs[0]!.quantity <= pool.units.length
  for (let subset = 1; subset < 1 << needs.length; subset++) {
    let asked = 0
    needs.forEach((need, index) => {
      if (subset & (1 << index)) asked += need.quantity
    })
    let found = 0
    for (const kind of pool.kinds)
      if (needs.some((need, index) => subset & (1 << index) && meets(kind.attributes, need.where))) found += kind.units.length
    if (found < asked) return false
  }
  return true
}
