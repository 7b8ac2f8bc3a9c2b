/** Patients and what is known of them. Identities, documents and values are encrypted by column. */
import { sql } from 'drizzle-orm'
import { bigint, bigserial, check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { IdentityStatus } from '../../pathways/identity/status.ts'
import type { ContactKind } from '../contacts.ts'
import { bytea, hospitalTime, wallTime } from './columns.ts'

export const patients = pgTable(
  'patients',
  {
    /** Pseudonymous. */
    id: text().primaryKey(),
    site: text().notNull(),
    traits: bytea().notNull(),
    /** Blind indexes: equal for equal values, and say nothing else. */
    matriculeIndex: bytea('matricule_index'),
    nameIndex: bytea('name_index').notNull(),
    usedNameIndex: bytea('used_name_index'),
    /** RNIV: `PROV`, `RECUP`, `VALI`, `QUAL`. */
    insStatus: text('ins_status').$type<IdentityStatus>().notNull(),
    generalPractitioner: bytea('general_practitioner'),
    createdAt: hospitalTime('created_at').notNull(),
  },
  (table) => [
    index('patients_newest').on(table.createdAt.desc().nullsFirst(), table.id),
    uniqueIndex('patients_matricule').on(table.site, table.matriculeIndex),
    index('patients_name').on(table.nameIndex),
    index('patients_used_name').on(table.usedNameIndex),
    check('patients_ins_status', sql`ins_status in ('PROV', 'RECUP', 'VALI', 'QUAL')`),
  ],
)

export const documents = pgTable(
  'documents',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    patient: text().notNull(),
    run: text().notNull(),
    /** LOINC code. */
    typeCode: text('type_code').notNull(),
    title: text().notNull(),
    uniqueId: text('unique_id').notNull().unique(),
    cda: bytea().notNull(),
    state: text().$type<'created' | 'deposited'>().notNull(),
    createdAt: hospitalTime('created_at').notNull(),
    depositedAt: hospitalTime('deposited_at'),
    mailedAt: hospitalTime('mailed_at'),
  },
  (table) => [
    index('documents_newest').on(table.createdAt.desc().nullsFirst(), table.id),
    index('documents_patient').on(table.patient),
    index('documents_run').on(table.run),
  ],
)

export const measurements = pgTable(
  'measurements',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    site: text().notNull(),
    patient: text().notNull(),
    kind: text().notNull(),
    /** The value, its unit, further answers. */
    value: bytea().notNull(),
    at: hospitalTime('at').notNull(),
    idempotency: text(),
  },
  (table) => [
    index('measurements_patient').on(table.patient, table.at.desc().nullsFirst()),
    uniqueIndex('measurements_idempotency').on(table.patient, table.idempotency),
  ],
)

export const appointments = pgTable(
  'appointments',
  {
    id: text().primaryKey(),
    site: text().notNull(),
    patient: text().notNull(),
    run: text(),
    kind: text().notNull(),
    unit: text().notNull(),
    startAt: hospitalTime('start_at').notNull(),
    endAt: hospitalTime('end_at').notNull(),
    state: text().$type<'booked' | 'fulfilled' | 'cancelled'>().notNull(),
    detail: bytea(),
    createdAt: hospitalTime('created_at').notNull(),
  },
  (table) => [
    index('appointments_patient').on(table.patient, table.startAt),
    index('appointments_start').on(table.site, table.startAt),
  ],
)

export const alerts = pgTable(
  'alerts',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    site: text().notNull(),
    kind: text().notNull(),
    /** What makes it one alert however often it is raised; null for none. */
    cause: text(),
    run: text(),
    unit: text(),
    pool: text(),
    patient: text(),
    place: text().notNull().default(''),
    level: text().$type<'info' | 'warning' | 'critical'>().notNull(),
    /** The role that must answer. */
    owner: text().notNull(),
    state: text().$type<'open' | 'closed'>().notNull(),
    /** What it says, encrypted: it may be about a patient's health. */
    reason: bytea(),
    openedAt: hospitalTime('opened_at').notNull(),
    dueAt: hospitalTime('due_at'),
    closedAt: hospitalTime('closed_at'),
    closedBy: text('closed_by'),
    /** What was done about it, encrypted. */
    closeNote: bytea('close_note'),
  },
  (table) => [
    uniqueIndex('alerts_cause').on(table.site, table.cause),
    index('alerts_newest').on(table.openedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('alerts_open').on(table.id).where(sql`state = 'open'`),
  ],
)

/** What was done for a patient beside the pathway: calls, messages, visits, changes of threshold. */
export const contacts = pgTable(
  'contacts',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    site: text().notNull(),
    patient: text().notNull(),
    run: text(),
    alert: bigint({ mode: 'number' }),
    kind: text().$type<ContactKind>().notNull(),
    /** The note or the message, and new thresholds. */
    content: bytea().notNull(),
    by: text().notNull(),
    at: hospitalTime('at').notNull(),
  },
  (table) => [index('contacts_patient').on(table.patient, table.at.desc().nullsFirst(), table.id.desc().nullsFirst())],
)

/** Who looked for, or at, whose file. */
export const accesses = pgTable(
  'accesses',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    wall: wallTime('wall').notNull().default(sql`now()`),
    site: text().notNull(),
    actor: text().notNull(),
    role: text().notNull(),
    what: text().$type<'searched' | 'read'>().notNull(),
    /** Those who were shown. */
    patients: text().array().notNull(),
    /** What was searched for, encrypted. */
    query: bytea(),
    at: hospitalTime('at').notNull(),
  },
  (table) => [index('accesses_patients').using('gin', table.patients), index('accesses_newest').on(table.id.desc().nullsFirst())],
)
