/** The shape of a search: what varies in a scenario, what is wanted of it, and how it is looked for. Every key is known: a misspelt one is an error. */
import { z } from 'zod'
import { Target } from '../experiment/schema.ts'

export const METHODS = ['grid', 'kn', 'ocba', 'curve', 'tornado', 'twoWay'] as const
export type Method = (typeof METHODS)[number]

/** Of one factor: as many as a search may have designs. */
const VALUES_MAX = 2_000

const Factor = z
  .strictObject({
    /** Where in the scenario: keys, and ids in lists, between dots: `hospital.pools.doctor.units`, `demand.*.factor`. */
    path: z.string().min(1).optional(),
    /** For tables; else the path. */
    name: z.string().min(1).optional(),
    values: z.array(z.json()).min(1).max(VALUES_MAX).optional(),
    /** Numbers from one to another, both included. */
    from: z.number().optional(),
    to: z.number().optional(),
    step: z.number().positive().optional(),
    /** What one of it costs: the value times this is part of `cost`. */
    costEach: z.number().optional(),
    /** Instead of a path and values, alternatives by name: what each says at which paths, and what it costs, by `cost`. */
    options: z
      .record(z.string().min(1), z.record(z.string().min(1), z.json()))
      .refine((options) => Object.keys(options).length > 0, { message: 'must have some' })
      .optional(),
  })
  .refine(
    ({ path, values, from, to, options }) =>
      (options !== undefined) !== (path !== undefined && (values ?? from ?? to) !== undefined),
    {
      message: 'must have a "path" with "values", or with "from" and "to"; or "options"',
    },
  )
  .refine(({ options, ...rest }) => options === undefined || Object.keys(rest).every((key) => key === 'name'), {
    message: 'has "options", which go with "name" alone',
  })
  .refine(({ options, name }) => options === undefined || name !== undefined, { message: 'has "options" without "name"' })
  .refine(({ values, from, to }) => values === undefined || (from ?? to) === undefined, {
    message: 'must have either "values" or "from" and "to"',
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), { message: 'must have both "from" and "to"' })
  .refine(({ from, to }) => from === undefined || to! >= from, { message: 'has a "to" that is less than its "from"' })
  .refine(({ from, to, step = 1 }) => from === undefined || (to! - from) / step < VALUES_MAX, {
    message: `has more than ${VALUES_MAX} values from "from" to "to"`,
  })
  .refine(({ values, step }) => values === undefined || step === undefined, { message: 'has "step" without "from" and "to"' })
export type Factor = z.infer<typeof Factor>

/** A measure, `cost`, or a weighted sum of several: `{ cost: 1, visit.Exam.waitMinutesMean: 20 }`. */
const Aim = z.union([z.string().min(1), z.record(z.string().min(1), z.number()).refine((sum) => Object.keys(sum).length > 0)])

const Objective = z
  .strictObject({ minimise: Aim.optional(), maximise: Aim.optional() })
  .refine(({ minimise, maximise }) => (minimise === undefined) !== (maximise === undefined), {
    message: 'must have either "minimise" or "maximise"',
  })

const Constraint = z
  .strictObject({
    ...Target.shape,
    /** Of `kn`: so near to the limit either verdict will do; of a chance constraint, so near to its probability. */
    tolerance: z.number().positive().optional(),
  })
  .refine(({ below, above }) => (below === undefined) !== (above === undefined), {
    message: 'must have either "below" or "above"; write two constraints for both',
  })
export type Constraint = z.infer<typeof Constraint>

const fields = z.strictObject({
  name: z.string().min(1).default(''),
  /** Why, for people. */
  note: z.string().optional(),
  /** A scenario's file, from this file's folder. */
  scenario: z.string().min(1),
  factors: z.array(Factor).min(1).max(20),
  method: z.enum(METHODS).default('grid'),
  /** Of `grid`, `kn` and `ocba`. */
  objective: Objective.optional(),
  constraints: z.array(Constraint).max(20).default([]),
  /** Of `curve`, `tornado` and `twoWay`: what is shown. */
  measures: z.array(z.string().min(1)).min(1).max(20).optional(),
  /** Of each design; of `kn` and `ocba`, in the first stage. */
  replications: z.int().min(2).max(10_000).default(20),
  /** Of `kn` and `ocba`: most replications of all designs together. */
  budget: z.int().min(2).max(1_000_000).optional(),
  /** Of `kn` and `ocba`: a difference of the objective that nobody minds. */
  indifference: z.number().positive().optional(),
  seed: z.int().min(0).optional(),
  /** Of all statements together. */
  confidence: z.number().min(0.5).max(0.999).default(0.95),
})

const isSearch = (method: Method): boolean => method === 'grid' || method === 'kn' || method === 'ocba'

export const SearchFile = fields
  .refine(({ method, objective }) => !isSearch(method) || objective !== undefined, {
    path: ['objective'],
    message: 'grid, kn and ocba need one, as { minimise: visit.Exam.waitMinutesMean }',
  })
  .refine(({ method, objective, constraints }) => isSearch(method) || (objective === undefined && constraints.length === 0), {
    path: ['method'],
    message: 'curve, tornado and twoWay show measures: write "measures" instead of "objective" and "constraints"',
  })
  .refine(({ method, measures }) => isSearch(method) === (measures === undefined), {
    path: ['measures'],
    message: 'curve, tornado and twoWay need some, as [visit.Exam.delayedShare], and no other method has them',
  })
  .refine(({ method, indifference }) => method !== 'kn' || indifference !== undefined, {
    path: ['indifference'],
    message: 'kn needs one: a difference of the objective that nobody minds',
  })
  .refine(({ method, constraints }) => method !== 'kn' || constraints.every(({ tolerance }) => tolerance !== undefined), {
    path: ['constraints'],
    message: 'of kn need a "tolerance" each: so near to the limit either verdict will do',
  })
  .refine(({ method, budget }) => method !== 'ocba' || budget !== undefined, {
    path: ['budget'],
    message: 'ocba needs one: most replications of all designs together',
  })
  .refine(
    ({ method, factors }) => (method !== 'curve' || factors.length === 1) && (method !== 'twoWay' || factors.length === 2),
    { path: ['factors'], message: 'curve has one of them, and twoWay two' },
  )
  .refine(({ method, factors }) => method !== 'tornado' || factors.every((factor) => valuesOf(factor).length === 2), {
    path: ['factors'],
    message: 'of tornado have two values each, the low one and the high one',
  })
export type SearchFile = z.infer<typeof SearchFile>

/** The values that a factor takes, in order; of options, their names. */
export const valuesOf = ({ values, from, to, step = 1, options }: Factor): z.infer<ReturnType<typeof z.json>>[] =>
  // A step may be 0.1, whose multiples are not sums: each value is worked out by itself, to twelve digits.
  values ??
  (options && Object.keys(options)) ??
  Array.from({ length: Math.floor((to! - from!) / step + 1e-9) + 1 }, (_, index) =>
    Number((from! + index * step).toPrecision(12)),
  )
