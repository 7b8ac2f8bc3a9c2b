// Goal: durations are given the distribution they have. Method: draws of the twin's own sampler, fitted; special functions against published values.
import { describe, expect, it } from 'vitest'
import type { ProgramDuration } from '../../../pathways/language/program.ts'
import { families } from '../../../twin/calibrate/families.ts'
import { fitDuration, ranked } from '../../../twin/calibrate/fit.ts'
import { sampleOf } from '../../../twin/calibrate/sample.ts'
import { chiSquareTail, digamma, normalProbability, trigamma } from '../../../twin/calibrate/special.ts'
import { chanceOf, Purpose, uniform, within } from '../../../twin/simulate/chance.ts'
import { meanOf, samplerOf } from '../../../twin/simulate/distributions.ts'
import { gammaBelow } from '../../../twin/simulate/gamma-probability.ts'

const minute = 60_000
const LAWS: [string, ProgramDuration][] = [
  ['exponential', { distribution: 'exponential', parameters: { mean: 10 * minute } }],
  ['lognormal', { distribution: 'lognormal', parameters: { mean: 25 * minute, sd: 15 * minute } }],
  [
    'lognormal with a shift',
    { distribution: 'lognormal', parameters: { mean: 25 * minute, sd: 25 * minute, shift: 20 * minute } },
  ],
  ['gamma', { distribution: 'gamma', parameters: { shape: 6.25, scale: 3.2 * minute } }],
  ['weibull', { distribution: 'weibull', parameters: { shape: 2.5, scale: 30 * minute } }],
  ['normal', { distribution: 'normal', parameters: { mean: 30 * minute, sd: 20 * minute } }],
  ['uniform', { distribution: 'uniform', parameters: { min: 5 * minute, max: 20 * minute } }],
  ['triangular', { distribution: 'triangular', parameters: { min: 5 * minute, mode: 8 * minute, max: 20 * minute } }],
]
/** As a clock that drops what is finer than the grid writes down begin and end. */
const drawn = (law: ProgramDuration, count: number, grid: number, seed = 1): number[] => {
  const draw = samplerOf(law)
  return Array.from({ length: count }, (_, index) => {
    const key = within(chanceOf(seed, 0), index)
    const value = draw(key.low, key.high, Purpose.duration)
    return grid === 0 ? value : grid * Math.floor(uniform(key, Purpose.branch, 0) + value / grid)
  })
}
const key = chanceOf(9, 9)

describe('special functions', () => {
  it.each([
    ['digamma(1)', digamma(1), -0.5772156649015329],
    ['digamma(0.25)', digamma(0.25), -4.227453533376265],
    ['trigamma(1)', trigamma(1), 1.6449340668482264],
    ['P(3, 2.5)', gammaBelow(3, 2.5), 0.45618688411667035],
    ['P(0.5, 4)', gammaBelow(0.5, 4), 0.9953222650189527],
    ['P(100, 90)', gammaBelow(100, 90), 0.15822098918643018],
    ['the normal below 1.96', normalProbability(1.96), 0.9750021048517795],
    ['the normal below -3', normalProbability(-3), 0.0013498980316300933],
    ['chi-square above 3.84 of 1', chiSquareTail(3.841458820694124, 1), 0.05],
  ])('%s', (_, found, expected) => {
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-11)
  })
})

describe('a family', () => {
  it.each(LAWS)('%s is found again among all, with its mean', (name, law) => {
    const found = fitDuration(drawn(law, 3000, 0), 0, key, false)
    expect(found.name).toBe(name)
    expect(Math.abs(meanOf(found.duration) / meanOf(law) - 1)).toBeLessThan(0.05)
    expect(found.distance!).toBeLessThan(0.03)
  })

  it.each(LAWS)('%s is found again from times rounded to five minutes', (name, law) => {
    const durations = drawn(law, 3000, 5 * minute)
    const [best] = ranked(sampleOf(durations, 5 * minute))
    const own = families.find((family) => family.name === name)!
    // Rounding hides small differences: nothing fits much better than what it is.
    const aic = ranked(sampleOf(durations, 5 * minute)).find(({ family }) => family === own)!.aic
    expect(aic - best!.aic).toBeLessThan(4)
    const mean = durations.reduce((sum, each) => sum + each, 0) / durations.length
    expect(Math.abs(best!.law.mean / mean - 1)).toBeLessThan(0.01)
  })

  it('has a distribution function that is the sum of its density', () => {
    for (const [name, law] of LAWS) {
      const family = families.find((each) => each.name === name)!
      const { at } = family.start(sampleOf(drawn(law, 500, 0), 0).values)!
      const { logDensity, probability } = family.law(at)!
      let sum = 0
      const [from, step] = [12 * minute, minute / 50]
      for (let x = from; x < 18 * minute; x += step) sum += Math.exp(logDensity(x + step / 2)) * step
      expect(Math.abs(sum - (probability(18 * minute) - probability(from)))).toBeLessThan(1e-4)
    }
  })
})

describe('goodness of fit', () => {
  it('is not said to be bad more often than chance would have it, though parameters are estimated', () => {
    const law = LAWS[1]![1]
    const said = Array.from({ length: 30 }, (_, seed) => fitDuration(drawn(law, 60, 0, seed), 0, key).probability!)
    // Of 30 p-values about 6 lie below 0.2, and about 6 above 0.8.
    expect(said.filter((each) => each < 0.2).length).toBeLessThan(13)
    expect(said.filter((each) => each <= 0.05).length).toBeLessThan(6)
  })

  it('gives way to the values themselves where nothing fits, and keeps their mean', () => {
    const two = [...drawn(LAWS[6]![1], 300, 0), ...drawn(LAWS[6]![1], 300, 0, 2).map((each) => each + 300 * minute)]
    const found = fitDuration(two, 0, key)
    expect(found.name).toBe('the values seen')
    expect(found.note).toMatch(/lies 0\.\d\d off/)
    expect(Math.abs(meanOf(found.duration) / found.mean - 1)).toBeLessThan(1e-6)
  })

  it.each([
    ['always the same', [5 * minute, 5 * minute, 5 * minute], 'fixed'],
    ['too few', [1, 2, 3].map((each) => each * minute), 'the values seen'],
    ['zeros among them', [0, 0, 0, 1, 2, 3, 4, 5, 9, 14].map((each) => each * minute), null],
  ])('%s', (_, durations, name) => {
    const found = fitDuration(durations, minute, key, false)
    if (name) expect(found.name).toBe(name)
    expect(Number.isFinite(meanOf(found.duration))).toBe(true)
  })

  it('says the same for the same durations', () => {
    const durations = drawn(LAWS[3]![1], 400, minute)
    expect(fitDuration(durations, minute, key)).toEqual(fitDuration([...durations], minute, key))
  })
})
