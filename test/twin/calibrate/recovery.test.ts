// Goal: what a hospital is like is found again from what happens in it. Method: the twin simulates a scenario that is known, its trace is calibrated, as it is and as a
// table without anything but begins, ends and names; the parameters must lie in their intervals, and the scenario that is written must foretell the weeks held out.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import type { Program } from '../../../pathways/language/program.ts'
import { backTest } from '../../../twin/calibrate/back-test.ts'
import { type Calibration, calibrate } from '../../../twin/calibrate/calibrate.ts'
import { JsonLogReader } from '../../../twin/calibrate/facts.ts'
import { labelsOf } from '../../../twin/calibrate/labels.ts'
import type { Log } from '../../../twin/calibrate/log.ts'
import { scenarioText } from '../../../twin/calibrate/scenario-text.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { tracing } from '../../../twin/experiment/trace.ts'
import { meanOf } from '../../../twin/simulate/distributions.ts'
import { checkedValue, parsedYaml } from '../../../twin/yaml/checked.ts'
import { options, readCsv, readWith } from './logs.ts'

const flow = (source: string, target: string) =>
  `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}"/>`
const VISIT = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="visit"><startEvent id="In"/><task id="Triage"/><task id="Exam"/><exclusiveGateway id="x"/><task id="Scan"/><exclusiveGateway id="m"/><endEvent id="Out"/>${[
  ['In', 'Triage'],
  ['Triage', 'Exam'],
  ['Exam', 'x'],
  ['x', 'Scan'],
  ['x', 'm'],
  ['Scan', 'm'],
  ['m', 'Out'],
]
  .map(([source, target]) => flow(source!, target!))
  .join('')}</process></definitions>`
const HOURS = [1, 1, 1, 1, 1, 1, 2, 3, 5, 6, 6, 6, 5, 5, 5, 5, 5, 5, 4, 4, 3, 2, 2, 1]
const SCENARIO = {
  hospital: {
    calendars: [{ id: 'day', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '08:00', to: '20:00' }],
    pools: [
      { id: 'nurse', units: 1 },
      {
        id: 'doctor',
        name: 'Doctor',
        units: [
          { name: 'Doctor', count: 1, place: 'a' },
          { name: 'Doctor', count: 2, place: 'a', calendar: 'day' },
        ],
      },
      { id: 'scanner', units: 1 },
    ],
  },
  pathways: [
    {
      file: 'visit.bpmn',
      elements: {
        Triage: { duration: { distribution: 'lognormal', mean: 'PT6M', sd: 'PT3M' }, needs: [{ pool: 'nurse' }] },
        Exam: { duration: { distribution: 'lognormal', mean: 'PT25M', sd: 'PT15M' }, needs: [{ pool: 'doctor' }] },
        Scan: { duration: { distribution: 'gamma', shape: 6, scale: 'PT3M' }, needs: [{ pool: 'scanner' }] },
      },
      probabilities: { x_Scan: 0.4, x_m: 0.6 },
    },
  ],
  demand: [{ id: 'patients', pathway: 'visit', perHourOfDay: HOURS, weekdayFactors: [1.3, 1.1, 1, 1, 1, 0.8, 0.8] }],
  horizon: 'P56D',
  seed: 7,
}
const LAWS = { Triage: [6, 3], Exam: [25, 15], Scan: [18, 7.348] } as const

const { programs, drawings } = await compile({ bpmn: VISIT })
const all: Program[] = [...programs, ...drawings]
const [program] = all as [Program]
const experiment = prepareExperiment(ScenarioFile.parse(SCENARIO), new Map([['visit.bpmn', all]]))
const { observer, trace } = tracing(all)
replicate(experiment, 0, undefined, observer)

const ofTrace = readWith(new JsonLogReader(options()), JSON.stringify(trace))
/** Only work, with its begin and end: no waits, no ways. */
const ofTable = readCsv(
  [
    'case;activity;debut;fin',
    ...ofTrace.cases.flatMap(({ id, works }) =>
      works
        .filter(({ activity, end }) => ofTrace.activities[activity]! in LAWS && !Number.isNaN(end))
        .map(
          ({ activity, start, end }) =>
            `${id};${ofTrace.activities[activity]};${new Date(start).toISOString()};${new Date(end).toISOString()}`,
        ),
    ),
  ].join('\r\n'),
  { timeZone: 'Europe/Paris' },
)

const labels = (log: Log) => labelsOf(log, program, new Map())
const calibrations: [string, Calibration][] = [
  ['the trace', calibrate(ofTrace, program, labels(ofTrace))],
  ['a table of begins and ends', calibrate(ofTable, program, labels(ofTable))],
]
const text = (calibration: Calibration) => scenarioText(calibration, { name: 'again', drawing: 'visit.bpmn', logName: 'log' })

describe.each(calibrations)('from %s', (name, calibration) => {
  it.each(Object.entries(LAWS))(
    'the duration of %s: its mean within 3.5 standard errors, and a distribution that fits',
    (id, [mean, sd]) => {
      const fit = calibration.elements.find((each) => each.id === id)!.fit!
      expect(fit.count).toBeGreaterThan(1500)
      expect(Math.abs(fit.mean / 60_000 - mean)).toBeLessThan((3.5 * sd) / Math.sqrt(fit.count))
      expect(Math.abs(meanOf(fit.duration) / 60_000 - mean)).toBeLessThan((3.5 * sd) / Math.sqrt(fit.count) + 0.01 * mean)
      expect(fit.name).toBe(id === 'Scan' ? 'gamma' : 'lognormal')
      expect(fit.distance!).toBeLessThan(0.03)
      expect(fit.probability!).toBeGreaterThan(0.02)
    },
  )

  it('the shares of a gateway, within their interval', () => {
    const [{ count, flows }] = calibration.branches as [Calibration['branches'][number]]
    expect(flows.map(({ id }) => id)).toEqual(['x_Scan', 'x_m'])
    expect(Math.abs(flows[0]!.share - 0.4)).toBeLessThan(3.5 * Math.sqrt(0.24 / count))
    expect(flows[0]!.low).toBeLessThan(flows[0]!.share)
  })

  it('arrivals by hour and weekday', () => {
    const { pattern, rates, dispersionProbability, count } = calibration.arrivals
    expect(pattern).toBe('weekdays')
    expect(dispersionProbability).toBeGreaterThan(0.01)
    const expected = SCENARIO.demand[0]!.weekdayFactors.flatMap((factor) => HOURS.map((rate) => rate * factor))
    const total = expected.reduce((sum, each) => sum + each, 0) * 8
    expect(Math.abs(count - total)).toBeLessThan(4 * Math.sqrt(total))
    // Eight weeks of each hour: Pearson's chi-square of what is fitted, 168 cells.
    const off = rates.reduce(
      (sum, rate, hour) => sum + ((rate - expected[hour]!) * (rate - expected[hour]!) * 8) / expected[hour]!,
      0,
    )
    expect(off).toBeLessThan(70)
  })

  it('how many units there are, by the hour where that changes', () => {
    const units = Object.fromEntries(
      calibration.pools.flatMap((pool) => pool.nodes.map((node) => [program.nodes[node]!.id, pool.units])),
    )
    // The first work of a case waits for nothing that a table without requests shows: the most at once are all there is to see.
    if (name === 'the trace') expect(new Set(units.Triage)).toEqual(new Set([1]))
    expect(new Set(units.Scan)).toEqual(new Set([1]))
    const right = units.Exam!.filter((each, hour) => each === (hour % 24 >= 8 && hour % 24 < 20 ? 3 : 1)).length
    expect(right).toBeGreaterThan(0.85 * 168)
  })

  it('a scenario that can be simulated, the same bytes from the same log', () => {
    const log = name === 'the trace' ? ofTrace : ofTable
    const [one, other] = [0, 1].map(() => text(calibrate(log, program, labels(log), false)))
    expect(one).toBe(other)
    const { value, problems } = checkedValue(parsedYaml(text(calibration)).value, ScenarioFile)
    expect(problems).toEqual([])
    const measures = replicate(prepareExperiment(value!, new Map([['visit.bpmn', all]])), 0)!
    expect(measures.find((each) => each.name === 'visit.started')!.value).toBeGreaterThan(1500)
  })
})

describe('the back-test', () => {
  const [, calibration] = calibrations[0]!
  const around = { withHospital: (scenario: unknown) => scenario, programs: new Map([['visit.bpmn', all]]) }
  const test = (of: Calibration) =>
    backTest(of, labels(of.log), 2, { name: 'test', drawing: 'visit.bpmn', logName: 'log' }, around, 8)!

  it('finds most of what it foretells in the weeks held out', () => {
    const { rows, weeks, heldOut, learnt } = test(calibration)
    expect([weeks, heldOut + learnt > 0.95 * calibration.log.cases.length]).toEqual([2, true])
    expect(rows.map(({ measure }) => measure)).toContain('visit.Exam.waitMinutesMean')
    expect(rows.filter(({ isInside }) => isInside).length).toBeGreaterThanOrEqual(rows.length - 3)
  })

  it('finds out when the weeks held out are other ones', () => {
    // In the last two weeks half as many come.
    const half = ofTrace.cases.filter((_, index) => index < 0.75 * ofTrace.cases.length || index % 2 === 0)
    const changed = calibrate({ ...ofTrace, cases: half }, program, labels(ofTrace), false)
    const started = test(changed).rows.find(({ measure }) => measure === 'visit.started')!
    expect(started.observed).toBeLessThan(started.low)
    expect(started.isInside).toBe(false)
  })
})
