// Goal: Welch's plot is smoothed as he says, and a study is what it is said to be. Method: series worked by hand; scenarios that contradict themselves.
import { describe, expect, it } from 'vitest'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { csvOfWelch, movingMean, welchOf } from '../../../twin/experiment/welch.ts'
import { checkedValue } from '../../../twin/yaml/checked.ts'

describe('Welch’s plot', () => {
  it('has means of as many values before as after, fewer at the beginning', () => {
    expect(movingMean([0, 3, 6, 9, 3, 0, 6], 2)).toEqual([0, 3, 21 / 5, 21 / 5, 24 / 5])
    expect(movingMean([4, 5], 0)).toEqual([4, 5])
  })

  it('smooths a week, or a quarter of what there is', () => {
    const series = (days: number) => [{ pathway: 'visit', runsInsideMean: new Array<number>(days).fill(2), days: 1 }]
    expect(welchOf({ days: 1, isShort: false, series: series(30) })).toMatchObject({ pilots: 5, window: 3 })
    const short = welchOf({ days: 1, isShort: false, series: series(5) })
    expect(short.window).toBe(1)
    expect(csvOfWelch(short)).toBe(
      'pathway,day,runsInsideMean,movingMean\nvisit,1,2,2\nvisit,2,2,2\nvisit,3,2,2\nvisit,4,2,2\nvisit,5,2,\n',
    )
    expect(welchOf({ days: 0, isShort: false, series: [] }).window).toBe(0)
  })
})

describe('a study', () => {
  const scenario = {
    hospital: { pools: [{ id: 'doctor', units: 2 }] },
    pathways: ['visit.bpmn'],
    demand: [{ id: 'patients', pathway: 'visit', perHour: 6 }],
    horizon: 'P40D',
  }
  it.each([
    [{ study: 'terminating', warmUp: 'P2D' }, 'a terminating study has none'],
    [{ study: 'terminating', warmUp: 'auto' }, 'a terminating study has none'],
    [{ study: 'steadyState' }, 'a steadyState study needs one'],
  ])('%j contradicts itself', (more, expected) => {
    expect(checkedValue({ ...scenario, ...more }, ScenarioFile).problems).toEqual([
      { path: 'warmUp', message: expect.stringContaining(expected), help: 'Correct the value.' },
    ])
  })

  it.each([{ study: 'terminating' }, { study: 'steadyState', warmUp: 'auto' }, { warmUp: 'P2D' }])('%j is one', (more) => {
    expect(checkedValue({ ...scenario, ...more }, ScenarioFile).problems).toEqual([])
  })
})
