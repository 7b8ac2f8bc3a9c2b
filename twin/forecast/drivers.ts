/** What the width of a forecast's band comes from: of the possible hospitals, what had more by the hour that is hardest to tell also had more of what? */
import { type Asked, ensembleOf, type Path, quantileOf, sumAt } from './forecast.ts'

export interface Driver {
  /** A flow: arrivals or departures. */
  name: string
  /** Spearman's rank correlation of the level at that hour with the flow until then, over replications: above 0, more of one goes with more of the other. */
  correlation: number
}

export interface Driven {
  /** The hour whose 80 % band is the widest, from 1. */
  hour: number
  /** Those beyond chance, the strongest first. */
  drivers: Driver[]
}

const DRIVERS_MAX = 5
/** Two-sided, 5 %, in units of 1 / sqrt(n - 1): the large-sample test of Spearman's rho. */
const BEYOND_CHANCE = 1.959963984540054
const REPLICATIONS_MIN = 10

/** @param level whose width is asked about. @param flows that may explain it. Null of few replications, or of a level that is always the same. */
export const drivenBy = (paths: Path[], level: Asked, flows: Asked[], hours: number): Driven | null => {
  if (paths.length < REPLICATIONS_MIN) return null
  const widths = ensembleOf(paths, level, hours).map((values) => quantileOf(values, 0.9) - quantileOf(values, 0.1))
  const widest = Math.max(...widths)
  if (widest <= 0) return null
  const hour = widths.indexOf(widest)
  const levels = ranksOf(paths.map((path) => sumAt(path, level.places, hour, hours)))
  const limit = BEYOND_CHANCE / Math.sqrt(paths.length - 1)
  const drivers = flows.flatMap(({ name, places }): Driver[] => {
    const until = (path: Path) => Array.from({ length: hour + 1 }, (_, at) => sumAt(path, places, at, hours))
    const correlation = correlationOf(levels, ranksOf(paths.map((path) => until(path).reduce((sum, value) => sum + value, 0))))
    return Math.abs(correlation) > limit ? [{ name, correlation }] : []
  })
  drivers.sort((one, other) => Math.abs(other.correlation) - Math.abs(one.correlation))
  return { hour: hour + 1, drivers: drivers.slice(0, DRIVERS_MAX) }
}

/** Equal values share the mean of their ranks. */
const ranksOf = (values: number[]): number[] => {
  const order = values.map((_, place) => place).sort((one, other) => values[one]! - values[other]!)
  const ranks = new Array<number>(values.length)
  for (let from = 0; from < order.length; ) {
    let until = from
    while (until < order.length && values[order[until]!] === values[order[from]!]) until++
    for (const place of order.slice(from, until)) ranks[place] = (from + until - 1) / 2
    from = until
  }
  return ranks
}

/** Pearson's; 0 where one never varies. */
const correlationOf = (ones: number[], others: number[]): number => {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [one, other] = [mean(ones), mean(others)]
  let [both, first, second] = [0, 0, 0]
  for (let place = 0; place < ones.length; place++) {
    const [a, b] = [ones[place]! - one, others[place]! - other]
    both += a * b
    first += a * a
    second += b * b
  }
  return first > 0 && second > 0 ? both / Math.sqrt(first * second) : 0
}
