// Goal: intervals hold the truth as often as they say, and differences are paired. Method: published quantiles, and samples of known means.
import { describe, expect, it } from 'vitest'
import { differenceOf, intervalOf, studentQuantile } from '../../../twin/experiment/interval.ts'
import { chanceOf, openUniform, Purpose } from '../../../twin/simulate/chance.ts'
import { normalQuantile } from '../../../twin/simulate/distributions.ts'

describe('the quantile of Student’s t', () => {
  // M. Abramowitz, I. A. Stegun, table 26.10, and R's qt().
  it.each([
    [0.975, 1, 12.706204736],
    [0.975, 2, 4.30265273],
    [0.975, 3, 3.182446305],
    [0.95, 4, 2.131846786],
    [0.975, 9, 2.262157163],
    [0.995, 10, 3.169272673],
    [0.975, 19, 2.093024054],
    [0.975, 30, 2.042272456],
    [0.9995, 7, 5.407882521],
    [0.975, 1000, 1.962339081],
  ])('of %d with %d degrees of freedom', (probability, freedom, expected) => {
    expect(studentQuantile(probability, freedom)).toBeCloseTo(expected, 7)
    expect(studentQuantile(1 - probability, freedom)).toBeCloseTo(-expected, 7)
  })
})

const normal = (sample: number, draw: number) => normalQuantile(openUniform(chanceOf(11, sample), Purpose.patient, draw))

describe('an interval', () => {
  it('holds the true mean in 95 of 100 samples', () => {
    const samples = Array.from({ length: 2_000 }, (_, sample) =>
      Array.from({ length: 6 }, (_, draw) => 5 + 2 * normal(sample, draw)),
    )
    const held = samples.filter((values) => {
      const { low, high } = intervalOf(values, 0.95)
      return low <= 5 && high >= 5
    }).length
    // Four standard deviations of a binomial of 2000 and 0.95.
    expect(Math.abs(held - 1_900)).toBeLessThan(39)
  })

  it('of one value has no width, and tells no difference', () => {
    expect(intervalOf([3], 0.95)).toMatchObject({ mean: 3, low: 3, high: 3, deviation: 0 })
    expect(differenceOf([3], [4], 0.95).isDetectable).toBe(false)
  })
})

describe('a paired difference', () => {
  const base = Array.from({ length: 10 }, (_, draw) => 100 + 30 * normal(0, draw))

  it('sees a small change that is the same in each pair', () => {
    const other = base.map((value, pair) => value + 1 + 0.1 * normal(1, pair))
    expect(differenceOf(base, other, 0.95)).toMatchObject({ isDetectable: true })
    expect(differenceOf(base, other, 0.95).mean).toBeCloseTo(1, 0)
  })

  it('sees none where there is none, and is wider when more are made together', () => {
    const other = base.map((value, pair) => value + normal(2, pair) * 5)
    expect(differenceOf(base, other, 0.95).isDetectable).toBe(false)
    const [one, five] = [differenceOf(base, other, 0.95), differenceOf(base, other, 0.95, 5)]
    expect(five.high - five.low).toBeGreaterThan(one.high - one.low)
  })
})
