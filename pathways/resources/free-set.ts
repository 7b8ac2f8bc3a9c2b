/** A set of small integers that finds its smallest members fast: bits, and a summary with one bit for each word of bits. */
export interface FreeSet {
  size: number
  words: Uint32Array
  summary: Uint32Array
}

export const createFreeSet = (capacity: number): FreeSet => {
  const words = Math.ceil(capacity / 32)
  return { size: 0, words: new Uint32Array(words), summary: new Uint32Array(Math.ceil(words / 32)) }
}

export const addFree = (set: FreeSet, index: number): void => {
  const word = index >>> 5
  const bit = 1 << (index & 31)
  if (set.words[word]! & bit) return
  set.words[word]! |= bit
  set.summary[word >>> 5]! |= 1 << (word & 31)
  set.size++
}

export const removeFree = (set: FreeSet, index: number): void => {
  const word = index >>> 5
  const bit = 1 << (index & 31)
  if (!(set.words[word]! & bit)) return
  set.words[word]! &= ~bit
  if (set.words[word] === 0) set.summary[word >>> 5]! &= ~(1 << (word & 31))
  set.size--
}

/** The smallest member that is at least `from`, or -1. */
export const nextFree = (set: FreeSet, from: number): number => {
  let word = from >>> 5
  if (word >= set.words.length) return -1
  const first = set.words[word]! & (-1 << (from & 31))
  if (first !== 0) return (word << 5) + lowestBit(first)
  word++
  for (let block = word >>> 5; block < set.summary.length; block++) {
    const mask = block === word >>> 5 ? -1 << (word & 31) : -1
    const summary = set.summary[block]! & mask
    if (summary === 0) continue
    const found = (block << 5) + lowestBit(summary)
    return (found << 5) + lowestBit(set.words[found]!)
  }
  return -1
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits)
