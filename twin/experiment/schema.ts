/** The shape of a scenario: what is asked of the twin. Every key is known: a misspelt one is an error. Times are ISO 8601. */
import { z } from 'zod'
import { HospitalFile, id } from '../hospital/schema.ts'

export const duration = z
  .string()
  .regex(
    /^P(?!$)(\d+W)?(\d+(\.\d+)?D)?(T(?!$)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?$/,
    'must be a duration, as PT15M, P2D, PT1H30M or PT1.5H; a year is P365D, since months and years differ in length',
  )
/** One that may take away: `-PT5M`. */
const signed = z
  .string()
  .regex(
    /^-?P(?!$)(\d+W)?(\d+(\.\d+)?D)?(T(?!$)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?$/,
    'must be a duration, as PT15M or -PT5M',
  )
const share = z.number().min(0).max(1)

/** What any distribution may be told besides: what is added to each value, and between what values are drawn again. */
const limits = { shift: signed.optional(), atLeast: duration.optional(), atMost: duration.optional() }

/** As `<hospital:duration>` in a drawing. */
export const Distribution = z.union([
  duration,
  z.strictObject({ distribution: z.literal('fixed'), ...limits, value: duration }),
  z.strictObject({ distribution: z.literal('exponential'), ...limits, mean: duration }),
  z.strictObject({ distribution: z.literal('uniform'), ...limits, min: duration, max: duration }),
  z.strictObject({ distribution: z.enum(['triangular', 'pert']), ...limits, min: duration, mode: duration, max: duration }),
  z.strictObject({ distribution: z.enum(['normal', 'lognormal']), ...limits, mean: duration, sd: duration }),
  z.strictObject({ distribution: z.literal('exgaussian'), ...limits, mean: duration, sd: duration, tail: duration }),
  z.strictObject({
    distribution: z.literal('empirical'),
    ...limits,
    /** Their shares need not be 1 together. */
    values: z.array(z.strictObject({ value: duration, share: z.number().min(0) })).min(1),
  }),
  z.strictObject({ distribution: z.enum(['gamma', 'weibull']), ...limits, shape: z.number().positive(), scale: duration }),
])
export type Distribution = z.infer<typeof Distribution>

/** A value is a constant, FEEL after "=", or shares of several values. FEEL sees `luck`, uniform in [0, 1), `index`, from 0, and the variables before it. */
const Variable = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  /** A time, as an ISO 8601 text: patience, say, that a timer waits for by `=patience`. */
  Distribution,
  z.strictObject({ shares: z.record(z.string(), share).refine((shares) => sumsTo1(Object.values(shares)), 'must sum to 1') }),
])
export type Variable = z.infer<typeof Variable>

const sumsTo1 = (values: number[]) => Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-6

/** How patients of a stream may come: one of these. */
const WAYS = ['perHour', 'perDay', 'perHourOfDay', 'perHourOfWeek', 'interarrival', 'times'] as const

