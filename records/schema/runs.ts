/** Runs: the projection of each workflow after its last commit, and what it waits for. */
import { sql } from 'drizzle-orm'
import { bigserial, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Outcome } from '../../pathways/engine/contract.ts'
import type { CommitAnswer } from '../batch.ts'
import { bytea, hospitalTime } from './columns.ts'

export type RunState = 'starting' | 'running' | Outcome

/** An open activation: where a token stands. */
export interface Position {
  /** BPMN id. */
  element: string
  since: number
  state: 'requesting' | 'active' | 'cancelling'
}

export const runs = pgTable(
  'runs',
  {
    /** Pseudonymous: also the Temporal workflow id. */
    id: text().primaryKey(),
    site: text().notNull(),
    pathway: text().notNull(),
    version: integer().notNull(),
    hash: text().notNull(),
    patient: text(),
    callerRun: text('caller_run'),
    callerWait: integer('caller_wait'),
    /** The dirty unit that this run makes usable again. */
    turnoverUnit: text('turnover_unit'),
    state: text().$type<RunState>().notNull(),
    startedAt: hospitalTime('started_at').notNull(),
    endedAt: hospitalTime('ended_at'),
    /** The last commit. */
    sequence: integer().notNull().default(0),
    instance: bytea(),
    positions: jsonb().$type<Position[]>().notNull().default([]),
    errorCode: text('error_code'),
    errorElement: text('error_element'),
    /** Who was the first to ask for its end, and why; it may have come to another one before it heard. */
    cancelledBy: text('cancelled_by'),
    cancelReason: text('cancel_reason'),
    /** Of the last commit: what a repetition of it is answered. */
    answer: jsonb().$type<CommitAnswer>(),
    lastAt: hospitalTime('last_at').notNull(),
  },
  (table) => [
    index('runs_newest').on(table.startedAt.desc().nullsFirst(), table.id),
    index('runs_open').on(table.pathway, table.startedAt.desc().nullsFirst()).where(sql`ended_at is null`),
    index('runs_pathway').on(table.pathway, table.startedAt.desc().nullsFirst(), table.id),
    index('runs_ended').on(table.endedAt).where(sql`ended_at is not null`),
    index('runs_patient').on(table.patient),
    index('runs_caller').on(table.callerRun),
    index('runs_named').using('btree', sql`substring(id from '[^-]*$') text_pattern_ops`),
    index('runs_state').on(table.state, table.startedAt.desc().nullsFirst(), table.id),
  ],
)

export type TaskState = 'open' | 'claimed' | 'completed' | 'cancelled'

export const tasks = pgTable(
  'tasks',
  {
    /** `run:wait`. */
    id: text().primaryKey(),
    site: text().notNull(),
    run: text().notNull(),
    wait: integer().notNull(),
    pathway: text().notNull(),
    hash: text().notNull(),
    patient: text(),
    element: text().notNull(),
    name: text().notNull(),
    kind: text().$type<'user' | 'manual'>().notNull(),
    role: text().notNull(),
    /** Ward or department: the first part of the place. */
    unit: text().notNull(),
    place: text().notNull(),
    form: text().notNull(),
    priority: doublePrecision().notNull(),
    state: text().$type<TaskState>().notNull(),
    assignee: text(),
    /** The last time it was handed over, encrypted: by whom, when, with which note. The role is then the one it was handed to. */
    handover: bytea(),
    completedBy: text('completed_by'),
    completionKey: text('completion_key'),
    createdAt: hospitalTime('created_at').notNull(),
    dueAt: hospitalTime('due_at'),
    endedAt: hospitalTime('ended_at'),
    inputs: bytea().notNull(),
  },
  (table) => [
    index('tasks_worklist')
      .on(table.role, table.priority.desc().nullsFirst(), table.createdAt, table.id)
      .where(sql`ended_at is null`),
    index('tasks_run').on(table.run),
    index('tasks_assignee').on(table.assignee).where(sql`ended_at is null`),
    index('tasks_newest').on(table.createdAt.desc().nullsFirst(), table.id),
  ],
)

/** Who listens for which message or signal. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    run: text().notNull(),
    wait: integer().notNull(),
    /** Order of arrival: a message goes to the oldest. */
    id: bigserial({ mode: 'number' }).notNull(),
    site: text().notNull(),
    kind: text().$type<'message' | 'signal'>().notNull(),
    name: text().notNull(),
    /** Blind index of the correlation key; empty for none. */
    key: bytea().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.wait] }),
    index('subscriptions_name').on(table.site, table.kind, table.name, table.key, table.id),
  ],
)

/** Messages nobody listened for yet. */
export const messages = pgTable(
  'messages',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    site: text().notNull(),
    name: text().notNull(),
    key: bytea().notNull(),
    /** The key itself, encrypted: for a forecast, in which runs listen by theirs. Null for those of one run, and for those that are older than this column. */
    sealedKey: bytea('sealed_key'),
    /** The only run that may hear it, or null. */
    run: text(),
    payload: bytea().notNull(),
    at: hospitalTime('at').notNull(),
  },
  (table) => [
    index('messages_name').on(table.site, table.name, table.id),
    index('messages_oldest').on(table.site, table.at).where(sql`run is null`),
  ],
)

export const incidents = pgTable(
  'incidents',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    site: text().notNull(),
    run: text().notNull(),
    wait: integer().notNull(),
    pathway: text().notNull(),
    element: text().notNull(),
    name: text().notNull(),
    /** Name of the system activity; `request` when a request for resources can never be granted. */
    activity: text().notNull(),
    reason: text().notNull(),
    /** The role that decides. */
    owner: text().notNull(),
    state: text().$type<'open' | 'resolved'>().notNull(),
    remedy: text().$type<'retry' | 'skip' | 'cancel'>(),
    remedyReason: text('remedy_reason'),
    resolvedBy: text('resolved_by'),
    openedAt: hospitalTime('opened_at').notNull(),
    resolvedAt: hospitalTime('resolved_at'),
    /** The refused request, to ask again. */
    request: jsonb(),
  },
  (table) => [
    index('incidents_run').on(table.run, table.wait),
    index('incidents_newest').on(table.openedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('incidents_open').on(table.id).where(sql`state = 'open'`),
  ],
)
