// Goal: who forecasts of the demonstration hospital are told comes to it are those who come. Method: many of both, side by side.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { admissionVariables, syntheticPatient } from '../../scenarios/patients.ts'
import { readScenario } from '../../scenarios/read.ts'
import { streamOf } from '../../twin/experiment/demand.ts'
import { StreamsFile } from '../../twin/experiment/schema.ts'
import { chanceOf, within } from '../../twin/simulate/index.ts'
import { checkedYaml } from '../../twin/yaml/checked.ts'

const folder = new URL('../../scenarios/hopital-demo/', import.meta.url)
const scenario = readScenario(fileURLToPath(folder))
const { value } = checkedYaml(readFileSync(new URL('streams.yaml', folder), 'utf8'), StreamsFile, 'YAML')
const PATIENTS = 2_000

it.each(scenario.arrivals.map((arrivals, number) => [arrivals.id, arrivals, number] as const))('%s', (id, arrivals, number) => {
  const file = value!.streams.find((stream) => stream.id === id)!
  expect([file.pathway, file.perDay, file.weekdayFactors, file.hourShares]).toEqual([
    arrivals.pathway,
    arrivals.perDay,
    arrivals.weekdayFactors,
    arrivals.hourShares,
  ])
  const stream = streamOf(file, 0, scenario.site, [], 0)
  const come = Array.from({ length: PATIENTS }, (_, index) =>
    admissionVariables(syntheticPatient(7, number * 1_000_000 + index, scenario.mixes[arrivals.mix])),
  )
  const told = come.map((_, index) => stream.variables(index, 0, within(chanceOf(3, 0), index)))
  for (const variable of Object.keys(come[0]!)) {
    if (variable === 'patient') continue
    // Numbers by their mean, others by how often each value comes: within four standard errors of the difference.
    if (typeof come[0]![variable] === 'number') {
      const [one, other] = [come, told].map((patients) => patients.map((each) => each[variable] as number))
      const [a, b] = [moments(one!), moments(other!)]
      expect(Math.abs(a.mean - b.mean), variable).toBeLessThan(4 * Math.sqrt((a.variance + b.variance) / PATIENTS) + 0.3)
    } else
      for (const each of new Set([...come, ...told].map((patient) => patient[variable]!))) {
        const share = (patients: Variables[]) => patients.filter((patient) => patient[variable] === each).length / PATIENTS
        const [a, b] = [share(come), share(told)]
        expect(Math.abs(a - b), `${variable} ${each}`).toBeLessThan(4 * Math.sqrt((a * (1 - a) + b * (1 - b) + 1e-3) / PATIENTS))
      }
  }
})

const moments = (values: number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length }
}
