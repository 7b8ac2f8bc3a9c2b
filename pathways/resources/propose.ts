/**
 * Which unit each request that waits for a pool would get next, if nothing else came: the order of `allocate`, over units that are not free yet.
 * Who is served first takes the unit that is usable soonest; among those usable at the same time, the one that `select` would choose.
 */
import type { RequestedNeed } from '../engine/contract.ts'
import type { Unit } from './contract.ts'
import { comesFirst } from './explain.ts'
import { extraAttributes, meets, rankOf } from './filter.ts'
import { type Ledger, poolOf, type RequestEntry, type UnitEntry } from './ledger.ts'
import { byFit, type Fit } from './selection.ts'

export interface Proposal {
  holder: string
  wait: number
  unit: string
  /** How the unit is now; a free one waits for what else the request needs. */
  state: 'free' | 'dirty' | 'occupied'
  /** When it should be usable, hospital time. */
  usableAt: number
  /** Place of its attributes in the lists of what was asked for, 0 for the first. */
  rank: number
  /** What it has beyond what was asked, which another patient may need. */
  extra: string[]
  /** Requests that come first and were proposed another unit. */
  ahead: number
}

type Candidate = Fit & { unit: UnitEntry; usableAt: number }

/**
 * In the order in which they are served, one unit each; a request whose planned unit is settled, or for which nothing is in sight, has none.
 * @param usableAt when a dirty or occupied unit should be usable again, hospital time; null when nobody knows.
 * @throws UnknownToLedger for an unknown pool.
 */
export const proposals = (
  ledger: Ledger,
  pool: string,
  usableAt: (unit: Readonly<Unit>) => number | null,
  at: number,
): Proposal[] => {
  const entry = poolOf(ledger, pool)
  const waiting = entry.queue.lanes
    .flatMap((lane) => lane.entries.slice(lane.head))
    .filter((one) => one.state === 'waiting')
    .sort((left, right) => (comesFirst(left, right) ? -1 : 1))
  const taken = new Set(waiting.flatMap(({ slotUnit }) => (slotUnit ? [slotUnit] : [])))
  const proposed: Proposal[] = []
  for (const one of waiting) {
    if (one.slotUnit?.pool === entry) continue
    const need = one.request.needs.find((candidate) => candidate.pool === pool && candidate.quantity > 0)!
    const best = bestOf(one, need, taken, usableAt, at)
    if (!best) continue
    taken.add(best.unit)
    const { state, attributes, id } = best.unit.unit
    proposed.push({
      ...{ holder: one.request.holder, wait: one.request.wait, unit: id, usableAt: best.usableAt, rank: best.rank },
      state: state === 'free' || state === 'dirty' ? state : 'occupied',
      extra: Object.keys(attributes).filter((name) => extraAttributes({ [name]: attributes[name]! }, need.where) > 0),
      ahead: proposed.length,
    })
  }
  return proposed
}

const bestOf = (
  entry: RequestEntry,
  need: RequestedNeed,
  taken: ReadonlySet<UnitEntry>,
  usableAt: (unit: Readonly<Unit>) => number | null,
  at: number,
): Candidate | null => {
  let best: Candidate | null = null
  for (const kind of poolOfEntry(entry, need).kinds) {
    if (!meets(kind.attributes, need.where)) continue
    const fit = { rank: rankOf(kind.attributes, need.where), extra: extraAttributes(kind.attributes, need.where) }
    for (const unit of kind.units) {
      const time = timeOf(unit, entry, usableAt, at)
      if (time === null || taken.has(unit)) continue
      const candidate = { ...fit, unit, usableAt: time }
      if (
        best === null ||
        candidate.usableAt < best.usableAt ||
        (candidate.usableAt === best.usableAt && byFit(candidate, best) < 0)
      )
        best = candidate
    }
  }
  return best
}

const poolOfEntry = (entry: RequestEntry, need: RequestedNeed) =>
  entry.groups.find((group) => group.pool.pool.id === need.pool)!.pool

const timeOf = (
  { unit, keptFor }: UnitEntry,
  entry: RequestEntry,
  usableAt: (unit: Readonly<Unit>) => number | null,
  at: number,
): number | null => {
  if (unit.outOfService || unit.state === 'closed') return null
  if (unit.state === 'free') return keptFor === null || keptFor === entry ? at : null
  const time = usableAt(unit)
  return time === null ? null : Math.max(time, at)
}
