/** The shape of a scenario's files, `hospital.yaml`, `demand.yaml` and a language's, such as `en.json`. Every key is known: a misspelt one is an error. */
import { z } from 'zod'

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens, as ward-bed')
const share = z.number().min(0).max(1)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as "06:30"')
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'must be a day, as "2026-06-30"')

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const sharesThatSumTo1 = (values: number[]) => Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-6
const sum1 = 'must sum to 1'

const UnitGroup = z.strictObject({
  name: z.string().min(1),
  count: z.int().min(1).max(2000),
  place: z.string().min(1),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** Opening hours; without one the units are always there. */
  calendar: z.string().default(''),
  /** Puts the units in numbered rooms, so many in each. */
  rooms: z.strictObject({ first: z.int().min(0), beds: z.int().min(1) }).optional(),
})

const PoolFile = z
  .strictObject({
    id,
    name: z.string().min(1),
    /** Pathway that makes a used unit usable again. */
    turnover: z.string().default(''),
    passesMax: z.int().min(0).default(10),
    units: z.array(UnitGroup).optional(),
    stock: z.strictObject({ reorderThreshold: z.int().min(0), reorderQuantity: z.int().min(1) }).optional(),
    lots: z.array(z.strictObject({ lot: z.string().min(1), quantity: z.int().min(1), expires: day })).optional(),
  })
  .refine((pool) => (pool.units === undefined) !== (pool.stock === undefined), { message: 'must have either "units" or "stock"' })
  .refine((pool) => pool.stock !== undefined || pool.lots === undefined, { message: 'has "lots" without "stock"' })

export const HospitalFile = z.strictObject({
  site: z.strictObject({
    id,
    name: z.string().min(1),
    /** Instant of hospital time 0. */
    epoch: z.iso.datetime({ offset: true }),
    /** IANA time zone. */
    timeZone: z.string().min(1),
  }),
  calendars: z.array(z.strictObject({ id, days: z.array(z.enum(weekdays)).min(1), from: clock, to: clock })),
  pools: z.array(PoolFile).min(1),
})

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

/** From each text of the hospital to what it is called in another language. */
export const TextsFile = z.record(z.string(), z.string().min(1))
