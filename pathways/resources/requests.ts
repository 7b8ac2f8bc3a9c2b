/** Asking, no longer asking, and asking with more or less urgency. */
import type { Request, Slot } from './contract.ts'
import { type ImpossibleRequest, UnknownToLedger } from './impossible.ts'
import { admit, type Ledger, leave, markDirty, type RequestEntry, tidyQueues } from './ledger.ts'
import { impossibility, slotImpossibility } from './possible.ts'
import { enqueue, removeNow } from './queue.ts'

/**
 * Puts a request in its queues; `allocate` grants it. What could never be granted becomes a `refused` outcome and does not wait.
 * @throws Error when this wait of this holder asks already.
 */
export const request = (ledger: Ledger, asked: Omit<Request, 'sequence' | 'passed'>): void => {
  if (find(ledger, asked.holder, asked.wait)) throw new Error(`Wait ${asked.wait} of run "${asked.holder}" has asked already.`)
  const { holder, wait, needs, priority, slot, at } = asked
  const row: Request = { holder, wait, needs, priority, slot, at, sequence: ledger.nextSequence, passed: 0 }
  const error = impossibility(ledger, row)
  if (error) {
    ledger.outcomes.push({ type: 'refused', at, holder, wait, error })
    return
  }
  ledger.nextSequence++
  const entry = admit(ledger, row)
  ledger.changes?.requests.add(entry)
}

/** False when nothing waits under this wait: it was granted or refused already. */
export const withdraw = (ledger: Ledger, holder: string, wait: number): boolean => {
  const entry = find(ledger, holder, wait)
  if (!entry) return false
  if (entry.reserving) for (const group of entry.groups) markDirty(ledger, group.pool)
  if (entry.slotUnit && entry.state === 'waiting') markDirty(ledger, entry.slotUnit.pool)
  leave(ledger, entry)
  tidyQueues(entry)
  return true
}

/**
 * Plans a waiting request on a unit, or leaves the choice open again with null. Its place in the order of arrival stays, unless it is planned
 * for later; `allocate` grants it as soon as that unit is free and all else it needs is there.
 * @returns why it cannot be planned so, and then nothing changes. @throws UnknownToLedger when nothing waits under this wait.
 */
export const plan = (ledger: Ledger, holder: string, wait: number, slot: Slot | null): ImpossibleRequest | null => {
  const entry = find(ledger, holder, wait)
  if (!entry) throw new UnknownToLedger(`wait ${wait} of run "${holder}"`)
  const row: Request = { ...entry.request, slot }
  const error = slotImpossibility(ledger, row)
  if (error) return error
  withdraw(ledger, holder, wait)
  ledger.changes?.requests.add(admit(ledger, row))
  return null
}

/** Moves a waiting request in its queues; its time of arrival stays. False when it does not wait. */
export const setPriority = (ledger: Ledger, holder: string, wait: number, priority: number): boolean => {
  const entry = find(ledger, holder, wait)
  if (!entry) return false
  if (entry.request.priority === priority) return true
  if (entry.state === 'waiting') for (const group of entry.groups) removeNow(group.pool.queue, entry)
  entry.request.priority = priority
  ledger.changed = true
  if (entry.state === 'waiting') for (const group of entry.groups) enqueue(group.pool.queue, entry)
  if (entry.slotUnit && entry.state === 'waiting') markDirty(ledger, entry.slotUnit.pool)
  ledger.changes?.requests.add(entry)
  return true
}

export const find = (ledger: Ledger, holder: string, wait: number): RequestEntry | undefined =>
  ledger.holders.get(holder)?.requests.find((entry) => entry.request.wait === wait)
