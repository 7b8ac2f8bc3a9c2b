/** How many come in each hour of the week, whichever way a stream says it; and the simplest way to say what was drawn. */
import type { ArrivalFit } from '../../../twin/calibrate/arrivals.ts'
import type { ScenarioFile } from '../../../twin/experiment/schema.ts'

export type StreamOfScenario = ScenarioFile['demand'][number]

/** Patients an hour, by day (Monday first) and hour. */
export type Rates = number[][]

const DAYS = 7
const HOURS = 24
const EVERY_DAY = new Array<number>(DAYS).fill(1)
const EVEN = new Array<number>(HOURS).fill(1 / HOURS)

/** Null of those who do not come by rates. */
export const ratesOf = ({
  perHour,
  perDay,
  perHourOfDay,
  perHourOfWeek,
  weekdayFactors = EVERY_DAY,
  hourShares = EVEN,
}: StreamOfScenario): Rates | null => {
  if (perHourOfWeek) return weekdayFactors.map((_, day) => perHourOfWeek.slice(day * HOURS, (day + 1) * HOURS))
  if (perHourOfDay) return weekdayFactors.map((factor) => perHourOfDay.map((rate) => rate * factor))
  if (perDay !== undefined) return weekdayFactors.map((factor) => hourShares.map((each) => perDay * factor * each))
  return perHour === undefined ? null : weekdayFactors.map(() => new Array<number>(HOURS).fill(perHour))
}

export const sumOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0)

/** On a day of the week on average. */
export const perDayOf = (rates: Rates): number => sumOf(rates.map(sumOf)) / DAYS

export const scaled = (rates: Rates, factor: number): Rates => rates.map((day) => day.map((rate) => rate * factor))

/** A day with so many patients, spread as they were; evenly where there were none. */
export const withDay = (rates: Rates, day: number, patients: number): Rates =>
  rates.map((hours, other) => {
    if (other !== day) return hours
    const all = sumOf(hours)
    return all > 0 ? hours.map((rate) => (rate * patients) / all) : EVEN.map((each) => each * patients)
  })

/** One hour of a day drawn anew, or of every day in proportion; the day keeps its patients. @param day null: of every day. */
export const withHour = (rates: Rates, day: number | null, hour: number, rate: number): Rates => {
  const drawn = (hours: number[], to: number) => {
    const all = sumOf(hours)
    const changed = hours.map((each, other) => (other === hour ? to : each))
    const sum = sumOf(changed)
    return sum > 0 ? changed.map((each) => (each * all) / sum) : hours
  }
  if (day !== null) return rates.map((hours, other) => (other === day ? drawn(hours, rate) : hours))
  const mean = sumOf(meanDay(rates))
  return rates.map((hours) => drawn(hours, mean > 0 ? (rate * sumOf(hours)) / mean : 0))
}

/** Patients an hour on a mean day. */
export const meanDay = (rates: Rates): number[] => EVEN.map((_, hour) => sumOf(rates.map((day) => day[hour]!)) / DAYS)

const NOTHING = {
  ...{ perHour: null, perDay: null, perHourOfDay: null, perHourOfWeek: null, weekdayFactors: null, hourShares: null },
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Shares that sum to 1 when they are read again: what rounding leaves goes to the greatest. */
const sharesOf = (hours: number[]): number[] => {
  const all = sumOf(hours)
  const shares = hours.map((each) => rounded(all > 0 ? each / all : 1 / HOURS, 4))
  const greatest = shares.indexOf(Math.max(...shares))
  return shares.map((each, hour) => (hour === greatest ? rounded(each + 1 - sumOf(shares), 4) : each))
}

/** By the day, its factors and its shares where all days are alike in shape; by the hour of the week else. What said it otherwise is taken away. */
export const changeOf = (rates: Rates): Record<string, unknown> => {
  const perDay = perDayOf(rates)
  const mean = meanDay(rates)
  const isOneShape = rates.every((hours) => {
    const factor = sumOf(hours) / perDay
    return hours.every((rate, hour) => Math.abs(rate - mean[hour]! * factor) <= 1e-6 * (perDay + 1))
  })
  if (!isOneShape) return { ...NOTHING, perHourOfWeek: rates.flat().map((rate) => rounded(rate, 3)) }
  return {
    ...NOTHING,
    perDay: rounded(perDay, 2),
    weekdayFactors: rates.map((hours) => rounded(sumOf(hours) / perDay, 3)),
    hourShares: sharesOf(mean),
  }
}

/** What a log taught, as a stream says it. */
export const changeOfFit = ({ rates, pattern, perHourOfDay, weekdayFactors }: ArrivalFit): Record<string, unknown> => {
  const each = (values: number[]) => values.map((value) => rounded(value, 3))
  if (pattern === 'perHour') return { ...NOTHING, perHour: rounded(rates[0]!, 3) }
  if (pattern === 'perHourOfWeek') return { ...NOTHING, perHourOfWeek: each(rates) }
  const days = pattern === 'weekdays' ? { weekdayFactors: each(weekdayFactors) } : {}
  return { ...NOTHING, perHourOfDay: each(perHourOfDay), ...days }
}

/** From how many runs began in each hour of the week, over so many days: by the hour, and by the weekday once two weeks are known. */
export const changeOfStarts = (startsByHourOfWeek: number[], days: number): Record<string, unknown> => {
  const byHour = EVEN.map((_, hour) => sumOf(startsByHourOfWeek.filter((_, place) => place % HOURS === hour)))
  const byDay = EVERY_DAY.map((_, day) => sumOf(startsByHourOfWeek.slice(day * HOURS, (day + 1) * HOURS)))
  const all = sumOf(byDay)
  return {
    ...NOTHING,
    perHourOfDay: byHour.map((count) => rounded(count / days, 3)),
    ...(days >= 2 * DAYS && all > 0 && { weekdayFactors: byDay.map((count) => rounded((count * DAYS) / all, 3)) }),
  }
}
