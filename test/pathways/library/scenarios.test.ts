// Goal: the library's pathways do what their scenarios say, and no branch of theirs is without one. Method: the files beside them, as a designer's.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readScenarioFile } from '../../../twin/rehearse/scenario-file.ts'
import { coverageOf, type ScenarioResult, testScenarios } from '../../../twin/rehearse/scenario-test.ts'
import { catalogue, libraryFile, programs } from './library.ts'

/** The pathways that a patient goes through. */
const CARE = ['admission', 'surgery', 'discharge', 'telesurveillance']
const SCENARIOS_MIN = 10

const fileOf = ({ folder, id }: { folder: string; id: string }) => `${folder}/${id}.scenarios.yaml`
const tested = catalogue.filter((entry) =>
  existsSync(fileURLToPath(new URL(`../../../pathways/library/${fileOf(entry)}`, import.meta.url))),
)

it('every pathway of care has scenarios', () => {
  expect(tested.map(({ id }) => id)).toEqual(expect.arrayContaining(CARE))
})

describe.each(tested)('$id', (entry) => {
  const { file, problems } = readScenarioFile(libraryFile(fileOf(entry)))
  if (!file)
    throw new Error(problems.map(({ path, message, help }) => `${fileOf(entry)}: ${path}: ${message}. ${help}`).join('\n'))
  const results: ScenarioResult[] = []
  const all = testScenarios([...programs.values()], file, { savesEveryStep: true })
  it.each(file.scenarios.map(({ name }) => name))('%s', (name) => {
    const result = all.next().value as ScenarioResult
    results.push(result)
    expect({ name: result.name, unmet: result.unmet }).toEqual({ name, unmet: [] })
  })

  it('leaves no element and no branch out', () => {
    const { elements, flows } = coverageOf(programs.get(file.pathway)!, results)
    expect({ elements: elements.missing, flows: flows.missing }).toEqual({ elements: [], flows: [] })
  })

  it(`has at least ${SCENARIOS_MIN} scenarios, if a patient goes through it`, () => {
    expect(file.scenarios.length).toBeGreaterThanOrEqual(CARE.includes(entry.id) ? SCENARIOS_MIN : 1)
  })
})
