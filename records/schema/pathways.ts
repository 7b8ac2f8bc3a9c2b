/** Pathways and their versions. */
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Program } from '../../pathways/language/program.ts'
import type { Texts } from '../../pathways/language/texts.ts'
import { hospitalTime, wallTime } from './columns.ts'

export const pathways = pgTable('pathways', {
  /** The BPMN process id. */
  id: text().primaryKey(),
  title: text().notNull(),
  /** The version that new runs take; 0 when none is published. */
  currentVersion: integer('current_version').notNull().default(0),
})

/** Only a draft can be changed; a published version can be retired, and a retired one published again. */
export type VersionState = 'draft' | 'published' | 'retired'

export const pathwayVersions = pgTable(
  'pathway_versions',
  {
    pathway: text().notNull(),
    version: integer().notNull(),
    /** Of the Program; '' for a draft that cannot be executed yet. */
    hash: text().notNull(),
    /** Of the sources: tells whether somebody else has changed a draft meanwhile. */
    revision: text().notNull(),
    title: text().notNull(),
    bpmn: text().notNull(),
    dmn: jsonb().$type<string[]>().notNull(),
    forms: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Null for a draft that cannot be executed yet. */
    program: jsonb().$type<Program>(),
    /** Apart from the Program: a better translation is no other pathway. */
    texts: jsonb().$type<Texts>().notNull().default({}),
    /** Its scenario tests, as YAML; '' for none. It is published when they are met. */
    scenarios: text().notNull().default(''),
    /** Names of messages and signals that begin a run: `message:NAME`, `signal:NAME`. */
    startEvents: text('start_events').array().notNull(),
    state: text().$type<VersionState>().notNull(),
    /** Who drew it; a second person publishes it. */
    author: text().notNull(),
    approver: text(),
    /** Why it is as it is, in its author's words. */
    note: text().notNull(),
    createdAt: hospitalTime('created_at').notNull(),
    /** Of a draft that waits for a second person; null again when it is saved again. */
    submittedBy: text('submitted_by'),
    submittedAt: hospitalTime('submitted_at'),
    publishedAt: hospitalTime('published_at'),
    retiredAt: hospitalTime('retired_at'),
  },
  (table) => [
    primaryKey({ columns: [table.pathway, table.version] }),
    index('pathway_versions_hash').on(table.hash),
    index('pathway_versions_start_events').using('gin', table.startEvents),
  ],
)

/** Who has a draft open at the moment, by window. A window that gives no sign of life for a while is closed. */
export const draftPresences = pgTable(
  'draft_presences',
  {
    pathway: text().notNull(),
    version: integer().notNull(),
    /** Of a browser, by an id that it chose. */
    windowId: text('window_id').notNull(),
    actor: text().notNull(),
    since: hospitalTime('since').notNull(),
    seenAt: wallTime('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.pathway, table.version, table.windowId] })],
)
