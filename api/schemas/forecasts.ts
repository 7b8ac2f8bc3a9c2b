/** Forecasts of the hospital as it is, and who comes to it. */
import { z } from '@hono/zod-openapi'
import { AnyJson, Id, Time } from './common.ts'

export const DemandInput = z
  .strictObject({
    streams: z
      .array(AnyJson)
      .min(1)
      .max(200)
      .openapi({ description: 'As `demand` of a scenario (docs/scenarios.md): who comes, when, with what variables.' }),
  })
  .openapi('DemandInput')
export const DemandItem = z.object({ streams: z.array(AnyJson), saidBy: z.string(), saidAt: Time }).openapi('Demand')

export const ForecastInput = z
  .strictObject({
    hours: z.int().min(1).max(168).default(48),
    replications: z.int().min(10).max(500).default(200),
    seed: z.int().min(0).default(1),
    series: z.array(z.string().min(1).max(500)).max(300).default([]).openapi({
      description:
        'Names, beginnings (`pool.ward-bed.*`) or sums (`beds=pool.a.occupied+pool.b.occupied`); none for the usual ones.',
    }),
    whatIf: AnyJson.optional().openapi({ description: '`{ name, interventions }`, as docs/forecast.md says.' }),
  })
  .openapi('ForecastInput')

export const ForecastAction = z
  .strictObject({
    number: z.int().min(0).max(100).openapi({ description: 'Of the intervention, from 0, in the forecast’s what-if.' }),
    action: z.string().trim().min(3).max(300).openapi({ description: 'What is to be done, in words.' }),
    owner: z.enum(['bed-manager', 'theatre-manager', 'nurse', 'physician']).openapi({ description: 'The role that must do it.' }),
    dueMinutes: z.int().min(1).max(10_080).openapi({ description: 'Its clock, in hospital minutes from now.' }),
  })
  .openapi('ForecastAction')

export const HandedAction = z
  .object({
    number: z.int(),
    action: z.string().openapi({ description: 'What is to be done, and who handed it on.' }),
    owner: z.string(),
    state: z.enum(['open', 'closed']),
    openedAt: Time,
    due: Time.nullable(),
    overdue: z.boolean(),
    closedAt: Time.nullable(),
  })
  .openapi('HandedAction')

export const ForecastItem = z
  .object({
    id: Id,
    at: Time.openapi({ description: 'When the hospital was forked.' }),
    hours: z.number().int(),
    replications: z.number().int(),
    seed: z.number().int(),
    askedBy: z.string(),
    whatIf: AnyJson.openapi({ description: 'What was asked, or null.' }),
  })
  .openapi('Forecast')

const numbers = z.array(z.number())
const Band = z
  .object({
    name: z.string(),
    kind: z.enum(['level', 'flow']),
    now: z.number().nullable(),
    mean: numbers.openapi({ description: 'By hour, the first an hour after `at`.' }),
    quantiles: z.array(numbers).openapi({ description: 'By `quantiles`, then by hour.' }),
    total: z.object({ mean: z.number(), quantiles: numbers }).nullable().openapi({ description: 'Of a flow, over all hours.' }),
    driven: z
      .object({
        hour: z.number().int().openapi({ description: 'Whose band is the widest, from 1.' }),
        drivers: z.array(z.object({ name: z.string(), correlation: z.number() })),
      })
      .nullish()
      .openapi({
        description: 'Of a level: the flows that go with it over replications, by rank correlation, the strongest first.',
      }),
  })
  .openapi('ForecastBand')
const Difference = z
  .object({
    name: z.string(),
    kind: z.enum(['level', 'flow']),
    base: z.number(),
    difference: z.object({
      mean: z.number(),
      low: z.number(),
      high: z.number(),
      deviation: z.number(),
      replications: z.number().int(),
      isDetectable: z.boolean(),
    }),
    byHour: z.object({ mean: numbers, low: numbers, high: numbers }),
  })
  .openapi('ForecastDifference')
const SeriesScores = z
  .object({
    name: z.string(),
    summary: z.object({
      count: z.number().int().openapi({ description: 'Hours of which it is known what happened.' }),
      coverage50: z.number(),
      coverage80: z.number(),
      pit50: z.number(),
      pit80: z.number(),
      crpsMean: z.number(),
      pitHistogram: numbers,
    }),
    hours: z.array(
      z
        .object({ happened: z.number(), within50: z.boolean(), within80: z.boolean(), crps: z.number(), pit: z.number() })
        .nullable(),
    ),
  })
  .openapi('ForecastScores')

export const ForecastDetail = ForecastItem.extend({
  quantiles: numbers,
  bands: z.array(Band),
  changes: z
    .object({ name: z.string(), confidence: z.number(), differences: z.array(Difference) })
    .nullable()
    .openapi({ description: 'What the what-if changes, by pairs of replications with the same luck.' }),
  learnt: z
    .array(
      z.object({
        pathway: z.string(),
        element: z.string(),
        completed: z.number().int().openapi({ description: 'How often the log has it, in the last 28 days.' }),
        distribution: z.string(),
        meanMinutes: z.number(),
        drawnMeanMinutes: z.number().nullable().openapi({ description: 'What the drawing says; null where it says nothing.' }),
      }),
    )
    .openapi({
      description: 'Work whose durations were learnt from the hospital’s own log; of all else, the drawing’s were used.',
    }),
  scores: z.array(SeriesScores).openapi({ description: 'As far as the hours are over. docs/forecast.md says what they mean.' }),
}).openapi('ForecastDetail')
