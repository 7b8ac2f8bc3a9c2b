// Goal: the published JSON Schema is that of the code. `UPDATE=1 npm test -- test/twin/experiment/json-schema.test.ts` writes it anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { scenarioSchema } from '../../../twin/experiment/json-schema.ts'

const path = fileURLToPath(new URL('../../../scenarios/scenario.schema.json', import.meta.url))

it('the published schema of scenarios is that of the code', () => {
  const schema = scenarioSchema()
  if (process.env.UPDATE) writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schema)
})
