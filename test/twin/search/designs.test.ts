// Goal: a factor changes what its path says and nothing else, and a path that leads nowhere says where it ends. Method: a small scenario, path by path.
import { describe, expect, it } from 'vitest'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { designsOf } from '../../../twin/search/designs.ts'
import { SearchFile, valuesOf } from '../../../twin/search/schema.ts'
import { checkedValue } from '../../../twin/yaml/checked.ts'

const group = (name: string, count: number) => ({ name, count, place: 'Ward' })
const scenario = ScenarioFile.parse({
  hospital: {
    pools: [
      { id: 'doctor', units: 2 },
      { id: 'bed', name: 'Bed', units: [group('Bed', 5)] },
      { id: 'nurse', name: 'Nurse', units: [group('Day', 3), group('Night', 1)] },
      { id: 'ward-bed', name: 'Ward bed', units: [group('Bed', 8), { ...group('Bed', 9), place: 'Geriatrics' }] },
    ],
  },
  pathways: [
    {
      file: '../care/visit.v2.bpmn',
      elements: { 'Exam.1': { duration: { distribution: 'lognormal', mean: 'PT9M', sd: 'PT5M' } } },
    },
  ],
  demand: [
    { id: 'walk-in', pathway: 'visit', perHour: 4 },
    { id: 'sent', pathway: 'visit', perHourOfDay: new Array(24).fill(2) },
    { id: 'planned', pathway: 'visit', times: ['PT1H'] },
  ],
  interventions: [{ at: 'P1D', pool: 'doctor', close: 1 }],
  horizon: 'P2D',
})
const searchFor = (factors: unknown[], more: Record<string, unknown> = {}) =>
  SearchFile.parse({ scenario: 'base.yaml', factors, objective: { minimise: 'cost' }, ...more })
const element = (pathways: ScenarioFile['pathways']) =>
  (pathways[0] as { elements: Record<string, { duration: { mean: string }; priority?: number }> }).elements['Exam.1']!
const first = (path: string, value: unknown) => designsOf(searchFor([{ path, values: [value] }]), scenario)[0]!.scenario

describe('a path', () => {
  it.each<[string, unknown, (changed: ScenarioFile) => unknown]>([
    ['hospital.pools.doctor.units', 3, ({ hospital }) => hospital.pools[0]!.units],
    ['hospital.pools.bed.units', 7, ({ hospital }) => (hospital.pools[1]!.units as { count: number }[])[0]!.count],
    ['hospital.pools.nurse.units.Night.count', 2, ({ hospital }) => (hospital.pools[2]!.units as { count: number }[])[1]!.count],
    [
      'hospital.pools.ward-bed.units.Geriatrics.count',
      10,
      ({ hospital }) => (hospital.pools[3]!.units as { count: number }[])[1]!.count,
    ],
    ['demand.walk-in.perHour', 5, ({ demand }) => demand[0]!.perHour],
    ['pathways.visit.v2.elements.Exam.1.duration.mean', 'PT8M', ({ pathways }) => element(pathways).duration.mean],
    ['pathways.visit.v2.elements.Exam.1.priority', 2, ({ pathways }) => element(pathways).priority],
    ['interventions.0.close', 2, ({ interventions }) => (interventions[0] as { close: number }).close],
    ['horizon', 'P3D', ({ horizon }) => horizon],
  ])('%s is set', (path, value, read) => {
    expect(read(first(path, value))).toEqual(value)
    const before = read(scenario)
    if (before !== undefined)
      expect(designsOf(searchFor([{ path, values: [before] }]), first(path, value))[0]!.scenario).toEqual(scenario)
  })

  it('*.factor makes so many times as many come', () => {
    const { demand } = designsOf(
      searchFor([
        { path: 'demand.walk-in.factor', values: [1.5] },
        { path: 'demand.sent.factor', values: [0.5] },
      ]),
      scenario,
    )[0]!.scenario
    expect([demand[0]!.perHour, demand[1]!.perHourOfDay![5]]).toEqual([6, 1])
  })

  it.each([
    ['hospital.pools.docter.units', 3, 'there is no "docter" in hospital.pools. Did you mean "doctor"?'],
    ['hospital.pools.doctor.unit', 3, '"unit" is not a known key. Did you mean "units"?'],
    ['hospital.pools.nurse.units', 3, 'it has 2 groups of units. Name one: hospital.pools.nurse.units.Day.count.'],
    ['hospital.pools.ward-bed.units.Bed.count', 3, '2 are called "Bed". Use a number instead, as 0.'],
    ['hospital.pools.doctor.units', -1, 'hospital.pools[0].units: Too small'],
    [
      'pathways.visit.v2.elements.Exam.duration.mean',
      'PT8M',
      'there is no "Exam" in pathways.visit.v2.elements. Did you mean "Exam.1"?',
    ],
    ['horizon.days', 3, 'horizon holds no more'],
    ['demand.*.factor', 2, 'its patients do not come by rates'],
    ['demand.walk-in.factor', 'two', 'it is no number from 0'],
    ['', 1, 'expected string to have >=1 characters'],
  ])('%s that cannot be %j says why', (path, value, expected) => {
    expect(() => first(path, value)).toThrow(expected)
  })
})

