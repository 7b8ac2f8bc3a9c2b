/** Follow-up at home: who is how, who must act, and what was done. */
import { z } from '@hono/zod-openapi'
import { pageOf } from '../pages.ts'
import { Id, Time } from './common.ts'
import { CONTACT_KINDS, MeasurementItem, PatientName, Thresholds } from './patients.ts'

export const Colour = z.enum(['red', 'orange', 'green'])

export const Limits = Thresholds.extend({
  kind: z.string(),
  unit: z.string(),
  compare: z
    .enum(['value', 'change'])
    .openapi({ description: '`change`: the limits are for the change over the last readings.' }),
  reference: z
    .number()
    .nullable()
    .openapi({ description: 'What a change is counted from; null for limits of the value itself.' }),
  isOwn: z.boolean().openapi({ description: 'Set by the team for this patient.' }),
}).openapi('Limits')

export const FollowUpItem = z
  .object({
    run: Id,
    patient: Id,
    name: PatientName.nullable(),
    colour: Colour,
    alert: z
      .object({
        id: Id,
        reason: z.string().nullable(),
        owner: z.string(),
        openedAt: Time,
        due: Time.nullable(),
        overdue: z.boolean(),
      })
      .nullable()
      .openapi({ description: 'The most serious open one.' }),
    task: z
      .object({
        id: Id,
        name: z.string(),
        role: z.string(),
        assignee: z.string().nullable(),
        due: Time.nullable(),
        overdue: z.boolean(),
      })
      .nullable()
      .openapi({ description: 'What somebody is to do next.' }),
    condition: z.string(),
    step: z.array(z.string()).openapi({ description: 'Where the protocol stands: names of its elements.' }),
    since: Time,
    adherence: z.object({ returned: z.number(), expected: z.number() }).nullable().openapi({ description: 'Of this period.' }),
    contact: z.object({ what: z.string(), by: z.string(), at: Time }).nullable(),
    limits: Limits.nullable(),
    measurements: z.array(MeasurementItem).openapi({ description: 'Of the last 30 days, oldest first.' }),
  })
  .openapi('FollowUp')

export const FollowUpPage = pageOf(FollowUpItem)
  .extend({ byColour: z.object({ red: z.number().int(), orange: z.number().int(), green: z.number().int() }) })
  .openapi('FollowUpPage')

export const ContactIn = z
  .strictObject({
    kind: z.enum(CONTACT_KINDS),
    note: z
      .string()
      .trim()
      .min(3)
      .max(2000)
      .openapi({ description: 'What was said or done; for a message, what the patient reads.' }),
    run: Id.optional(),
    alert: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional()
      .openapi({ description: 'The alert it answers.' }),
    closes: z.boolean().default(false).openapi({ description: 'The alert is seen to: it is closed.' }),
    thresholds: Thresholds.optional().openapi({ description: 'With `threshold`: what counts for this patient from now on.' }),
  })
  .refine(({ kind, closes, alert }) => alert !== undefined || !(closes || kind === 'close'), { path: ['alert'] })
  .refine(({ kind, thresholds, run }) => (kind === 'threshold') === (thresholds !== undefined && run !== undefined), {
    path: ['thresholds'],
  })
  .openapi('ContactIn')
