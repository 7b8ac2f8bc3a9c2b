// Goal: what a scenario says is what is simulated. Method: small scenarios whose means are known, patient by patient the same luck.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'

const flow = (source: string, target: string, inside = '') =>
  `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inside}</sequenceFlow>`
const file = (inside: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:hospital="urn:parcours:hospital:1" id="d" targetNamespace="t"><process id="visit" isExecutable="true">${inside}</process></definitions>`
const oneTask = file(`<startEvent id="In"/>${flow('In', 'Exam')}<task id="Exam"/>${flow('Exam', 'Out')}<endEvent id="Out"/>`)

const measured = async (bpmn: string, changes: Record<string, unknown>, elements: Record<string, unknown> = {}) => {
  const { programs } = await compile({ bpmn })
  const scenario = ScenarioFile.parse({
    hospital: { pools: [{ id: 'doctor', units: 2 }] },
    pathways: [{ file: 'visit.bpmn', elements }],
    demand: [{ id: 'patients', pathway: 'visit', perHour: 6 }],
    horizon: 'P40D',
    ...changes,
  })
  const measures = replicate(prepareExperiment(scenario, new Map([['visit.bpmn', programs]])), 0)!
  return (name: string) => measures.find((each) => each.name === name)?.value
}

describe('a duration by class', () => {
  it('is that of the patient’s class, else the other', async () => {
    const value = await measured(
      oneTask,
      {
        demand: [
          {
            id: 'patients',
            pathway: 'visit',
            perHour: 6,
            variables: { acuity: { shares: { high: 0.25, low: 0.5, none: 0.25 } } },
          },
        ],
      },
      { Exam: { duration: { by: 'acuity', values: { high: 'PT40M', low: 'PT20M' }, otherwise: 'PT8M' } } },
    )
    expect(value('visit.stayMinutesMean')).toBeCloseTo(22, 0)
    expect(value('visit.stayMinutesP95')).toBeCloseTo(40, 0)
  })
})

describe('a limit', () => {
  it.each([
    ['by rates, however many candidates there are', { perHour: 5 }],
    ['at times, whoever does not show', { times: Array.from({ length: 200 }, (_, hour) => `PT${hour}H`), noShow: 0.5 }],
  ])('is of patients who come %s', async (_, arrivals) => {
    const value = await measured(oneTask, { demand: [{ id: 'patients', pathway: 'visit', ...arrivals, limit: 70 }] })
    expect(value('visit.started')).toBe(70)
  })
})

describe('priority', () => {
  it('serves the highest first, whatever the drawing says', async () => {
    const demand = [
      { id: 'urgent', pathway: 'visit', perHour: 5, variables: { level: 2 } },
      { id: 'other', pathway: 'visit', perHour: 6, variables: { level: 1 } },
    ]
    const exam = { duration: { distribution: 'exponential', mean: 'PT10M' }, needs: [{ pool: 'doctor' }] }
    const fifo = await measured(oneTask, { demand }, { Exam: exam })
    const ranked = await measured(oneTask, { demand }, { Exam: { ...exam, priority: '=level' } })
    // The mean wait over all does not care who goes first, as durations do not depend on who it is; half the patients then wait less.
    expect(ranked('visit.Exam.waitMinutesMean')! / fifo('visit.Exam.waitMinutesMean')!).toBeCloseTo(1, 1)
    expect(ranked('visit.Exam.waitMinutesP50')!).toBeLessThan(0.7 * fifo('visit.Exam.waitMinutesP50')!)
  })
})

describe('patience', () => {
  it('drawn for each patient: an M/M/2 with reneging loses as many as Erlang A says', async () => {
    const bpmn = file(
      `<startEvent id="In"/>${flow('In', 'Exam')}<subProcess id="Exam"><startEvent id="s"/>${flow('s', 'Seen')}<task id="Seen"/>${flow('Seen', 'e')}<endEvent id="e"/></subProcess>${flow('Exam', 'Out')}<endEvent id="Out"/>`,
    )
    const patient = bpmn
      .replace('<task id="Exam"/>', '')
      .replace(
        '<endEvent id="Out"/>',
        '<endEvent id="Out"/><boundaryEvent id="Patience" attachedToRef="Exam"><timerEventDefinition><timeDuration>=patience</timeDuration></timerEventDefinition></boundaryEvent><sequenceFlow id="p" sourceRef="Patience" targetRef="Unseen"/><endEvent id="Unseen"/>',
      )
    const value = await measured(
      patient,
      {
        demand: [
          {
            id: 'patients',
            pathway: 'visit',
            perHour: 12,
            variables: { patience: { distribution: 'exponential', mean: 'PT10M' } },
          },
        ],
        horizon: 'P80D',
      },
      { Seen: { duration: { distribution: 'exponential', mean: 'PT10M' }, needs: [{ pool: 'doctor' }] } },
    )
    // Patience goes on during the examination, at the same rate as it: of those who come, lambda 12, who leaves unseen has a rate of theta times all who are there.
    // Birth and death at 12 with mu = theta = 6: n leave at 6 min(n, 2) + 6 n; the mean number there gives the rate of losses 6 E[n].
    const weights = [1]
    for (let n = 1; n < 60; n++) weights.push((weights[n - 1]! * 12) / (6 * Math.min(n, 2) + 6 * n))
    const total = weights.reduce((sum, each) => sum + each, 0)
    const lost = weights.reduce((sum, each, n) => sum + 6 * n * each, 0) / total / 12
    const [unseen, started] = [value('visit.Unseen.reached')!, value('visit.started')!]
    expect(Math.abs(unseen / started - lost)).toBeLessThan(4 * Math.sqrt((lost * (1 - lost)) / started))
  })
})

describe('demand', () => {
  it.each([
    ['perDay', { perDay: 100 }, 4_000],
    ['perHourOfDay', { perHourOfDay: new Array(24).fill(5), weekdayFactors: [1, 1, 1, 1, 1, 0, 0] }, 30 * 120],
    ['perHourOfWeek', { perHourOfWeek: new Array(168).fill(2) }, 1_920],
    ['interarrival', { interarrival: 'PT1H' }, 960],
    ['times', { times: ['PT1H', 'PT2H', 'PT3H'] }, 3],
  ])('%s brings so many', async (_, stream, expected) => {
    const value = await measured(oneTask, { demand: [{ id: 'patients', pathway: 'visit', ...stream }] })
    expect(Math.abs(value('visit.started')! - expected)).toBeLessThanOrEqual(4 * Math.sqrt(expected))
  })

  it('by opening hours comes only then', async () => {
    const value = await measured(oneTask, {
      hospital: {
        pools: [{ id: 'doctor', units: 2 }],
        calendars: [{ id: 'days', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' }],
      },
      demand: [{ id: 'patients', pathway: 'visit', interarrival: 'PT1H', calendar: 'days' }],
      horizon: 'P28D',
    })
    expect(value('visit.started')).toBe(200)
  })
})

describe('interventions', () => {
  const exam = { Exam: { duration: 'PT10M', needs: [{ pool: 'doctor' }] } }
  const every10 = [{ id: 'patients', pathway: 'visit', interarrival: 'PT10M' }]
  const with2 = (interventions: unknown[], demand: unknown[] = every10) =>
    measured(oneTask, { demand, interventions, horizon: 'P10D' }, exam)

  it('close units, and open them again', async () => {
    // One after the other each 10 minutes needs one doctor. None is there for 2 hours: 12 patients wait, the first for 120 minutes, then both doctors catch up.
    const value = await with2([{ at: 'P1D', until: 'P1DT2H', pool: 'doctor', close: 2 }])
    expect(value('visit.Exam.waitMinutesMax')).toBeGreaterThanOrEqual(110)
    expect(value('visit.Exam.waitMinutesMax')).toBeLessThanOrEqual(120)
    expect((await with2([]))('visit.Exam.waitMinutesMax')).toBe(0)
  })

  it('open more', async () => {
    const busy = [{ id: 'patients', pathway: 'visit', interarrival: 'PT4M' }]
    // Two doctors see a patient each 5 minutes: without a third the queue grows by one each 20 minutes.
    const [without, third] = [await with2([], busy), await with2([{ at: 'PT0S', pool: 'doctor', open: 1 }], busy)]
    expect(without('pool.doctor.queueLengthMax')).toBeGreaterThan(600)
    expect(third('pool.doctor.queueLengthMax')).toBeLessThanOrEqual(1)
    expect(third('pool.doctor.heldMax')).toBe(3)
  })

  it('make a stream surge: as many more come', async () => {
    const poisson = [{ id: 'patients', pathway: 'visit', perHour: 5 }]
    const [base, surge] = [
      await with2([], poisson),
      await with2([{ at: 'P2D', until: 'P4D', stream: 'patients', factor: 1.5 }], poisson),
    ]
    // 5 an hour for 10 days, and 2.5 more for 2 days.
    expect(Math.abs(surge('visit.started')! - base('visit.started')! - 120)).toBeLessThan(4 * Math.sqrt(120))
  })

  it.each([
    [{ at: 'P2D', until: 'P1D', pool: 'doctor', close: 1 }, 'it ends before it begins'],
    [{ at: 'P2D', pool: 'nurse', close: 1 }, 'there is no pool "nurse"'],
    [{ at: 'P2D', stream: 'patients', factor: 2 }, 'no stream by rates "patients"'],
  ])('refuse %j', async (intervention, expected) => {
    await expect(with2([intervention])).rejects.toThrow(expected)
  })
})
