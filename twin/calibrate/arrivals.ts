/** How often cases come, by hour and weekday: as simply as the log allows, with little evidence drawn towards what is known of more. */
import { localTime, type SiteTime } from '../../pathways/time/site.ts'
import { exp, log } from '../simulate/arithmetic.ts'
import { logGamma } from '../simulate/distributions.ts'
import { chiSquareTail } from './special.ts'

/** How rates are written in a scenario. */
export type Pattern = 'perHour' | 'perHourOfDay' | 'weekdays' | 'perHourOfWeek'

export interface ArrivalFit {
  pattern: Pattern
  /** 168 rates per hour, Monday 0 h first. */
  rates: number[]
  /** Of the pattern, where it has them: 24 rates an hour, 7 factors. */
  perHourOfDay: number[]
  weekdayFactors: number[]
  count: number
  /** Weeks of the log that count. */
  weeks: number
  /** Akaike's criterion of each pattern. */
  aics: { pattern: Pattern; aic: number }[]
  /** Of the days' numbers: how often they vary as a Poisson stream's do (1 is as much), and how likely so by chance. */
  dispersion: number
  dispersionProbability: number
  /** Days that were left out: without anything, where there should have been. */
  gaps: string[]
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Times in logs are milliseconds since 1970: hospital time of a site whose time begins then. */
export const siteIn = (timeZone: string): SiteTime => ({ epoch: '1970-01-01T00:00:00Z', timeZone })

/** A day without any is a gap when so many were to be expected; an hour of the week never has any when so many were. */
const EXPECTED_GAP = 5
const EXPECTED_CLOSED = 3

/** @param times ascending, at least one. @param until the end of what the log covers. */
export const fitArrivals = (times: number[], site: SiteTime): ArrivalFit => {
  const days = daysOf(times, site)
  const gaps = gapsOf(days)
  const counted = days.filter((day) => !gaps.includes(day))
  const [counts, exposures] = [new Array<number>(168).fill(0), new Array<number>(168).fill(0)]
  for (const { weekday, hours, open } of counted)
    for (let hour = 0; hour < 24; hour++) {
      counts[weekday * 24 + hour]! += hours[hour]!
      exposures[weekday * 24 + hour]! += open[hour]!
    }
  const all = (hours: number[], of: number[]) => hours.reduce((sum, hour) => sum + of[hour]!, 0)
  const every = Array.from({ length: 168 }, (_, hour) => hour)
  const mean = all(every, counts) / all(every, exposures)
  const atHour = (hour: number) => every.filter((each) => each % 24 === hour)
  const hourCounts = Array.from({ length: 24 }, (_, hour) => all(atHour(hour), counts))
  const hourExposures = Array.from({ length: 24 }, (_, hour) => all(atHour(hour), exposures))
  const perHourOfDay = shrunk(hourCounts, hourExposures, new Array<number>(24).fill(mean))
  const { factors, hourly } = weekdaysOf(counts, exposures)
  const byWeekday = shrunk(
    hourCounts,
    hourExposures.map((_, hour) =>
      atHour(hour).reduce((sum, each) => sum + exposures[each]! * factors[Math.floor(each / 24)]!, 0),
    ),
    new Array<number>(24).fill(mean),
  )
  const product = every.map((each) => factors[Math.floor(each / 24)]! * hourly[each % 24]!)
  const likelihood = (rates: number[]) =>
    every.reduce((sum, each) => sum + logPoisson(counts[each]!, rates[each]! * exposures[each]!), 0)
  const used = (of: number[]) => of.filter((each) => each > 0).length
  const aics: ArrivalFit['aics'] = [
    { pattern: 'perHour' as const, parameters: 1, rates: every.map(() => mean) },
    {
      pattern: 'perHourOfDay' as const,
      parameters: 24,
      rates: every.map((each) => hourCounts[each % 24]! / (hourExposures[each % 24]! || 1)),
    },
    { pattern: 'weekdays' as const, parameters: 23 + used(factors), rates: product },
    {
      pattern: 'perHourOfWeek' as const,
      parameters: used(exposures),
      rates: every.map((each) => counts[each]! / (exposures[each]! || 1)),
    },
  ].map(({ pattern, parameters, rates }) => ({ pattern, aic: 2 * (parameters - likelihood(rates)) }))
  // Weekdays that the log does not have say nothing of themselves.
  const isWholeWeek = exposures.every((each) => each > 0)
  const { pattern } = aics
    .filter((each) => isWholeWeek || each.pattern === 'perHour' || each.pattern === 'perHourOfDay')
    .reduce((best, each) => (each.aic < best.aic ? each : best))
  const rates = {
    perHour: () => every.map(() => mean),
    perHourOfDay: () => every.map((each) => perHourOfDay[each % 24]!),
    weekdays: () => every.map((each) => factors[Math.floor(each / 24)]! * byWeekday[each % 24]!),
    perHourOfWeek: () => shrunk(counts, exposures, product),
  }[pattern]()
  const dispersion = dispersionOf(counted, rates)
  return {
    pattern,
    rates,
    perHourOfDay: pattern === 'weekdays' ? byWeekday : perHourOfDay,
    weekdayFactors: factors,
    count: times.length,
    weeks: all(every, exposures) / 168,
    aics,
    ...dispersion,
    gaps: gaps.map(({ date }) => date),
  }
}

interface Day {
  date: string
  /** 0 is Monday. */
  weekday: number
  /** How many came in each hour, and how much of it the log covers, from 0 to 1. */
  hours: number[]
  open: number[]
  count: number
}

/** Every day from the first arrival to the last, by the wall clock. */
const daysOf = (times: number[], site: SiteTime): Day[] => {
  const days = new Map<number, Day>()
  const [first, last] = [times[0]!, times.at(-1)!]
  const dayAt = (at: number) => {
    const { year, month, day, weekday, hour, offsetMinutes } = localTime(at, site)
    const number = Math.floor((at + offsetMinutes * 60_000) / dayMs)
    let found = days.get(number)
    if (!found) {
      const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
      found = { date, weekday: weekday - 1, hours: new Array<number>(24).fill(0), open: new Array<number>(24).fill(0), count: 0 }
      days.set(number, found)
    }
    return { found, hour }
  }
  for (let at = Math.floor(first / hourMs) * hourMs; at <= last; at += hourMs) {
    const { found, hour } = dayAt(Math.max(at, first))
    found.open[hour]! += (Math.min(at + hourMs, last) - Math.max(at, first)) / hourMs
  }
  for (const at of times) {
    const { found, hour } = dayAt(at)
    found.hours[hour]!++
    found.count++
  }
  // A single moment covers nothing; it is taken for an hour.
  if (first === last) for (const { open } of days.values()) open.fill(1)
  return [...days.values()]
}

/** Days without any arrival where those of the same weekday have many. */
const gapsOf = (days: Day[]): Day[] =>
  days.filter((day) => {
    if (day.count > 0) return false
    const same = days.filter((other) => other.weekday === day.weekday)
    return same.reduce((sum, { count }) => sum + count, 0) / same.length >= EXPECTED_GAP
  })

/** Rates that are a product of hour and weekday: the most likely ones, by iteration (the weekdays' factors have a mean of 1). */
const weekdaysOf = (counts: number[], exposures: number[]): { factors: number[]; hourly: number[] } => {
  let factors = new Array<number>(7).fill(1)
  let hourly = new Array<number>(24).fill(0)
  for (let round = 0; round < 30; round++) {
    const [lastFactors] = [factors]
    hourly = hourly.map((_, hour) => {
      let [count, expected] = [0, 0]
      for (let day = 0; day < 7; day++) {
        count += counts[day * 24 + hour]!
        expected += exposures[day * 24 + hour]! * lastFactors[day]!
      }
      return expected > 0 ? count / expected : 0
    })
    factors = factors.map((_, day) => {
      let [count, expected] = [0, 0]
      for (let hour = 0; hour < 24; hour++) {
        count += counts[day * 24 + hour]!
        expected += exposures[day * 24 + hour]! * hourly[hour]!
      }
      return expected > 0 ? count / expected : 1
    })
    const mean = factors.reduce((sum, each) => sum + each, 0) / 7
    if (mean > 0) factors = factors.map((each) => each / mean)
  }
  return { factors, hourly }
}

/**
 * Rates drawn towards others that more is known of: gamma priors of these means, whose weight, in hours of evidence, is the likeliest (empirical Bayes for Poisson
 * counts; A. Gelman and others, "Bayesian Data Analysis", 2.6). Where none came though many were to be expected, none comes.
 */
const shrunk = (counts: number[], exposures: number[], towards: number[]): number[] => {
  let [best, bestWeight] = [Number.NEGATIVE_INFINITY, 0]
  const mean = towards.reduce((sum, each) => sum + each, 0) / towards.length
  for (let power = -4; power <= 8; power += 0.25) {
    // In arrivals: the evidence of so many is what the prior weighs.
    const weight = exp(power) / mean
    let sum = 0
    for (const [index, count] of counts.entries()) {
      const [shape, exposure] = [towards[index]! * weight, exposures[index]!]
      if (shape <= 0 || exposure <= 0) continue
      sum +=
        logGamma(count + shape) -
        logGamma(shape) +
        shape * log(weight / (weight + exposure)) +
        count * log(exposure / (weight + exposure))
    }
    if (sum > best) [best, bestWeight] = [sum, weight]
  }
  return counts.map((count, index) => {
    const [prior, exposure] = [towards[index]!, exposures[index]!]
    if (count === 0 && prior * exposure >= EXPECTED_CLOSED) return 0
    return (count + prior * bestWeight) / (exposure + bestWeight)
  })
}

const logPoisson = (count: number, mean: number): number =>
  mean > 0 ? count * log(mean) - mean - logGamma(count + 1) : count === 0 ? 0 : Number.NEGATIVE_INFINITY

/** Whether days vary as those of a Poisson stream of these rates do: Pearson's chi-square over days. */
const dispersionOf = (days: Day[], rates: number[]): Pick<ArrivalFit, 'dispersion' | 'dispersionProbability'> => {
  let [sum, used] = [0, 0]
  for (const { weekday, open, count } of days) {
    const expected = open.reduce((total, each, hour) => total + each * rates[weekday * 24 + hour]!, 0)
    if (expected < 1) continue
    sum += ((count - expected) * (count - expected)) / expected
    used++
  }
  const freedom = used - 1
  if (freedom < 1) return { dispersion: 1, dispersionProbability: 1 }
  const above = chiSquareTail(sum, freedom)
  return { dispersion: sum / freedom, dispersionProbability: Math.min(1, 2 * Math.min(above, 1 - above)) }
}
