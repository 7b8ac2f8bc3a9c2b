/**
 * Patients who come by hour and weekday: a Poisson stream whose rate changes, by thinning (P. A. W. Lewis, G. S. Shedler, 1979). Candidates
 * come at a constant rate, and each has numbers of its own, by its index: a higher demand accepts the same candidates and some more.
 */
import { localTime, type SiteTime } from '../../pathways/time/site.ts'
import { type ChanceKey, logOfUniform, Purpose, uniform, uniformOf, within, withinHigh, withinLow } from './chance.ts'
import { checkDistribution, meanOf, sample } from './distributions.ts'
import type { Arrivals } from './options.ts'

export interface ArrivalRates {
  /** Expected arrivals in each hour of the week, by the wall clock: 168 numbers from Monday 00:00. */
  perHourOfWeek: number[]
  /** The rate of candidates, per hour: as high as any rate that is to be compared with, and the same for all of them. */
  candidatesPerHour: number
  /** Times at which more or fewer come. */
  surges?: Surge[]
}

/** From one hospital time until another the rate is so many times what it is. */
export interface Surge {
  from: number
  until: number
  factor: number
}

/** Rates that are none, or higher than the candidates'. */
export class ImpossibleArrivals extends Error {
  /** @param place whose they are, where that is known. */
  constructor(remedy: string, place = '') {
    super(`${place && `${place}: `}these arrivals are impossible. ${remedy}`)
    this.name = 'ImpossibleArrivals'
  }
}

/** Where a stream stands. Plain JSON. */
export interface ArrivalPosition {
  /** Index of the next candidate, and when the one before came. */
  index: number
  at: number
  /** How many came, of the candidates or appointments before; none where it is not told. */
  patients?: number
}

export interface Arrival {
  at: number
  index: number
}

export const hourMs = 3_600_000

/** @param place whose they are, for people. @throws ImpossibleArrivals */
export const checkRates = ({ perHourOfWeek, candidatesPerHour }: ArrivalRates, place?: string): void => {
  if (perHourOfWeek.length !== 168)
    throw new ImpossibleArrivals(`Give 168 rates, one for each hour of the week, not ${perHourOfWeek.length}.`, place)
  if (perHourOfWeek.some((rate) => !(rate >= 0 && Number.isFinite(rate))))
    throw new ImpossibleArrivals('Make every rate a number of at least 0.', place)
  const peak = Math.max(...perHourOfWeek)
  if (!(candidatesPerHour >= peak))
    throw new ImpossibleArrivals(`Make candidatesPerHour at least the highest rate, ${peak}.`, place)
}

/** Rates from one week day's 24, times a factor for each weekday from Monday: what published statistics usually give. */
export const ratesOf = (perHourOfDay: number[], weekdayFactors: number[], candidatesPerHour: number): ArrivalRates => {
  const rates = {
    perHourOfWeek: weekdayFactors.flatMap((factor) => perHourOfDay.map((rate) => rate * factor)),
    candidatesPerHour,
  }
  checkRates(rates)
  return rates
}

/** @param place whose they are, for people. @throws ImpossibleArrivals or ImpossibleDistribution */
export const checkArrivals = (arrivals: Arrivals, place?: string): void => {
  if ('rates' in arrivals) return checkRates(arrivals.rates, place)
  if ('interarrival' in arrivals) {
    checkDistribution(arrivals.interarrival, place)
    if (arrivals.open?.every(({ fromMinute, toMinute }) => toMinute <= fromMinute))
      throw new ImpossibleArrivals('Give its calendar an hour at which it is open.', place)
    if (meanOf(arrivals.interarrival) <= 0)
      throw new ImpossibleArrivals('Make the mean distance between arrivals more than 0.', place)
    return
  }
  if (arrivals.times.some((at, index) => !Number.isFinite(at) || (index > 0 && at < arrivals.times[index - 1]!)))
    throw new ImpossibleArrivals('Put the times in ascending order.', place)
  if (!(arrivals.noShow >= 0 && arrivals.noShow <= 1)) throw new ImpossibleArrivals('Make noShow a share from 0 to 1.', place)
}

/** The next arrival no later than `until`, moving `position` on; null when there is none, with `position` ready to go on from there. */
export const nextArrival = (
  arrivals: Arrivals,
  position: ArrivalPosition,
  stream: ChanceKey,
  site: SiteTime,
  until: number,
): Arrival | null => {
  if ('rates' in arrivals) return nextByRates(arrivals.rates, position, stream, site, until)
  if ('times' in arrivals) return nextByTimes(arrivals, position, stream, until)
  return nextByInterarrival(arrivals, position, stream, site, until)
}