export const Stream = z
  .strictObject({
    id,
    /** What people call them. */
    name: z.string().min(1).optional(),
    /** Process id of the pathway that each patient begins. */
    pathway: z.string().min(1).optional(),
    /** Instead, each sends a message with its variables as payload: a measurement from home. `key`, FEEL after "=", correlates it. */
    message: z.strictObject({ name: z.string().min(1), key: z.union([z.string(), z.number()]).optional() }).optional(),
    /** Patients an hour, the same at all times. */
    perHour: z.number().positive().optional(),
    /** Patients on a day, times each weekday's factor (Monday first), spread over its hours by their shares. */
    perDay: z.number().positive().optional(),
    weekdayFactors: z.array(z.number().min(0)).length(7).optional(),
    hourShares: z.array(share).length(24).refine(sumsTo1, 'must sum to 1').optional(),
    /** Patients in each hour of the day, times each weekday's factor; or in each hour of the week, from Monday 0 h. */
    perHourOfDay: z.array(z.number().min(0)).length(24).optional(),
    perHourOfWeek: z.array(z.number().min(0)).length(168).optional(),
    /** The time from one patient to the next; by opening hours, only while they are open does it pass. */
    interarrival: Distribution.optional(),
    /** A calendar's id. */
    calendar: z.string().min(1).optional(),
    /** What the distances between patients do while the calendar is closed: they stand still, or pass, and who would come then comes when it opens. */
    whenClosed: z.enum(['stops', 'postpones']).optional(),
    /** A list of appointments, since the beginning; each may say more of its patient. */
    times: z
      .array(z.union([duration, z.strictObject({ at: duration, variables: z.record(z.string(), Variable).default({}) })]))
      .min(1)
      .optional(),
    /** The list comes again and again. */
    every: duration.optional(),
    noShow: share.optional(),
    /** No more patients than these; those who come together are one. */
    limit: z.int().positive().optional(),
    /** So many times as many may come in a scenario that this one is compared with: its patients, and more. */
    factorMax: z.number().min(1).max(100).optional(),
    /** How many come at once: always so many, or by chance, `{ shares: { "1": 0.9, "2": 0.1 } }`. */
    together: z
      .union([
        z.int().positive().max(1_000),
        z.strictObject({
          shares: z
            .record(z.string().regex(/^[1-9]\d{0,2}$/, 'must be a number of patients'), share)
            .refine((shares) => sumsTo1(Object.values(shares)), 'must sum to 1'),
        }),
      ])
      .optional(),
    variables: z.record(z.string(), Variable).default({}),
  })
  .refine(({ pathway, message }) => (pathway === undefined) !== (message === undefined), {
    message: 'must have one of pathway, message',
  })
  .refine((stream) => WAYS.filter((way) => stream[way] !== undefined).length === 1, {
    message: `must have one of ${WAYS.join(', ')}`,
  })
  .refine(({ perDay, hourShares }) => perDay !== undefined || !hourShares, { message: 'has "hourShares" without "perDay"' })
  .refine(({ perDay, perHourOfDay, weekdayFactors }) => (perDay ?? perHourOfDay) !== undefined || !weekdayFactors, {
    message: 'has "weekdayFactors" without "perDay" or "perHourOfDay"',
  })
  .refine(({ interarrival, calendar }) => interarrival !== undefined || calendar === undefined, {
    message: 'has "calendar" without "interarrival"',
  })
  .refine(({ calendar, whenClosed }) => calendar !== undefined || whenClosed === undefined, {
    message: 'has "whenClosed" without "calendar"',
  })
  .refine(({ interarrival, times, factorMax }) => (interarrival ?? times) === undefined || factorMax === undefined, {
    message: 'has "factorMax" without rates',
  })
  .refine(({ times, every }) => times !== undefined || every === undefined, { message: 'has "every" without "times"' })
  .refine(({ times, interarrival, noShow }) => (times ?? interarrival) !== undefined || noShow === undefined, {
    message: 'has "noShow" without "times" or "interarrival"',
  })
export type StreamFile = z.infer<typeof Stream>

/** Who comes to a hospital that is no scenario: one that lives. */
export const StreamsFile = z.strictObject({ streams: z.array(Stream).min(1) })

const Need = z.strictObject({
  pool: id,
  quantity: z.int().positive().default(1),
  /** Only units whose attribute is one of these. */
  where: z
    .strictObject({ attribute: z.string().min(1), in: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) })
    .optional(),
})

/** What becomes of work that is interrupted, once it has its units again: the rest is done, or all of it anew. */
const interrupted = z.enum(['resume', 'restart'])

/** What a scenario says of an element instead of its drawing. */
const Element = z.strictObject({
  duration: z
    .union([
      Distribution,
      /** By the value of a variable: `{ by: acuity, values: { high: PT40M, low: PT20M }, otherwise: PT25M }`. */
      z.strictObject({ by: z.string().min(1), values: z.record(z.string(), Distribution), otherwise: Distribution.optional() }),
    ])
    .optional(),
  needs: z.array(Need).optional(),
  /** Holds that it takes, kept until an element gives them back or the run ends: it waits for them as for its needs. */
  takes: z.array(id).optional(),
  /** Given back when it begins, once it has what it asks for: its own work is done without them. */
  gives: z.array(id).optional(),
  /** Given back when it is done. */
  givesAfter: z.array(id).optional(),
  /** FEEL after "=", or a number: who is served first, the highest. */
  priority: z.union([z.number(), z.string().startsWith('=')]).optional(),
  /** What it writes when it is done, by variable: FEEL after "=" that may use `luck`, or a value. Others stay as drawn. */
  outcomes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  /** It gives its units up to whoever has a higher priority, and waits for them again. */
  interruptible: interrupted.optional(),
  /** While it waits, its priority grows: so long after it asked, by so much. */
  rises: z
    .array(z.strictObject({ after: duration, by: z.number().positive() }))
    .min(1)
    .optional(),
  /** Runs are served together: when so many are there, or the first has waited so long. What it needs is for all of them. */
  batch: z.strictObject({ size: z.int().min(1).max(10_000), wait: duration.optional() }).optional(),
  /** By variable: the pool of which it is told, when the element is done, how much is `free`, how many are `waiting`, `inUse`, and all its `units`. */
  reads: z.record(z.string(), id).optional(),
})

