/** Places in a scenario by their path: keys, and ids in lists, between dots. `*` is all of a list. */
import { nearest } from '../yaml/nearest.ts'

/** A search that cannot be made: where, why and what to do. */
export class ImpossibleSearch extends Error {
  constructor(place: string, what: string, remedy: string) {
    super(`${place}: ${what}. ${remedy}`)
    this.name = 'ImpossibleSearch'
  }
}

type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain }
type Holder = { [key: string]: Plain }

/** What names an item of a list: the first of these that it alone has. */
const NAMES = ['id', 'file', 'as', 'name', 'place', 'measure', 'pool', 'stream', 'attribute']
/** What a stream's rate may be. */
const RATES = ['perHour', 'perDay', 'perHourOfDay', 'perHourOfWeek']

/** The scenario with a value at each place of a path. The last key need not be there yet. @throws ImpossibleSearch */
export const withValue = <Scenario>(scenario: Scenario, path: string, value: unknown): Scenario => {
  const copy = structuredClone(scenario)
  const parts = path.split('.')
  for (const { holder, key } of placesAt(copy as Plain, parts, [])) {
    if (parts[0] === 'demand' && key === 'factor') multiply(holder as Holder, value, path)
    else if (parts[1] === 'pools' && key === 'units') setUnits(holder as Holder, value as Plain, path)
    else (holder as Holder)[key] = structuredClone(value) as Plain
  }
  return copy
}

interface Place {
  holder: Plain[] | Holder
  key: string
}

const placesAt = (value: Plain, parts: string[], behind: string[]): Place[] => {
  const path = [...behind, ...parts].join('.')
  if (typeof value !== 'object' || value === null)
    throw new ImpossibleSearch(path, `${behind.join('.') || 'the scenario'} holds no more`, 'End the path there, or correct it.')
  if (Array.isArray(value) && parts[0] === '*') {
    if (value.length === 0) throw new ImpossibleSearch(path, `${behind.join('.')} is empty`, 'Write something there first.')
    return value.flatMap((item, index) => into(value, String(index), item, parts.slice(1), [...behind, nameOf(item, index)]))
  }
  // A name may hold dots itself: the longest that is there is meant.
  for (let length = parts.length; length > 0; length--) {
    const found = keyOf(value, parts.slice(0, length).join('.'), path)
    if (found !== null)
      return into(value, found, (value as Holder)[found]!, parts.slice(length), [...behind, parts.slice(0, length).join('.')])
  }
  if (parts.length === 1 && !Array.isArray(value)) return [{ holder: value, key: parts[0]! }]
  const known = Array.isArray(value) ? value.map(nameOf) : Object.keys(value)
  const meant = nearest(parts[0]!, known)
  throw new ImpossibleSearch(
    path,
    `there is no "${parts[0]}" in ${behind.join('.') || 'the scenario'}`,
    meant
      ? `Did you mean "${meant}"?`
      : known.length > 0
        ? `There is ${known.slice(0, 12).join(', ')}.`
        : 'Write it in the scenario first.',
  )
}

const into = (holder: Plain[] | Holder, key: string, value: Plain, rest: string[], behind: string[]): Place[] =>
  rest.length === 0 ? [{ holder, key }] : placesAt(value, rest, behind)

/** The key, or the index of the item that something names so, or that has this number. @throws ImpossibleSearch where several have the name. */
const keyOf = (value: Plain[] | Holder, name: string, path: string): string | null => {
  if (!Array.isArray(value)) return Object.hasOwn(value, name) ? name : null
  const found = NAMES.map((key) => value.flatMap((item, index) => (namesOf(item, key).includes(name) ? [index] : [])))
  const only = found.find(({ length }) => length === 1)
  if (only) return String(only[0])
  const several = found.find(({ length }) => length > 1)
  if (several)
    throw new ImpossibleSearch(path, `${several.length} are called "${name}"`, `Use a number instead, as ${several[0]}.`)
  return /^\d+$/.test(name) && Number(name) < value.length ? name : null
}

const namesOf = (item: Plain, key: string): string[] => {
  const name = typeof item === 'string' ? item : isHolder(item) ? item[key] : undefined
  return typeof name === 'string' ? [name, withoutFolder(name)] : []
}

const isHolder = (item: Plain): item is Holder => typeof item === 'object' && item !== null && !Array.isArray(item)

/** What an item of a list is called in a path: by its number, where it has no name. */
const nameOf = (item: Plain, index: number): string => NAMES.flatMap((key) => namesOf(item, key))[0] ?? String(index)

/** `../pathways/visit.bpmn` is called `visit` too. */
const withoutFolder = (name: string): string => (name.endsWith('.bpmn') ? name.slice(name.lastIndexOf('/') + 1, -5) : name)

/** So many times as many patients. */
const multiply = (stream: Holder, factor: unknown, path: string): void => {
  if (typeof factor !== 'number' || factor < 0)
    throw new ImpossibleSearch(path, 'it is no number from 0', 'Write numbers, as 1.1.')
  const rate = RATES.find((key) => stream[key] !== undefined)
  if (!rate) throw new ImpossibleSearch(path, 'its patients do not come by rates', 'Vary its interarrival or its times.')
  const before = stream[rate]!
  stream[rate] = Array.isArray(before) ? before.map((each) => (each as number) * factor) : (before as number) * factor
}

/** Of a pool that tells its units apart by groups, the number of those of its only group. */
const setUnits = (pool: Holder, units: Plain, path: string): void => {
  const { units: groups } = pool
  if (typeof units !== 'number' || !Array.isArray(groups)) {
    pool.units = units
    return
  }
  if (groups.length !== 1)
    throw new ImpossibleSearch(
      path,
      `it has ${groups.length} groups of units`,
      `Name one: ${path}.${nameOf(groups[0] ?? null, 0)}.count.`,
    )
  ;(groups[0] as Holder).count = units
}
