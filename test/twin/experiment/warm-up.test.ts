// Goal: what is cut is what is not yet as it always is. Method: series worked by hand, and a ward whose filling is known.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { findWarmUp, truncation } from '../../../twin/experiment/warm-up.ts'

describe('MSER', () => {
  it.each<[string, number[], number]>([
    ['nothing of a level series', [5, 5, 5, 5, 5, 5], 0],
    ['the ramp before it', [0, 2, 4, 5, 5, 5, 5, 5, 5, 5], 3],
    ['at most half', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5],
    ['not the noise', [5, 4, 6, 5, 4, 6, 5, 4, 6, 5], 0],
  ])('cuts %s', (_, values, expected) => {
    expect(truncation(values)).toBe(expected)
  })
})

describe('a ward that begins empty', () => {
  const ward = async (days: number, horizon: string) => {
    const { programs } = await compile({
      bpmn: `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="stay" isExecutable="true"><startEvent id="In"/><sequenceFlow id="a" sourceRef="In" targetRef="Bed"/><task id="Bed"/><sequenceFlow id="b" sourceRef="Bed" targetRef="Out"/><endEvent id="Out"/></process></definitions>`,
    })
    const scenario = ScenarioFile.parse({
      hospital: { pools: [{ id: 'bed', units: 500 }] },
      pathways: [
        {
          file: 'stay.bpmn',
          elements: { Bed: { duration: { distribution: 'exponential', mean: `P${days}D` }, needs: [{ pool: 'bed' }] } },
        },
      ],
      demand: [{ id: 'patients', pathway: 'stay', perHour: 2 }],
      horizon,
    })
    return findWarmUp(prepareExperiment(scenario, new Map([['stay.bpmn', programs]])))
  }

  it('is full after some means of its stay', async () => {
    // M/G/infinity from empty is within 5 % of its level after three means, within 0.7 % after five.
    const { days, isShort, series } = await ward(4, 'P80D')
    expect(days).toBeGreaterThanOrEqual(8)
    expect(days).toBeLessThanOrEqual(24)
    expect(isShort).toBe(false)
    expect(series[0]!.runsInsideMean).toHaveLength(80)
    expect(Math.abs(series[0]!.runsInsideMean[60]! / 192 - 1)).toBeLessThan(0.15)
  })

  it('says when the horizon is too short to tell', async () => {
    expect((await ward(30, 'P20D')).isShort).toBe(true)
  })
})
