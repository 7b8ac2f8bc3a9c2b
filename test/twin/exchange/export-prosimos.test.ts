// Goal: what is exported to Prosimos means there what it means here. Method: imported, exported and imported again it is the same scenario; what has no word there is named.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { exportProsimos } from '../../../twin/exchange/export-prosimos.ts'
import type { WrittenScenario } from '../../../twin/exchange/imported.ts'
import { importProsimos } from '../../../twin/exchange/prosimos.ts'
import { prosimosDistribution } from '../../../twin/exchange/prosimos-distribution.ts'
import { prosimosNumbers } from '../../../twin/exchange/prosimos-numbers.ts'
import { durationOf } from '../../../twin/experiment/parts.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { drawing, prosimos } from './fixtures.ts'

const { programs, drawings } = await compile({ bpmn: drawing() })
const own = [...programs, ...drawings]
const imported = (json: string) => importProsimos(json, 'visit.bpmn', own, 'P28D').scenario!
const exported = (scenario: WrittenScenario) =>
  exportProsimos(prepareExperiment(ScenarioFile.parse(scenario), new Map([['visit.bpmn', own]])))

const by = (resource_id: string, seconds: number) => ({
  resource_id,
  distribution_name: 'fix',
  distribution_params: [{ value: seconds }],
})
const hours = { from: 'FRIDAY', to: 'SUNDAY', beginTime: '08:30:00', endTime: '14:00:00' }

describe('a round trip', () => {
  it.each<[string, Record<string, unknown>]>([
    ['as it is', {}],
    ['so many cases, from a moment on', { total_cases: 40, start_time: '2026-06-01T08:00:00Z' }],
    ['arrivals in some hours only', { arrival_time_calendar: [hours] }],
    [
      'durations by who does it, and a resource that cannot do all',
      {
        task_resource_distribution: [
          { task_id: 'Triage', resources: [by('r1', 60)] },
          { task_id: 'Imaging', resources: [by('r1', 1_200), by('r2', 2_400)] },
        ],
      },
    ],
  ])('%s', (_, changes) => {
    const scenario = imported(prosimos(changes))
    const { json, findings } = exported(scenario)
    expect(findings).toEqual([])
    const { name: __, ...again } = imported(json!)
    const { name: ___, ...first } = scenario
    // Hours of every day may come back as one period; what is always there has a calendar that says so.
    expect(again.pathways).toEqual(first.pathways)
    expect(again.demand).toEqual(first.demand.map((stream) => ({ ...stream, calendar: 'arrivals' })))
    expect(again.hospital.pools).toEqual(first.hospital.pools)
    for (const calendar of first.hospital.calendars!) expect(again.hospital.calendars).toContainEqual(calendar)
    expect(again.hospital.site).toEqual(first.hospital.site)
  })
})

describe('distributions', () => {
  it.each<[string, number[]]>([
    ['fix', [30]],
    ['expon', [600, 0, 86_400]],
    ['expon', [20, 30, 90]],
    ['expon', [50, 100, 0, 86_400]],
    ['norm', [60, 10, 0, 86_400]],
    ['uniform', [10, 20]],
    ['uniform', [10, 20, 5, 25]],
    ['lognorm', [100, 2_500, 0, 86_400]],
    ['gamma', [70, 900, 10, 86_400]],
    ['gamma', [2, 10, 30, 0, 86_400]],
    ['triang', [10, 20, 30]],
    ['exponnorm', [2, 100, 10, 0, 86_400]],
  ])('%s %j comes back the same', (name, numbers) => {
    const made = prosimosDistribution(name, numbers)
    if (typeof made !== 'string' && 'wrong' in made) throw new Error(made.wrong)
    const { distribution_name, distribution_params } = prosimosNumbers(durationOf(made))!
    const values = distribution_params.map(({ value }) => value)
    expect(prosimosDistribution(distribution_name, values)).toEqual(made)
  })
})

describe('what Prosimos has no word for', () => {
  const scenario = () => imported(prosimos())
  const ruleOf = (changed: WrittenScenario) =>
    exported(changed).findings.map(({ rule, severity, element }) => `${severity} ${rule} ${element}`)
  const changedElement = (element: object): WrittenScenario => {
    const given = scenario()
    const [pathway] = given.pathways as { file: string; elements: Record<string, object> }[]
    return { ...given, pathways: [{ ...pathway!, elements: { ...pathway!.elements, Triage: element } }] } as WrittenScenario
  }

  it('is named, or refused where nothing could be written', () => {
    expect(ruleOf(changedElement({ duration: 'PT5M', needs: [{ pool: 'nurse' }, { pool: 'radiology' }] }))).toEqual([
      'warning not-carried Triage',
    ])
    expect(ruleOf(changedElement({ duration: 'PT5M' }))).toEqual(['warning not-carried Triage'])
    const weibull = { distribution: 'weibull', shape: 2, scale: 'PT5M' }
    expect(ruleOf(changedElement({ duration: weibull, needs: [{ pool: 'nurse' }] }))).toEqual(['error distribution Triage'])
    const { interarrival: _, calendar: __, whenClosed: ___, ...stream } = scenario().demand[0]!
    const rates = exported({ ...scenario(), demand: [{ ...stream, perHour: 6 }] })
    expect([rates.json, rates.findings[0]!.rule]).toEqual([null, 'no-arrivals'])
  })
})
