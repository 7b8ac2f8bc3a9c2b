// Goal: a what-if that goes on from a prepared hospital measures what its scenario measures, simulated whole: to the byte. Method: five hundred beds with turnover, calendars, costs and classes; beds closed and opened, more patients, shorter stays.
import { beforeAll, expect, it } from 'vitest'
import { readNamedScenario } from '../../../command/scenario.ts'
import { checkGoesOn, finished, goOn, type Opening, opening, type WentOn } from '../../../twin/experiment/going-on.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'

const FILE = 'scenarios/examples/five-hundred-beds/five-hundred-beds.yaml'
const hourMs = 3_600_000
let base: ReadyScenario
let begun: Opening

const changed = (more: Record<string, unknown>): ReadyScenario => ({
  ...base,
  scenario: ScenarioFile.parse({ ...base.scenario, ...more }),
})
const experimentOf = ({ scenario, programs }: ReadyScenario) => prepareExperiment(scenario, new Map(programs))
const wentOn = (ready: ReadyScenario): WentOn => {
  checkGoesOn(base.scenario, ready.scenario)
  return finished(goOn(experimentOf(ready), begun, 6 * hourMs))
}

beforeAll(async () => {
  const read = await readNamedScenario(FILE)
  base = {
    programs: read.programs,
    scenario: ScenarioFile.parse({
      ...read.scenario,
      ...{ warmUp: 'P2D', horizon: 'P4D', byHourOfWeek: ['bed'], byUnitsInUse: ['theatre'] },
      demand: read.scenario.demand.map((stream) => ({ ...stream, factorMax: 1.5 })),
      costs: { bed: { perHourUsed: 10, perHourOpen: 18 }, emergency: { perRun: 30 } },
      classes: [{ pathway: 'emergency', variable: 'acuity', values: [1, 2, 3, 4] }],
      interventions: [{ at: 'P3D', until: 'P3DT12H', pool: 'cubicle', close: 4 }],
    }),
  }
  begun = finished(opening(experimentOf(base), 0))
})

it('as it is', () => {
  expect(wentOn(base).measures).toEqual(replicate(experimentOf(base), 0))
})

it('with beds closed and opened, more patients and shorter stays', () => {
  const variant = changed({
    interventions: [
      ...base.scenario.interventions,
      { at: 'P2D', pool: 'bed', close: 10, where: { specialty: 'surgery' } },
      { at: 'P2DT6H', until: 'P3D', pool: 'theatre', open: 2 },
      { at: 'P2D', stream: 'walk-in', factor: 1.4 },
      { at: 'P2D', stream: 'ambulance', factor: 0.8 },
      { at: 'P2D', pathway: 'emergency', element: 'Stay', lasts: 0.9 },
    ],
  })
  const { measures, levels } = wentOn(variant)
  expect(measures).toEqual(replicate(experimentOf(variant), 0))
  const value = (name: string, of = measures) => of.find((each) => each.name === name)!.value
  const before = wentOn(base).measures
  expect(value('emergency.started')).toBeGreaterThan(value('emergency.started', before))
  // Ten beds of five hundred are closed for as long as is measured: their hours cost nothing.
  expect(value('pool.bed.cost', before) - value('pool.bed.cost')).toBeGreaterThan(10 * 48 * 18 * 0.5)
  const held = levels.find(({ pool }) => pool === 'bed')!.held
  expect(held).toHaveLength(8)
  expect(held.reduce((sum, each) => sum + each, 0) / 8).toBeCloseTo(value('pool.bed.heldMean'), 6)
})

it('what differs before measuring begins is refused', () => {
  const refused = (more: Record<string, unknown>) => () => checkGoesOn(base.scenario, changed(more).scenario)
  expect(refused({ seed: 2 })).toThrow(/Simulate it whole/)
  expect(refused({ interventions: [] })).toThrow(/Simulate it whole/)
  expect(refused({ name: 'another', byHourOfWeek: [] })).not.toThrow()
  expect(refused({ interventions: [...base.scenario.interventions, { at: 'P1D', pool: 'bed', close: 1 }] })).toThrow(
    /interventions\[1\]/,
  )
})
