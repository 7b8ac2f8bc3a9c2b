/** Forecasts: what was asked, what was said, and what then was. */
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytea, hospitalTime } from './columns.ts'

/** Who comes to a hospital: the streams of a scenario, in the twin's own shape. */
export const demands = pgTable('demands', {
  site: text().primaryKey(),
  streams: jsonb().$type<unknown[]>().notNull(),
  saidBy: text('said_by').notNull(),
  saidAt: hospitalTime('said_at').notNull(),
})

export const forecasts = pgTable(
  'forecasts',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    askedBy: text('asked_by').notNull(),
    /** When the hospital was forked. */
    at: hospitalTime('at').notNull(),
    hours: integer().notNull(),
    replications: integer().notNull(),
    seed: bigint({ mode: 'number' }).notNull(),
    /** Interventions, or null. */
    whatIf: jsonb('what_if').$type<unknown>(),
    /** Series asked for, with those that each is the sum of; bands and differences. */
    asked: jsonb().$type<unknown[]>().notNull(),
    result: jsonb().$type<unknown>().notNull(),
    /** What every replication said of each series and hour: what it is scored by. JSON, compressed. */
    ensembles: bytea().notNull(),
  },
  (table) => [index('forecasts_newest').on(table.site, table.at.desc().nullsFirst(), table.id)],
)

/** A site at an hour that a forecast was about. */
export const forecastSamples = pgTable(
  'forecast_samples',
  {
    site: text().notNull(),
    at: hospitalTime('at').notNull(),
    /** By series: levels then, flows of the hour before. */
    values: jsonb().$type<Record<string, number>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.site, table.at] })],
)
