/** How good a forecast was, once what it was about has happened: proper scores of the whole distribution that it gave. */
import { type ChanceKey, Purpose, uniform, within } from '../simulate/chance.ts'
import { quantileOf } from './forecast.ts'

export interface Score {
  /** What happened. */
  happened: number
  /** Whether it lies between the quantiles that stand for half of all, and for 80 %, ends included. */
  within50: boolean
  within80: boolean
  /** Continuous ranked probability score, in the unit of the series: 0 for whoever knew. */
  crps: number
  /** Randomised probability integral transform: uniform over [0, 1) when forecasts are right. */
  pit: number
}

/** @param ensemble what the replications said, ascending. @param key whose chance decides among equal values. */
export const scoreOf = (ensemble: Float64Array, happened: number, key: ChanceKey): Score => ({
  happened,
  within50: happened >= quantileOf(ensemble, 0.25) && happened <= quantileOf(ensemble, 0.75),
  within80: happened >= quantileOf(ensemble, 0.1) && happened <= quantileOf(ensemble, 0.9),
  crps: crpsOf(ensemble, happened),
  pit: pitOf(ensemble, happened, uniform(key, Purpose.outcome, 0)),
})

/**
 * E|X - y| - E|X - X'| / 2 over the ensemble: T. Gneiting, A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation" (2007), equation 21.
 * @param ensemble ascending.
 */
export const crpsOf = (ensemble: Float64Array, happened: number): number => {
  const count = ensemble.length
  let off = 0
  let apart = 0
  ensemble.forEach((value, place) => {
    off += Math.abs(value - happened)
    // Of all ordered pairs: the value is the greater one so often, the lesser one so often.
    apart += value * (2 * place - count + 1)
  })
  return off / count - apart / (count * count)
}

/**
 * The randomised PIT of counts, F(y - 1) + v (F(y) - F(y - 1)): C. Czado, T. Gneiting, L. Held, "Predictive model assessment for count data" (2009), with what happened as one more member of the
 * ensemble, so that it is exactly uniform when it is one.
 * @param luck uniform in [0, 1).
 */
export const pitOf = (ensemble: Float64Array, happened: number, luck: number): number => {
  let below = 0
  let equal = 0
  for (const value of ensemble) {
    if (value < happened) below++
    else if (value === happened) equal++
  }
  return (below + luck * (equal + 1)) / (ensemble.length + 1)
}

export interface Summary {
  /** Series and hours that were scored. */
  count: number
  /** Shares that lie in the bands, ends included: of counts, more than the name says. */
  coverage50: number
  coverage80: number
  /** Shares whose PIT is in the middle half and the middle 80 %: exactly that, when forecasts are right. */
  pit50: number
  pit80: number
  crpsMean: number
  /** How many PITs lie in each tenth: level when forecasts are right, a hump when they are too wide, a bowl when too narrow. */
  pitHistogram: number[]
}

/** Of one series: hour by hour, and together. */
export interface SeriesScores {
  name: string
  summary: Summary
  hours: Score[]
}

/** Many scores together. Null of none. */
export const summaryOf = (scores: Score[]): Summary | null => {
  const count = scores.length
  if (count === 0) return null
  const share = (holds: (score: Score) => boolean) => scores.filter(holds).length / count
  const pitHistogram = new Array<number>(10).fill(0)
  for (const { pit } of scores) pitHistogram[Math.min(9, Math.floor(pit * 10))]!++
  return {
    count,
    coverage50: share(({ within50 }) => within50),
    coverage80: share(({ within80 }) => within80),
    pit50: share(({ pit }) => pit >= 0.25 && pit < 0.75),
    pit80: share(({ pit }) => pit >= 0.1 && pit < 0.9),
    crpsMean: scores.reduce((sum, { crps }) => sum + crps, 0) / count,
    pitHistogram,
  }
}

/** The key of one score: of the series and the hour of a forecast. */
export const scoreKey = (forecast: ChanceKey, series: number, hour: number): ChanceKey => within(within(forecast, series), hour)
