// Goal: the contract of `parcours simulate`: a scenario gives the means that theory does, the same bytes from any number of threads, and bad input is named. Method: the real program, on real files.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Results } from '../../twin/experiment/results.ts'
import { decodeTrace } from '../../twin/trace/file.ts'
import { file, folder, parcours } from './parcours.ts'

const QUEUE = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <process id="visit"><startEvent id="In"/><task id="Exam"/><endEvent id="Out"/><sequenceFlow id="a" sourceRef="In" targetRef="Exam"/><sequenceFlow id="b" sourceRef="Exam" targetRef="Out"/></process></definitions>`
const scenario = (changes: Record<string, string> = {}) => {
  const lines: Record<string, string> = {
    hospital: '{ pools: [{ id: doctor, units: 2 }] }',
    pathways:
      '[{ file: queue.bpmn, elements: { Exam: { duration: { distribution: exponential, mean: PT10M }, needs: [{ pool: doctor }] } } }]',
    demand: '[{ id: patients, pathway: visit, perHour: 6 }]',
    horizon: 'P12D',
    warmUp: 'P2D',
    replications: '6',
    ...changes,
  }
  return Object.entries(lines)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')
}
const base = () => {
  file('sim/queue.bpmn', QUEUE)
  return file('sim/base.yaml', scenario())
}
const json = (out: string) => JSON.parse(out) as Results
const measure = (results: Results, name: string) => results.measures.find((each) => each.name === name)!

describe('parcours simulate', () => {
  it('gives the mean wait of Erlang C, the same bytes by one thread and by two', async () => {
    const [one, two] = [
      await parcours('simulate', base(), '--json', '--workers', '1'),
      await parcours('simulate', base(), '--json', '--workers', '2'),
    ]
    expect([one.code, one.err]).toEqual([0, ''])
    expect(two.out).toBe(one.out)
    const results = json(one.out)
    // M/M/2 at a load of 1: C = 1/3, the wait is C / (2 mu - lambda) = 10/3 minutes; occupancy 1/2.
    const wait = measure(results, 'visit.Exam.waitMinutesMean')
    expect(wait.low).toBeLessThan(10 / 3)
    expect(wait.high).toBeGreaterThan(10 / 3)
    expect(Math.abs(measure(results, 'pool.doctor.occupancyMean').mean - 0.5)).toBeLessThan(0.02)
    expect(results.replications).toBe(6)
  })

  it('compares with a scenario that extends it, pair by pair, and writes what it found', async () => {
    const model = base()
    const other = file(
      'sim/other.yaml',
      'extends: base.yaml\nname: three doctors\nhospital: { pools: [{ id: doctor, units: 3 }] }',
    )
    const out = join(folder, 'sim/out')
    const { code } = await parcours('simulate', model, '--against', other, '--out', out, '--trace')
    expect(code).toBe(0)
    const results = json(readFileSync(join(out, 'results.json'), 'utf8'))
    const change = results.comparisons[0]!.differences.find(({ name }) => name === 'visit.Exam.waitMinutesMean')!
    expect(change).toMatchObject({ isDetectable: true })
    expect(change.high).toBeLessThan(0)
    expect(readFileSync(join(out, 'results.csv'), 'utf8').split('\n')).toHaveLength(results.measures.length + 2)
    expect(readFileSync(join(out, 'stress.md'), 'utf8')).toContain('- doctor: 2')
    const trace = JSON.parse(readFileSync(join(out, 'trace.json'), 'utf8'))
    expect(trace.columns.at.length).toBe(trace.columns.event.length)
    expect(trace.elements).toContain('Exam')
    // What the hospital in 3D opens.
    const shown = decodeTrace(new Uint8Array(readFileSync(join(out, 'trace.bin'))).buffer)
    expect(shown.elements.map(({ id }) => id)).toContain('Exam')
    expect(shown.rows).toBeGreaterThan(1_000)
  })

  it('plays the example of the documentation', async () => {
    const { code, out } = await parcours(
      'simulate',
      'scenarios/examples/visit.yaml',
      '--against',
      'scenarios/examples/three-doctors.yaml',
      '--replications',
      '8',
    )
    expect(code).toBe(1)
    expect(out).toContain('target visit.Exam.waitMinutesMean below 30: missed')
    expect(out).toMatch(/visit\.Exam\.waitMinutesMean +-\d+/)
  })

  it('takes a hospital from its own file, with changes', async () => {
    base()
    file(
      'sim/hospital.yaml',
      'site: { id: ward, name: Ward, epoch: "2026-01-05T00:00:00+01:00", timeZone: Europe/Paris }\ncalendars: []\npools: [{ id: doctor, name: Doctor, units: [{ name: Doctor, count: 2, place: Ward }] }, { id: nurse, name: Nurse, units: [{ name: Nurse, count: 1, place: Ward }] }]',
    )
    const unitsOf = async (hospital: string) => {
      const { out, err } = await parcours(
        'simulate',
        file('sim/housed.yaml', scenario({ hospital, replications: '1' })),
        '--json',
      )
      expect(err).toBe('')
      return measure(json(out), 'pool.doctor.heldMax').mean
    }
    expect(await unitsOf('hospital.yaml')).toBe(2)
    expect(
      await unitsOf('{ file: hospital.yaml, pools: [{ id: doctor, units: [{ name: Doctor, count: 3, place: Ward }] }] }'),
    ).toBe(3)
    const missing = await parcours('simulate', file('sim/housed.yaml', scenario({ hospital: 'nowhere.yaml' })))
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('nowhere.yaml: there is no such file')])
  })

  it('speaks French', async () => {
    const { out, err } = await parcours('simulate', 'scenarios/examples/visit.yaml', '--replications', '2', '--language', 'fr')
    expect(err).toBe('')
    expect(out).toContain('two doctors : 2 réplications')
    expect(out).toMatch(/pool\.doctor\.occupancyMean +0,\d+ +0,\d+ à \d/)
  })

  it('makes as many replications as a measure needs, the same with any number of threads', async () => {
    base()
    const precise = file('sim/precise.yaml', scenario({ replications: '{ measure: visit.stayMinutesMean, precision: 0.03 }' }))
    const [one, two] = [
      await parcours('simulate', precise, '--json', '--workers', '1'),
      await parcours('simulate', precise, '--json', '--workers', '3'),
    ]
    expect(two.out).toBe(one.out)
    const stay = measure(json(one.out), 'visit.stayMinutesMean')
    expect(stay.high - stay.mean).toBeLessThanOrEqual(0.03 * stay.mean)
    expect(json(one.out).replications).toBeGreaterThan(9)
  })

  it('goes on with a finished run, in the end the same bytes as at once; of another scenario it does not', async () => {
    const model = base()
    const other = file(
      'sim/other.yaml',
      'extends: base.yaml\nname: three doctors\nhospital: { pools: [{ id: doctor, units: 3 }] }',
    )
    const out = join(folder, 'sim/extended')
    const run = (replications: number, ...more: string[]) =>
      parcours('simulate', model, '--against', other, '--replications', String(replications), ...more)
    await run(3, '--out', out)
    expect((await run(5, '--extend', out)).code).toBe(0)
    expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe((await run(5, '--json')).out)
    const changed = await run(6, '--extend', out, '--seed', '2')
    expect([changed.code, changed.err]).toEqual([2, expect.stringContaining('its first replication is not the one that')])
    expect((await run(4, '--extend', out)).err).toContain('it has 5 replications; ask for more')
    expect((await run(4, '--extend', folder)).err).toContain('results.json: there is no such file')
  })

  it('a missed target is a no; an overloaded pool is said before', async () => {
    base()
    const target = (below: number) =>
      file(`sim/target${below}.yaml`, scenario({ targets: `[{ measure: visit.Exam.waitMinutesMean, below: ${below} }]` }))
    expect((await parcours('simulate', target(1))).code).toBe(1)
    expect((await parcours('simulate', target(30))).code).toBe(0)
    const busy = file(
      'sim/busy.yaml',
      scenario({ demand: '[{ id: patients, pathway: visit, perHour: 13 }]', horizon: 'P3D', replications: '1' }),
    )
    expect((await parcours('simulate', busy)).err).toContain(
      'pool "doctor": 2.17 units are asked for at a time, and 2.00 are there',
    )
  })

  it.each<[string, Record<string, string>, string]>([
    ['a misspelt key', { horison: 'P1D' }, 'Did you mean "horizon"?'],
    ['no time at all', { horizon: 'PT0S', warmUp: 'PT0S' }, 'horizon: it is nothing'],
    ['a warm-up of all of it', { horizon: 'P2D' }, 'horizon: it is not longer than the warm-up'],
    ['a pool that there is not', { hospital: '{ pools: [{ id: nurse, units: 1 }] }' }, 'there is no pool "doctor"'],
    [
      'a pathway that there is not',
      { demand: '[{ id: patients, pathway: visits, perHour: 6 }]' },
      'there is no pathway "visits"',
    ],
    [
      'an element that there is not',
      { pathways: '[{ file: queue.bpmn, elements: { Examen: {} } }]' },
      'there is no element "Examen"',
    ],
    ['a file that there is not', { pathways: '[other.bpmn]' }, 'there is no such file'],
    [
      'an impossible distribution',
      {
        pathways:
          '[{ file: queue.bpmn, elements: { Exam: { duration: { distribution: triangular, min: PT9M, mode: PT5M, max: PT20M } } } }]',
      },
      'Put its min, mode and max in order',
    ],
    [
      'a target of nothing',
      { targets: '[{ measure: visit.Exam.waitMean, below: 1 }]' },
      'there is no measure "visit.Exam.waitMean"',
    ],
    [
      'FEEL that is none',
      { demand: '[{ id: patients, pathway: visit, perHour: 6, variables: { age: "=luck *" } }]' },
      'demand[0].variables.age',
    ],
    ['itself as its base', { extends: 'bad.yaml' }, 'extends'],
  ])('%s: exit 2, in one line, and nothing is written', async (_, changes, expected) => {
    base()
    const out = join(folder, 'sim/none')
    const { code, out: said, err } = await parcours('simulate', file('sim/bad.yaml', scenario(changes)), '--out', out)
    expect([code, said]).toEqual([2, ''])
    expect(err).toContain(expected)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(existsSync(out)).toBe(false)
  })
})
