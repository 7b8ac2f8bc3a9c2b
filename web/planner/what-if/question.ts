/** The scenarios that a model’s levers make of it. All of it is YAML that the command line and the server simulate to the same bytes. */
import { stringify } from 'yaml'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { type Lever, type LeverValues, movedInterventions } from './levers.ts'

/** What the levers make of it. */
export const moved = (base: ScenarioFile, levers: Lever[], values: LeverValues, name = base.name): ScenarioFile => ({
  ...base,
  name,
  interventions: [...base.interventions, ...movedInterventions(base, levers, values)],
})

/** A scenario as YAML that stands alone but for its pathways' files: what is as everybody assumes is left out. */
export const yamlOf = (scenario: ScenarioFile): string => {
  const plain = ScenarioFile.parse(scenario) as Record<string, unknown>
  const kept = Object.entries(plain).filter(
    ([, value]) =>
      !(Array.isArray(value) && value.length === 0) && !(isObject(value) && Object.keys(value).length === 0) && value !== '',
  )
  return stringify(Object.fromEntries(kept), { lineWidth: 140, aliasDuplicateObjects: false })
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