describe('designs', () => {
  it('are all combinations, the last factor changing fastest, with what they cost', () => {
    const designs = designsOf(
      searchFor([
        { path: 'hospital.pools.doctor.units', name: 'doctors', values: [2, 3], costEach: 100 },
        { path: 'hospital.pools.bed.units', from: 4, to: 6, costEach: 10 },
      ]),
      scenario,
    )
    expect(designs.map(({ settings, cost }) => [...settings.map(({ value }) => value), cost])).toEqual([
      [2, 4, 240],
      [2, 5, 250],
      [2, 6, 260],
      [3, 4, 340],
      [3, 5, 350],
      [3, 6, 360],
    ])
    expect(designs[0]!.settings[0]!.name).toBe('doctors')
  })

  it('by options change several things at once, checked together', () => {
    const options = {
      'more by day': { 'hospital.pools.nurse.units.Day.count': 4, cost: 300 },
      'as many at night': { 'hospital.pools.nurse.units.Day.count': 2, 'hospital.pools.nurse.units.Night.count': 2 },
    }
    const designs = designsOf(searchFor([{ name: 'roster', options }]), scenario)
    const counts = designs.map(({ scenario: changed }) =>
      (changed.hospital.pools[2]!.units as { count: number }[]).map(({ count }) => count),
    )
    expect(counts).toEqual([
      [4, 1],
      [2, 2],
    ])
    expect(designs.map(({ settings, cost }) => [settings[0]!.value, cost])).toEqual([
      ['more by day', 300],
      ['as many at night', 0],
    ])
    expect(() => designsOf(searchFor([{ name: 'roster', options: { none: { cost: 'much' } } }]), scenario)).toThrow(
      'its cost is no number',
    )
  })

  it('count by tenths without dust', () => {
    expect(valuesOf({ path: 'p', from: 0.8, to: 1.2, step: 0.1 })).toEqual([0.8, 0.9, 1, 1.1, 1.2])
  })

  it('are not more than anyone waits for, nor cost what is no number', () => {
    expect(() =>
      designsOf(
        searchFor([
          { path: 'horizon', from: 1, to: 1500 },
          { path: 'seed', values: [1, 2] },
        ]),
        scenario,
      ),
    ).toThrow('3000 designs, and 2000 are the most')
    expect(() => designsOf(searchFor([{ path: 'horizon', values: ['P3D'], costEach: 1 }]), scenario)).toThrow(
      'its cost is no number',
    )
  })
})

describe('a search file', () => {
  const factors = [{ path: 'horizon', values: ['P3D', 'P4D'] }]
  const objective = { minimise: 'cost' }
  it.each<[Record<string, unknown>, string]>([
    [{ factors, objectif: objective }, 'Did you mean "objective"?'],
    [{ factors }, 'grid, kn and ocba need one'],
    [{ factors, objective, method: 'kn' }, 'kn needs one: a difference'],
    [{ factors, objective, method: 'kn', indifference: 1, constraints: [{ measure: 'm', below: 1 }] }, 'need a "tolerance" each'],
    [{ factors, objective, method: 'ocba' }, 'ocba needs one: most replications'],
    [{ factors, method: 'curve' }, 'need some, as'],
    [{ factors, objective, method: 'curve', measures: ['m'] }, 'instead of "objective"'],
    [{ factors: [...factors, ...factors], method: 'curve', measures: ['m'] }, 'curve has one of them'],
    [{ factors: [{ path: 'horizon', values: ['P3D'] }], method: 'tornado', measures: ['m'] }, 'two values each'],
    [{ factors: [{ path: 'horizon' }], objective }, 'a "path" with "values"'],
    [{ factors: [{ path: 'horizon', values: [1], from: 1, to: 2 }], objective }, 'either "values" or'],
    [{ factors: [{ path: 'horizon', from: 0, to: 1e12 }], objective }, 'more than 2000 values'],
    [{ factors: [{ options: { a: {} } }], objective }, 'has "options" without "name"'],
    [{ factors: [{ name: 'o', options: { a: {} }, costEach: 1 }], objective }, 'go with "name" alone'],
    [{ factors: [{ path: 'horizon', from: 2, to: 1 }], objective }, 'less than its "from"'],
    [{ factors, objective, constraints: [{ measure: 'm', below: 1, above: 0 }] }, 'either "below" or "above"'],
  ])('%j is refused', (file, expected) => {
    const { problems } = checkedValue({ scenario: 'base.yaml', ...file }, SearchFile)
    expect(problems.map(({ message, help }) => `${message}. ${help}`).join('\n')).toContain(expected)
  })
})
