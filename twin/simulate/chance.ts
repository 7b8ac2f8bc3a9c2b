/**
 * Chance that belongs to a patient and a step: every number is a hash of who and what it is for, so that nothing else that happens in the
 * hospital can change it. Two lanes of 32 bits, each absorbing word by word as MurmurHash3 does (A. Appleby) and finished by its fmix32.
 */

/** Who or what chance belongs to: the words absorbed so far. Plain JSON. */
export interface ChanceKey {
  low: number
  high: number
}

/** What a number is for: one element may draw several. */
export const Purpose = { duration: 1, outcome: 2, arrival: 3, thinning: 4, patient: 5, branch: 6 } as const
export type Purpose = (typeof Purpose)[keyof typeof Purpose]

const absorbInto = (lane: number, word: number, multiplier: number): number => {
  const spread = Math.imul(word, multiplier)
  const turned = lane ^ Math.imul((spread << 15) | (spread >>> 17), 0x1b873593)
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0
}

/** One lane of a key after another word of up to 32 bits: `within` for whoever keeps the lanes apart, in typed arrays. */
export const withinLow = (low: number, word: number): number => absorbInto(low, word | 0, 0xcc9e2d51)
export const withinHigh = (high: number, word: number): number => absorbInto(high, word | 0, 0x239b961b)

const finish = (lane: number): number => {
  let h = lane ^ (lane >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The start of every key of one replication. */
export const chanceOf = (seed: number, replication: number): ChanceKey =>
  within(within({ low: 0x2c1b3c6d, high: 0x297a2d39 }, seed), replication)

/** A key for a part of it: one patient, one run, one element, one iteration. Words are integers of up to 53 bits. */
export const within = (key: ChanceKey, word: number): ChanceKey => {
  const low = word | 0
  const high = Math.floor(word / 4294967296) | 0
  const first = { low: absorbInto(key.low, low, 0xcc9e2d51), high: absorbInto(key.high, low, 0x239b961b) }
  return high === 0 || high === -1
    ? first
    : { low: absorbInto(first.low, high, 0xcc9e2d51), high: absorbInto(first.high, high, 0x239b961b) }
}

/** A text as a word: FNV-1a over its UTF-16 code units. */
export const wordOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** Uniform in [0, 1), 53 bits. */
export const uniform = (key: ChanceKey, purpose: Purpose, draw: number): number => uniformOf(key.low, key.high, purpose, draw)

/** `uniform` of the two lanes of a key. */
export const uniformOf = (keyLow: number, keyHigh: number, purpose: Purpose, draw: number): number => {
  const low = finish(absorbInto(absorbInto(keyLow, purpose, 0xcc9e2d51), draw, 0xcc9e2d51) ^ keyHigh)
  const high = finish(absorbInto(absorbInto(keyHigh, purpose, 0x239b961b), draw, 0x239b961b) ^ Math.imul(low, 0x9e3779b1))
  return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992
}

/** Uniform in (0, 1): where a logarithm follows. */
export const openUniform = (key: ChanceKey, purpose: Purpose, draw: number): number =>
  openUniformOf(key.low, key.high, purpose, draw)

/** `openUniform` of the two lanes of a key. */
export const openUniformOf = (low: number, high: number, purpose: Purpose, draw: number): number => {
  const value = uniformOf(low, high, purpose, draw)
  return value === 0 ? 1.1102230246251565e-16 : value
}

/** The place of one of some weights, by a number uniform in [0, 1) spread over all of them; never one of weight 0, but for the last when all are. */
export const byWeight = (weights: readonly number[], luck: number): number => {
  let left = luck * weights.reduce((sum, each) => sum + each, 0)
  for (let place = 0; place < weights.length; place++) {
    left -= weights[place]!
    if (left < 0) return place
  }
  const last = weights.findLastIndex((weight) => weight > 0)
  return last < 0 ? weights.length - 1 : last
}
