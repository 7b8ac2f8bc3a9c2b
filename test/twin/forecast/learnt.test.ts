// Goal: durations are learnt where the log has enough of them, of work alone, and the drawing is left as it is. Method: durations drawn from a known distribution.
import { expect, it } from 'vitest'
import { type Observed, withLearnt } from '../../../twin/forecast/learnt.ts'
import { chanceOf, within } from '../../../twin/simulate/chance.ts'
import { meanOf, samplerOf } from '../../../twin/simulate/distributions.ts'
import { oneTask } from '../simulate/models.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const draw = samplerOf({ distribution: 'gamma', parameters: { shape: 4, scale: 6 * minuteMs } })
const observed = (completed: number, changes: Partial<Observed> = {}): Observed => ({
  ...{ pathway: 'visit', element: 'Work', completed, periodMs: 20 * dayMs },
  durations: Array.from({ length: completed }, (_, index) => {
    const { low, high } = within(chanceOf(5, 0), index)
    return draw(low, high, 1)
  }),
  ...changes,
})

it('takes what the log has a hundred of, and says what it took', async () => {
  const program = await oneTask('visit', '<hospital:duration value="PT10M"/>')
  const { programs, learnt } = withLearnt([program], [observed(400)])
  expect(learnt).toMatchObject([{ element: 'Work', completed: 400, drawnMeanMinutes: 10 }])
  expect(learnt[0]!.meanMinutes).toBeCloseTo(24, -1)
  const work = programs[0]!.nodes.find(({ id }) => id === 'Work')!
  expect(meanOf(work.duration!) / minuteMs).toBeCloseTo(24, -1)
  expect(programs[0]!.hash).toBe(program.hash)
  expect(program.nodes.find(({ id }) => id === 'Work')!.duration).toMatchObject({ distribution: 'fixed' })
})

it('learns of people whose work the drawing has no time for, too', async () => {
  const program = await oneTask('visit', '<hospital:task role="nurse"/>')
  expect(withLearnt([program], [observed(100)]).learnt).toMatchObject([{ drawnMeanMinutes: null }])
})

it('leaves what was seen too seldom, for too short a time, or elsewhere', async () => {
  const program = await oneTask('visit', '<hospital:duration value="PT10M"/>')
  const few = [
    observed(99),
    observed(400, { periodMs: 60 * minuteMs }),
    observed(400, { element: 'In' }),
    observed(400, { pathway: 'other' }),
  ]
  for (const each of few) expect(withLearnt([program], [each])).toEqual({ programs: [program], learnt: [] })
})
