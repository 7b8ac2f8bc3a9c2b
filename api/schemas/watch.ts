/** What people watch: incidents, alerts, the clock, counters. Sessions. */
import { z } from '@hono/zod-openapi'
import { Id, RoleName, Time, Values } from './common.ts'
import { PatientName } from './patients.ts'

export const IncidentItem = z
  .object({
    id: Id,
    run: Id,
    pathway: Id,
    element: z.string(),
    name: z.string(),
    activity: z.string().openapi({ description: 'The system activity that gave up, or `request`: nothing could ever grant it.' }),
    reason: z.string().openapi({ description: 'What went wrong; for a request, what of it is impossible.' }),
    remedy: z.string().openapi({ description: 'What to do about it.' }),
    wanted: z
      .array(z.object({ pool: Id, quantity: z.number(), filters: z.array(z.string()) }))
      .openapi({ description: 'What an impossible request asked for; filters by the attribute’s name only. Else empty.' }),
    actions: z
      .array(z.enum(['retry', 'skip', 'cancel']))
      .openapi({ description: 'What you may decide; empty when it is for others.' }),
    owner: z.string().openapi({ description: 'The role that decides.' }),
    state: z.enum(['open', 'resolved']),
    openedAt: Time,
    resolvedAt: Time.nullable(),
    resolution: z.enum(['retry', 'skip', 'cancel']).nullable(),
    resolutionReason: z.string().nullable().openapi({ description: 'Why, as whoever decided said it.' }),
    resolvedBy: z.string().nullable(),
  })
  .openapi('Incident')

export const IncidentDecision = z
  .strictObject({
    action: z.enum(['retry', 'skip', 'cancel']),
    reason: z.string().trim().min(3).max(500),
    variables: Values.optional().openapi({ description: 'With `retry`: variables of the run to correct first.' }),
  })
  .openapi('IncidentDecision')

export const AlertItem = z
  .object({
    id: Id,
    kind: z.string(),
    level: z.enum(['info', 'warning', 'critical']),
    reason: z.string().nullable().openapi({ description: 'What it says; null for roles that may not see it.' }),
    run: Id.nullable(),
    patient: Id.nullable(),
    patientName: PatientName.nullable().openapi({ description: 'Whose it is; null for roles that may not see it.' }),
    unit: Id.nullable(),
    pool: Id.nullable(),
    place: z.string(),
    owner: z.string().openapi({ description: 'The role that must answer.' }),
    state: z.enum(['open', 'closed']),
    openedAt: Time,
    due: Time.nullable().openapi({ description: 'Its clock: answer before.' }),
    overdue: z.boolean(),
    closedAt: Time.nullable(),
    closedBy: z.string().nullable(),
    closeNote: z.string().nullable().openapi({ description: 'What was done about it; null for roles that may not see it.' }),
  })
  .openapi('Alert')

export const AlertClosing = z.strictObject({ note: z.string().trim().min(3).max(500) }).openapi('AlertClosing')

export const Clock = z
  .object({
    now: Time,
    wall: z.iso.datetime().openapi({ description: 'Wall time of the reading.' }),
    rate: z.number().openapi({ description: 'Hospital seconds per second; 0 when it stands still.' }),
    timeZone: z.string(),
    epoch: z.string(),
  })
  .openapi('Clock')

export const Counters = z
  .object({
    running: z.record(z.string(), z.number()).openapi({ description: 'Runs under way by pathway.' }),
    completed: z.record(z.string(), z.number()),
    tasks: z.record(z.string(), z.number()).openapi({ description: 'Tasks to do by role.' }),
    queue: z.number().int(),
    deposits: z.number().int(),
    mails: z.number().int(),
    alerts: z.number().int(),
    incidents: z.number().int(),
  })
  .openapi('Counters')

export const SignIn = z
  .strictObject({
    role: RoleName,
    actor: z
      .string()
      .regex(/^(?!synthetic)[a-z0-9-]{1,40}$/)
      .optional()
      .openapi({ description: 'Keeps the same name over sign-ins; else one is drawn.' }),
    synthetic: z.boolean().default(false).openapi({ description: 'Synthetic staff, who say themselves when they did what.' }),
    patient: Id.optional().openapi({ description: 'For the role patient: whose eyes these are.' }),
  })
  .openapi('SignIn')

export const SessionItem = z
  .object({ role: RoleName.nullable(), actor: z.string().nullable(), demo: z.boolean(), expiresAt: z.iso.datetime().nullable() })
  .openapi('Session')
