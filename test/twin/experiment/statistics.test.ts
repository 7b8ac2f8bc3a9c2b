// Goal: what is kept while it runs says what all values would. Method: against the values themselves (fast-check).
import fc from 'fast-check'
import { mean, quantileSorted, sampleStandardDeviation } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { Level, Tally } from '../../../twin/experiment/statistics.ts'

/** Below the normal numbers a double has no half per cent. */
const value = fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e6, noNaN: true }))

describe('a tally', () => {
  it('has the mean, the deviation, the extremes and, within half a per cent, the quantiles', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 300 }), (values) => {
        const tally = new Tally()
        for (const value of values) tally.add(value)
        expect(tally.count).toBe(values.length)
        expect(tally.mean).toBeCloseTo(mean(values), 4)
        expect(tally.deviation).toBeCloseTo(sampleStandardDeviation(values), 3)
        expect(tally.max).toBe(Math.max(...values))
        const sorted = [...values].sort((one, other) => one - other)
        for (const share of [0.1, 0.5, 0.95]) {
          const [low, high] = [sorted[Math.floor(share * (values.length - 1))]!, quantileSorted(sorted, 1)]
          const found = tally.quantile(share)
          expect(found).toBeGreaterThanOrEqual(low * 0.9949)
          expect(found).toBeLessThanOrEqual(high)
          expect(sorted.some((value) => Math.abs(value - found) <= 0.0051 * value + 1e-12)).toBe(true)
        }
      }),
    )
  })

  it('of nothing is nothing', () => {
    expect(new Tally()).toMatchObject({ count: 0, mean: 0, max: 0 })
    expect(new Tally().quantile(0.5)).toBe(0)
  })
})

describe('a level', () => {
  it('is its mean over time from when measuring began', () => {
    const level = new Level(10)
    level.change(2, 0)
    level.change(1, 15)
    level.change(-3, 20)
    // 2 from 10 to 15, 3 from 15 to 20, 0 from 20 to 30.
    expect(level.meanUntil(30)).toBe(25 / 20)
    expect(level.max).toBe(3)
  })
})
