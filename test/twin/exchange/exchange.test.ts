// Goal: parameters of Prosimos and of BPSim become a scenario that is simulated as they say; what is not carried is named. Method: one drawing with both, an M/M/1 at 0.7 whose mean wait is 7 x 0.7 / 0.3 minutes.
import { describe, expect, it } from 'vitest'
import { readBpmn } from '../../../pathways/language/bpmn/read.ts'
import { compile } from '../../../pathways/language/compile.ts'
import { importBpsim } from '../../../twin/exchange/bpsim.ts'
import { periodsOfCalendar } from '../../../twin/exchange/bpsim-calendar.ts'
import type { Imported } from '../../../twin/exchange/imported.ts'
import { importProsimos } from '../../../twin/exchange/prosimos.ts'
import { prosimosDistribution } from '../../../twin/exchange/prosimos-distribution.ts'
import { intervalOf } from '../../../twin/experiment/interval.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { meanOf } from '../../../twin/simulate/distributions.ts'
import { bpsim, drawing, prosimos } from './fixtures.ts'

const programsOf = async (bpmn: string) => {
  const { programs, drawings } = await compile({ bpmn })
  return [...programs, ...drawings]
}
const visit = await programsOf(drawing())
const ofProsimos = async (changes = {}) => importProsimos(prosimos(changes), 'visit.bpmn', await programsOf(drawing()), 'P20D')
const ofBpsim = async (text: string, scenario?: string): Promise<Imported> => {
  const { definitions } = await readBpmn(text)
  return importBpsim({
    definitions: definitions!,
    file: 'visit.bpmn',
    programs: await programsOf(text),
    horizon: 'P10D',
    ...(scenario !== undefined && { scenario }),
  })
}

/** A measure over replications. */
const simulated = async ({ scenario, findings }: Imported, bpmn: string, names: string[], replications = 12) => {
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  const file = ScenarioFile.parse(scenario)
  const experiment = prepareExperiment(file, new Map([['visit.bpmn', await programsOf(bpmn)]]))
  const runs = Array.from({ length: replications }, (_, replication) => replicate(experiment, replication)!)
  return names.map((name) =>
    intervalOf(
      runs.map((measures) => measures.find((each) => each.name === name)!.value),
      0.999,
    ),
  )
}
const WAIT = (7 * 0.7) / 0.3

describe('Prosimos', () => {
  it('is simulated as its closed form says', async () => {
    const [wait, share] = await simulated(await ofProsimos(), drawing(), ['visit.Triage.waitMinutesMean', 'visit.Imaging.served'])
    expect(wait!.low).toBeLessThan(WAIT)
    expect(wait!.high).toBeGreaterThan(WAIT)
    // Three in ten of 144 a day for 20 days.
    expect(share!.low).toBeLessThan(864)
    expect(share!.high).toBeGreaterThan(864)
  })

  it('puts resources that do the same tasks in one pool, each with its hours', async () => {
    const { scenario } = await ofProsimos()
    expect(scenario!.hospital.pools).toMatchObject([
      { id: 'nurse', units: [{ name: 'Alix', count: 1 }] },
      {
        id: 'radiology',
        units: [
          { count: 2, calendar: 'days' },
          { count: 1, calendar: 'always' },
        ],
      },
    ])
    expect(scenario!.hospital.calendars).toContainEqual({
      id: 'days',
      periods: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' }],
    })
  })

  it('a task that not all of a pool do names those that do', async () => {
    const expon = (mean: number) => ({
      distribution_name: 'expon',
      distribution_params: [mean, 0, 86_400].map((value) => ({ value })),
    })
    const { scenario } = await ofProsimos({
      task_resource_distribution: [
        { task_id: 'Triage', resources: [{ resource_id: 'n1', ...expon(420) }] },
        { task_id: 'Imaging', resources: ['n1', 'r1'].map((resource_id) => ({ resource_id, ...expon(60) })) },
      ],
    })
    expect(scenario!.pathways[0]).toMatchObject({
      elements: {
        Triage: { needs: [{ pool: 'nurse-and-others', where: { attribute: 'resource', in: ['n1'] } }] },
        Imaging: { needs: [{ pool: 'nurse-and-others' }] },
      },
    })
  })

  it('names what it does not carry over', async () => {
    const { findings } = await ofProsimos({ batch_processing: [{ task_id: 'Triage' }], branch_rules: [{}], model_type: 'FUZZY' })
    expect(findings.map(({ rule, element }) => `${rule} ${element}`)).toEqual([
      'not-carried model_type',
      'not-carried batch_processing',
      'not-carried branch_rules',
    ])
  })

  const bad: [string, Record<string, unknown>, string][] = [
    ['a task that there is not', { task_resource_distribution: [{ task_id: 'Triag', resources: [] }] }, 'no task "Triag"'],
    [
      'a flow that there is not',
      { gateway_branching_probabilities: [{ gateway_id: 'Sick', probabilities: [{ path_id: 'f9', value: 1 }] }] },
      '"f9"',
    ],
    [
      'probabilities of more than 1',
      {
        gateway_branching_probabilities: [
          {
            gateway_id: 'Sick',
            probabilities: [
              { path_id: 'toOut', value: 0.8 },
              { path_id: 'toImaging', value: 0.4 },
            ],
          },
        ],
      },
      'are 1.2 together',
    ],
    [
      'a distribution that is none',
      { arrival_time_distribution: { distribution_name: 'zipf', distribution_params: [] } },
      '"zipf" is no distribution',
    ],
    [
      'too few numbers',
      { arrival_time_distribution: { distribution_name: 'norm', distribution_params: [{ value: 1 }] } },
      'needs 4 numbers',
    ],
    [
      'a day that is none',
      { arrival_time_calendar: [{ from: 'LUNDI', to: 'SUNDAY', beginTime: '08:00', endTime: '09:00' }] },
      'a day of the week',
    ],
    ['no resources at all', { resource_profiles: undefined }, 'it is missing'],
  ]
  it.each(bad)('%s: an error, and no scenario', async (_, changes, expected) => {
    const { scenario, findings } = await ofProsimos(changes)
    expect(scenario).toBeNull()
    expect(findings.map(({ message }) => message).join()).toContain(expected)
  })

  it.each<[string, number[], number]>([
    ['fix', [90], 90],
    ['expon', [100, 20, 500], 100],
    ['norm', [60, 10, 0, 120], 60],
    ['uniform', [10, 30], 20],
    ['lognorm', [50, 400, 0, 10_000], 50],
    ['gamma', [40, 1_600, 0, 10_000], 40],
  ])('%s has the mean that it says', (name, params, mean) => {
    const made = prosimosDistribution(name, params)
    const file = ScenarioFile.shape.demand.element.parse({ id: 'a', pathway: 'visit', interarrival: made })
    const experiment = prepareExperiment(
      ScenarioFile.parse({ hospital: { pools: [{ id: 'a', units: 1 }] }, pathways: ['x'], demand: [file], horizon: 'P1D' }),
      new Map([['x', visit]]),
    )
    const { arrivals } = experiment.options.streams![0]!
    expect('interarrival' in arrivals && meanOf(arrivals.interarrival)).toBeCloseTo(mean * 1_000, 3)
  })
})

