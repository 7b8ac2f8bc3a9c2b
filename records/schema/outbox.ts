/** What must reach Temporal, and what was asked with an idempotency key. */
import { sql } from 'drizzle-orm'
import { bigserial, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytea, wallTime } from './columns.ts'

export const outbox = pgTable(
  'outbox',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    /** The run that is to be started or to hear. */
    target: text().notNull(),
    kind: text().$type<'start' | 'event'>().notNull(),
    payload: bytea().notNull(),
    /** W3C trace context of what caused it, or ''. */
    traceparent: text().notNull().default(''),
    wallCreated: wallTime('wall_created').notNull().default(sql`now()`),
    /** Nobody may take it before: it is being delivered, or failed lately. */
    wallAvailable: wallTime('wall_available').notNull().default(sql`now()`),
    wallDelivered: wallTime('wall_delivered'),
    attempts: integer().notNull().default(0),
    lastError: text('last_error'),
  },
  (table) => [
    index('outbox_undelivered').on(table.id).where(sql`wall_delivered is null`),
    index('outbox_undelivered_target').on(table.target, table.id).where(sql`wall_delivered is null`),
  ],
)

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    route: text().notNull(),
    actor: text().notNull(),
    key: text().notNull(),
    /** HMAC of the request, so that the same key with another request is refused. */
    fingerprint: bytea().notNull(),
    /** Null while the first request is still being answered. */
    status: integer(),
    response: bytea(),
    headers: jsonb().$type<Record<string, string>>(),
    wallCreated: wallTime('wall_created').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.route, table.actor, table.key] })],
)
