// Goal: what a class of case, rest and closed hours explain is found, and no more. Method: logs drawn from known hospitals.
import { describe, expect, it } from 'vitest'
import { scenarioText } from '../../../twin/calibrate/scenario-text.ts'
import { shiftsOf } from '../../../twin/calibrate/shifts.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { chanceOf, Purpose, uniform, within } from '../../../twin/simulate/chance.ts'
import { samplerOf } from '../../../twin/simulate/distributions.ts'
import { checkedValue, parsedYaml } from '../../../twin/yaml/checked.ts'
import { calibrated, drawing, readCsv } from './logs.ts'

const minute = 60_000
const program = drawing('<startEvent id="s"/><task id="A"/><endEvent id="e"/>', 's>A A>e')
const luck = (index: number, what: number) => uniform(within(chanceOf(5, what), index), Purpose.patient, 0)
const draw = (mean: number, index: number) => {
  const { low, high } = within(chanceOf(6, 0), index)
  return samplerOf({ distribution: 'gamma', parameters: { shape: 4, scale: (mean * minute) / 4 } })(low, high, Purpose.duration)
}
const written = (at: number) => new Date(at).toISOString()
const monday = Date.UTC(2026, 0, 5)

describe('classes', () => {
  const log = readCsv(
    [
      'case,activity,start,end,acuity,ward,note',
      ...Array.from({ length: 600 }, (_, index) => {
        const acuity = luck(index, 1) < 0.3 ? 'high' : 'low'
        const from = monday + index * 17 * minute
        return `${index},A,${written(from)},${written(from + draw(acuity === 'high' ? 40 : 20, index))},${acuity},${Math.floor(luck(index, 2) * 3)},n${index}`
      }),
    ].join('\n'),
  )

  it('are found where they explain durations, and not where they do not', async () => {
    const [element] = calibrated(log, await program).elements
    expect(element!.byClass!.attribute).toBe('acuity')
    const { high, low } = element!.byClass!.values as Record<'high' | 'low', { mean: number; count: number }>
    expect(Math.abs(high.mean / minute - 40)).toBeLessThan(3.5 * (20 / Math.sqrt(high.count)))
    expect(Math.abs(low.mean / minute - 20)).toBeLessThan(3.5 * (10 / Math.sqrt(low.count)))
  })

  it('become a variable of the patients', async () => {
    const text = scenarioText(calibrated(log, await program), { name: 'n', drawing: 'd.bpmn', logName: 'l' })
    const { value } = checkedValue(parsedYaml(text).value, ScenarioFile)
    const [stream] = value!.demand
    const { shares } = stream!.variables.acuity as { shares: { high: number; low: number } }
    expect(Math.abs(shares.high - 0.3)).toBeLessThan(0.08)
    expect(value!.pathways[0]).toMatchObject({
      elements: { A: { duration: { by: 'acuity', values: { high: { distribution: 'gamma' } } } } },
    })
  })
})

describe('closed hours', () => {
  /** Work of two hours or so that stands still at night, or goes on. */
  const rows = (isStill: boolean) =>
    Array.from({ length: 400 }, (_, index) => {
      const day = Math.floor(index / 8)
      const from = monday + day * 1440 * minute + (8 + (index % 8)) * 60 * minute + luck(index, 3) * 50 * minute
      const close = monday + day * 1440 * minute + 17 * 60 * minute
      const end = from + draw(60, index)
      const night = 15 * 60 * minute
      return `${index},A,${written(from)},${written(isStill && end > close ? end + night : end)},x${index % 3}`
    })
  const fitOf = async (isStill: boolean) =>
    calibrated(readCsv(['case,activity,start,end,who', ...rows(isStill)].join('\n'), { timeZone: 'UTC' }), await program)

  it('are left out of work that stands still, and nobody is there then', async () => {
    const { elements, pools } = await fitOf(true)
    expect(elements[0]!.isWithoutClosed).toBe(true)
    expect(Math.abs(elements[0]!.fit!.mean / minute - 60)).toBeLessThan(6)
    expect(pools[0]!.units.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(pools[0]!.units[10]).toBeGreaterThan(0)
  })

  it('are none where work goes on', async () => {
    const { elements } = await fitOf(false)
    expect(Math.abs(elements[0]!.fit!.mean / minute - 60)).toBeLessThan(6)
  })
})

describe('units by hour of the week', () => {
  it('are groups with opening hours, days of the same hours together', () => {
    const units = Array.from({ length: 168 }, (_, hour) =>
      hour % 24 >= 8 && hour % 24 < 20 && hour < 120 ? 3 : hour === 167 ? 0 : 1,
    )
    expect(shiftsOf(units)).toEqual([
      {
        count: 1,
        periods: [
          { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], from: '00:00', to: '00:00' },
          { days: ['sun'], from: '00:00', to: '23:00' },
        ],
      },
      { count: 2, periods: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '20:00' }] },
    ])
    expect(shiftsOf(new Array<number>(168).fill(2))).toEqual([{ count: 2, periods: null }])
  })
})
