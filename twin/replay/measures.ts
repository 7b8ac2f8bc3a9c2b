/** Two accounts compared as distributions: how long runs stay and requests wait, by the two-sample test of Kolmogorov and Smirnov. */
import { exp } from '../simulate/arithmetic.ts'
import type { Line } from './lines.ts'

export interface ComparedMeasure {
  /** `pathway.stayMinutes` or `pathway.Element.waitMinutes`. */
  name: string
  expected: Summary
  found: Summary
  /** The greatest distance between the two empirical distributions, from 0 to 1. */
  distance: number
  /** How likely samples of one distribution are at least so far apart (Smirnov's limit; N. Smirnov, 1948). */
  p: number
}

export interface Summary {
  count: number
  mean: number
  median: number
}

const minuteMs = 60_000
/** Terms of Smirnov's series: the later ones are below the precision of a double. */
const TERMS = 100
/** Of samples smaller than this the limit says nothing. */
export const SAMPLE_MIN = 8

/** What both accounts have enough of, in order of name. */
export const compareMeasures = (expected: Line[], found: Line[]): ComparedMeasure[] => {
  const [twin, live] = [samplesOf(expected), samplesOf(found)]
  return [...twin.keys()].sort().flatMap((name) => {
    const [left, right] = [twin.get(name)!, live.get(name) ?? []]
    if (Math.min(left.length, right.length) < SAMPLE_MIN) return []
    return [{ name, expected: summaryOf(left), found: summaryOf(right), ...kolmogorovSmirnov(left, right) }]
  })
}

/** Minutes, ascending, by measure: stays of runs that are over, waits of requests that were granted. */
export const samplesOf = (lines: Line[]): Map<string, number[]> => {
  const samples = new Map<string, number[]>()
  const add = (name: string, ms: number) => {
    const those = samples.get(name)
    if (those) those.push(ms / minuteMs)
    else samples.set(name, [ms / minuteMs])
  }
  const began = new Map<string, number>()
  const asked = new Map<string, number[]>()
  for (const { pathway, run, element, event, instance, at } of lines) {
    const key = `${run} ${element} ${instance}`
    if (!began.has(run)) began.set(run, at)
    if (event === 'ended') add(`${pathway}.stayMinutes`, at - began.get(run)!)
    else if (event === 'requested') asked.set(key, [...(asked.get(key) ?? []), at])
    else if (event === 'granted') {
      const since = asked.get(key)?.shift()
      if (since !== undefined) add(`${pathway}.${element}.waitMinutes`, at - since)
    } else if (event === 'cancelled') asked.delete(key)
  }
  for (const values of samples.values()) values.sort((one, other) => one - other)
  return samples
}

const summaryOf = (values: number[]): Summary => ({
  count: values.length,
  mean: values.reduce((sum, each) => sum + each, 0) / values.length,
  median: (values[Math.floor((values.length - 1) / 2)]! + values[Math.floor(values.length / 2)]!) / 2,
})

/** @param left @param right ascending, neither of them empty. */
export const kolmogorovSmirnov = (left: number[], right: number[]): { distance: number; p: number } => {
  let [i, j, distance] = [0, 0, 0]
  while (i < left.length && j < right.length) {
    const value = Math.min(left[i]!, right[j]!)
    while (i < left.length && left[i]! <= value) i++
    while (j < right.length && right[j]! <= value) j++
    distance = Math.max(distance, Math.abs(i / left.length - j / right.length))
  }
  const size = Math.sqrt((left.length * right.length) / (left.length + right.length))
  return { distance, p: smirnov(size * distance) }
}

/** The chance that the limit exceeds `x`: 2 times the sum of (-1)^(k-1) exp(-2 k² x²). */
const smirnov = (x: number): number => {
  // Below, the series converges slowly to what is 1 to six digits.
  if (x < 0.3) return 1
  let sum = 0
  for (let k = 1; k <= TERMS; k++) sum += (k % 2 === 1 ? 2 : -2) * exp(-2 * k * k * x * x)
  return Math.min(1, Math.max(0, sum))
}
