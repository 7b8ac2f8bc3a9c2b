/** The published JSON Schema of searches, for editors: `scenarios/search.schema.json`. */
import { z } from 'zod'
import { SearchFile } from './schema.ts'

/** Draft 2020-12. What depends on the method is checked when a search is read. */
export const searchSchema = (): Record<string, unknown> => {
  const { $schema, ...schema } = z.toJSONSchema(SearchFile, { io: 'input', unrepresentable: 'any' }) as { $schema?: string }
  return { $schema, title: 'Parcours search', ...schema }
}
