/**
 * Which units a request would get from one pool: what its lists name first, then those that fit with the fewest attributes beyond what was asked, then by id. Several
 * needs for one pool compete for its units, so they are matched together (augmenting paths: D. König; H. W. Kuhn, 1955).
 */
import type { RequestedNeed } from '../engine/contract.ts'
import type { Slot, Unit } from './contract.ts'
import { extraAttributes, meets, rankOf } from './filter.ts'
import { nextFree } from './free-set.ts'
import { compareText, type PoolEntry, type RequestGroup, type UnitEntry, type UnitKind } from './ledger.ts'

export interface Selection {
  /** By need of the group, in order; as many as there are when not complete. */
  units: UnitEntry[][]
  complete: boolean
}

/** Chooses among the units that anyone may have, and the planned unit when it is kept for this request. Changes nothing. */
export const select = (group: RequestGroup): Selection => {
  const { entry, pool } = group
  const slotUnit = entry.slotUnit?.pool === pool ? entry.slotUnit : null
  if (group.needs.length === 1 && slotUnit === null) {
    const need = entry.request.needs[group.needs[0]!]!
    const units = best(pool, need.where, need.quantity)
    return { units: [units], complete: units.length === need.quantity }
  }
  return match(group, slotUnit)
}

/** Whether enough is free for `select` to be complete, without choosing: exact for a single need, a bound for several. */
export const mayBeComplete = (group: RequestGroup): boolean => {
  const { entry, pool } = group
  if (entry.slotUnit?.pool === pool) return entry.slotUnit.keptFor === entry && entry.slotUnit.unit.state === 'free'
  if (pool.freeCount < group.quantity) return false
  if (group.needs.length > 1) return true
  const { where, quantity } = entry.request.needs[group.needs[0]!]!
  if (where.length === 0) return true
  let free = 0
  for (const kind of pool.kinds) if (kind.free.size > 0 && meets(kind.attributes, where)) free += kind.free.size
  return free >= quantity
}

/** Which of these needs, all of one pool, a planned unit is for: the first whose filters it meets, or the first of all where a person said so; -1 for none. */
export const needPlannedFor = (needs: readonly RequestedNeed[], { chosen }: Slot, attributes: Unit['attributes']): number => {
  const first = needs.findIndex((need) => need.quantity > 0 && meets(attributes, need.where))
  return first >= 0 || chosen !== 'despite' ? first : needs.findIndex((need) => need.quantity > 0)
}

export interface Fit {
  rank: number
  extra: number
}

const fittingKinds = (pool: PoolEntry, where: RequestedNeed['where']): (Fit & { kind: UnitKind })[] => {
  const fitting: (Fit & { kind: UnitKind })[] = []
  for (const kind of pool.kinds)
    if (kind.free.size > 0 && meets(kind.attributes, where))
      fitting.push({ kind, rank: rankOf(kind.attributes, where), extra: extraAttributes(kind.attributes, where) })
  return fitting
}

const best = (pool: PoolEntry, where: RequestedNeed['where'], quantity: number): UnitEntry[] => {
  if (pool.kinds.length === 1) return meets(pool.kinds[0]!.attributes, where) ? firstOf(pool.kinds[0]!, quantity) : []
  const candidates: (Fit & { unit: UnitEntry })[] = []
  for (const { kind, rank, extra } of fittingKinds(pool, where))
    for (const unit of firstOf(kind, quantity)) candidates.push({ unit, rank, extra })
  if (candidates.length > 1) candidates.sort(byFit)
  return candidates.slice(0, quantity).map((candidate) => candidate.unit)
}

export const byFit = (left: Fit & { unit: UnitEntry }, right: Fit & { unit: UnitEntry }): number =>
  left.rank - right.rank || left.extra - right.extra || compareText(left.unit.unit.id, right.unit.unit.id)

const firstOf = (kind: UnitKind, quantity: number): UnitEntry[] => {
  const units: UnitEntry[] = []
  for (let index = nextFree(kind.free, 0); index >= 0 && units.length < quantity; index = nextFree(kind.free, index + 1))
    units.push(kind.units[index]!)
  return units
}

const match = (group: RequestGroup, slotUnit: UnitEntry | null): Selection => {
  const { entry, pool } = group
  const needs = group.needs.map((index) => entry.request.needs[index]!)
  const units: UnitEntry[][] = needs.map(() => [])
  const wanted = needs.map((need) => need.quantity)
  let slotMissing = false
  if (slotUnit) {
    const first = needPlannedFor(needs, entry.request.slot!, slotUnit.unit.attributes)
    wanted[first]!--
    if (slotUnit.keptFor === entry && slotUnit.unit.state === 'free') units[first]!.push(slotUnit)
    else slotMissing = true
  }
  const places = wanted.flatMap((quantity, need) => new Array<number>(quantity).fill(need))
  const choices = needs.map((need) => best(pool, need.where, group.quantity))
  const placeOf = new Map<UnitEntry, number>()
  const unitAt: (UnitEntry | null)[] = places.map(() => null)
  const assign = (place: number, seen: Set<UnitEntry>): boolean => {
    for (const unit of choices[places[place]!]!) {
      if (seen.has(unit)) continue
      seen.add(unit)
      const taken = placeOf.get(unit)
      if (taken !== undefined && !assign(taken, seen)) continue
      placeOf.set(unit, place)
      unitAt[place] = unit
      return true
    }
    return false
  }
  let assigned = 0
  places.forEach((_, place) => {
    if (assign(place, new Set())) assigned++
  })
  unitAt.forEach((unit, place) => {
    if (unit) units[places[place]!]!.push(unit)
  })
  return { units, complete: !slotMissing && assigned === places.length }
}
