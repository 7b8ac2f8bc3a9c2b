/** Runs that wait for one another in a circle: each has what the next one needs, and none will ever give it back. */
import type { WaitKind } from '../engine/contract.ts'
import { meets } from './filter.ts'
import { compareText, type Ledger, type RequestEntry } from './ledger.ts'
import { usableStock } from './stock.ts'

export interface CircularWait {
  holder: string
  /** Of its first request that waits. */
  wait: number
  /** Ids of units. */
  holds: string[]
  waitsFor: { pool: string; quantity: number }[]
}

/**
 * Those who wait for what only others of them have: even if everybody else gave back all they hold, none of these could go on. By holder.
 * @param isStuck whether `waitsForOthersOnly` is true of a run: one that still works may give back what it holds.
 */
export const circularWaits = (ledger: Ledger, isStuck: (holder: string) => boolean): CircularWait[] => {
  const stuck = new Set([...ledger.holders.keys()].filter(isStuck))
  // Whoever could be served if all but the stuck gave back is stuck no more, and gives back in his turn: until nothing changes.
  for (let before = -1; before !== stuck.size; ) {
    before = stuck.size
    for (const holder of stuck) if (mayGoOn(ledger, holder, stuck)) stuck.delete(holder)
  }
  return [...stuck].sort(compareText).flatMap((holder) => {
    const { held, requests } = ledger.holders.get(holder)!
    const waiting = requests.filter(({ state }) => state === 'waiting')
    if (waiting.length === 0) return []
    return {
      holder,
      wait: waiting[0]!.request.wait,
      holds: held.flatMap(({ held: { units } }) => units),
      waitsFor: waiting.flatMap(({ request }) => request.needs.map(({ pool, quantity }) => ({ pool, quantity }))),
    }
  })
}

/** Whether a run does nothing but wait for resources, or for runs that it called. @param waits all that it has open. */
export const waitsForOthersOnly = (waits: readonly { kind: WaitKind }[]): boolean =>
  waits.length > 0 && waits.every(({ kind }) => kind === 'request' || kind === 'call')

const mayGoOn = (ledger: Ledger, holder: string, stuck: Set<string>): boolean => {
  const { requests } = ledger.holders.get(holder)!
  // Without a request it waits for a run that it called, named below it.
  if (requests.length === 0) return ![...stuck].some((other) => other.startsWith(`${holder}.`))
  return requests.some((entry) => entry.state === 'planned' || couldBeServed(entry, stuck))
}

const couldBeServed = ({ request, groups }: RequestEntry, stuck: Set<string>): boolean =>
  groups.every(({ pool, needs, quantity }) => {
    if (pool.pool.kind === 'stock') return pool.pool.ordered || usableStock(pool, request.at) >= quantity
    return needs.every((index) => {
      const need = request.needs[index]!
      let possible = 0
      for (const { unit } of pool.units) if (!stuck.has(unit.holder) && meets(unit.attributes, need.where)) possible++
      return possible >= need.quantity
    })
  })
