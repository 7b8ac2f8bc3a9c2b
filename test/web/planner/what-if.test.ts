// Goal: what the sliders ask is a scenario like any other, answered replication by replication with the same patients, and an address holds all of it. Method: the workers' own code, driven in this thread, on five hundred beds for two days.
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readNamedScenario } from '../../../command/scenario.ts'
import { explored, waitingElementsOf } from '../../../twin/experiment/explored.ts'
import { openedReplication } from '../../../twin/experiment/going-on.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import type { Answer, Question } from '../../../web/planner/simulation/protocol.ts'
import { Simulating, type Surroundings } from '../../../web/planner/simulation/simulating.ts'
import { latestPairs, pairedOf, type SimulatingWorker, Simulators } from '../../../web/planner/simulation/simulators.ts'
import { leversOf, tidied } from '../../../web/planner/what-if/levers.ts'
import { moved, yamlOf } from '../../../web/planner/what-if/question.ts'
import { leversOfText, leversText, readWhatIfSearch, verdictOf } from '../../../web/planner/what-if/share.ts'

let model: ReadyScenario

beforeAll(async () => {
  const { scenario, programs } = await readNamedScenario('scenarios/summer/summer.yaml')
  const base = ScenarioFile.parse({
    ...scenario,
    ...{ warmUp: 'P1D', horizon: 'P2D', interventions: [{ at: 'P1D', stream: 'elective', factor: 0.7 }] },
  })
  model = { scenario: explored({ scenario: base, programs }), programs }
})

describe('the levers', () => {
  it('are units of each specialty, streams, and stays', () => {
    const levers = leversOf(model)
    expect(levers.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['bed.medicine', 'bed.surgery', 'theatre', 'arrivals.elective', 'stay.elective.Stay']),
    )
    expect(levers.find(({ id }) => id === 'bed.surgery')).toMatchObject({
      ...{ kind: 'units', pool: 'bed', there: 130, places: ['Chirurgie'], where: { specialty: 'surgery' } },
    })
    expect(levers.some(({ id }) => id.startsWith('stay.cleaning'))).toBe(false)
  })

  it('make a scenario of interventions from when measuring begins, which its YAML says again', () => {
    const levers = leversOf(model)
    const values = { 'bed.surgery': -10, 'arrivals.walk-in': 1.1, 'stay.elective.Stay': 0.95, theatre: 1 }
    const scenario = moved(model.scenario, levers, values, 'dix lits de moins')
    expect(scenario.interventions.slice(1)).toEqual([
      { at: 'P1D', pool: 'bed', where: { specialty: 'surgery' }, close: 10 },
      { at: 'P1D', pool: 'theatre', open: 1 },
      { at: 'P1D', pathway: 'elective', element: 'Stay', lasts: 0.95 },
      { at: 'P1D', stream: 'walk-in', factor: 1.1 },
    ])
    expect(ScenarioFile.parse(parse(yamlOf(scenario)))).toEqual(scenario)
  })

  it('measure every wait but the cleaners’', () => {
    expect(waitingElementsOf(model).map(({ pathway, element }) => `${pathway}.${element}`)).toEqual([
      ...['emergency.Triage', 'emergency.Install', 'emergency.Examine', 'emergency.Transfer'],
      ...['elective.Admit', 'elective.Operate', 'elective.Recover'],
    ])
    expect(model.scenario.measures).toContain('elective.Admit.waitOver60MinutesShare')
  })
})

describe('an address', () => {
  it('holds what was moved, and brings it back tidy', () => {
    const values = { 'bed.surgery': -10, 'arrivals.walk-in': 1.1 }
    expect(leversText(values)).toBe('arrivals.walk-in:1.1~bed.surgery:-10')
    expect(leversOfText(leversText(values))).toEqual(values)
    expect(leversOfText('bed.surgery:x~<b>:1~~theatre:2')).toEqual({ theatre: 2 })
    expect(tidied(leversOf(model), { 'bed.surgery': -9_999, theatre: 0, 'arrivals.walk-in': 1.1049, nobody: 3 })).toEqual({
      'bed.surgery': -35,
      'arrivals.walk-in': 1.1,
    })
    expect(readWhatIfSearch({ model: 'summer/summer.yaml', seed: 'x', show: 'nothing' })).toEqual({
      model: 'summer/summer.yaml',
    })
  })

  it('says whether what is seen is what was shared', () => {
    const shared = { version: 'v1', engine: '1+a', results: 'r1' }
    expect(verdictOf({}, { version: 'v1', engine: '1+a', results: 'r1' })).toBe('own')
    expect(verdictOf(shared, { version: 'v1', engine: '1+a', results: null })).toBe('pending')
    expect(verdictOf(shared, { version: 'v1', engine: '1+a', results: 'r1' })).toBe('same')
    expect(verdictOf(shared, { version: 'v1', engine: '1+a', results: 'r2' })).toBe('different')
    expect(verdictOf(shared, { version: 'v1', engine: '1+b', results: null })).toBe('engine-changed')
    expect(verdictOf(shared, { version: 'v2', engine: '1+b', results: null })).toBe('model-changed')
  })
})

