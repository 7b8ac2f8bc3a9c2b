// Goal: searches say what is so of designs whose means are known, the same however replications come in, and stop cleanly. Method: seeded normal measures; M/M/c queues and Erlang C in the real twin.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import type { Measure } from '../../../twin/experiment/measures.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import type { Sampler } from '../../../twin/search/observation.ts'
import {
  csvOfSearch,
  type FoundCurve,
  type FoundDesigns,
  type FoundTornado,
  resultsOfSearch,
} from '../../../twin/search/results.ts'
import { SearchFile } from '../../../twin/search/schema.ts'
import { shownDesigns } from '../../../twin/search/show.ts'
import { tableOfSearch } from '../../../twin/search/table.ts'
import { chanceOf, openUniform, Purpose } from '../../../twin/simulate/chance.ts'
import { normalQuantile } from '../../../twin/simulate/distributions.ts'

const queue = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="visit" isExecutable="true"><startEvent id="In"/><task id="Exam"/><endEvent id="Out"/><sequenceFlow id="a" sourceRef="In" targetRef="Exam"/><sequenceFlow id="b" sourceRef="Exam" targetRef="Out"/></process></definitions>`
const scenario = ScenarioFile.parse({
  hospital: { pools: [{ id: 'doctor', units: 2 }] },
  pathways: [
    {
      file: 'visit.bpmn',
      elements: { Exam: { duration: { distribution: 'exponential', mean: 'PT10M' }, needs: [{ pool: 'doctor' }] } },
    },
  ],
  demand: [{ id: 'patients', pathway: 'visit', perHour: 6 }],
  horizon: 'P20D',
  warmUp: 'P1D',
})
const doctors = { name: 'doctors', path: 'hospital.pools.doctor.units', values: [1, 2, 3, 4], costEach: 1 }
const searchFor = (more: Record<string, unknown>, factors: unknown[] = [doctors]) =>
  SearchFile.parse({ scenario: 'base.yaml', factors, ...more })

/** Measures of designs of known means: the wait halves with each doctor, and half of its noise is common to all. */
const WAITS = [40, 20, 10, 5]
const drawn: Sampler = async (design, replication) => {
  const normal = (word: number) => normalQuantile(openUniform(chanceOf(3, replication), Purpose.patient, word))
  return [{ name: 'visit.Exam.waitMinutesMean', value: WAITS[design]! + 2 * normal(99) + 2 * normal(design) }]
}
const found = async (more: Record<string, unknown>, sample: Sampler = drawn) => {
  const search = searchFor(more)
  return (await resultsOfSearch(search, scenario, shownDesigns(search, scenario), sample)) as FoundDesigns
}
const cheapest = {
  objective: { minimise: 'cost' },
  constraints: [{ measure: 'visit.Exam.waitMinutesMean', below: 15, tolerance: 1 }],
}

describe('the cheapest design that keeps a limit', () => {
  it.each([
    ['grid', {}],
    ['kn', { indifference: 0.5, replications: 10 }],
    ['ocba', { budget: 400, replications: 10 }],
  ])('by %s is the third', async (method, more) => {
    const results = await found({ ...cheapest, method, ...more })
    expect(results.best).toBe(2)
    expect(results.designs.map(({ isFeasible }) => isFeasible).filter((each) => each === false)).toHaveLength(2)
  })

  it('with a probability: a wait below 13 in nine replications of ten, which 10 with a deviation of 2.8 does not keep', async () => {
    const chance = { measure: 'visit.Exam.waitMinutesMean', below: 13, withProbability: 0.9, tolerance: 0.02 }
    const asked = { objective: { minimise: 'cost' }, constraints: [chance], method: 'kn', indifference: 0.5 }
    expect((await found(asked)).best).toBe(3)
    expect((await found({ ...asked, constraints: [{ ...chance, below: 15 }] })).best).toBe(2)
  })

  it('there is none where the limit is too low', async () => {
    const results = await found({ ...cheapest, constraints: [{ measure: 'visit.Exam.waitMinutesMean', below: 1 }] })
    expect([results.best, results.designs.some(({ mayBeBest }) => mayBeBest)]).toEqual([null, false])
    expect(tableOfSearch(results, 'en')).toContain('no design keeps the constraints')
  })
})

describe('a grid', () => {
  it('holds the best among those that may be it, as often as was asked for', async () => {
    // Four designs that are all but the same: the best by means is often another one, the subset holds the true one.
    const close: Sampler = async (design, replication) => [
      { name: 'm', value: 0.2 * design + normalQuantile(openUniform(chanceOf(seed, replication), Purpose.patient, design)) },
    ]
    let seed = 0
    let [held, first] = [0, 0]
    for (; seed < 300; seed++) {
      const { best, designs } = await found({ objective: { minimise: 'm' }, replications: 8, confidence: 0.9 }, close)
      if (designs.find(({ design }) => design === 0)!.mayBeBest) held++
      if (best === 0) first++
    }
    expect(first).toBeLessThan(200)
    expect(held).toBeGreaterThan(270 - 4 * Math.sqrt(300 * 0.9 * 0.1))
  })

  it('maximises too, and knows which designs no other beats in everything', async () => {
    const results = await found({
      objective: { maximise: 'visit.Exam.waitMinutesMean' },
      constraints: [{ measure: 'cost', above: 1.5 }],
    })
    expect(results.best).toBe(1)
    expect(results.designs.filter(({ isPareto }) => isPareto).map(({ design }) => design)).toEqual([1, 2, 3, 0])
  })

  it('stopped says what is finished, of every design as much as there is', async () => {
    const stopped: Sampler = async (design, replication) =>
      replication < 4 || (replication === 4 && design < 2) ? drawn(design, replication) : null
    for (const method of ['grid', 'kn', 'ocba']) {
      const results = await found({ ...cheapest, method, indifference: 1, budget: 400 }, stopped)
      expect([results.isComplete, results.replications, results.best]).toEqual([false, 18, 2])
    }
    expect((await found(cheapest, async () => null)).designs).toEqual([])
  })
})

it('a race comes to the same, whenever replications come in', async () => {
  let turn = 7
  const late: Sampler = async (design, replication) => {
    turn = (turn * 16_807) % 2_147_483_647
    for (let wait = turn % 5; wait > 0; wait--) await Promise.resolve()
    return drawn(design, replication)
  }
  const asked = {
    objective: { minimise: { cost: 5, 'visit.Exam.waitMinutesMean': 1 } },
    method: 'kn',
    indifference: 0.5,
    replications: 5,
  }
  expect(await found(asked, late)).toEqual(await found(asked))
})

it('a race that spends its budget says so', async () => {
  const same: Sampler = async (design, replication) => [
    { name: 'm', value: normalQuantile(openUniform(chanceOf(1, replication), Purpose.patient, design)) },
  ]
  const results = await found({ objective: { minimise: 'm' }, method: 'kn', indifference: 0.01, budget: 200 }, same)
  expect([results.race!.isDecided, results.isComplete]).toEqual([false, true])
  expect(results.replications).toBeLessThanOrEqual(200)
  expect(tableOfSearch(results, 'fr')).toContain('le budget est épuisé')
})

describe('in the twin', () => {
  const twin = async (search: SearchFile) => {
    const { programs } = await compile({ bpmn: queue })
    const designs = shownDesigns(search, scenario)
    const experiments = designs.map((design) => prepareExperiment(design.scenario, new Map([['visit.bpmn', programs]])))
    return resultsOfSearch(
      search,
      scenario,
      designs,
      async (design, replication): Promise<Measure[] | null> => replicate(experiments[design]!, replication),
    )
  }
  /** The share of patients who wait in an M/M/c of this load, by the recursion of Erlang B. */
  const erlangC = (servers: number, load: number): number => {
    let blocked = 1
    for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked)
    return blocked / (1 - (load / servers) * (1 - blocked))
  }

  it('doctors against the share that waits is the curve of Erlang C', async () => {
    const search = searchFor({ method: 'curve', measures: ['visit.Exam.delayedShare'], replications: 6 }, [
      { ...doctors, values: [2, 3, 4] },
    ])
    const results = (await twin(search)) as FoundCurve
    for (const [index, servers] of [2, 3, 4].entries()) {
      const { mean, low, high, oneIn } = results.points[index]!.measures[0]!
      const wide = high - low
      expect(Math.abs(mean - erlangC(servers, 1))).toBeLessThan(wide)
      expect(wide).toBeLessThan(0.05)
      expect(oneIn).toBeCloseTo(1 / mean, 9)
    }
    expect(csvOfSearch(results).split('\n')[1]).toMatch(/^2,2,visit\.Exam\.delayedShare,0\.3/)
    expect(tableOfSearch(results, 'en')).toContain('1 in')
  })

  it('three doctors are the fewest of whom no more than 15 % wait: 33, 9 and 2 % do for two, three and four', async () => {
    const constraints = [{ measure: 'visit.Exam.delayedShare', below: 0.15, tolerance: 0.02 }]
    const search = searchFor({ method: 'kn', objective: { minimise: 'cost' }, constraints, indifference: 0.5, replications: 5 }, [
      { ...doctors, values: [2, 3, 4] },
    ])
    const results = (await twin(search)) as FoundDesigns
    expect(results.designs[0]!.settings).toEqual([{ name: 'doctors', value: 3 }])
    expect(results.race!.isDecided).toBe(true)
  })

  it('a tornado puts the factor first that moves most, by paired differences', async () => {
    const factors = [
      { name: 'other', path: 'hospital.pools.doctor.units', values: [2, 2] },
      { name: 'demand', path: 'demand.*.factor', values: [0.8, 1.2] },
      { name: 'length', path: 'pathways.visit.elements.Exam.duration.mean', values: ['PT9M30S', 'PT10M30S'] },
    ]
    const results = (await twin(
      searchFor({ method: 'tornado', measures: ['visit.stayMinutesMean'], replications: 4 }, factors),
    )) as FoundTornado
    expect(results.bars.map(({ factor }) => factor)).toEqual(['demand', 'length', 'other'])
    expect(results.bars[0]!.low.difference.high).toBeLessThan(0)
    expect(results.bars[0]!.high.difference.low).toBeGreaterThan(0)
    expect(results.bars[2]!.swing).toBe(0)
    expect(csvOfSearch(results).split('\n')).toHaveLength(5)
  })
})
