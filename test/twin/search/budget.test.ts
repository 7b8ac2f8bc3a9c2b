// Goal: the budget goes where OCBA's paper sends it, and finds the best more often than an even share does. Method: a published example, and normal populations of known means, seeded.
import { describe, expect, it } from 'vitest'
import { allocationOf, bestOf, type Candidate, nextOnes, probabilityOfBest } from '../../../twin/search/budget.ts'
import { normalProbability } from '../../../twin/search/normal.ts'
import { chanceOf, openUniform, Purpose } from '../../../twin/simulate/chance.ts'
import { normalQuantile } from '../../../twin/simulate/distributions.ts'

const candidate = (mean: number, variance: number, slacks: [number, number][] = [], replications = 10): Candidate => ({
  replications,
  objective: { mean, variance },
  slacks: slacks.map(([each, noise]) => ({ mean: each, variance: noise })),
})

describe('the distribution function', () => {
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.96, 0.0249978951482204],
    [3, 0.99865010196837],
    [-5, 2.86651571879194e-7],
    [9, 1],
  ])('of %d', (z, expected) => {
    expect(Math.abs(normalProbability(z) - expected)).toBeLessThan(1e-14)
  })
})

describe('the allocation', () => {
  it('of five designs, means 1 to 5 and variances 1, 1, 9, 9, 4, is that of C.-H. Chen and L. H. Lee (2011), p. 49', () => {
    const designs = [candidate(1, 1), candidate(2, 1), candidate(3, 9), candidate(4, 9), candidate(5, 4)]
    const ratios = allocationOf(designs, 1, 1e-9)
    // Against the second: (3 / 2)², 1, (2 / 4)² and so on, and the best by the root of the sum of squares over variances.
    const expected = [0, 1, 9 / 4, 1, 1 / 4]
    expected[0] = Math.sqrt(1 + (9 / 4) ** 2 / 9 + 1 / 9 + (1 / 4) ** 2 / 4)
    const sum = expected.reduce((all, each) => all + each, 0)
    for (const [design, ratio] of ratios.entries()) expect(ratio).toBeCloseTo(expected[design]! / sum, 12)
  })

  it('spends nothing on a design that is surely beyond its limit, whatever its objective', () => {
    const designs = [candidate(2, 1, [[-1, 1]]), candidate(3, 1, [[-1, 1]]), candidate(1, 1, [[50, 1]])]
    expect(bestOf(designs)).toBe(0)
    const [best, near, beyond] = allocationOf(designs, 100, 1e-9)
    expect(beyond).toBeLessThan(0.1)
    expect(Math.min(best!, near!)).toBeGreaterThan(30)
  })

  it('gives all that is to be given', () => {
    const given = nextOnes([candidate(1, 1), candidate(1.1, 1), candidate(9, 1)], 7, 1e-9)
    expect(given.reduce((sum, each) => sum + each, 0)).toBe(7)
    expect(given[2]).toBe(0)
    expect(nextOnes([candidate(1, 0), candidate(1, 0)], 3, 1e-9)).toEqual([2, 1])
  })

  it('the nearest to its limits is the best where none keeps them', () => {
    expect(bestOf([candidate(1, 1, [[3, 1]]), candidate(5, 1, [[2, 1]])])).toBe(1)
  })
})

describe('sequentially', () => {
  const MEANS = [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5]
  const [FIRST, BUDGET] = [10, 240]
  const draw = (trial: number, design: number, replication: number) =>
    MEANS[design]! + 2 * normalQuantile(openUniform(chanceOf(trial, replication), Purpose.patient, design))
  const estimate = (values: number[]): Candidate => {
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length
    return candidate(mean, values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1), [], values.length)
  }
  const trial = (number: number, share: (candidates: Candidate[]) => number[]): Candidate[] => {
    const values = MEANS.map((_, design) => Array.from({ length: FIRST }, (_, replication) => draw(number, design, replication)))
    for (let total = FIRST * MEANS.length; total < BUDGET; total += 8)
      for (const [design, more] of share(values.map(estimate)).entries())
        for (let one = 0; one < more; one++) values[design]!.push(draw(number, design, values[design]!.length))
    return values.map(estimate)
  }

  it('finds the best more often than even shares, as often as it says it does', () => {
    const numbers = Array.from({ length: 400 }, (_, number) => number)
    const clever = numbers.map((number) => trial(number, (all) => nextOnes(all, 8, 1e-9)))
    const found = clever.filter((all) => bestOf(all) === 0).length
    const evenly = numbers.filter((number) => bestOf(trial(number, (all) => all.map(() => 1))) === 0).length
    expect(found).toBeGreaterThan(evenly + 20)
    const said = clever.reduce((sum, all) => sum + probabilityOfBest(all), 0)
    // What is said is a lower bound, by estimates: not far above what is so.
    expect(said).toBeLessThan(found + 3 * Math.sqrt(400 * 0.1 * 0.9))
  })
})
