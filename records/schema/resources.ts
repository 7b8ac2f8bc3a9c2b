/** The allocation ledger: the shapes of `pathways/resources/contract.ts`, one ledger a site. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import type { Calendar, HeldUnits, Pool, Request, Unit } from '../../pathways/resources/contract.ts'
import { bytea, hospitalTime, xid8 } from './columns.ts'

export const pools = pgTable(
  'pools',
  {
    site: text().notNull(),
    id: text().notNull(),
    name: text().notNull(),
    kind: text().$type<Pool['kind']>().notNull(),
    turnover: text().notNull(),
    reorderThreshold: doublePrecision('reorder_threshold').notNull(),
    reorderQuantity: doublePrecision('reorder_quantity').notNull(),
    ordered: boolean().notNull(),
    passesMax: bigint('passes_max', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.site, table.id] })],
)

export const units = pgTable(
  'units',
  {
    site: text().notNull(),
    id: text().notNull(),
    pool: text().notNull(),
    name: text().notNull(),
    place: text().notNull(),
    attributes: jsonb().$type<Unit['attributes']>().notNull(),
    state: text().$type<Unit['state']>().notNull(),
    holder: text().notNull(),
    hold: integer().notNull(),
    turnoverRun: text('turnover_run').notNull(),
    calendar: text().notNull(),
    outOfService: boolean('out_of_service').notNull(),
    since: hospitalTime('since').notNull(),
    /** Who took it out of service, and why: encrypted, for people write what they like. */
    blockedBy: text('blocked_by'),
    blockReason: bytea('block_reason'),
  },
  (table) => [primaryKey({ columns: [table.site, table.id] }), index('units_pool').on(table.site, table.pool)],
)

/** What each unit was, and whose, from when on: until the next row of that unit. */
export const unitStates = pgTable(
  'unit_states',
  {
    site: text().notNull(),
    unit: text().notNull(),
    since: hospitalTime('since').notNull(),
    state: text().$type<Unit['state']>().notNull(),
    /** The run that had it, or turns it over; '' for nobody. */
    run: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.site, table.unit, table.since] })],
)

export const lots = pgTable(
  'lots',
  {
    site: text().notNull(),
    pool: text().notNull(),
    lot: text().notNull(),
    quantity: doublePrecision().notNull(),
    expiresAt: hospitalTime('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.site, table.pool, table.lot] })],
)

export const calendars = pgTable(
  'calendars',
  { site: text().notNull(), id: text().notNull(), open: jsonb().$type<Calendar['open']>().notNull() },
  (table) => [primaryKey({ columns: [table.site, table.id] })],
)

export const requests = pgTable(
  'requests',
  {
    site: text().notNull(),
    holder: text().notNull(),
    wait: integer().notNull(),
    needs: jsonb().$type<Request['needs']>().notNull(),
    priority: doublePrecision().notNull(),
    slot: jsonb().$type<Request['slot']>(),
    at: hospitalTime('at').notNull(),
    sequence: bigint({ mode: 'number' }).notNull(),
    passed: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.site, table.holder, table.wait] }),
    index('requests_sequence').on(table.site, table.sequence),
  ],
)

export const held = pgTable(
  'held',
  {
    site: text().notNull(),
    holder: text().notNull(),
    hold: integer().notNull(),
    pool: text().notNull(),
    units: jsonb().$type<HeldUnits['units']>().notNull(),
    lots: jsonb().$type<HeldUnits['lots']>().notNull(),
    state: text().$type<HeldUnits['state']>().notNull(),
    since: hospitalTime('since').notNull(),
  },
  (table) => [primaryKey({ columns: [table.site, table.holder, table.hold] }), index('held_pool').on(table.site, table.pool)],
)

/** Which lot was used for which run: kept for ever, for traceability. */
export const consumptions = pgTable(
  'consumptions',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    site: text().notNull(),
    run: text().notNull(),
    hold: integer().notNull(),
    pool: text().notNull(),
    lot: text().notNull(),
    quantity: doublePrecision().notNull(),
    at: hospitalTime('at').notNull(),
  },
  (table) => [index('consumptions_run').on(table.run), index('consumptions_lot').on(table.site, table.pool, table.lot)],
)

/** Orders of stock. */
export const reorders = pgTable(
  'reorders',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    site: text().notNull(),
    pool: text().notNull(),
    quantity: doublePrecision().notNull(),
    remaining: doublePrecision().notNull(),
    orderedAt: hospitalTime('ordered_at').notNull(),
    deliveredAt: hospitalTime('delivered_at'),
  },
  (table) => [index('reorders_pool').on(table.site, table.pool)],
)

/** Where a location system last saw each run's patient and each unit: the last sighting and no other, so that nobody's ways can be read from it. */
export const sightings = pgTable(
  'sightings',
  {
    site: text().notNull(),
    subjectType: text('subject_type').$type<'Patient' | 'Device'>().notNull(),
    /** A run, or a unit. */
    subject: text().notNull(),
    /** A room or an area, as the hospital's places call it. */
    location: text().notNull(),
    at: hospitalTime('at').notNull(),
    reportedBy: text('reported_by').notNull(),
    /** Who follows what changes goes by it, see `facts`. */
    transaction: xid8('transaction').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.site, table.subjectType, table.subject] }),
    index('sightings_transaction').on(table.site, table.transaction),
  ],
)
