/** Which of the older parts is which of the newer ones, and which of them have moved. */
import { gather } from '../gather.ts'

export interface Matched<T> {
  pairs: [older: T, newer: T][]
  removed: T[]
  added: T[]
  /** Newer parts that stand elsewhere among those that were there before: the fewest that explain the new order. */
  moved: Set<T>
}

/** Pairs parts by the first key that fits, key by key: an id, then a name, then what they say. An empty key fits nothing. */
export const match = <T>(older: readonly T[], newer: readonly T[], keys: readonly ((part: T) => string)[]): Matched<T> => {
  const partner = new Map<T, T>()
  const taken = new Set<T>()
  for (const key of keys) {
    const waiting = new Map<string, T[]>()
    for (const part of older) {
      const own = taken.has(part) ? '' : key(part)
      if (own !== '') gather(waiting, own, part)
    }
    for (const part of newer) {
      const found = partner.has(part) ? undefined : waiting.get(key(part))?.shift()
      if (found === undefined) continue
      partner.set(part, found)
      taken.add(found)
    }
  }
  const kept = newer.filter((part) => partner.has(part))
  return {
    pairs: kept.map((part) => [partner.get(part)!, part]),
    removed: older.filter((part) => !taken.has(part)),
    added: newer.filter((part) => !partner.has(part)),
    moved: outOfOrder(
      kept,
      kept.map((part) => older.indexOf(partner.get(part)!)),
    ),
  }
}

/** Those that are not in one longest rising run of the positions. */
const outOfOrder = <T>(parts: T[], positions: number[]): Set<T> => {
  const length = positions.map(() => 1)
  const before = positions.map(() => -1)
  let best = -1
  for (const [index, position] of positions.entries()) {
    for (let earlier = 0; earlier < index; earlier += 1) {
      if (positions[earlier]! < position && length[earlier]! + 1 > length[index]!) {
        length[index] = length[earlier]! + 1
        before[index] = earlier
      }
    }
    if (best < 0 || length[index]! > length[best]!) best = index
  }
  const staying = new Set<T>()
  for (let index = best; index >= 0; index = before[index]!) staying.add(parts[index]!)
  return new Set(parts.filter((part) => !staying.has(part)))
}

/** What differs between two sets of properties, in the older order, then what is new. */
export const differences = (
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): { property: string; from?: string; to?: string }[] =>
  [...new Set([...before.keys(), ...now.keys()])].flatMap((property) => {
    const [from, to] = [before.get(property), now.get(property)]
    if (from === to) return []
    return [{ property, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }]
  })
