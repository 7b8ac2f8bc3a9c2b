// Goal: the published JSON Schema is that of the code. `UPDATE=1 npm test -- test/twin/search/json-schema.test.ts` writes it anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { searchSchema } from '../../../twin/search/json-schema.ts'

const path = fileURLToPath(new URL('../../../scenarios/search.schema.json', import.meta.url))

it('the published schema of searches is that of the code', () => {
  const schema = searchSchema()
  if (process.env.UPDATE) writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schema)
})
