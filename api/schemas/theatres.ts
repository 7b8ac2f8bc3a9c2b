import { z } from '@hono/zod-openapi'
import { Id, Time } from './common.ts'
import { UnitStateName } from './resources.ts'

const Lengths = z
  .object({
    source: z
      .enum(['seen', 'declared', 'unknown'])
      .openapi({ description: '`seen` in the last days, else `declared` by the pathway.' }),
    minutes: z.array(z.number()).openapi({ description: 'Equally likely lengths, shortest first.' }),
  })
  .openapi('Lengths')

export const PlannedDayAnswer = z
  .object({
    at: Time,
    from: Time,
    until: Time,
    pool: z.object({ id: Id, name: z.string() }),
    units: z.array(
      z.object({
        id: Id,
        name: z.string(),
        place: z.string(),
        state: UnitStateName,
        opensAt: Time.nullable().openapi({ description: 'Hours of that day: the unit’s own, else those of who works in it.' }),
        closesAt: Time.nullable(),
      }),
    ),
    stretches: z
      .array(z.object({ unit: Id, state: UnitStateName, run: Id.nullable(), from: Time, until: Time.nullable() }))
      .openapi({ description: 'What each unit really was; null until for what lasts.' }),
    cases: z.array(
      z.object({
        run: Id,
        pathway: Id,
        patient: Id.nullable(),
        person: z.object({ name: z.string(), sex: z.enum(['M', 'F', 'UN']), birthDate: z.string() }).nullable(),
        procedure: z.string(),
        urgent: z.boolean(),
        state: z.enum(['unplanned', 'planned', 'waiting', 'underWay', 'done', 'cancelled']),
        step: z.string().openapi({ description: 'Where it stands on its pathway.' }),
        unit: Id.nullable().openapi({ description: 'Planned; null for any.' }),
        start: Time.nullable(),
        sequence: z.number().int().openapi({ description: 'Goes with what you decide about it: as it was when you saw it.' }),
        mayMove: z.boolean(),
      }),
    ),
    pathways: z
      .array(z.object({ id: Id, name: z.string() }))
      .openapi({ description: 'On which a case may be put into the day.' }),
    milestones: z.array(z.object({ run: Id, name: z.string(), at: Time })),
    lengths: Lengths,
    turnovers: Lengths,
  })
  .openapi('PlannedDay')

const Moves = z.array(z.strictObject({ run: Id, unit: Id.nullable(), start: Time, sequence: z.number().int() })).max(50)
const Reason = z.string().trim().min(3).max(500)

export const PlanIn = z.strictObject({ moves: Moves.min(1), reason: Reason }).openapi('Plan')

export const InsertIn = z
  .strictObject({
    pathway: Id,
    patient: Id,
    procedure: z.string().trim().min(2).max(200),
    place: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .openapi({ description: 'Where the patient is to be fetched; where they lie, when left out.' }),
    unit: Id.nullable(),
    start: Time,
    moves: Moves.openapi({ description: 'Of the cases that make way.' }),
    reason: Reason,
  })
  .openapi('CaseInsertion')
