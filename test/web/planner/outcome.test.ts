// Goal: the word that an answer begins with is never kinder than what is known. Method: runs made by hand, of a model with one target.
import { expect, it } from 'vitest'
import type { WentOn } from '../../../twin/experiment/going-on.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { outcomeOf } from '../../../web/planner/what-if/outcome.ts'

const model = {
  scenario: ScenarioFile.parse({
    hospital: { pools: [{ id: 'bed', units: 3 }] },
    pathways: ['visit.bpmn'],
    demand: [{ id: 'walk-in', pathway: 'visit', perHour: 1 }],
    horizon: 'P2D',
    targets: [{ measure: 'wait', below: 30 }],
  }),
  programs: [],
}
const runs = (...waits: number[]): WentOn[] => waits.map((value) => ({ measures: [{ name: 'wait', value }], levels: [] }))
const wordOf = (base: number[], changed: number[] | null) => outcomeOf(model, runs(...base), changed && runs(...changed)).word

it('says what is detectable, and of a target only what is decided', () => {
  expect(wordOf([10, 11, 12], null)).toBe('nothing-moved')
  expect(wordOf([10, 11], [20, 21])).toBe('too-few')
  expect(wordOf([10, 11, 12], [11, 10, 12])).toBe('no-difference')
  expect(wordOf([10, 11, 12], [5, 6, 6.5])).toBe('kept')
  expect(wordOf([10, 11, 12], [12, 13.1, 14])).toBe('worse')
  expect(wordOf([10, 11, 12], [25, 35, 27])).toBe('undecided')
  expect(wordOf([10, 11, 12], [45, 46, 47])).toBe('missed')
})
