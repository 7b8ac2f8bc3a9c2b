/** What the command centre has seen, for its trends. */
import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { hospitalTime } from './columns.ts'

export const commandCentreSamples = pgTable(
  'command_centre_samples',
  {
    site: text().notNull(),
    at: hospitalTime('at').notNull(),
    /** By measure. */
    values: jsonb().$type<Record<string, number>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.site, table.at] })],
)
