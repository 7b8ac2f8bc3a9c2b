/** Who works here: known by a pseudonymous name since they signed in. */
import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { wallTime } from './columns.ts'

export const colleagues = pgTable(
  'colleagues',
  {
    site: text().notNull(),
    actor: text().notNull(),
    role: text().notNull(),
    /** When they last signed in. */
    seen: wallTime('seen').notNull(),
  },
  (table) => [primaryKey({ columns: [table.site, table.actor] }), index('colleagues_seen').on(table.site, table.seen)],
)
