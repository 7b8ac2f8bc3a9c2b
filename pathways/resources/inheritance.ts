/**
 * What is set aside for a request that lacks something must not stop whoever could give it what it lacks. So the requests that it waits for,
 * however indirectly, go in its place and may have what is set aside for it: priority inheritance (L. Sha, R. Rajkumar, J. Lehoczky, 1990).
 * Bounded waiting stays: who holds what is lacking gives it back one day, and nobody new can take it meanwhile.
 */

import { familyOf } from './families.ts'
import { meets } from './filter.ts'
import { type Ledger, offer, type PoolEntry, type RequestEntry, type RequestGroup, takeOff, type UnitEntry } from './ledger.ts'
import { arrivedBefore, servedBefore } from './queue.ts'
import { mayBeComplete, select } from './selection.ts'
import { usableStock } from './stock.ts'

/** A request, and those in whose place it may go: whatever is set aside for any of them. */
export interface Heir {
  entry: RequestEntry
  lenders: RequestEntry[]
}

/** Those that may go in the place of requests for which something is set aside in these pools, in the order in which they are served. */
export const heirs = (ledger: Ledger, pools: PoolEntry[], at: number): Heir[] => {
  const found = new Map<RequestEntry, Heir>()
  const lenders = lendersIn(pools)
  if (lenders.length === 0) return []
  const hasOthers = othersThan(ledger, pools, at)
  for (const lender of lenders) {
    if (!hasOthers(lender)) continue
    for (const entry of [...waitedFor(ledger, lender, at)].sort(inOrder)) {
      const heir = found.get(entry)
      if (heir) heir.lenders.push(lender)
      else found.set(entry, { entry, lenders: [lender] })
    }
  }
  return [...found.values()]
}

/**
 * Whether there is anyone but a lender who is new, or waits where something changed, and for whom there would be enough if all that is set
 * aside were lent: nobody else can be granted anything, whoever waits for whom.
 */
const othersThan = ({ fresh }: Ledger, pools: PoolEntry[], at: number): ((lender: RequestEntry) => boolean) => {
  let only: RequestEntry | null = null
  const isSecond = (entry: RequestEntry): boolean => {
    if (entry === only || entry.state !== 'waiting' || !entry.groups.every((group) => mayBeLent(group, at))) return false
    if (only !== null) return true
    only = entry
    return false
  }
  if (fresh.some(isSecond)) return () => true
  for (const pool of pools) {
    if (pool.pool.kind === 'units' && pool.freeCount + pool.kept.length === 0) continue
    for (const { entries, head } of pool.queue.lanes)
      for (let place = head; place < entries.length; place++) if (isSecond(entries[place]!)) return () => true
  }
  return (lender) => only !== null && only !== lender
}

const mayBeLent = ({ pool, quantity }: RequestGroup, at: number): boolean =>
  (pool.pool.kind === 'stock' ? usableStock(pool, at) : pool.freeCount + pool.kept.length) >= quantity

/** Runs `attempt` while what is set aside for the lenders, and for the heir itself, may be had by anyone; undone when it gives null. */
export const lending = <T>({ entry, lenders }: Heir, attempt: () => T | null): T | null => {
  const lends = (owner: RequestEntry | null): owner is RequestEntry =>
    owner !== null && (owner === entry || lenders.includes(owner))
  const units: [UnitEntry, RequestEntry][] = []
  const stock: [RequestGroup, number][] = []
  for (const { pool } of entry.groups) {
    for (const unit of pool.kept) {
      const owner = unit.keptFor
      if (!lends(owner)) continue
      units.push([unit, owner])
      // Nobody but its heir may have a planned unit.
      unit.keptFor = unit === entry.slotUnit ? entry : null
      if (unit.keptFor === null) offer(unit)
    }
    for (const group of pool.keeping) {
      if (group.stockKept === 0 || !lends(group.entry)) continue
      stock.push([group, group.stockKept])
      pool.stockKept -= group.stockKept
      group.stockKept = 0
    }
  }
  const result = attempt()
  if (result !== null) return result
  for (const [unit, owner] of units) {
    if (unit.keptFor === null) takeOff(unit)
    unit.keptFor = owner
  }
  for (const [group, quantity] of stock) {
    group.stockKept = quantity
    group.pool.stockKept += quantity
  }
  return null
}

const inOrder = (left: RequestEntry, right: RequestEntry): number => (servedBefore(left, right) ? -1 : 1)

/** Requests for which something is set aside and that still lack something, in order of arrival. */
const lendersIn = (pools: PoolEntry[]): RequestEntry[] => {
  const lenders = new Set<RequestEntry>()
  for (const pool of pools) {
    for (const { keptFor } of pool.kept) if (keptFor !== null) lenders.add(keptFor)
    for (const { entry, stockKept } of pool.keeping) if (stockKept > 0) lenders.add(entry)
  }
  return [...lenders].sort((left, right) => (arrivedBefore(left, right) ? -1 : 1))
}

/** The waiting requests of every run that has what this one lacks, and of those that they wait for in turn. */
const waitedFor = (ledger: Ledger, first: RequestEntry, at: number): Set<RequestEntry> => {
  const known = new Set([first])
  for (const entry of known) {
    const runs = new Set<string>()
    for (const group of entry.groups) {
      if (!isLacking(group, at)) continue
      for (const other of group.pool.keeping) if (other.stockKept > 0) known.add(other.entry)
      for (const unit of group.pool.units) {
        if (!wanted(group, unit)) continue
        const { state, holder, turnoverRun } = unit.unit
        if (holder !== '') runs.add(holder)
        else if (state === 'dirty' && turnoverRun !== '') runs.add(turnoverRun)
        else if (unit.keptFor !== null) known.add(unit.keptFor)
      }
    }
    for (const request of requestsOf(ledger, runs)) known.add(request)
  }
  known.delete(first)
  return known
}

const isLacking = (group: RequestGroup, at: number): boolean => {
  if (group.entry.reserving) return !group.keptComplete
  if (group.pool.pool.kind === 'stock') return usableStock(group.pool, at) - group.pool.stockKept < group.quantity
  return !mayBeComplete(group) || !select(group).complete
}

const wanted = ({ entry, needs }: RequestGroup, unit: UnitEntry): boolean =>
  needs.some((index) => meets(unit.kind.attributes, entry.request.needs[index]!.where))

/** What these runs ask for, and the runs that they have called: found among whoever waits, or among whoever they are, whichever are fewer. */
const requestsOf = (ledger: Ledger, runs: Set<string>): RequestEntry[] => {
  const found: RequestEntry[] = []
  const take = (entry: RequestEntry) => {
    if (entry.state === 'waiting' && entry.callers.some((run) => runs.has(run))) found.push(entry)
  }
  let waiting = 0
  for (const { queue } of ledger.pools.values()) waiting += queue.size
  if (waiting < runs.size) {
    for (const { queue } of ledger.pools.values())
      for (const { entries, head } of queue.lanes) for (let place = head; place < entries.length; place++) take(entries[place]!)
    return found
  }
  for (const family of new Set([...runs].map(familyOf)))
    for (const holder of ledger.families.get(family) ?? []) ledger.holders.get(holder)!.requests.forEach(take)
  return found
}
