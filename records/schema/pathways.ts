/** Pathways and their published versions. */
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Program } from '../../pathways/language/program.ts'
import type { Texts } from '../../pathways/language/texts.ts'
import { hospitalTime } from './columns.ts'

export const pathways = pgTable('pathways', {
  /** The BPMN process id. */
  id: text().primaryKey(),
  title: text().notNull(),
  /** The version that new runs take; 0 when none is published. */
  currentVersion: integer('current_version').notNull().default(0),
})

export const pathwayVersions = pgTable(
  'pathway_versions',
  {
    pathway: text().notNull(),
    version: integer().notNull(),
    /** Of the Program. */
    hash: text().notNull(),
    title: text().notNull(),
    bpmn: text().notNull(),
    dmn: jsonb().$type<string[]>().notNull(),
    forms: jsonb().$type<Record<string, unknown>>().notNull(),
    program: jsonb().$type<Program>().notNull(),
    /** Apart from the Program: a better translation is no other pathway. */
    texts: jsonb().$type<Texts>().notNull().default({}),
    /** Names of messages and signals that begin a run: `message:NAME`, `signal:NAME`. */
    startEvents: text('start_events').array().notNull(),
    createdAt: hospitalTime('created_at').notNull(),
    published: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.pathway, table.version] }),
    index('pathway_versions_hash').on(table.hash),
    index('pathway_versions_start_events').using('gin', table.startEvents),
  ],
)
