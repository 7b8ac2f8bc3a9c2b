/** Numbers, functions and distributions: by moments and by Kolmogorov-Smirnov against their distribution functions; seeds are fixed. */

import fc from 'fast-check'
import { cumulativeStdNormalProbability, mean, sampleCorrelation, standardDeviation } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import type { ProgramDuration } from '../../../pathways/language/program.ts'
import { exp, log, pow } from '../../../twin/simulate/arithmetic.ts'
import { logOfUniform, openUniformOf } from '../../../twin/simulate/chance.ts'
import { normalQuantile } from '../../../twin/simulate/distributions.ts'
import {
  chanceOf,
  checkDistribution,
  ImpossibleDistribution,
  Purpose,
  sample,
  uniform,
  within,
  wordOf,
} from '../../../twin/simulate/index.ts'

const count = 20_000
const keys = (seed: number) => Array.from({ length: count }, (_, index) => within(chanceOf(seed, 0), index))

/** The largest distance between what was drawn and what should be; 1.95 / sqrt(n) is exceeded once in a thousand times. */
const distance = (values: number[], cumulative: (value: number) => number): number => {
  const sorted = [...values].sort((left, right) => left - right)
  return Math.max(
    ...sorted.map((value, index) => Math.max((index + 1) / count - cumulative(value), cumulative(value) - index / count)),
  )
}
const distanceMax = 1.95 / Math.sqrt(count)

describe('arithmetic', () => {
  it('agrees with Math to the last bits', () => {
    for (let index = 0; index < 2000; index++) {
      const x = (uniform(within(chanceOf(1, 0), index), Purpose.duration, 0) - 0.5) * 1400
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(4e-16)
      const y = Math.exp(x)
      expect(Math.abs(log(y) - Math.log(y))).toBeLessThanOrEqual(Math.abs(Math.log(y)) * 3e-16)
    }
    expect(log(1)).toBe(0)
    expect(exp(0)).toBe(1)
    expect(exp(1000)).toBe(Number.POSITIVE_INFINITY)
    expect(exp(-1000)).toBe(0)
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY)
    expect(log(-1)).toBeNaN()
    expect(log(5e-324)).toBeCloseTo(Math.log(5e-324), 10)
    expect(pow(2, 0.5)).toBeCloseTo(Math.SQRT2, 14)
  })

  it('gives the bits that it gave: what any machine must give', () => {
    expect(
      [exp(1), exp(-0.1), log(10), log(0.3), pow(3, 2.5), normalQuantile(0.001), normalQuantile(0.975)].map(String),
    ).toMatchInlineSnapshot(`
      [
        "2.7182818284590455",
        "0.9048374180359595",
        "2.302585092994046",
        "-1.2039728043259361",
        "15.588457268119887",
        "-3.090232306167813",
        "1.9599639845400536",
      ]
    `)
    expect([0, 1, 2].map((draw) => uniform(within(chanceOf(42, 0), 7), Purpose.duration, draw))).toMatchInlineSnapshot(`
      [
        0.2497559494157826,
        0.7958010740399923,
        0.7081352879769934,
      ]
    `)
  })

  it('reads the logarithm of a uniform number off its bits, to the last one', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer({ min: -1, max: 9 }), (low, high, draw) => {
        expect(logOfUniform(low, high, Purpose.duration, draw)).toBe(log(openUniformOf(low, high, Purpose.duration, draw)))
      }),
      { numRuns: 20_000 },
    )
  })

  it('knows the logarithms of the least and of the largest numbers', () => {
    for (const x of [5e-324, 1e-310, 2.2250738585072014e-308, 1.7e308, Number.MAX_VALUE])
      expect(log(x) / Math.log(x)).toBeCloseTo(1, 14)
  })

  it('knows the normal quantiles of the tables', () => {
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446004, 14)
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12)
    expect(normalQuantile(1e-300)).toBeCloseTo(-37.0471, 3)
  })
})