export const PathwayFile = z.union([
  z.string().min(1),
  z.strictObject({
    /** A BPMN file, from the scenario's folder; the decisions and forms beside it are read too. */
    file: z.string().min(1),
    /** Another name for its process: two versions of one pathway may be simulated side by side. */
    as: z
      .string()
      .regex(/^[A-Za-z_][\w-]*$/, 'must be a name, as visit-2')
      .optional(),
    /** By name: what runs keep from one element to another, a bed or a cubicle. */
    holds: z.record(id, Need).default({}),
    /** By element id. */
    elements: z.record(z.string(), Element).default({}),
    /** By id of a sequence flow out of a gateway: chance decides there, whatever its conditions say. */
    probabilities: z.record(z.string(), share).default({}),
  }),
])

const Pool = HospitalFile.shape.pools.element
/** A pool as in `hospital.yaml`, or one of so many units and little more to say. */
const ScenarioPool = z.union([
  z.strictObject({
    id,
    units: z.int().min(0).max(100_000),
    /** How long a unit that was used cannot be used again, or the pathway that makes it usable: cleaning, a way back. */
    turnover: z.union([Distribution, z.string().min(1)]).optional(),
  }),
  Pool,
])

const Hospital = z.strictObject({
  /** A `hospital.yaml`, from the scenario's folder: what else is said here changes it. Read before anything is checked. */
  file: z.string().optional(),
  site: HospitalFile.shape.site.partial().default({}),
  calendars: HospitalFile.shape.calendars.default([]),
  pools: z.array(ScenarioPool).min(1),
  places: HospitalFile.shape.places,
})

const when = { at: duration, until: duration.optional() }
const count = z.int().min(1).max(100_000)

/** Only units of these attributes. */
export const where = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional()

/** What changes at a time, for good or until another. */
const Intervention = z.union([
  /** What closed units are doing is done first, or stops. */
  z.strictObject({ ...when, pool: id, close: count, where, work: interrupted.optional() }),
  z.strictObject({ ...when, pool: id, open: count, where }),
  z.strictObject({ ...when, stream: id, factor: z.number().min(0).max(100) }),
  /** Those who come meanwhile begin another pathway. */
  z.strictObject({ ...when, stream: id, pathway: z.string().min(1) }),
  /** Work of an element that begins meanwhile lasts so many times as long: stays that are shortened, say. */
  z.strictObject({ ...when, pathway: z.string().min(1), element: z.string().min(1), lasts: z.number().min(0.01).max(100) }),
])
export type Intervention = z.infer<typeof Intervention>

const Breakdowns = z
  .strictObject({
    /** From when a unit begins, or is repaired, to its next breakdown. */
    every: Distribution,
    lasts: Distribution.optional(),
    /** Instead, the pathway that repairs it: it begins with `unit`, `unitName`, `place` and `pool`, and asks for whom it needs. */
    pathway: z.string().min(1).optional(),
    /** What becomes of what it was doing. */
    work: interrupted.default('resume'),
  })
  .refine(({ lasts, pathway }) => (lasts === undefined) !== (pathway === undefined), {
    message: 'must have one of lasts, pathway',
  })

const amount = z.number().min(0)
const Cost = z.union([
  /** Of a pathway: each run of it. */
  z.strictObject({ perRun: amount }),
  /** Of a pool: each hour of each unit that is in use, each hour of each unit that is there and open, each time that one is taken. */
  z
    .strictObject({ perHourUsed: amount.optional(), perHourOpen: amount.optional(), perUse: amount.optional() })
    .refine((cost) => Object.keys(cost).length > 0, { message: 'must say perHourUsed, perHourOpen or perUse' }),
])

