/** Whether a unit's attributes meet a need's filters. */
import type { RequestedNeed } from '../engine/contract.ts'
import type { Value } from '../language/feel/value.ts'

type Filter = RequestedNeed['where'][number]

/** A null value filters nothing. An attribute that a unit does not have is false where a truth value is asked, and unequal to all else. */
export const meets = (attributes: Record<string, Value>, where: readonly Filter[]): boolean => {
  for (const filter of where) if (filter.value !== null && !meetsOne(attributes[filter.attribute] ?? null, filter)) return false
  return true
}

/** Attributes a unit has beyond what was asked: the fewer, the better it fits. */
export const extraAttributes = (attributes: Record<string, Value>, where: readonly Filter[]): number => {
  let extra = 0
  for (const name in attributes) {
    const value = attributes[name]
    if (value === null || value === false) continue
    if (!where.some((filter) => filter.attribute === name && filter.value !== null)) extra++
  }
  return extra
}

/** How far down the lists of what was asked for a unit's attributes stand: what is named first is wanted first. */
export const rankOf = (attributes: Record<string, Value>, where: readonly Filter[]): number => {
  let rank = 0
  for (const { attribute, operator, value } of where)
    if (operator === 'in' && Array.isArray(value))
      rank += value.findIndex((item) => sameValue(attributes[attribute] ?? null, item))
  return rank
}

const meetsOne = (attribute: Value, filter: Filter): boolean => {
  const { value } = filter
  switch (filter.operator) {
    case '=':
      return sameValue(attribute, value)
    case '!=':
      return !sameValue(attribute, value)
    case '<=':
      return comparable(attribute, value) && attribute! <= value!
    case '>=':
      return comparable(attribute, value) && attribute! >= value!
    case 'in':
      return Array.isArray(value) && value.some((item) => sameValue(attribute, item))
  }
}

const comparable = (left: Value, right: Value): boolean =>
  (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string')

const sameValue = (left: Value, right: Value): boolean => {
  if (left === right) return true
  if (left === null) return right === false
  if (typeof left !== 'object' || typeof right !== 'object' || right === null) return false
  const leftKeys = Object.keys(left)
  const rightKeys = Object.keys(right)
  if (Array.isArray(left) !== Array.isArray(right) || leftKeys.length !== rightKeys.length) return false
  return leftKeys.every((key) =>
    sameValue((left as Record<string, Value>)[key] ?? null, (right as Record<string, Value>)[key] ?? null),
  )
}
