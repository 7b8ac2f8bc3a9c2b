/** The command centre: the hospital in one reading. */
import { z } from '@hono/zod-openapi'
import { Person } from './beds.ts'
import { Id, Time } from './common.ts'

const numbers = z.array(z.number().nullable())

export const MeasureItem = z
  .object({
    id: z.string().openapi({ description: '`emergency.present`, `beds.free`, `jobs.porter.late`, …' }),
    value: z.number(),
    since: Time.nullable().openapi({ description: 'Its clock: since when the oldest waits, or when the first was due.' }),
    first: z
      .object({ run: Id, patient: Id.nullable(), person: Person.nullable() })
      .nullable()
      .openapi({ description: 'Who waits longest, or is latest: with whom to begin. Named to roles that see identities.' }),
    target: z
      .object({ atMost: z.number().nullable(), atLeast: z.number().nullable() })
      .nullable()
      .openapi({ description: 'Until where all is well, as the hospital says; null for what is only watched.' }),
    alarm: z
      .enum(['none', 'low', 'medium', 'high'])
      .openapi({ description: 'Priority by IEC 60601-1-8: `low` is near the target, `medium` and `high` are beyond it.' }),
    owner: z.string().nullable().openapi({ description: 'The role that answers for it.' }),
    trend: numbers.openapi({ description: 'At each of `samples`; null where it was not looked at.' }),
    forecast: z
      .object({ low: z.array(z.number()), median: z.array(z.number()), high: z.array(z.number()) })
      .nullable()
      .openapi({ description: 'At each of `forecast.times`: between low and high it lies in 8 of 10 replications.' }),
  })
  .openapi('Measure')

const Waiting = z.object({ count: z.number().int(), since: Time.nullable() })

export const CommandCentre = z
  .object({
    at: Time,
    described: z.boolean().openapi({ description: 'Whether the hospital has said what is to be watched; else all is empty.' }),
    measures: z.array(MeasureItem),
    samples: z.array(Time),
    forecast: z.object({ id: Id, at: Time, times: z.array(Time) }).nullable(),
    forecastSeries: z
      .array(z.string())
      .openapi({ description: 'What to ask a forecast for, so that each measure has its band if the twin can give one.' }),
    pools: z
      .object({ emergency: Id, beds: Id, theatres: Id })
      .nullable()
      .openapi({ description: 'Where the lists behind the measures are.' }),
    waiting: z.array(Waiting.extend({ level: z.string().openapi({ description: 'Of triage, as the hospital calls it.' }) })),
    wards: z.array(
      z.object({
        ward: z.string(),
        free: z.number().int(),
        expectedIn: z.number().int().openapi({ description: 'Kept for somebody who is on the way.' }),
        occupied: z.number().int(),
        dirty: z.number().int(),
        blocked: z.number().int(),
        dueOut: z.number().int().openapi({ description: 'Of the occupied ones: who is about to go.' }),
      }),
    ),
    theatres: z.array(
      z.object({
        id: Id,
        name: z.string(),
        place: z.string(),
        state: z.enum(['free', 'reserved', 'occupied', 'dirty', 'closed']),
        since: Time,
        run: Id.nullable(),
        nextAt: Time.nullable().openapi({ description: 'When its next planned case is to begin.' }),
        late: z.number().int().openapi({ description: 'Planned cases that wait for it though their time has come.' }),
      }),
    ),
    jobs: z.array(z.object({ role: z.string(), open: z.number().int(), late: z.number().int(), dueAt: Time.nullable() })),
    alerts: z.array(
      z.object({
        level: z.enum(['info', 'warning', 'critical']),
        count: z.number().int(),
        overdue: z.number().int(),
        dueAt: Time.nullable(),
      }),
    ),
    incidents: z.array(Waiting.extend({ activity: z.string() })),
  })
  .openapi('CommandCentre')
