// Goal: the contract of `parcours forecast`: bands from a saved state, the same bytes from any number of threads, paired what-ifs, scores; bad input is named. Method: the real program, on real files.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ForecastResult } from '../../twin/forecast/result.ts'
import { file, folder, parcours } from './parcours.ts'

const QUEUE = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <process id="visit"><startEvent id="In"/><task id="Exam"/><endEvent id="Out"/><sequenceFlow id="a" sourceRef="In" targetRef="Exam"/><sequenceFlow id="b" sourceRef="Exam" targetRef="Out"/></process></definitions>`
const SCENARIO = `hospital: { pools: [{ id: doctor, units: 2 }] }
pathways: [{ file: queue.bpmn, elements: { Exam: { duration: { distribution: exponential, mean: PT18M }, needs: [{ pool: doctor }] } } }]
demand: [{ id: patients, pathway: visit, perHour: 6 }]
horizon: P3D
replications: 2`
let scenario = ''
const state = join(folder, 'forecast/out/state.json')
const run = (...args: string[]) =>
  parcours('forecast', scenario, '--state', state, '--hours', '6', '--replications', '40', ...args)

beforeAll(async () => {
  file('forecast/queue.bpmn', QUEUE)
  scenario = file('forecast/base.yaml', SCENARIO)
  const { code, err } = await parcours('simulate', scenario, '--out', join(folder, 'forecast/out'), '--save-state', 'P2DT3H')
  expect([code, err]).toEqual([0, ''])
})

describe('parcours forecast', () => {
  it('gives bands, the same bytes by one thread and by two', async () => {
    const [one, two] = [await run('--json', '--workers', '1'), await run('--json', '--workers', '2')]
    expect([one.code, one.err]).toEqual([0, ''])
    expect(two.out).toBe(one.out)
    const result = JSON.parse(one.out) as ForecastResult
    expect([result.at, result.hours, result.replications]).toEqual([51 * 3_600_000, 6, 40])
    const band = (name: string) => result.bands.find((each) => each.name === name)!
    // Whoever is with a doctor, and whoever waits, are inside.
    expect(band('visit.inside').now).toBe(band('pool.doctor.occupied').now! + band('pool.doctor.waiting').now!)
    for (const { mean, quantiles } of result.bands) {
      expect(mean).toHaveLength(6)
      for (let hour = 0; hour < 6; hour++) {
        const values = quantiles.map((each) => each[hour]!)
        expect(values).toEqual([...values].sort((low, high) => low - high))
      }
    }
    expect(band('visit.completed').total!.mean).toBeGreaterThan(20)
  })

  it('says what a what-if changes, scores what it said, and writes it', async () => {
    const whatIf = file('forecast/what-if.yaml', 'name: a third doctor\ninterventions: [{ pool: doctor, open: 1 }]')
    const out = join(folder, 'forecast/answer')
    const args = ['--what-if', whatIf, '--score', '--out', out, '--series', 'queue=visit.Exam.waiting', '--series', 'visit.*']
    const { code, out: table } = await run(...args)
    expect(code).toBe(0)
    expect(table).toContain('a third doctor, the same luck')
    const result = JSON.parse(readFileSync(join(out, 'forecast.json'), 'utf8')) as ForecastResult & { scores: unknown[] }
    expect(result.bands.map(({ name }) => name).slice(0, 2)).toEqual(['queue', 'visit.inside'])
    const queue = result.whatIf!.differences[0]!
    expect(queue.difference.high).toBeLessThan(0)
    expect(result.scores).toHaveLength(result.bands.length)
    expect(readFileSync(join(out, 'forecast.csv'), 'utf8').split('\n')[0]).toBe('series,hour,mean,q10,q25,q50,q75,q90')
    expect((await run('--language', 'fr')).out).toContain('maintenant')
  })

  it.each([
    [['--series', 'pool.doctor.busy'], 'there is no series "pool.doctor.busy"; did you mean "pool.doctor.'],
    [['--hours', '0'], '--hours 0: expected a whole number from 1'],
    [['--state', 'nowhere.json'], 'nowhere.json: there is no such file'],
    [['--what-if', 'WHAT_IF'], 'what-if.yaml: interventions[0]'],
  ])('names what is wrong: %j', async (args, message) => {
    const bad = file('forecast/bad/what-if.yaml', 'interventions: [{ pool: docter, open: 1 }]')
    const { code, err } = await run(...args.map((arg) => (arg === 'WHAT_IF' ? bad : arg)))
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  it('refuses what is no state, and a state of other pathways', async () => {
    const other = file('forecast/other.yaml', SCENARIO.replace('PT18M', 'PT19M'))
    const changed = await parcours('forecast', other, '--state', state)
    expect([changed.code, changed.err]).toEqual([2, expect.stringContaining('its version of "visit" is not there')])
    const { code, err } = await parcours('forecast', scenario, '--state', scenario)
    expect([code, err]).toEqual([2, expect.stringContaining('it is no saved state')])
    const tampered = file('forecast/tampered.json', readFileSync(state, 'utf8').replace('"runs"', '"walks"'))
    const refused = await parcours('forecast', scenario, '--state', tampered)
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('it was changed, or is not whole')])
    expect((await parcours('forecast', scenario)).code).toBe(2)
    expect((await parcours('simulate', scenario, '--save-state', 'P2D')).err).toContain('add --out DIR')
    expect(existsSync(state)).toBe(true)
  })
})
