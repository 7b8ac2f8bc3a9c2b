/** Migrations of many runs from one version of their pathway to another, and how far each run is. */
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { MigrationRefusal } from '../../pathways/engine/migration.ts'
import type { MigrationPlan } from '../../pathways/engine/migration-plan.ts'
import { hospitalTime } from './columns.ts'

/** While it runs its plan cannot be changed; one that was stopped, or done with runs refused, goes on where it was. */
export type MigrationState = 'planned' | 'running' | 'stopped' | 'done'

/** `over`: it ended before its turn came. */
export type MigrationRunState = 'pending' | 'moved' | 'refused' | 'over'

export const migrations = pgTable(
  'migrations',
  {
    id: text().primaryKey(),
    pathway: text().notNull(),
    fromVersion: integer('from_version').notNull(),
    toVersion: integer('to_version').notNull(),
    /** When it is for one run alone; null for all. */
    onlyRun: text('only_run'),
    plan: jsonb().$type<MigrationPlan>().notNull(),
    state: text().$type<MigrationState>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: hospitalTime('created_at').notNull(),
    /** Who started it last. */
    startedBy: text('started_by'),
    endedAt: hospitalTime('ended_at'),
  },
  (table) => [index('migrations_newest').on(table.createdAt.desc().nullsFirst(), table.id)],
)

export const migrationRuns = pgTable(
  'migration_runs',
  {
    migration: text().notNull(),
    run: text().notNull(),
    state: text().$type<MigrationRunState>().notNull(),
    /** Why it was refused: elements of the older version, nothing of the patient. */
    refusals: jsonb().$type<MigrationRefusal[]>().notNull().default([]),
    at: hospitalTime('at'),
  },
  (table) => [
    primaryKey({ columns: [table.migration, table.run] }),
    index('migration_runs_state').on(table.migration, table.state),
  ],
)
