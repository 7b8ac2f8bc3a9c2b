// Goal: the contract of `parcours search`: the examples of the documentation are answered, the same bytes from any number of threads, and bad input is named. Method: the real program, on real files.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FoundDesigns } from '../../twin/search/results.ts'
import { file, folder, parcours } from './parcours.ts'

const example = 'scenarios/examples/search.yaml'
const scenario = resolve('scenarios/examples/visit.yaml')

describe('parcours search', () => {
  it('answers the example of the documentation, in the same bytes by one thread and by three', async () => {
    const out = join(folder, 'search')
    const [one, three] = await Promise.all([
      parcours('search', example, '--replications', '6', '--workers', '1', '--json'),
      parcours('search', example, '--replications', '6', '--workers', '3', '--out', out, '--language', 'en'),
    ])
    expect([one.code, one.err, three.code, three.err]).toEqual([0, '', 0, ''])
    expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe(one.out)
    const results = JSON.parse(one.out) as FoundDesigns
    expect(results.designs).toHaveLength(6)
    // Two doctors keep half of the patients waiting for more than an hour, three nearly none.
    expect(results.designs.filter(({ isFeasible }) => isFeasible === false).map(({ settings }) => settings[0]!.value)).toEqual([
      2, 2,
    ])
    expect(three.out).toMatch(/^staff for ninety visits a day: grid, 6 designs, 36 replications\n\nbest: doctors \d, nurses 1\n/)
    expect(readFileSync(join(out, 'results.csv'), 'utf8').split('\n')).toHaveLength(8)
  })

  it('shows the curve of the documentation', async () => {
    const { code, out, err } = await parcours(
      'search',
      'scenarios/examples/curve.yaml',
      '--replications',
      '2',
      '--language',
      'fr',
    )
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^6 +0,\d+ +\S+ à \S+ +1 sur \d/m)
  })

  it('no design that keeps the constraints is a no', async () => {
    const never = file(
      'search/never.yaml',
      `scenario: ${scenario}\nfactors: [{ path: hospital.pools.doctor.units, values: [1] }]\nobjective: { minimise: visit.stayMinutesMean }\nconstraints: [{ measure: visit.Exam.waitMinutesMean, below: 1 }]\nreplications: 2`,
    )
    const { code, out } = await parcours('search', never, '--language', 'en')
    expect([code, out]).toEqual([1, expect.stringContaining('no design keeps the constraints')])
  })

  it.each([
    ['a misspelt key', 'objectif: { minimise: cost }', 'Did you mean "objective"?'],
    [
      'a measure that there is not',
      'objective: { minimise: visit.stayMinutes }',
      'objective: there is no measure "visit.stayMinutes"',
    ],
    [
      'a design that cannot be simulated',
      'factors: [{ path: pathways.visit.probabilities.toImagin, values: [0.4] }]',
      'pathways.visit.probabilities.toImagin = 0.4: ',
    ],
  ])('%s: exit 2, and nothing is written', async (_, line, expected) => {
    const lines: Record<string, string> = {
      scenario: `scenario: ${scenario}`,
      factors: 'factors: [{ path: hospital.pools.doctor.units, values: [2] }]',
      objective: 'objective: { minimise: cost }',
      [line.slice(0, line.indexOf(':'))]: line,
    }
    const out = join(folder, 'search/none')
    const bad = await parcours('search', file('search/bad.yaml', Object.values(lines).join('\n')), '--out', out)
    expect([bad.code, bad.out, existsSync(out)]).toEqual([2, '', false])
    expect(bad.err).toContain(expected)
  })
})
