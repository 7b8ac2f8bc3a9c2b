/** Why a request waits. */
import type { Explanation, UnitState } from './contract.ts'
import { meets } from './filter.ts'
import type { Ledger, PoolEntry, RequestEntry } from './ledger.ts'
import { arrivedBefore, servedBefore } from './queue.ts'
import { find } from './requests.ts'
import { usableStock } from './stock.ts'

/** What a waiting request lacks and who comes first, as of the last allocation; null when it does not wait. Costs its pools' size. */
export const explain = (ledger: Ledger, holder: string, wait: number, at: number): Explanation | null => {
  const entry = find(ledger, holder, wait)
  if (!entry) return null
  const ahead = requestsAhead(entry)
  return {
    holder,
    wait,
    state: entry.state === 'planned' ? 'planned' : entry.reserving ? 'reserving' : 'waiting',
    since: entry.since,
    passed: entry.request.passed,
    passesMax: entry.passesMax,
    planned: plannedOf(entry),
    needs: entry.request.needs.map((need) => {
      const suitable = suitableFor(entry, ledger.pools.get(need.pool)!, need.where, at)
      return { hold: need.hold, pool: need.pool, quantity: need.quantity, suitable, satisfied: suitable.free >= need.quantity }
    }),
    ahead: ahead.map((other) => ({
      holder: other.request.holder,
      wait: other.request.wait,
      priority: other.request.priority,
      since: other.since,
    })),
    position: ahead.length + 1,
  }
}

const plannedOf = ({ slotUnit, request: { slot } }: RequestEntry): Explanation['planned'] =>
  slot && slotUnit ? { unit: slot.unit, state: slotUnit.unit.state, start: slot.start, chosen: slot.chosen !== undefined } : null

type Where = RequestEntry['request']['needs'][number]['where']

const suitableFor = (entry: RequestEntry, pool: PoolEntry, where: Where, at: number) => {
  const suitable: Record<UnitState | 'kept', number> = { free: 0, kept: 0, reserved: 0, occupied: 0, dirty: 0, closed: 0 }
  if (pool.pool.kind === 'stock') {
    const own = entry.groups.find((group) => group.pool === pool)?.stockKept ?? 0
    suitable.kept = pool.stockKept - own
    suitable.free = usableStock(pool, at) - suitable.kept
    return suitable
  }
  for (const unit of pool.units) {
    if (!meets(unit.kind.attributes, where)) continue
    const kept = unit.unit.state === 'free' && unit.keptFor !== null && unit.keptFor !== entry
    suitable[kept ? 'kept' : unit.unit.state]++
  }
  return suitable
}

/** The order of `allocate`: those that reserve by arrival, then the others by priority. */
export const comesFirst = (left: RequestEntry, right: RequestEntry): boolean => {
  if (left.reserving !== right.reserving) return left.reserving
  return left.reserving ? arrivedBefore(left, right) : servedBefore(left, right)
}

const requestsAhead = (entry: RequestEntry): RequestEntry[] => {
  const ahead = new Set<RequestEntry>()
  for (const { pool, needs } of entry.groups)
    for (const lane of pool.queue.lanes)
      for (const other of lane.entries.slice(lane.head))
        if (other !== entry && other.state === 'waiting' && comesFirst(other, entry) && compete(pool, needs, entry, other))
          ahead.add(other)
  return [...ahead].sort((left, right) => (comesFirst(left, right) ? -1 : 1))
}

/** Some unit of the pool would do for both. */
const compete = (pool: PoolEntry, needs: number[], entry: RequestEntry, other: RequestEntry): boolean => {
  if (pool.pool.kind === 'stock') return true
  const otherNeeds = other.request.needs.filter((need) => need.pool === pool.pool.id)
  return pool.kinds.some(
    (kind) =>
      needs.some((index) => meets(kind.attributes, entry.request.needs[index]!.where)) &&
      otherNeeds.some((need) => meets(kind.attributes, need.where)),
  )
}