const nextByInterarrival = (
  { interarrival, open, postpones, noShow = 0 }: Extract<Arrivals, { interarrival: unknown }>,
  position: ArrivalPosition,
  stream: ChanceKey,
  site: SiteTime,
  until: number,
): Arrival | null => {
  for (;;) {
    const { index } = position
    const key = within(stream, index)
    const distance = sample(interarrival, key, Purpose.arrival)
    const at = !open
      ? position.at + distance
      : postpones
        ? afterOpenTime(position.at + distance, 0, open, site)
        : afterOpenTime(position.at, distance, open, site)
    if (at > until) return null
    position.index++
    position.at = at
    if (noShow === 0 || uniform(key, Purpose.thinning, 0) >= noShow) return { at: Math.round(at), index }
  }
}

const minuteMs = 60_000
const weekMs = 10_080 * minuteMs

/** So much time later as it passes while something is open. */
const afterOpenTime = (
  from: number,
  distance: number,
  open: { fromMinute: number; toMinute: number }[],
  site: SiteTime,
): number => {
  let [at, left] = [from, distance]
  for (;;) {
    const { minuteOfWeek } = localTime(at, site)
    const since = minuteOfWeek * minuteMs + (at % minuteMs)
    const intervals = open.map(({ fromMinute, toMinute }) => {
      // One that began in the week before may still be open.
      const end = toMinute * minuteMs
      return since < end - weekMs ? [fromMinute * minuteMs - weekMs, end - weekMs] : [fromMinute * minuteMs, end]
    })
    const next = intervals.find(([, end]) => since < end!)
    const [begin, end] = next ?? [intervals[0]![0]! + weekMs, intervals[0]![1]! + weekMs]
    at += Math.max(0, begin! - since)
    const lasts = end! - Math.max(since, begin!)
    if (left <= lasts) return at + left
    left -= lasts
    at += lasts
  }
}

const nextByTimes = (
  { times, noShow }: Extract<Arrivals, { times: number[] }>,
  position: ArrivalPosition,
  stream: ChanceKey,
  until: number,
): Arrival | null => {
  for (let at = times[position.index]; at !== undefined && at <= until; at = times[position.index]) {
    const index = position.index++
    position.at = at
    if (noShow === 0 || uniform(within(stream, index), Purpose.thinning, 0) >= noShow) return { at, index }
  }
  return null
}

/** A rate of a stream, and from when until when it is that: what the wall clock says is looked up once an hour. */
export interface CurrentRate {
  perHour: number
  from: number
  until: number
}

export const noRate = (): CurrentRate => ({ perHour: 0, from: 0, until: 0 })

const nextByRates = (
  rates: ArrivalRates,
  position: ArrivalPosition,
  { low, high }: ChanceKey,
  site: SiteTime,
  until: number,
): Arrival | null => {
  if (rates.candidatesPerHour <= 0) return null
  const spacing = hourMs / rates.candidatesPerHour
  const rate = noRate()
  for (;;) {
    const { index } = position
    const [keyLow, keyHigh] = [withinLow(low, index), withinHigh(high, index)]
    const at = position.at - spacing * logOfUniform(keyLow, keyHigh, Purpose.arrival, 0)
    if (at > until) return null
    position.index++
    position.at = at
    if (at < rate.from || at >= rate.until) lookUpRate(rates, at, site, rate)
    if (uniformOf(keyLow, keyHigh, Purpose.thinning, 0) * rates.candidatesPerHour < rate.perHour)
      return { at: Math.round(at), index }
  }
}

/** The rate at a time holds until the wall clock's next full hour, or a surge's beginning or end. */
export const lookUpRate = (rates: ArrivalRates, at: number, site: SiteTime, current: CurrentRate): void => {
  const { minuteOfWeek, second, millisecond } = localTime(at, site)
  current.from = at
  current.until = Math.floor(at) + hourMs - (minuteOfWeek % 60) * minuteMs - second * 1000 - millisecond
  current.perHour = rates.perHourOfWeek[Math.floor(minuteOfWeek / 60)]!
  for (const { from, until, factor } of rates.surges ?? []) {
    if (at >= from && at < until) current.perHour *= factor
    for (const edge of [from, until]) if (edge > at && edge < current.until) current.until = edge
  }
}
