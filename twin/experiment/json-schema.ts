/** The published JSON Schema of scenarios, for editors: `scenarios/scenario.schema.json`. */
import { z } from 'zod'
import { ScenarioFile } from './schema.ts'

/** Draft 2020-12, with `extends`, which is resolved before a scenario is checked: a file that has one needs nothing else. */
export const scenarioSchema = (): Record<string, unknown> => {
  const { $schema, required, ...schema } = z.toJSONSchema(ScenarioFile, { io: 'input', unrepresentable: 'any' }) as {
    $schema?: string
    required?: string[]
    properties?: Record<string, unknown>
  }
  return {
    $schema,
    title: 'Parcours scenario',
    ...schema,
    properties: { extends: { type: 'string', description: 'The scenario file that this one changes.' }, ...schema.properties },
    anyOf: [{ required: ['extends'] }, { required }],
  }
}
