/** Who would have to give up what, so that somebody more urgent need not wait. Changes nothing: whoever carries it out puts the units back. */
import type { Unit } from './contract.ts'
import { meets } from './filter.ts'
import { type Ledger, poolOf, type RequestEntry, type UnitEntry } from './ledger.ts'
import { current, cursorAt } from './queue.ts'
import { usableStock } from './stock.ts'

/** A waiting request, and the units that less urgent work has and would have to give up for it. */
export interface Preemption {
  holder: string
  wait: number
  units: string[]
}

/**
 * The first request, in the order in which they are served, that waits for one of these pools and could be granted if less urgent work gave
 * units up: of the least urgent first, then what began last. What is wanted of other pools must be free, or given up likewise.
 * @param urgencyOf the priority of the work that has a unit, null where it may not be interrupted.
 * @param isTried requests not to be looked at: those for which units were given up in vain.
 */
export const preemptionIn = (
  ledger: Ledger,
  pools: readonly string[],
  urgencyOf: (unit: Readonly<Unit>) => number | null,
  isTried: (holder: string, wait: number) => boolean,
): Preemption | null => {
  for (const id of pools) {
    const pool = poolOf(ledger, id)
    if (pool.queue.size === 0) continue
    let least = Number.POSITIVE_INFINITY
    for (const { unit } of pool.units) least = Math.min(least, urgencyOf(unit) ?? Number.POSITIVE_INFINITY)
    const cursor = cursorAt(pool.queue)
    for (let entry = current(cursor); entry !== null && entry.request.priority > least; entry = current(cursor)) {
      cursor.position++
      const { holder, wait } = entry.request
      if (isTried(holder, wait)) continue
      const units = givenUpFor(entry, urgencyOf)
      if (units && units.length > 0) return { holder, wait, units }
    }
  }
  return null
}

/** Null when it would not be enough. */
const givenUpFor = ({ request, groups }: RequestEntry, urgencyOf: (unit: Readonly<Unit>) => number | null): string[] | null => {
  const chosen = new Set<UnitEntry>()
  for (const { pool, needs, quantity } of groups) {
    if (pool.pool.kind === 'stock') {
      if (usableStock(pool, request.at) - pool.stockKept < quantity) return null
      continue
    }
    for (const index of needs) {
      const need = request.needs[index]!
      const fitting = pool.units.filter((entry) => !chosen.has(entry) && meets(entry.unit.attributes, need.where))
      const free = fitting.filter(({ unit, keptFor }) => unit.state === 'free' && keptFor === null)
      const held = fitting
        .map((entry) => ({ entry, urgency: urgencyOf(entry.unit) }))
        .filter((each): each is { entry: UnitEntry; urgency: number } => each.urgency !== null && each.urgency < request.priority)
        .sort((one, other) => one.urgency - other.urgency || other.entry.unit.since - one.entry.unit.since)
      const taken = [...free, ...held.map(({ entry }) => entry)].slice(0, need.quantity)
      if (taken.length < need.quantity) return null
      for (const entry of taken) chosen.add(entry)
    }
  }
  return [...chosen].flatMap(({ unit }) => (unit.state === 'free' ? [] : [unit.id]))
}
