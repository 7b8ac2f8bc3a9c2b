// Goal: replications end when a mean is precise, and not by luck. Method: sequences worked by hand, and samples of a known law.
import { describe, expect, it } from 'vitest'
import { enoughReplications } from '../../../twin/experiment/precision.ts'
import { chanceOf, openUniform, Purpose } from '../../../twin/simulate/chance.ts'
import { normalQuantile } from '../../../twin/simulate/distributions.ts'

const asked = { precision: 0.1, from: 3, most: 200, confidence: 0.95 }
const sample = (number: number, length: number) =>
  Array.from({ length }, (_, draw) => 10 + 3 * normalQuantile(openUniform(chanceOf(5, number), Purpose.patient, draw)))

describe('enough replications', () => {
  it('of a constant are those looked ahead', () => {
    expect(enoughReplications(new Array(7).fill(4), asked)).toBeNull()
    expect(enoughReplications(new Array(8).fill(4), asked)).toBe(8)
  })

  it('are never more than the most', () => {
    const wild = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? 1 : 100))
    expect(enoughReplications(wild, { ...asked, most: 12 })).toBe(12)
    expect(enoughReplications(wild.slice(0, 11), { ...asked, most: 12 })).toBeNull()
  })

  it('do not depend on how many were made before it was asked', () => {
    const values = sample(1, 200)
    const enough = enoughReplications(values, asked)!
    for (let length = 2; length < 200; length++) {
      const found = enoughReplications(values.slice(0, length), asked)
      expect(found).toBe(length < enough ? null : enough)
    }
  })

  it('are about those that the deviation needs: (1.96 x 3 / (0.1 x 10)) squared, 35', () => {
    const counts = Array.from({ length: 40 }, (_, number) => enoughReplications(sample(number, 200), asked)!)
    const mean = counts.reduce((sum, each) => sum + each, 0) / counts.length
    expect(mean).toBeGreaterThan(28)
    expect(mean).toBeLessThan(48)
  })
})
