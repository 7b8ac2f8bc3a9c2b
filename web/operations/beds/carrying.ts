/** What is picked up on the board, by mouse or by keys, and where it may be put down. */
import type { BoardRequestItem, BoardUnitItem } from '../../../api/types.ts'
import { meets } from '../../../pathways/resources/filter.ts'

/** A request that waits for a bed, or whoever has one. */
export type Carried = { type: 'request'; request: BoardRequestItem } | { type: 'patient'; unit: BoardUnitItem }

/** `best` is what was proposed; `unfit` may be chosen with a reason; `no` may not. */
export type Target = 'best' | 'fit' | 'later' | 'unfit' | 'no'

type Where = BoardRequestItem['needs'][number]['where']

/** The filters of what a request wants of this pool. */
export const wantedOf = (request: BoardRequestItem, pool: string): Where =>
  request.needs.find((need) => need.pool === pool && need.quantity > 0)?.where ?? []

/** What putting it down on a unit would mean. */
export function targetOf(carried: Carried, unit: BoardUnitItem, pool: string): Target {
  if (unit.outOfService || unit.state === 'closed') return 'no'
  if (carried.type === 'patient') {
    if (unit.id === carried.unit.id || unit.state !== 'free') return 'no'
    return differences(carried.unit, unit).length === 0 ? 'fit' : 'unfit'
  }
  const { request } = carried
  if (unit.keptFor?.rule === 'promised' && unit.keptFor.run !== request.run) return 'no'
  if (!meets(unit.attributes as Parameters<typeof meets>[0], wantedOf(request, pool) as Parameters<typeof meets>[1]))
    return 'unfit'
  if (request.proposal?.unit === unit.id) return 'best'
  return unit.state === 'free' ? 'fit' : 'later'
}

/** The attributes by which two units differ. */
export function differences(one: BoardUnitItem, other: BoardUnitItem): string[] {
  const names = new Set([...Object.keys(one.attributes), ...Object.keys(other.attributes)])
  return [...names].filter((name) => (one.attributes[name] ?? false) !== (other.attributes[name] ?? false))
}

/** The filters that a unit does not meet. */
export const unmet = (unit: BoardUnitItem, where: Where): Where =>
  where.filter((filter) => !meets(unit.attributes as Parameters<typeof meets>[0], [filter] as Parameters<typeof meets>[1]))
