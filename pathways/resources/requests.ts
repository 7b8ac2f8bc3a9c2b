/** Asking, no longer asking, and asking with more or less urgency. */
import type { Request } from './contract.ts'
import { admit, type Ledger, leave, markDirty, type RequestEntry, tidyQueues } from './ledger.ts'
import { impossibility } from './possible.ts'
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

/** Moves a waiting request in its queues; its time of arrival stays. False when it does not wait. */
export const setPriority = (ledger: Ledger, holder: string, wait: number, priority: number): boolean => {
  const entry = find(ledger, holder, wait)
  if (!entry) return false
  if (entry.request.priority === priority) return true
  if (entry.state === 'waiting') for (const group of entry.groups) removeNow(group.pool.queue, entry)
  entry.request.priority = priority
  if (entry.state === 'waiting') for (const group of entry.groups) enqueue(group.pool.queue, entry)
  if (entry.slotUnit && entry.state === 'waiting') markDirty(ledger, entry.slotUnit.pool)
  ledger.changes?.requests.add(entry)
  return true
}

export const find = (ledger: Ledger, holder: string, wait: number): RequestEntry | undefined =>
  ledger.holders.get(holder)?.requests.find((entry) => entry.request.wait === wait)