describe('uniform numbers', () => {
  it('are uniform along every word of the key, and do not follow one another', () => {
    const base = chanceOf(3, 0)
    const along: Record<string, (index: number) => number> = {
      seed: (index) => uniform(chanceOf(index, 0), Purpose.duration, 0),
      replication: (index) => uniform(chanceOf(3, index), Purpose.duration, 0),
      entity: (index) => uniform(within(base, index), Purpose.duration, 0),
      path: (index) => uniform(within(within(base, 5), index), Purpose.duration, 0),
      largeEntity: (index) => uniform(within(base, 2 ** 40 + index), Purpose.duration, 0),
      draw: (index) => uniform(base, Purpose.duration, index),
      element: (index) => uniform(within(base, wordOf(`Task_${index}`)), Purpose.duration, 0),
    }
    for (const [name, numberOf] of Object.entries(along)) {
      const values = Array.from({ length: count }, (_, index) => numberOf(index))
      expect(
        distance(values, (value) => value),
        name,
      ).toBeLessThan(distanceMax)
      expect(Math.abs(sampleCorrelation(values.slice(1), values.slice(0, -1))), name).toBeLessThan(3.3 / Math.sqrt(count))
      expect(new Set(values).size, name).toBe(count)
    }
    const pairs = keys(9).map((key) => [
      uniform(key, Purpose.duration, 0),
      uniform(key, Purpose.outcome, 0),
      uniform(key, Purpose.duration, 1),
    ])
    for (const [left, right] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      expect(
        Math.abs(
          sampleCorrelation(
            pairs.map((one) => one[left]!),
            pairs.map((one) => one[right]!),
          ),
        ),
      ).toBeLessThan(3.3 / Math.sqrt(count))
  })
})

describe('distributions', () => {
  const cases: [ProgramDuration, number, number, ((value: number) => number) | null][] = [
    [{ distribution: 'exponential', parameters: { mean: 5 } }, 5, 5, (value) => 1 - Math.exp(-value / 5)],
    [{ distribution: 'uniform', parameters: { min: 2, max: 6 } }, 4, 4 / Math.sqrt(12), (value) => (value - 2) / 4],
    [
      { distribution: 'triangular', parameters: { min: 1, mode: 2, max: 6 } },
      3,
      Math.sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18),
      (value) => (value < 2 ? (value - 1) ** 2 / 5 : 1 - (6 - value) ** 2 / 20),
    ],
    [
      { distribution: 'normal', parameters: { mean: 10, sd: 2 } },
      10,
      2,
      (value) => cumulativeStdNormalProbability((value - 10) / 2),
    ],
    // Cut at half its draws, the normal is a half normal.
    [
      { distribution: 'normal', parameters: { mean: 0, sd: 3 } },
      3 * Math.sqrt(2 / Math.PI),
      3 * Math.sqrt(1 - 2 / Math.PI),
      (value) => 2 * cumulativeStdNormalProbability(value / 3) - 1,
    ],
    [
      { distribution: 'lognormal', parameters: { mean: 25, sd: 15 } },
      25,
      15,
      (value) =>
        cumulativeStdNormalProbability((Math.log(value) - Math.log(25) + Math.log(1.36) / 2) / Math.sqrt(Math.log(1.36))),
    ],
    // Whole shapes have a closed form: Erlang.
    [
      { distribution: 'gamma', parameters: { shape: 3, scale: 2 } },
      6,
      Math.sqrt(12),
      (value) => 1 - Math.exp(-value / 2) * (1 + value / 2 + value ** 2 / 8),
    ],
    [
      { distribution: 'gamma', parameters: { shape: 0.5, scale: 4 } },
      2,
      Math.sqrt(8),
      (value) => 2 * cumulativeStdNormalProbability(Math.sqrt(value / 2)) - 1,
    ],
    [{ distribution: 'fixed', parameters: { value: 7 } }, 7, 0, null],
  ]

  it.each(cases)('$distribution has its mean, spread and shape', (duration, expectedMean, expectedSd, cumulative) => {
    const values = keys(11).map((key) => sample(duration, key, Purpose.duration))
    expect(Math.abs(mean(values) - expectedMean)).toBeLessThanOrEqual((4 * expectedSd) / Math.sqrt(count))
    expect(Math.abs(standardDeviation(values) - expectedSd)).toBeLessThanOrEqual(0.06 * expectedSd)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    if (cumulative) expect(distance(values, cumulative)).toBeLessThan(distanceMax)
  })

  it('refuses what is no distribution', () => {
    const impossible: ProgramDuration[] = [
      { distribution: 'lognormal', parameters: { mean: 0, sd: 1 } },
      { distribution: 'uniform', parameters: { min: 3, max: 2 } },
      { distribution: 'gamma', parameters: { shape: 0, scale: 2 } },
      { distribution: 'exponential', parameters: { mean: -1 } },
    ]
    for (const duration of impossible) expect(() => checkDistribution(duration)).toThrow(ImpossibleDistribution)
  })
})
