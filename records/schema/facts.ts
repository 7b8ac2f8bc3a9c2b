/**
 * The fact log: what happened, appended once per (run, sequence), partitioned by month of wall time (see the first migration and
 * `facts.ts`). Readers follow it in the order (transaction, id): see `facts.ts` for why.
 */
import { sql } from 'drizzle-orm'
import { bigserial, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { RecordedEvent } from '../../pathways/engine/contract.ts'
import type { Act } from '../acts.ts'
import { bytea, hospitalTime, wallTime, xid8 } from './columns.ts'

export const facts = pgTable(
  'facts',
  {
    wall: wallTime('wall').notNull().default(sql`now()`),
    run: text().notNull(),
    sequence: integer().notNull(),
    ordinal: integer().notNull(),
    transaction: xid8('transaction').notNull().default(sql`pg_current_xact_id()`),
    id: bigserial({ mode: 'number' }).notNull(),
    site: text().notNull(),
    pathway: text().notNull(),
    at: hospitalTime('at').notNull(),
    /** Of a step; or what a person did, under sequence 0. */
    event: text().$type<RecordedEvent | Act>().notNull(),
    /** BPMN id of the element or, for `taken`, of the flow. */
    element: text().notNull(),
    elementName: text('element_name').notNull(),
    /** `bpmn:UserTask` */
    type: text().notNull(),
    activation: integer().notNull(),
    instance: integer().notNull(),
    detail: bytea(),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.sequence, table.ordinal, table.wall] }),
    index('facts_order').on(table.transaction, table.id),
    index('facts_at').on(table.at),
  ],
)
