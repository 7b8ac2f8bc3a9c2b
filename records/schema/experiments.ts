/** Experiments of the twin that run on the server, and what each of their replications measured. Synthetic patients: nothing here is a health datum. */
import { sql } from 'drizzle-orm'
import { bigint, doublePrecision, index, integer, json, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytea, hospitalTime, wallTime } from './columns.ts'

/** One that was stopped, or is done, goes on when it is extended. */
export type ExperimentState = 'running' | 'stopped' | 'done' | 'failed'

/** Who did what to an experiment. */
export interface ExperimentAction {
  action: 'started' | 'stopped' | 'extended'
  by: string
  /** Hospital time. */
  at: number
}

export interface ExperimentRound {
  chunks: [first: number, count: number][]
  /** Who has taken which of them: by slot, a place among the chunks. */
  taken: Record<string, number>
  /** By worker process that has taken any: how many it does side by side. */
  threads: Record<string, number>
}

export const experiments = pgTable(
  'experiments',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    seed: bigint({ mode: 'number' }).notNull(),
    /** As it was sent, file by file. */
    source: json().notNull(),
    /** Checked; as text, since chance depends on the order of its keys. */
    scenario: json().notNull(),
    /** By the file that a pathway of the scenario names. */
    programs: json().notNull(),
    /** Of a search: checked; what varies in the scenario and what is looked for. Its replications are numbered by design. */
    search: json(),
    /** Asked for now: so many, or as many as a measure needs. */
    replications: json().notNull(),
    /** A warm-up that was to be found: what was. */
    warmUp: jsonb('warm_up').$type<{ days: number }>(),
    /** Pools of which more is asked than there is. */
    overloads: jsonb().notNull(),
    /** The release whose numbers these are: replications of two releases are never put together. */
    engine: text().notNull(),
    /** Names of what is measured, in the order of each replication's values. */
    measures: jsonb().$type<string[]>(),
    state: text().$type<ExperimentState>().notNull(),
    /** Why it failed. */
    reason: text(),
    /** How many replications count, once a measure is known as precisely as was asked. */
    enough: integer(),
    /** Each start, extension and stop is one more: a workflow works for one generation. */
    generation: integer().notNull().default(1),
    /** The last generation whose workflow was started. */
    begun: integer().notNull().default(0),
    /** What is simulated next, the lowest numbers first. */
    round: jsonb().$type<ExperimentRound>(),
    /** Parts of replications that are being simulated, by the first of each chunk. */
    underWay: jsonb('under_way').$type<Record<string, number>>().notNull().default({}),
    /** Wall milliseconds of one thread, over all replications. */
    simulatedMs: doublePrecision('simulated_ms').notNull().default(0),
    createdBy: text('created_by').notNull(),
    createdAt: hospitalTime('created_at').notNull(),
    endedAt: hospitalTime('ended_at'),
    actions: jsonb().$type<ExperimentAction[]>().notNull(),
  },
  (table) => [
    index('experiments_newest').on(table.createdAt.desc().nullsFirst(), table.id),
    index('experiments_running').on(table.id).where(sql`state = 'running'`),
  ],
)

export const experimentReplications = pgTable(
  'experiment_replications',
  {
    experiment: text().notNull(),
    replication: integer().notNull(),
    /** To the last bit. */
    values: doublePrecision().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.experiment, table.replication] })],
)

/** Replications as they are when measuring begins, with what the scenario itself measures: what what-ifs go on from. All of it can be made again. */
export const openedReplications = pgTable(
  'opened_replications',
  {
    /** Content hash of the scenario and its Programs. */
    version: text().notNull(),
    /** The release whose numbers they are. */
    engine: text().notNull(),
    replication: integer().notNull(),
    /** JSON, compressed. */
    content: bytea().notNull(),
    /** Wall time. */
    keptAt: wallTime('kept_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.version, table.engine, table.replication] })],
)
