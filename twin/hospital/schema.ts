/** The shape of a hospital as data, `hospital.yaml`: its site, its calendars and its pools. Every key is known: a misspelt one is an error. */
import { z } from 'zod'
import { isKnownZone } from '../../pathways/time/zones.ts'
import { PlacesFile } from './places-file.ts'

export const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens, as ward-bed')
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as "06:30"')
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'must be a day, as "2026-06-30"')

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

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

const openDays = { days: z.array(z.enum(weekdays)).min(1), from: clock, to: clock }

/** Opening hours: the same on some days, or several periods. */
const Calendar = z.union([
  z.strictObject({ id, ...openDays }),
  z.strictObject({ id, periods: z.array(z.strictObject(openDays)).min(1) }),
])

export const HospitalFile = z.strictObject({
  site: z.strictObject({
    id,
    name: z.string().min(1),
    /** Instant of hospital time 0. */
    epoch: z.iso.datetime({ offset: true }),
    /** IANA time zone. */
    timeZone: z.string().refine(isKnownZone, { message: 'must be a name of the IANA database, as Europe/Paris' }),
  }),
  calendars: z.array(Calendar),
  pools: z.array(PoolFile).min(1),
  /** Where all this stands; laid out by rule, without it. */
  places: PlacesFile.optional(),
})
