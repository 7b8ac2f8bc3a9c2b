/** The project's own pathways in the demonstration hospital, for eight days: everything the twin does, together. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import type { Program } from '../../../pathways/language/program.ts'
import { admissionVariables, syntheticPatient } from '../../../scenarios/patients.ts'
import { readScenario } from '../../../scenarios/read.ts'
import {
  createHospital,
  type HospitalOptions,
  type HospitalState,
  ratesOf,
  standardActivities,
} from '../../../twin/simulate/index.ts'

const root = join(import.meta.dirname, '../../..')
const dayMs = 86_400_000
let programs: Program[]

beforeAll(async () => {
  const library = join(root, 'pathways/library')
  const read = (...path: string[]) => readFileSync(join(library, ...path), 'utf8')
  const catalogue = JSON.parse(read('catalogue.json')) as { folder: string; files: string[] }[]
  const compiled = await Promise.all(
    catalogue.map(({ folder, files }) => {
      const those = (ending: string) => files.filter((file) => file.endsWith(ending)).map((file) => read(folder, file))
      const forms = those('.form').map((text) => JSON.parse(text) as { id: string })
      return compile({
        bpmn: those('.bpmn')[0]!,
        dmn: those('.dmn'),
        forms: Object.fromEntries(forms.map((form) => [form.id, form])),
      })
    }),
  )
  programs = compiled.flatMap((one) => one.programs)
})

const demo = (seed: number, more: Partial<HospitalOptions> = {}): HospitalOptions => {
  const { site, pools, units, lots, calendars, arrivals, mixes } = readScenario(join(root, 'scenarios/hopital-demo'))
  return {
    programs,
    ledger: { pools, units, lots, calendars, requests: [], held: [], nextSequence: 0 },
    site,
    seed,
    start: 0,
    activities: standardActivities,
    reorder: { pathway: 'restock' },
    streams: arrivals.map(({ id, pathway, mix, perDay, hourShares, weekdayFactors }, stream) => ({
      id,
      pathway,
      arrivals: {
        rates: ratesOf(
          hourShares.map((share) => share * perDay),
          weekdayFactors,
          10,
        ),
      },
      variables: (index) => admissionVariables(syntheticPatient(seed, stream * 1_000_000 + index, mixes[mix])),
    })),
    ...more,
  }
}

it('runs every pathway, loses nobody, holds nothing for those who left', () => {
  const failures: string[] = []
  const hospital = createHospital(
    demo(3, {
      observer: {
        ended: ({ id, instance: { marking, bookkeeping } }) => {
          // A No-Go is how the surgery pathway says that there is no operation.
          if (marking.outcome !== 'completed' && bookkeeping.error?.code !== 'NoGo')
            failures.push(`${id}: ${bookkeeping.error?.message}`)
        },
      },
    }),
  )
  hospital.run(8 * dayMs)
  expect(failures).toEqual([])
  const state = hospital.state()
  const { started, ended } = hospital.counts
  for (const { process } of programs) {
    const inside = state.runs.filter((run) => run.pathway === process).length
    expect(started[process], process).toBeGreaterThan(0)
    expect(started[process]! - (ended[process] ?? 0), process).toBe(inside)
  }
  const inside = new Map(state.runs.map((run) => [run.id, run]))
  for (const { holder, hold } of state.ledger.held)
    expect(inside.get(holder)!.instance.marking.holds.some(({ id }) => id === hold)).toBe(true)
  for (const { holder, wait } of state.ledger.requests)
    expect(inside.get(holder)!.instance.marking.waits.find(({ id }) => id === wait)?.kind).toBe('request')
  for (const run of state.runs)
    expect(run.tasks.map(({ wait }) => wait).sort()).toEqual(
      run.instance.marking.waits
        .filter(({ kind }) => kind === 'task')
        .map(({ id }) => id)
        .sort(),
    )
  for (const unit of state.ledger.units) if (unit.state === 'dirty') expect(inside.get(unit.turnoverRun)?.turnsOver).toBe(unit.id)
})

it('goes on from a saved state as if nothing had happened', () => {
  const straight = createHospital(demo(4))
  straight.run(5 * dayMs)
  const saved = createHospital(demo(4))
  saved.run(2.3 * dayMs)
  const resumed = createHospital(demo(4, { state: JSON.parse(JSON.stringify(saved.state())) as HospitalState }))
  resumed.run(5 * dayMs)
  const without = ({ agenda: _agenda, nextSequence: _next, ...rest }: HospitalState) => JSON.stringify(rest)
  expect(without(resumed.state())).toBe(without(straight.state()))
})
