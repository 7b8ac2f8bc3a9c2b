// Goal: a search on the server says what the command line says, whoever simulates its designs, and whatever is done to it meanwhile. Method: real Postgres, real Temporal, two simulation workers in this process, one of which goes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QUEUE, scenarioText } from '../api/scenario.ts'
import { file, folder, parcours } from '../command/parcours.ts'
import { Simulation } from './simulation.ts'

let simulation: Simulation
let leave: () => Promise<void>
beforeAll(async () => {
  simulation = await Simulation.prepare()
  await simulation.work()
  leave = await simulation.work()
})
afterAll(() => simulation?.close())

const scenario = scenarioText({ horizon: 'P3D', warmUp: 'auto' })
const doctors = '{ name: doctors, path: hospital.pools.doctor.units, from: 2, to: 4, costEach: 10 }'
const objective = 'objective: { minimise: { cost: 1, visit.stayMinutesMean: 1 } }'

const searches: [string, string[]][] = [
  ['grid', [`factors: [${doctors}]`, objective, 'constraints: [{ measure: visit.Exam.waitOver30MinutesShare, below: 0.2 }]']],
  ['kn', [`factors: [${doctors}]`, objective, 'indifference: 2', 'replications: 10']],
  ['ocba', [`factors: [${doctors}]`, objective, 'budget: 60', 'replications: 10']],
  ['curve', [`factors: [${doctors}]`, 'measures: [visit.Exam.delayedShare]', 'replications: 4']],
  [
    'twoWay',
    [
      `factors: [${doctors}, { path: demand.*.factor, values: [1, 1.2] }]`,
      'measures: [visit.stayMinutesMean]',
      'replications: 3',
    ],
  ],
  [
    'tornado',
    [
      'factors: [{ path: hospital.pools.doctor.units, values: [2, 3] }, { path: demand.*.factor, values: [0.9, 1.1] }]',
      'measures: [visit.stayMinutesMean]',
      'replications: 3',
    ],
  ],
]

/** One that asks as it goes; all of them where there is time. */
const played = process.env.PARCOURS_LONG === '1' ? searches : searches.filter(([method]) => method === 'kn')

describe('a search on the server', () => {
  it.each(played)('gives the bytes of the command line: %s', async (method, lines) => {
    const text = ['scenario: queue.yaml', `method: ${method}`, ...lines].join('\n')
    const id = await simulation.search(text, scenario)
    const over = await simulation.over(id)
    expect(over).toMatchObject({ state: 'done', search: { method }, warmUpFound: { days: expect.any(Number) } })
    file(`${method}/queue.bpmn`, QUEUE)
    file(`${method}/queue.yaml`, scenario)
    const out = join(folder, method, 'out')
    const said = await parcours('search', file(`${method}/search.yaml`, text), '--workers', '2', '--out', out, '--language', 'en')
    expect(await simulation.results(id)).toBe(readFileSync(join(out, 'results.json'), 'utf8'))
    expect(await simulation.results(id, '?format=csv')).toBe(readFileSync(join(out, 'results.csv'), 'utf8'))
    expect(await simulation.results(id, '?format=text', 'en')).toBe(said.out)
  })

  it('is stopped, says what it knows by then, and goes on elsewhere when its worker leaves', async () => {
    // The same mean, of other luck: neither is ever the better one.
    const streams = [
      '{ id: patients, pathway: visit, perHour: 6 }',
      '{ id: patients, pathway: visit, interarrival: { distribution: exponential, mean: PT10M } }',
    ]
    const factors = `factors: [{ name: arrivals, path: demand.patients, values: [${streams.join(', ')}] }]`
    const best = 'objective: { minimise: visit.stayMinutesMean }'
    const long = ['scenario: queue.yaml', 'method: kn', factors, best, 'indifference: 0.001', 'replications: 10']
    const id = await simulation.search(long.join('\n'), scenarioText({ horizon: 'P20D' }))
    const { finished } = await simulation.until(id, 'racing', (experiment) => experiment.finished > 60)
    await leave()
    await simulation.until(id, 'racing on', (experiment) => experiment.finished > finished + 60)
    const post = (what: string, body: unknown = {}) => simulation.api.ask('planner', `/api/experiments/${id}/${what}`, { body })
    expect((await post('stop')).body).toMatchObject({ state: 'stopped', progress: null, replications: 100_000 })
    const results = JSON.parse(await simulation.results(id))
    expect(results).toMatchObject({ method: 'kn', isComplete: false })
    expect(results.replications).toBeGreaterThan(30)
    expect(await post('extend', { replications: 20 })).toMatchObject({
      status: 409,
      body: { type: 'urn:parcours:problem:of-a-search' },
    })
  })
})
