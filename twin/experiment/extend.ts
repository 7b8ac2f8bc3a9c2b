/** A scenario that says only what differs from another. */

type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain }

/** What names an item of a list: lists of named items are merged item by item, others replaced. */
const NAMES = ['id', 'as', 'file', 'measure']

/**
 * `over` on `base`: keys are merged, items of one name too, a pool has so many units when `over` says a number, everything else
 * is what `over` says; null takes a key away.
 */
export const extended = (base: unknown, over: unknown): unknown => merged(base as Plain, over as Plain)

const merged = (base: Plain, over: Plain): Plain => {
  if (Array.isArray(base) && Array.isArray(over)) return mergedLists(base, over)
  if (!isObject(base) || !isObject(over)) return over
  const result: { [key: string]: Plain } = { ...base }
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete result[key]
    else if (key === 'units' && typeof value === 'number' && isGroups(base[key])) result[key] = resized(base[key], value)
    else result[key] = key in base ? merged(base[key]!, value) : value
  }
  return result
}

type Group = { [key: string]: Plain; count: number }

const isGroups = (value: Plain | undefined): value is Group[] =>
  Array.isArray(value) && value.length > 0 && value.every((group) => isObject(group) && typeof group.count === 'number')

/** So many units: the first of those that there are, and what there are more like the last. */
const resized = (groups: Group[], units: number): Group[] => {
  let left = units
  return groups.flatMap((group, index) => {
    const count = index === groups.length - 1 ? left : Math.min(left, group.count)
    left -= count
    return count > 0 ? [{ ...group, count }] : []
  })
}

const mergedLists = (base: Plain[], over: Plain[]): Plain[] => {
  const isNamed = [...base, ...over].every((item) => nameOf(item) !== undefined)
  if (!isNamed) return over
  const result = base.map((item) => {
    const change = over.find((other) => nameOf(other) === nameOf(item))
    return change === undefined ? item : merged(item, change)
  })
  return [...result, ...over.filter((item) => !base.some((other) => nameOf(other) === nameOf(item)))]
}

/** A pathway may be its file's name alone. */
const nameOf = (item: Plain): Plain | undefined =>
  typeof item === 'string'
    ? item
    : isObject(item)
      ? NAMES.map((name) => item[name]).find((name) => name !== undefined)
      : undefined

const isObject = (value: Plain): value is { [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