describe('the workers', () => {
  /** A worker in this thread: what it is asked comes as a message of its own. */
  const inThisThread = (
    given: { fetchPrepared?: Surroundings['fetchPrepared']; took?: string[]; heard?: Answer[] } = {},
  ): SimulatingWorker => {
    const worker: SimulatingWorker = {
      onmessage: null,
      onerror: null,
      postMessage: (question: Question) => void setTimeout(() => simulating.hear(structuredClone(question))),
      terminate: () => {},
    }
    const simulating = new Simulating({
      post: (answer: Answer) => {
        given.heard?.push(answer)
        worker.onmessage?.({ data: structuredClone(answer) } as MessageEvent<Answer>)
      },
      breathe: () => new Promise((resolve) => setTimeout(resolve)),
      fetchPrepared: given.fetchPrepared ?? (async () => null),
      now: () => performance.now(),
      measure: (name) => void given.took?.push(name),
    })
    return worker
  }
  const until = (simulators: Simulators, holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => holds() && resolve()
      simulators.subscribe(look)
      look()
    })

  it('answer what was asked last, with the same patients, to the byte of the scenario simulated whole', async () => {
    const levers = leversOf(model)
    const simulators = new Simulators({
      model,
      replications: 2,
      stretchMs: 6 * 3_600_000,
      workers: 2,
      newWorker: () => inThisThread(),
    })
    const [dropped, kept] = [-20, -35].map((beds) => moved(model.scenario, levers, { 'bed.surgery': beds }))
    await until(simulators, () => simulators.state.opened > 0)
    simulators.ask([dropped!])
    const first = simulators.state.whatIf!.id
    await until(simulators, () => (simulators.state.whatIf?.underWay[0]?.size ?? 0) > 0)
    simulators.ask([kept!])
    expect(simulators.state.whatIf!.id).toBe(first + 1)
    await until(simulators, () => pairedOf(simulators.state.base, simulators.state.whatIf?.runs[0] ?? []).numbers.length === 2)
    const { base, changed } = pairedOf(simulators.state.base, simulators.state.whatIf!.runs[0]!)
    const whole = (scenario: ScenarioFile) => replicate(prepareExperiment(scenario, new Map(model.programs)), 1)
    expect(base[1]!.measures).toEqual(whole(model.scenario))
    expect(changed[1]!.measures).toEqual(whole(kept!))
    expect(simulators.state.whatIf!.firstAnswerMs).toBeGreaterThan(0)
    expect(simulators.state.whatIf!.underWay[0]!.size).toBe(0)
    simulators.end()
  })

  it('goes on from what the server has prepared: the first answer comes after one day of the month, whatever the month is', async () => {
    const month = { ...model, scenario: { ...model.scenario, horizon: 'P5D' } }
    const experiment = prepareExperiment(month.scenario, new Map(month.programs))
    const ready = openedReplication(experiment, 0, 6 * 3_600_000)
    expect(ready.early).toHaveLength(2)
    const heard: Answer[] = []
    const marks: string[] = []
    const simulators = new Simulators({
      ...{
        model: month,
        replications: 1,
        stretchMs: 6 * 3_600_000,
        workers: 1,
        newWorker: () => inThisThread({ fetchPrepared: async () => ready, took: marks, heard }),
      },
      prepared: { address: 'opened/', replications: [0] },
    })
    const changed = moved(month.scenario, leversOf(month), { 'bed.surgery': -35 })
    simulators.ask([changed])
    await until(simulators, () => simulators.state.whatIf!.runs[0]!.length > 0)
    // Nothing of the warm-up, and nothing of the model itself, was simulated here.
    expect(marks).toEqual(expect.arrayContaining(['replication fetched', 'what-if to early time 0', 'what-if']))
    expect(marks).not.toEqual(expect.arrayContaining(['warm-up simulated']))
    expect(marks).not.toEqual(expect.arrayContaining(['model simulated']))
    const first = heard.find(({ say }) => say === 'earlyChanged' || say === 'changed')
    expect(first).toMatchObject({ say: 'earlyChanged', early: 0 })
    // What is said early is what the scenario measures that ends then.
    const short = { ...changed, horizon: 'P2D' }
    const whole = replicate(prepareExperiment(short, new Map(month.programs)), 0)!
    const early = (first as Extract<Answer, { say: 'earlyChanged' }>).run.measures
    expect(early).toEqual(whole)
    expect(latestPairs(simulators.state.base, [], simulators.state.early, simulators.state.whatIf!.early).early).toBe(1)
    expect(simulators.state.whatIf!.firstAnswerMs).toBeGreaterThan(0)
    simulators.end()
  })

  it('say why a scenario cannot be asked, and go on', async () => {
    const simulators = new Simulators({
      model,
      replications: 1,
      stretchMs: 6 * 3_600_000,
      workers: 1,
      newWorker: () => inThisThread(),
    })
    simulators.ask([{ ...model.scenario, seed: 7 }])
    await until(simulators, () => simulators.state.whatIf?.failure != null)
    expect(simulators.state.whatIf!.failure).toMatch(/Simulate it whole/)
    await until(simulators, () => simulators.state.base.length === 1)
    expect(simulators.state.failure).toBeNull()
    simulators.end()
  })
})
