/**
 * What is set aside for a request that lacks something must not stop whoever could give it what it lacks. So the requests that it waits for,
 * however indirectly, go in its place and may have what is set aside for it: priority inheritance (L. Sha, R. Rajkumar, J. Lehoczky, 1990).
 * Bounded waiting stays: who holds what is lacking gives it back one day, and nobody new can take it meanwhile.
 */

import { meets } from './filter.ts'
import {
  type HolderEntry,
  type Ledger,
  offer,
  type PoolEntry,
  type RequestEntry,
  type RequestGroup,
  takeOff,
  type UnitEntry,
  type UnitKind,
} from './ledger.ts'
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
  if (pools.every(({ kept, keeping }) => kept.length === 0 && keeping.length === 0)) return []
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
    const lacking = entry.groups.filter((group) => isLacking(group, at))
    if (lacking.length === 0) continue
    for (const group of lacking) {
      for (const other of group.pool.keeping) if (other.stockKept > 0) known.add(other.entry)
      for (const unit of group.pool.kept) if (unit.keptFor !== null && wanted(group, unit.kind)) known.add(unit.keptFor)
    }
    for (const request of requestsOfHolders(ledger, lacking)) known.add(request)
  }
  known.delete(first)
  return known
}

const isLacking = (group: RequestGroup, at: number): boolean => {
  if (group.entry.reserving) return !group.keptComplete
  if (group.pool.pool.kind === 'stock') return usableStock(group.pool, at) - group.pool.stockKept < group.quantity
  return !mayBeComplete(group) || !select(group).complete
}

const wanted = ({ entry, needs }: RequestGroup, { attributes }: UnitKind): boolean =>
  needs.some((index) => meets(attributes, entry.request.needs[index]!.where))

/**
 * What those ask for who have, or are making usable, units that are lacking, and the runs that they have called: found among whoever waits,
 * or among whoever has such units, whichever takes less.
 */
const requestsOfHolders = (ledger: Ledger, lacking: RequestGroup[]): RequestEntry[] => {
  const kinds: UnitKind[] = []
  for (const group of lacking) for (const kind of group.pool.kinds) if (wanted(group, kind)) kinds.push(kind)
  let waiting = 0
  for (const { queue } of ledger.pools.values()) waiting += queue.size
  let units = 0
  for (const kind of kinds) units += kind.units.length
  return waiting < units * HOLDER_COST ? amongWaiting(ledger, kinds) : amongHolders(ledger, kinds)
}

/** How many times as much it takes to look at a holder, with the runs that it has called, as at somebody who waits. */
const HOLDER_COST = 8

const amongWaiting = (ledger: Ledger, kinds: UnitKind[]): RequestEntry[] => {
  const mark = ++ledger.marks
  for (const kind of kinds) {
    kind.mark = mark
    if (kind.units[0]!.pool.pool.turnover === '') continue
    for (const { unit } of kind.units) {
      if (unit.turnoverRun === '') continue
      const cleaning = ledger.holders.get(unit.turnoverRun)
      if (cleaning) cleaning.mark = mark
    }
  }
  const found: RequestEntry[] = []
  for (const { queue } of ledger.pools.values())
    for (const { entries, head } of queue.lanes)
      for (let place = head; place < entries.length; place++) {
        const entry = entries[place]!
        if (entry.state === 'waiting' && isMarked(entry.holder, mark)) found.push(entry)
      }
  return found
}

/** Whether a run, or one above it, is marked, or has a unit of a kind that is. */
const isMarked = (run: HolderEntry, mark: number): boolean => {
  for (let holder: HolderEntry | null = run; holder !== null; holder = holder.caller) {
    if (holder.mark === mark) return true
    const { held } = holder
    for (let index = 0; index < held.length; index++) {
      const { units } = held[index]!
      for (let place = 0; place < units.length; place++) if (units[place]!.kind.mark === mark) return true
    }
  }
  return false
}

const amongHolders = (ledger: Ledger, kinds: UnitKind[]): RequestEntry[] => {
  const mark = ++ledger.marks
  const found: RequestEntry[] = []
  for (const { units } of kinds)
    for (const { unit } of units) {
      const run = unit.holder || unit.turnoverRun
      const holder = run === '' ? undefined : ledger.holders.get(run)
      if (holder) addRequests(holder, mark, found)
    }
  return found
}

/** Those that wait, of a run and of all that it called, once. */
const addRequests = (holder: HolderEntry, mark: number, found: RequestEntry[]): void => {
  if (holder.mark === mark) return
  holder.mark = mark
  for (const entry of holder.requests) if (entry.state === 'waiting') found.push(entry)
  for (const called of holder.called) addRequests(called, mark, found)
}
