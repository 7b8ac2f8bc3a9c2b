// Goal: what is left of work under way follows its conditional distribution. Method: Kolmogorov and Smirnov's statistic of draws against the survival functions, which are themselves held against
// what the simulator draws and against published values.
import { describe, expect, it } from 'vitest'
import type { ProgramDuration } from '../../../pathways/language/program.ts'
import { residualSample } from '../../../twin/forecast/residual.ts'
import { betaBelow, normalAbove, survivalOf } from '../../../twin/forecast/survival.ts'
import { gammaAbove } from '../../../twin/simulate/gamma-probability.ts'
import { chanceOf, Purpose, sample, within } from '../../../twin/simulate/index.ts'

const minute = 60_000
const of = (
  distribution: ProgramDuration['distribution'],
  minutes: Record<string, number>,
  plain: Record<string, number> = {},
): ProgramDuration => ({
  distribution,
  parameters: { ...Object.fromEntries(Object.entries(minutes).map(([name, value]) => [name, value * minute])), ...plain },
})
const continuous: [string, ProgramDuration][] = [
  ['exponential', of('exponential', { mean: 30 })],
  ['uniform', of('uniform', { min: 10, max: 50 })],
  ['triangular', of('triangular', { min: 10, mode: 20, max: 60 })],
  ['normal', of('normal', { mean: 20, sd: 15 })],
  ['lognormal', of('lognormal', { mean: 25, sd: 15 })],
  ['gamma', of('gamma', { scale: 8 }, { shape: 3 })],
  ['gamma of shape below 1', of('gamma', { scale: 30 }, { shape: 0.6 })],
  ['weibull', of('weibull', { scale: 30 }, { shape: 1.7 })],
  ['pert', of('pert', { min: 10, mode: 25, max: 70 })],
  ['exgaussian', of('exgaussian', { mean: 30, sd: 4, tail: 10 })],
]
const draws = 2000
/** Exceeded by chance once in ten thousand. */
const LIMIT = 2.23

const distance = (values: number[], below: (x: number) => number): number => {
  const sorted = [...values].sort((one, other) => one - other)
  let most = 0
  sorted.forEach((value, place) => {
    const at = below(value)
    most = Math.max(most, Math.abs(at - place / sorted.length), Math.abs(at - (place + 1) / sorted.length))
  })
  return most * Math.sqrt(sorted.length)
}
const keys = Array.from({ length: draws }, (_, index) => within(chanceOf(11, 0), index))
/** The value above which a share of all lies. */
const above = (duration: ProgramDuration, share: number): number => {
  const survival = survivalOf(duration)
  let [low, high] = [0, 1e9]
  while (high - low > 1e-3) {
    const middle = (low + high) / 2
    if (survival(middle) > share) low = middle
    else high = middle
  }
  return low
}

describe('the survival functions', () => {
  it('are those of published tables', () => {
    expect(normalAbove(1.959963984540054, 0, 1)).toBeCloseTo(0.025, 14)
    expect(normalAbove(6, 0, 1) / 9.865876450376981e-10).toBeCloseTo(1, 11)
    expect(normalAbove(-1, 0, 1)).toBeCloseTo(0.8413447460685429, 14)
    // An Erlang variable of three stages: e^-x (1 + x + x^2 / 2).
    expect(gammaAbove(3, 2)).toBeCloseTo(Math.exp(-2) * 5, 13)
    expect(gammaAbove(3, 20) / (Math.exp(-20) * 221)).toBeCloseTo(1, 11)
    // A beta variable of whole parameters: 10 x^3 (1 - x)^2 + 5 x^4 (1 - x) + x^5 at 0.3, of 3 and 3.
    expect(betaBelow(3, 3, 0.3)).toBeCloseTo(10 * 0.027 * 0.49 + 5 * 0.0081 * 0.7 + 0.00243, 13)
  })

  it.each(continuous)('of what the simulator draws: %s', (_, duration) => {
    const survival = survivalOf(duration)
    const values = keys.map((key) => sample(duration, key, Purpose.duration))
    expect(distance(values, (x) => 1 - survival(x))).toBeLessThan(LIMIT)
  })
})

describe('a duration, given that it has lasted', () => {
  it.each(continuous.flatMap(([name, duration]) => [0.5, 0.05, 1e-4].map((share) => [name, share, duration] as const)))(
    '%s, as long as a share of %d',
    (_, share, duration) => {
      const survival = survivalOf(duration)
      const elapsed = above(duration, share)
      const values = keys.map((key) => residualSample(duration, elapsed, key))
      expect(Math.min(...values)).toBeGreaterThanOrEqual(elapsed - 1)
      expect(distance(values, (x) => 1 - survival(x) / survival(elapsed))).toBeLessThan(LIMIT)
    },
  )

  it('keeps the shift and the limits of the distribution', () => {
    const parameters = { shift: 5 * minute, atLeast: 20 * minute, atMost: 60 * minute }
    const duration = of('lognormal', { mean: 25, sd: 15 }, parameters)
    const survival = survivalOf(duration)
    for (const elapsed of [10 * minute, 58 * minute]) {
      const values = keys.map((key) => residualSample(duration, elapsed, key))
      expect(Math.max(...values)).toBeLessThanOrEqual(60 * minute)
      const from = Math.max(elapsed, 20 * minute)
      const given = (x: number) => survival(x - 5 * minute)
      const most = given(60 * minute)
      expect(distance(values, (x) => (given(from) - given(x)) / (given(from) - most))).toBeLessThan(LIMIT)
    }
  })

  it('of an empirical distribution is one of the values that are left, by their shares', () => {
    const values = [5, 10, 40, 80].map((value, index) => ({ value: value * minute, share: index + 1 }))
    const duration: ProgramDuration = { distribution: 'empirical', parameters: {}, values }
    const drawn = keys.map((key) => residualSample(duration, 10 * minute, key))
    const share = drawn.filter((value) => value === 40 * minute).length / draws
    expect([...new Set(drawn)].sort((one, other) => one - other)).toEqual([40 * minute, 80 * minute])
    expect(share).toBeGreaterThan(3 / 7 - 0.035)
    expect(share).toBeLessThan(3 / 7 + 0.035)
  })

  it('that can no longer be ends soon: a tenth of what has passed, in the mean, and at least a minute', () => {
    const left = (duration: ProgramDuration | null, elapsed: number) =>
      keys.reduce((sum, key) => sum + residualSample(duration, elapsed, key) - elapsed, 0) / draws / minute
    expect(left(of('fixed', { value: 30 }), 100 * minute)).toBeCloseTo(10, 0)
    expect(left(of('uniform', { min: 10, max: 50 }), 100 * minute)).toBeCloseTo(10, 0)
    expect(left(null, 2 * minute)).toBeCloseTo(1, 0)
    expect(residualSample(of('fixed', { value: 30 }), 10 * minute, keys[0]!)).toBe(30 * minute)
  })
})
