// Goal: an observed figure is outside only where the twin's own periods hardly ever are, and what is known of too few is not judged. Method: replications made by hand.
import { expect, it } from 'vitest'
import { comparisonsOf, liveScenario } from '../../../web/planner/validation/observed.ts'

const runs = [10, 12, 11, 13, 9, 11].map((value) => [
  { name: 'visit.Exam.waitMinutesMean', value },
  { name: 'visit.started', value: value * 10 },
])
const observed = (wait: number, waited: number) => ({
  ...{ days: 7, starts: [{ pathway: 'visit', startsByHourOfWeek: [110] }] },
  times: [
    {
      ...{ pathway: 'visit', days: 7 },
      items: [
        {
          element: 'Exam',
          completed: waited,
          waited,
          waitMinutesMean: wait,
          waitMinutesP90: 20,
          workMinutesMean: 5,
          workMinutesP90: 8,
        },
      ],
    },
  ],
})

it('is judged by where another such period would lie', () => {
  const [first, second] = comparisonsOf(observed(14, 200), runs)
  // Mean 11, deviation 1.414, t(5) 2.571: a seventh period lies within 11 ± 3.93.
  expect(first).toMatchObject({ measure: 'visit.Exam.waitMinutesMean', mean: 11, isInside: true })
  expect(first!.high).toBeCloseTo(11 + 2.5706 * Math.SQRT2 * Math.sqrt(1 + 1 / 6), 2)
  expect(second).toMatchObject({ measure: 'visit.started', observed: 110, isInside: true })
  expect(comparisonsOf(observed(16, 200), runs)[0]).toMatchObject({ isInside: false })
  expect(comparisonsOf(observed(16, 5), runs).map(({ measure }) => measure)).toEqual(['visit.started'])
  expect(comparisonsOf(observed(16, 200), runs.slice(0, 1))).toEqual([])
})

it('asks for the live hospital, its pathways and its demand', () => {
  const scenario = JSON.parse(liveScenario(['visit', 'restock'], { streams: [{ id: 'a' }] } as never, 9))
  expect(scenario).toMatchObject({
    hospital: 'live:hospital',
    pathways: ['published:visit', 'published:restock'],
    horizon: 'P16D',
  })
})
