import { z } from '@hono/zod-openapi'
import { IDENTITY_STATUSES } from '../../pathways/identity/status.ts'
import { Id, Time, Values } from './common.ts'
import { RunItem } from './runs.ts'

/** How a patient is called, and told apart from another one of that name. */
export const PatientName = z
  .object({ familyName: z.string(), givenName: z.string(), birthDate: z.string(), sex: z.string() })
  .openapi('PatientName')

export const PatientItem = z
  .object({
    id: Id.openapi({ description: 'Pseudonym.' }),
    traits: z
      .object({
        familyName: z.string().openapi({ description: 'The name they use.' }),
        birthName: z.string(),
        givenName: z.string(),
        birthDate: z.string(),
        sex: z.string(),
        ins: z.string().openapi({ description: 'National identity number; `` unless it is qualified.' }),
        identityStatus: z.enum(IDENTITY_STATUSES).openapi({ description: 'RNIV: provisional, recovered, validated, qualified.' }),
        insQualified: z.boolean(),
      })
      .nullable()
      .openapi({ description: 'Identifying traits; null for roles that may not see them.' }),
    createdAt: Time,
    running: z.number().int().openapi({ description: 'Runs under way.' }),
  })
  .openapi('Patient')

export const DocumentItem = z
  .object({
    id: Id,
    patient: Id,
    run: Id,
    kind: z.string().openapi({ description: 'LOINC code.', example: '11490-0' }),
    title: z.string(),
    createdAt: Time,
    depositedAt: Time.nullable().openapi({ description: 'In Mon Espace Santé.' }),
    mailedAt: Time.nullable().openapi({ description: 'To the general practitioner.' }),
  })
  .openapi('Document')

export const DocumentDetail = DocumentItem.extend({
  mediaType: z.string().openapi({ example: 'application/hl7-cda+xml' }),
  content: z.string().openapi({ description: 'Text, or base64 when it is not text.' }),
}).openapi('DocumentDetail')

export const MeasurementItem = z
  .object({ id: Id, patient: Id, kind: z.string(), value: z.number(), unit: z.string(), at: Time })
  .openapi('Measurement')

export const CONTACT_KINDS = ['call', 'message', 'visit', 'threshold', 'close'] as const

export const Thresholds = z
  .strictObject({
    redBelow: z.number().nullable(),
    orangeBelow: z.number().nullable(),
    orangeAbove: z.number().nullable(),
    redAbove: z.number().nullable(),
  })
  .openapi('Thresholds')

export const ContactItem = z
  .object({
    id: Id,
    patient: Id,
    run: Id.nullable(),
    alert: Id.nullable(),
    kind: z.enum(CONTACT_KINDS),
    note: z.string(),
    thresholds: Thresholds.nullable(),
    by: z.string(),
    at: Time,
  })
  .openapi('Contact')

export const PatientQuery = z
  .strictObject({
    query: z.string().trim().min(1).max(200).openapi({ description: 'Names or their beginnings, a birth date, an INS.' }),
  })
  .openapi('PatientQuery')

export const WaitItem = z
  .object({
    run: Id,
    pathway: Id,
    element: z.string(),
    name: z.string().openapi({ description: 'Of the element.' }),
    kind: z.enum(['incident', 'request', 'task', 'activity', 'timer', 'message', 'signal', 'condition']),
    since: Time,
    due: Time.nullable(),
    role: z.string().openapi({ description: 'Who acts; `` when nobody of the house does.' }),
    assignee: z.string().nullable().openapi({ description: 'Who has it in hand.' }),
    task: Id.nullable(),
    message: z.string().openapi({ description: 'The message or signal that is waited for, else ``.' }),
    needs: z
      .array(
        z.object({
          pool: z.string(),
          name: z.string(),
          quantity: z.number(),
          isThere: z.boolean().openapi({ description: 'Enough of it is free: something else is lacking.' }),
          free: z.number(),
          occupied: z.number(),
          dirty: z.number(),
          closed: z.number(),
        }),
      )
      .openapi({ description: 'For a request: what it takes, of what would suit.' }),
    position: z.number().int().nullable().openapi({ description: 'For a request: its place in the queue, from 1.' }),
    next: z.array(z.string()).openapi({ description: 'Names of what may come next, nearest first.' }),
  })
  .openapi('Wait')

export const Situation = z
  .object({
    waits: z.array(WaitItem).openapi({ description: 'What holds them up, what counts most first.' }),
    holds: z.array(z.object({ run: Id, hold: z.string(), pool: z.string(), unit: Id, name: z.string(), place: z.string() })),
  })
  .openapi('Situation')

export const AccessItem = z
  .object({ id: Id, actor: z.string(), role: z.string(), what: z.enum(['searched', 'read']), at: Time })
  .openapi('Access')

export const PatientDetail = PatientItem.extend({
  allergies: z.string().openapi({ description: 'In words; `` when nobody has said any, or you may not see it.' }),
  contacts: z.array(ContactItem),
  runs: z.array(RunItem),
  documents: z.array(DocumentItem),
  measurements: z.array(MeasurementItem),
}).openapi('PatientDetail')

export const MeasurementIn = z
  .strictObject({
    patient: Id,
    kind: z.string().min(1).max(60).openapi({ example: 'weight' }),
    value: z.number(),
    unit: z.string().max(20).default(''),
    at: Time.optional(),
    answers: Values.default({}).openapi({ description: 'Further values of the same reading, by name.' }),
  })
  .openapi('MeasurementIn')
export const MeasurementAnswer = z.object({ id: Id }).openapi('MeasurementAnswer')
