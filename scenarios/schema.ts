/** The shape of a demonstration hospital's other files, `demand.yaml`, `command-centre.yaml` and a language's, such as `en.json`. Every key is known: a misspelt one is an error. */
import { z } from 'zod'
import { id } from '../twin/hospital/schema.ts'

const share = z.number().min(0).max(1)

const sharesThatSumTo1 = (values: number[]) => Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-6
const sum1 = 'must sum to 1'

export const Arrivals = z.strictObject({
  id,
  /** Process id of the pathway that each arrival starts. */
  pathway: id,
  mix: z.string(),
  /** Arrivals on a day whose factor is 1. */
  perDay: z.number().min(0).max(100_000),
  /** Monday first. */
  weekdayFactors: z.array(z.number().min(0)).length(7),
  /** From 0 h to 23 h by the wall clock. */
  hourShares: z.array(share).length(24).refine(sharesThatSumTo1, sum1),
})
export type Arrivals = z.infer<typeof Arrivals>

export const conditions = ['HF', 'diabetes', 'COPD', 'implant'] as const
export const complaints = [
  'chestPain',
  'dyspnoea',
  'stroke',
  'abdominalPain',
  'limbTrauma',
  'headTrauma',
  'fever',
  'malaise',
  'wound',
  'hyperglycaemia',
  'deviceAlert',
  'other',
] as const

export const PatientMix = z.strictObject({
  mode: z.enum(['emergency', 'planned']),
  /** Years, from inclusive, to exclusive. */
  ages: z
    .array(
      z
        .strictObject({ from: z.int().min(0), to: z.int().max(120), share })
        .refine((band) => band.from < band.to, { message: 'must have from < to' }),
    )
    .min(1)
    .refine((bands) => sharesThatSumTo1(bands.map((band) => band.share)), sum1),
  /** From 1, light, to 5, vital: the French CCMU classes. */
  severities: z.array(share).length(5).refine(sharesThatSumTo1, sum1),
  complaints: z.partialRecord(z.enum(complaints), share).refine((shares) => sharesThatSumTo1(Object.values(shares)), sum1),
  surgeryShare: share,
  isolationShare: share,
  /** Shares of chronic conditions; without them the age decides. */
  conditions: z
    .partialRecord(z.enum(conditions), share)
    .refine((shares) => sharesThatSumTo1(Object.values(shares)), sum1)
    .optional(),
})
export type PatientMix = z.infer<typeof PatientMix>

export const DemandFile = z.strictObject({
  arrivals: z.array(Arrivals),
  home: z.strictObject({
    pathway: id,
    mix: z.string(),
    patients: z.int().min(0),
    /** Share of days on which a measurement comes. */
    dailyReturn: share,
    /** Shares of measurements that are orange and red. */
    orangeShare: share,
    redShare: share,
    /** Hours of the day between which patients measure. */
    hours: z
      .strictObject({ from: z.int().min(0).max(23), to: z.int().min(1).max(24) })
      .refine((hours) => hours.from < hours.to, { message: 'must have from < to' }),
  }),
  mixes: z.record(id, PatientMix),
})

const role = z.string().regex(/^[a-z-]+$/)

/** `command-centre.yaml`: what the command centre watches, and against what. */
export const CommandCentreFile = z.strictObject({
  emergency: z.strictObject({
    pathway: id,
    elements: z.array(z.string().min(1)).min(1),
    pool: id,
    levels: z.array(z.strictObject({ priority: z.number(), name: z.string().min(1) })),
  }),
  beds: z.strictObject({ pool: id, leaving: z.array(id) }),
  theatres: z.strictObject({ pool: id }),
  jobs: z.array(role),
  measures: z.record(
    z.string(),
    z
      .strictObject({
        owner: role,
        atMost: z.number().optional(),
        atLeast: z.number().optional(),
        near: z.number().optional(),
        alarm: z.enum(['high', 'medium']),
      })
      .refine(({ atMost, atLeast }) => (atMost === undefined) !== (atLeast === undefined), {
        message: 'must have one of atMost and atLeast',
      }),
  ),
})

/** From each text of the hospital to what it is called in another language. */
export const TextsFile = z.record(z.string(), z.string().min(1))
