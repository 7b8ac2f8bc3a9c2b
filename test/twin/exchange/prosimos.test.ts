// Goal: files of Prosimos, of both its versions and as tools write them, mean here what they mean there. Method: closed forms and hand-worked runs, on one small drawing.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { importProsimos } from '../../../twin/exchange/prosimos.ts'
import { histogramDistribution, prosimosDistribution } from '../../../twin/exchange/prosimos-distribution.ts'
import { overloadsOf } from '../../../twin/experiment/load.ts'
import { type Experiment, prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { type Distribution, ScenarioFile } from '../../../twin/experiment/schema.ts'
import { chanceOf, createHospital, Purpose, sample, within } from '../../../twin/simulate/index.ts'
import { drawing, prosimos } from './fixtures.ts'

const SEED = 11

const programsOf = async (bpmn: string) => {
  const { programs, drawings } = await compile({ bpmn })
  return [...programs, ...drawings]
}
const visit = await programsOf(drawing())
const imported = async (changes: Record<string, unknown>, bpmn = drawing(), horizon = 'P28D') =>
  importProsimos(prosimos(changes), 'visit.bpmn', await programsOf(bpmn), horizon)

const experimentOf = async (changes: Record<string, unknown>, bpmn = drawing(), horizon = 'P28D'): Promise<Experiment> => {
  const { scenario, findings } = await imported(changes, bpmn, horizon)
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return prepareExperiment(ScenarioFile.parse(scenario), new Map([['visit.bpmn', await programsOf(bpmn)]]))
}
const fixed = (seconds: number) => ({ distribution_name: 'fix', distribution_params: [{ value: seconds }] })
const measured = (experiment: Experiment, name: string) =>
  replicate(experiment, 0)!.find((measure) => measure.name === name)!.value

/** The mean of many draws, in seconds. */
const sampledMean = (distribution: ReturnType<typeof prosimosDistribution>) => {
  const interarrival = ScenarioFile.shape.demand.element.parse({ id: 'a', pathway: 'visit', interarrival: distribution })
  const { options } = prepareExperiment(
    ScenarioFile.parse({ hospital: { pools: [{ id: 'a', units: 1 }] }, pathways: ['x'], demand: [interarrival], horizon: 'P1D' }),
    new Map([['x', visit]]),
  )
  const { arrivals } = options.streams![0]!
  if (!('interarrival' in arrivals)) throw new Error('no distances')
  const key = chanceOf(SEED, 0)
  const count = 40_000
  let sum = 0
  for (let draw = 0; draw < count; draw++) sum += sample(arrivals.interarrival, within(key, draw), Purpose.arrival)
  return sum / count / 1_000
}

describe(`distributions (seed ${SEED})`, () => {
  const never = 1e12
  it.each<[string, number[], number]>([
    ['expon', [50, 100, 0, never], 150],
    // Memoryless: what is drawn again below the least value is drawn as if shifted by it.
    ['expon', [0, 100, 40, never], 140],
    // Between 0 and one mean: 100 (1 - 2 / e) / (1 - 1 / e).
    ['expon', [0, 100, 0, 100], 41.8023],
    ['uniform', [10, 20, 0, 100], 20],
    ['lognorm', [0.5, 100, 200, 0, never], 100 + 200 * Math.exp(0.125)],
    ['lognorm', [0.5, -100, 400, 0, never], 400 * Math.exp(0.125) - 100],
    ['gamma', [2, 10, 30, 0, never], 70],
    ['triang', [0.5, 10, 20, 0, 100], 20],
    ['exponnorm', [2, 100, 10, 0, never], 120],
    ['norm', [60, 10, 0, Number.MAX_VALUE], 60],
  ])('version 1: %s %j has the mean of SciPy', (name, numbers, mean) => {
    expect(sampledMean(prosimosDistribution(name, numbers)) / mean).toBeCloseTo(1, 1.7)
  })

  it('version 2: what is less than its least value by mean is displaced by it, as there', () => {
    expect(prosimosDistribution('expon', [20, 30, 90])).toEqual({
      distribution: 'exponential',
      mean: 'PT20S',
      shift: 'PT30S',
      atLeast: 'PT30S',
      atMost: 'PT90S',
    })
  })

  it('a histogram gives the middles of its bins, by their shares', () => {
    const made = histogramDistribution({ cdf: [0.25, 0.25, 1], bin_midpoints: [10, 20, 30] })
    expect(made).toEqual({
      distribution: 'empirical',
      values: [
        { value: 'PT10S', share: 0.25 },
        { value: 'PT30S', share: 0.75 },
      ],
    } satisfies Distribution)
    expect(sampledMean(made)).toBeCloseTo(25, 0)
  })

  it.each<[string, number[], string]>([
    ['exponnorm', [1, 2], 'needs 5 numbers, not 2'],
    ['fix', [-1], 'at least 0'],
    ['gamma', [0, 1, 0, 10], 'above 0'],
    ['norm', [10, 1, 20, 5], 'is above its most'],
    ['triang', [0.5, Number.NaN, 1, 0, 1], 'must be finite'],
  ])('%s %j: says what is wrong', (name, numbers, expected) => {
    expect(prosimosDistribution(name, numbers)).toEqual({ wrong: expect.stringContaining(expected) })
  })
})

describe('cases', () => {
  it('who would come while the arrival calendar is closed comes when it opens', async () => {
    const { options } = await experimentOf({
      arrival_time_distribution: fixed(86_400),
      arrival_time_calendar: [{ from: 'MONDAY', to: 'SUNDAY', beginTime: '09:00:00', endTime: '10:00:00' }],
    })
    const began: number[] = []
    createHospital({ ...options, observer: { started: (_, at) => began.push(at / 3_600_000) } }).run(4 * 86_400_000)
    expect(began).toEqual([24 + 9, 48 + 9, 72 + 9])
  })

  it('who comes in some hours only asks for no more than in those hours', async () => {
    const hours = [{ from: 'MONDAY', to: 'SUNDAY', beginTime: '08:00:00', endTime: '14:00:00' }]
    // Triage is busy for 420 s each 600 s: 0.7 nurses while they come, 0.175 of the day's one; 0.7 of a quarter of one would be too much.
    const calendars = {
      arrival_time_calendar: hours,
      resource_calendars: [
        { id: 'always', time_periods: hours },
        { id: 'days', time_periods: hours },
      ],
    }
    expect(overloadsOf(await experimentOf(calendars))).toEqual([])
    expect(overloadsOf(await experimentOf({ ...calendars, arrival_time_calendar: [] }))).toMatchObject([
      { pool: 'nurse', there: 0.25 },
    ])
  })

  it('as many come as the file says, from when it says, by its own clock', async () => {
    const { scenario } = await imported({ total_cases: 5, start_time: '2026-06-01T08:00:00+02:00' })
    expect(scenario).toMatchObject({
      hospital: { site: { epoch: '2026-06-01T08:00:00Z', timeZone: 'UTC' } },
      demand: [{ limit: 5 }],
    })
    expect(measured(await experimentOf({ total_cases: 5 }), 'visit.started')).toBe(5)
  })

  it('a distance of nothing is refused: time would never pass', async () => {
    const { scenario, findings } = await imported({ arrival_time_distribution: fixed(0) })
    expect(scenario).toBeNull()
    expect(findings).toMatchObject([{ rule: 'impossible-scenario', severity: 'error' }])
  })

  it('files as tools write them are read', async () => {
    const { scenario } = await imported({
      event_distribution: {},
      arrival_time_distribution: { distribution_name: 'fix', distribution_params: [{ value: '600.0' }, { value: '0' }] },
      arrival_time_calendar: {
        id: 'a',
        time_periods: [{ from: 'FRIDAY', to: 'MONDAY', beginTime: '22:00:00.000', endTime: '23:59:59.999' }],
      },
    })
    expect(scenario!.demand[0]).toMatchObject({ interarrival: 'PT600S', calendar: 'arrivals', whenClosed: 'postpones' })
    expect(scenario!.hospital.calendars!.at(-1)).toEqual({
      id: 'arrivals',
      periods: [{ days: ['mon', 'fri', 'sat', 'sun'], from: '22:00', to: '00:00' }],
    })
  })
})

describe('who does it', () => {
  const staff = (...ids: string[]) => [
    { id: 'p', name: 'Nurse', resource_list: ids.map((id) => ({ id, name: id, amount: 1, calendar: 'always' })) },
  ]
  const done = (task: string, by: Record<string, number>) => ({
    task_id: task,
    resources: Object.entries(by).map(([resource_id, seconds]) => ({ resource_id, ...fixed(seconds) })),
  })

  it('decides how long it takes', async () => {
    const { scenario } = await imported({
      resource_profiles: staff('quick', 'slow'),
      task_resource_distribution: [done('Triage', { quick: 60, slow: 600 }), done('Imaging', { quick: 0, slow: 0 })],
    })
    expect(scenario!.pathways[0]).toMatchObject({
      elements: { Triage: { duration: { by: 'doneBy.resource', values: { quick: 'PT60S', slow: 'PT600S' } } } },
    })
    // One comes each 1000 s: whoever it is is free, and the other is never needed.
    const alone = async (who: string) =>
      measured(
        await experimentOf({
          arrival_time_distribution: fixed(1_000),
          resource_profiles: staff('quick', 'slow'),
          task_resource_distribution: [
            done('Triage', { [who]: who === 'quick' ? 60 : 600 }),
            done('Imaging', { quick: 0, slow: 0 }),
          ],
        }),
        'visit.stayMinutesMean',
      )
    expect(await alone('quick')).toBeCloseTo(1, 6)
    expect(await alone('slow')).toBeCloseTo(10, 6)
    // Two come together, or nearly: each is with one of them.
    const both = await experimentOf({
      arrival_time_distribution: fixed(330),
      resource_profiles: staff('quick', 'slow'),
      task_resource_distribution: [done('Triage', { slow: 600, quick: 60 }), done('Imaging', { quick: 0, slow: 0 })],
    })
    const stay = measured(both, 'visit.stayMinutesMean')
    expect(stay).toBeGreaterThan(1)
    expect(stay).toBeLessThan(10)
    expect(measured(both, 'visit.Triage.waitMinutesMax')).toBeLessThan(5)
  })
})

describe('events', () => {
  const events = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <process id="visit" isExecutable="false"><startEvent id="In"/><eventBasedGateway id="Which"/>
  <intermediateCatchEvent id="Answer"><messageEventDefinition/></intermediateCatchEvent><intermediateCatchEvent id="Late"><timerEventDefinition/></intermediateCatchEvent>
  <endEvent id="Answered"/><endEvent id="Unanswered"/>
  <sequenceFlow id="a" sourceRef="In" targetRef="Which"/><sequenceFlow id="b" sourceRef="Which" targetRef="Answer"/><sequenceFlow id="c" sourceRef="Which" targetRef="Late"/>
  <sequenceFlow id="e" sourceRef="Answer" targetRef="Answered"/><sequenceFlow id="f" sourceRef="Late" targetRef="Unanswered"/></process></definitions>`

  it('the first of those that a gateway waits for goes on', async () => {
    const experiment = await experimentOf(
      {
        task_resource_distribution: [],
        gateway_branching_probabilities: [],
        arrival_time_distribution: fixed(3_600),
        event_distribution: [
          { event_id: 'Answer', distribution_name: 'expon', distribution_params: [600, 0, 1e9] },
          { event_id: 'Late', distribution_name: 'expon', distribution_params: [1_800, 0, 1e9] },
        ],
      },
      events,
      'P2000D',
    )
    // Rates of 6 and 2 an hour: three in four are answered, and it takes 7.5 minutes.
    const [answered, unanswered] = [
      measured(experiment, 'visit.Answered.reached'),
      measured(experiment, 'visit.Unanswered.reached'),
    ]
    expect(answered / (answered + unanswered)).toBeCloseTo(0.75, 1.7)
    expect(measured(experiment, 'visit.stayMinutesMean') / 7.5).toBeCloseTo(1, 1)
  })
})
