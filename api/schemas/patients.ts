import { z } from '@hono/zod-openapi'
import { IDENTITY_STATUSES } from '../../pathways/identity/status.ts'
import { Id, Time, Values } from './common.ts'
import { RunItem } from './runs.ts'

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

export const PatientDetail = PatientItem.extend({
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
