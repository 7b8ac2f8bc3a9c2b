/**
 * Chance that belongs to a patient and a step: every number is a hash of who and what it is for, so that nothing else that happens in the
 * hospital can change it. Two lanes of 32 bits, each absorbing word by word as MurmurHash3 does (A. Appleby) and finished by its fmix32.
 */

import { isUpperHalf, log, logOfParts } from './arithmetic.ts'

/** Who or what chance belongs to: the words absorbed so far. Plain JSON. */
export interface ChanceKey {
  low: number
  high: number
}

/** What a number is for: one element may draw several. */
export const Purpose = { duration: 1, outcome: 2, arrival: 3, thinning: 4, patient: 5, branch: 6 } as const
export type Purpose = (typeof Purpose)[keyof typeof Purpose]

// Named, for engines inline what is short, and a property of a global is long.
const { imul, clz32 } = Math

/** A word, spread over the bits of each lane. */
const spreadLow = (word: number): number => {
  const spread = imul(word, 0xcc9e2d51)
  return imul((spread << 15) | (spread >>> 17), 0x1b873593)
}
const spreadHigh = (word: number): number => {
  const spread = imul(word, 0x239b961b)
  return imul((spread << 15) | (spread >>> 17), 0x1b873593)
}
const absorb = (lane: number, spread: number): number => {
  const mixed = lane ^ spread
  return (imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
}

/** One lane of a key after another word of up to 32 bits: `within` for whoever keeps the lanes apart, in typed arrays. */
export const withinLow = (low: number, word: number): number => absorb(low, spreadLow(word))
export const withinHigh = (high: number, word: number): number => absorb(high, spreadHigh(word))

/** By purpose. */
const lowSpreads = Int32Array.from({ length: 7 }, (_, purpose) => spreadLow(purpose))
const highSpreads = Int32Array.from({ length: 7 }, (_, purpose) => spreadHigh(purpose))

const finish = (lane: number): number => {
  let h = lane ^ (lane >>> 16)
  h = imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** The start of every key of one replication. */
export const chanceOf = (seed: number, replication: number): ChanceKey =>
  within(within({ low: 0x2c1b3c6d, high: 0x297a2d39 }, seed), replication)

/** A key for a part of it: one patient, one run, one element, one iteration. Words are integers of up to 53 bits. */
export const within = (key: ChanceKey, word: number): ChanceKey => {
  const low = word | 0
  const high = Math.floor(word / 4294967296) | 0
  const first = { low: withinLow(key.low, low), high: withinHigh(key.high, low) }
  return high === 0 || high === -1 ? first : { low: withinLow(first.low, high), high: withinHigh(first.high, high) }
}

/** A text as a word: FNV-1a over its UTF-16 code units. */
export const wordOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** Uniform in [0, 1), 53 bits. */
export const uniform = (key: ChanceKey, purpose: Purpose, draw: number): number => uniformOf(key.low, key.high, purpose, draw)

/** The 32 bits of which 26 stand last in a uniform number, and those, made of them, of which 27 stand first. */
const lowBitsOf = (keyLow: number, keyHigh: number, purpose: Purpose, draw: number): number =>
  finish(absorb(absorb(keyLow, lowSpreads[purpose]!), spreadLow(draw)) ^ keyHigh)
const highBitsOf = (keyHigh: number, lowBits: number, purpose: Purpose, draw: number): number =>
  finish(absorb(absorb(keyHigh, highSpreads[purpose]!), spreadHigh(draw)) ^ imul(lowBits, 0x9e3779b1))
/** Exact: as fractions, since the whole number that they are would be converted once more. */
const fractionOf = (highBits: number, lowBits: number): number =>
  (highBits >>> 5) * 7.450580596923828e-9 + (lowBits >>> 6) * 1.1102230246251565e-16

/** `uniform` of the two lanes of a key. */
export const uniformOf = (keyLow: number, keyHigh: number, purpose: Purpose, draw: number): number => {
  const lowBits = lowBitsOf(keyLow, keyHigh, purpose, draw)
  return fractionOf(highBitsOf(keyHigh, lowBits, purpose, draw), lowBits)
}

/** Uniform in (0, 1): where a logarithm follows. */
export const openUniform = (key: ChanceKey, purpose: Purpose, draw: number): number =>
  openUniformOf(key.low, key.high, purpose, draw)

/** `openUniform` of the two lanes of a key. */
export const openUniformOf = (low: number, high: number, purpose: Purpose, draw: number): number => {
  const value = uniformOf(low, high, purpose, draw)
  return value === 0 ? 1.1102230246251565e-16 : value
}

/** The natural logarithm of `openUniformOf`: the exponent is read off the bits that it is made of. */
export const logOfUniform = (keyLow: number, keyHigh: number, purpose: Purpose, draw: number): number => {
  const lowBits = lowBitsOf(keyLow, keyHigh, purpose, draw)
  const highBits = highBitsOf(keyHigh, lowBits, purpose, draw)
  const value = fractionOf(highBits, lowBits)
  const zeros = clz32(highBits)
  if (zeros > ZEROS_MAX) return log(value === 0 ? 1.1102230246251565e-16 : value)
  const isUpper = isUpperHalf((highBits << zeros) >>> 11)
  return logOfParts(value * scales[2 * zeros + isUpper]! - 1, isUpper - zeros - 1)
}

/** With more zeros first, the 20 bits that say which half it is in are not all among the high ones. */
const ZEROS_MAX = 6
/** By leading zeros, and lower or upper half: what brings it between sqrt(2) / 2 and sqrt(2). */
const scales = new Float64Array(2 * ZEROS_MAX + 2)
for (let zeros = 0; zeros <= ZEROS_MAX; zeros++) {
  scales[2 * zeros] = 2 << zeros
  scales[2 * zeros + 1] = 1 << zeros
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
