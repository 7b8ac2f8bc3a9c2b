/** Sites and their clocks. */
import { sql } from 'drizzle-orm'
import { bigint, bigserial, doublePrecision, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Texts } from '../../pathways/language/texts.ts'
import type { CommandCentreSettings } from '../command-centre-settings.ts'
import { hospitalTime, wallTime } from './columns.ts'

export const sites = pgTable('sites', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** ISO 8601 instant of hospital time 0, with its offset. */
  epoch: text().notNull(),
  timeZone: text('time_zone').notNull(),
  /** Its names and places in other languages. */
  texts: jsonb().$type<Texts>().notNull().default({}),
  /** What its command centre watches; null when nobody has said. */
  commandCentre: jsonb('command_centre').$type<CommandCentreSettings>(),
  /** Where its units stand, as `places` of a `hospital.yaml` says it; null lays them out by rule. */
  places: jsonb().$type<unknown>(),
  /** Drawn anew whenever a ledger row changes: says whether a ledger kept in memory is still the current one. */
  ledgerState: uuid('ledger_state').notNull().default(sql`gen_random_uuid()`),
  /** The ledger's next order of arrival. */
  ledgerSequence: bigint('ledger_sequence', { mode: 'number' }).notNull().default(0),
})

/** Hospital time is `hospital + (wall now - wall) * rate` of the last segment. */
export const clockSegments = pgTable(
  'clock_segments',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    site: text().notNull(),
    wall: wallTime('wall').notNull(),
    hospital: hospitalTime('hospital').notNull(),
    /** Hospital milliseconds per wall millisecond; 0 when it stands still. */
    rate: doublePrecision().notNull(),
    /** A demonstration's clock runs only as long as somebody says so, see `clock.ts`; null for a clock that needs nobody. */
    heartbeat: wallTime('heartbeat'),
  },
  (table) => [index('clock_segments_site').on(table.site, table.id.desc().nullsFirst())],
)