/** What is measured of a pathway's runs by the value that a variable of theirs has. */
const Classes = z.strictObject({
  pathway: z.string().min(1),
  variable: z.string().min(1),
  /** What people call the variable, and its values. */
  name: z.string().min(1).optional(),
  labels: z.record(z.string(), z.string().min(1)).optional(),
  values: z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .min(1)
    .max(100),
})

export const Target = z.strictObject({
  /** A measure by its name, as `visit.Exam.waitMinutesMean`. */
  measure: z.string().min(1),
  below: z.number().optional(),
  above: z.number().optional(),
  /** A chance constraint: it is so in at least this share of replications. Without it, it is so on average. */
  withProbability: z.number().gt(0).lt(1).optional(),
})
export type Target = z.infer<typeof Target>

const fields = z.strictObject({
  name: z.string().min(1).default(''),
  /** Why, for people. */
  note: z.string().optional(),
  /** Where its numbers come from and how they were prepared, and what was assumed: for people, and for the STRESS-DES sheet. */
  sources: z.array(z.string().min(1)).default([]),
  assumptions: z.array(z.string().min(1)).default([]),
  /** Its data, or the name of a `hospital.yaml`. */
  hospital: Hospital,
  pathways: z.array(PathwayFile).min(1),
  demand: z.array(Stream).min(1),
  interventions: z.array(Intervention).default([]),
  /** What happens when a stock runs low: a pathway begins, with `pool` and `quantity`; or what was ordered comes after a time. */
  reorder: z
    .union([
      z.strictObject({ pathway: z.string().min(1) }),
      z.strictObject({ lead: duration, shelfLife: duration.default('P365D') }),
    ])
    .optional(),
  /** By pool: how its units break down. */
  breakdowns: z.record(id, Breakdowns).default({}),
  /** By pool: what becomes of work under way when its unit's opening hours end. Without it, it is done first. */
  shiftEnds: z.record(id, interrupted).default({}),
  /** By pool, or by pathway. */
  costs: z.record(z.string(), Cost).default({}),
  classes: z.array(Classes).default([]),
  /** Pools whose occupancy and queue are measured by hour of the week too. */
  byHourOfWeek: z.array(id).default([]),
  /** Pools of which is measured for what share of the time so many units are in use. */
  byUnitsInUse: z.array(id).default([]),
  /** How long is simulated, warm-up included. */
  horizon: duration,
  /** `terminating`: measured from its empty beginning to its end, a day at a clinic, say; `steadyState`: as it always is, after a warm-up. */
  study: z.enum(['terminating', 'steadyState']).optional(),
  /** What is not measured at the beginning; `auto`: as long as it takes until the hospital is as it always is, in days. */
  warmUp: z.union([z.literal('auto'), duration]).default('PT0S'),
  /** So many, or as many as a measure needs to be known within a share of its mean. */
  replications: z
    .union([
      z.int().min(1).max(100_000),
      z.strictObject({
        measure: z.string().min(1),
        precision: z.number().gt(0).lt(1),
        from: z.int().min(2).max(1_000).default(5),
        most: z.int().min(2).max(100_000).default(500),
      }),
    ])
    .default(20),
  seed: z.int().min(0).default(1),
  /** Of the intervals. */
  confidence: z.number().min(0.5).max(0.999).default(0.95),
  targets: z
    .array(
      Target.refine(({ below, above }) => (below ?? above) !== undefined, {
        message: 'must have one of below, above, or both',
      }),
    )
    .default([]),
  /** Measures that are taken only when they are asked for, by name: `visit.Exam.waitOver240MinutesShare`. */
  measures: z.array(z.string().min(1)).max(2_000).default([]),
})

const NO_WARM_UP = fields.shape.warmUp.parse(undefined)

export const ScenarioFile = fields
  .refine(({ study, warmUp }) => study !== 'terminating' || warmUp === NO_WARM_UP, {
    path: ['warmUp'],
    message: 'a terminating study has none: it is measured from its beginning',
  })
  .refine(({ study, warmUp }) => study !== 'steadyState' || warmUp !== NO_WARM_UP, {
    path: ['warmUp'],
    message: 'a steadyState study needs one, as P7D or auto',
  })
export type ScenarioFile = z.infer<typeof ScenarioFile>
