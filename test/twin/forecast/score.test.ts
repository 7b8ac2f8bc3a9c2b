// Goal: scores are those of their papers. Method: small ensembles worked by hand, and a normal forecast whose CRPS has a closed form.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantileOf } from '../../../twin/forecast/forecast.ts'
import { crpsOf, pitOf, scoreOf, summaryOf } from '../../../twin/forecast/score.ts'
import { normalQuantile } from '../../../twin/simulate/distributions.ts'
import { chanceOf, within } from '../../../twin/simulate/index.ts'

const of = (...values: number[]) => Float64Array.from(values).sort()

describe('the CRPS', () => {
  it('of an ensemble is E|X - y| - E|X - X|/2', () => {
    expect(crpsOf(of(4), 4)).toBe(0)
    expect(crpsOf(of(4), 7)).toBe(3)
    // |1-2|, |3-2|, |5-2| in the mean 5/3; of the nine pairs 2, 4, 2 each twice: 16/9, by half.
    expect(crpsOf(of(1, 3, 5), 2)).toBeCloseTo(5 / 3 - 8 / 9, 14)
  })

  it('of a normal forecast is its closed form (T. Gneiting, A. E. Raftery, 2007, below equation 21)', () => {
    const values = Float64Array.from({ length: 20_000 }, (_, index) => normalQuantile((index + 0.5) / 20_000))
    // At z = 1: 1 (2 Phi(1) - 1) + 2 phi(1) - 1 / sqrt(pi).
    expect(crpsOf(values, 1)).toBeCloseTo(0.6826894921370859 + 2 * 0.24197072451914337 - 1 / Math.sqrt(Math.PI), 4)
  })

  it('is best for who says what they believe', () => {
    const uniformly = of(...Array.from({ length: 99 }, (_, index) => index + 1))
    const surely = of(...new Array(99).fill(50))
    const mean = (ensemble: Float64Array) => uniformly.reduce((sum, happened) => sum + crpsOf(ensemble, happened), 0)
    expect(mean(uniformly)).toBeLessThan(mean(surely))
  })
})

describe('the randomised PIT', () => {
  it('lies between the shares of those below, and of those not above', () => {
    expect(pitOf(of(1, 2, 2, 3), 2, 0)).toBeCloseTo(1 / 5)
    expect(pitOf(of(1, 2, 2, 3), 2, 0.5)).toBeCloseTo(2.5 / 5)
    expect(pitOf(of(1, 2, 2, 3), 9, 0.5)).toBeCloseTo(4.5 / 5)
    expect(pitOf(of(1, 2, 2, 3), 0, 0)).toBe(0)
  })

  it('is uniform when what happens is one more of the ensemble, counts or not', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 10, maxLength: 10 }), (values) => {
        // Each of them in turn happened: the PITs of all, over all luck, fill [0, 1) evenly.
        let mean = 0
        values.forEach((happened, place) => {
          mean += pitOf(of(...values.filter((_, other) => other !== place)), happened, 0.5) / values.length
        })
        expect(mean).toBeCloseTo(0.5, 12)
      }),
      { seed: 1 },
    )
  })
})

describe('a summary', () => {
  it('counts what lies in the bands, ends included', () => {
    const ensemble = of(...Array.from({ length: 99 }, (_, index) => index + 1))
    expect([quantileOf(ensemble, 0.1), quantileOf(ensemble, 0.5), quantileOf(ensemble, 0.9)]).toEqual([10, 50, 90])
    const scores = [5, 10, 30, 90, 95].map((happened, index) => scoreOf(ensemble, happened, within(chanceOf(1, 0), index)))
    expect(summaryOf(scores)).toMatchObject({ count: 5, coverage80: 3 / 5, coverage50: 1 / 5 })
    expect(summaryOf([])).toBeNull()
  })
})
