/** The shape of Prosimos' parameter files, as far as it is carried over. */
import { z } from 'zod'
import { weekdays } from '../hospital/schema.ts'

/** Of an object its part of that name, if it has one. */
const partOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : value
const number = z.preprocess((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value), z.number())
const text = z.union([z.string(), z.number()]).transform(String)
const day = z.string().transform((name, context) => {
  const found = weekdays.find((each) => name.toLowerCase().startsWith(each))
  if (found) return found
  context.addIssue({ code: 'custom', message: 'must be a day of the week, as MONDAY' })
  return z.NEVER
})
const clock = z.string().regex(/^([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/, 'must be a time of day, as 08:00:00')
const Period = z.looseObject({ from: day, to: day, beginTime: clock, endTime: clock })
export type Period = z.infer<typeof Period>
const drawn = {
  distribution_name: z.string(),
  distribution_params: z.array(z.preprocess((value) => partOf(value, 'value'), number)).default([]),
  histogram_data: z.looseObject({ cdf: z.array(number), bin_midpoints: z.array(number) }).optional(),
}
const Drawn = z.looseObject(drawn)
export type Drawn = z.infer<typeof Drawn>
const Resource = z.looseObject({
  id: text,
  name: z.string().default(''),
  amount: z.coerce.number().int().min(0).default(1),
  calendar: text.default(''),
  cost_per_hour: z.coerce.number().default(0),
})
export const Prosimos = z.looseObject({
  resource_profiles: z.array(z.looseObject({ id: text, name: z.string().default(''), resource_list: z.array(Resource) })),
  arrival_time_distribution: Drawn,
  /** Periods, or a calendar as those of resources. */
  arrival_time_calendar: z.preprocess((value) => partOf(value, 'time_periods'), z.array(Period).default([])),
  gateway_branching_probabilities: z
    .array(
      z.looseObject({
        gateway_id: text,
        probabilities: z.array(z.looseObject({ path_id: text, value: z.coerce.number().optional() })),
      }),
    )
    .default([]),
  task_resource_distribution: z.array(
    z.looseObject({ task_id: text, resources: z.array(z.looseObject({ resource_id: text, ...drawn })) }),
  ),
  resource_calendars: z.array(z.looseObject({ id: text, time_periods: z.array(Period) })).default([]),
  // Some writers leave an empty object where there are none.
  event_distribution: z.preprocess(
    (value) => (JSON.stringify(value) === '{}' ? [] : value),
    z.array(z.looseObject({ event_id: text, ...drawn })).default([]),
  ),
  total_cases: z.coerce.number().int().positive().optional(),
  start_time: z.iso.datetime({ offset: true, local: true }).optional(),
})
export type Prosimos = z.infer<typeof Prosimos>

/** A period of Prosimos goes from one day to another, each day between these times. */
export const periodsOf = ({ from, to, beginTime, endTime }: Period) => {
  const [first, last] = [weekdays.indexOf(from), weekdays.indexOf(to)]
  const days = weekdays.filter((_, index) => (first <= last ? index >= first && index <= last : index >= first || index <= last))
  const minute = (time: string) => time.padStart(time.indexOf(':') === 1 ? time.length + 1 : time.length, '0').slice(0, 5)
  const [begin, end] = [minute(beginTime), minute(endTime)]
  // The last minute of a day stands for its end; equal times are the whole day.
  return [{ days, from: begin, to: end === '23:59' || end === '24:00' ? '00:00' : end }]
}