describe('BPSim', () => {
  it.each(['1.0', '2.0'] as const)('%s is simulated as its closed form says', async (version) => {
    const text = bpsim(version)
    const imported = await ofBpsim(text)
    expect(imported.scenario).toMatchObject({ name: 'Base', horizon: 'P20D', replications: 12, seed: 3 })
    const [wait, served] = await simulated(imported, text, ['visit.Triage.waitMinutesMean', 'visit.Imaging.served'])
    expect(wait!.low).toBeLessThan(WAIT)
    expect(wait!.high).toBeGreaterThan(WAIT)
    expect(served!.high).toBeGreaterThan(300)
    expect(imported.findings.map(({ element, message }) => `${element} ${message}`)).toEqual([
      expect.stringContaining('Imaging Imaging: CostParameters, FixedCost is not carried over'),
    ])
  })

  it('a scenario that inherits has what it changes', async () => {
    const { scenario } = await ofBpsim(bpsim('1.0'), 'more')
    expect(scenario).toMatchObject({ name: 'More nurses', horizon: 'P20D' })
    expect(scenario!.hospital.pools).toMatchObject([
      { id: 'nurse', units: [{ count: 4 }] },
      { id: 'scanner', units: [{ count: 2, calendar: 'working-days' }] },
    ])
  })

  it.each([
    [
      '<bpsim:TriangularDistribution min="1" mode="2" max="3"/>',
      { distribution: 'triangular', min: 'PT60S', mode: 'PT120S', max: 'PT180S' },
    ],
    [
      '<bpsim:NormalDistribution mean="30" standardDeviation="5" timeUnit="s"/>',
      { distribution: 'normal', mean: 'PT30S', sd: 'PT5S' },
    ],
    ['<bpsim:ErlangDistribution k="2" mean="10"/>', { distribution: 'gamma', shape: 2, scale: 'PT300S' }],
    ['<bpsim:DurationParameter value="PT12M"/>', 'PT12M'],
  ])('reads %s', async (triage, expected) => {
    const { scenario } = await ofBpsim(bpsim('2.0', triage))
    expect(scenario!.pathways[0]).toMatchObject({ elements: { Triage: { duration: expected } } })
  })

  it.each([
    ['<bpsim:NormalDistribution mean="-1" standardDeviation="5"/>', 'are not those of a time'],
    ['<bpsim:UserDistribution/>', 'UserDistribution needs points'],
    ['<bpsim:FloatingParameter value="1" timeUnit="fortnight"/>', '"fortnight" is no unit of time'],
  ])('refuses %s', async (triage, expected) => {
    const { scenario, findings } = await ofBpsim(bpsim('1.0', triage))
    expect(scenario).toBeNull()
    expect(findings.find(({ severity }) => severity === 'error')!.message).toContain(expected)
  })

  it('says which scenarios there are, and when there is none', async () => {
    expect((await ofBpsim(bpsim('1.0'), 'winter')).findings[0]!.help).toContain('base, more')
    expect((await ofBpsim(drawing())).findings[0]!.message).toContain('no BPSim parameters')
  })

  it.each<[string, unknown]>([
    ['DTSTART:20260107T090000\nDURATION:PT2H30M\nRRULE:FREQ=WEEKLY', [{ days: ['wed'], from: '09:00', to: '11:30' }]],
    [
      'DTSTART;TZID=Europe/Paris:20260105T220000\nDTEND:20260106T060000\nRRULE:FREQ=DAILY',
      [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '22:00', to: '06:00' }],
    ],
    ['DTSTART:20260105T220000\nDTEND:20260106T060000\nRRULE:FREQ=MONTHLY', null],
  ])('reads the hours of a calendar: %s', (event, expected) => {
    expect(periodsOfCalendar(`BEGIN:VCALENDAR\nBEGIN:VEVENT\n${event}\nEND:VEVENT\nEND:VCALENDAR`)).toEqual(expected)
  })
})
