/**
 * How long a hospital that begins empty takes to be as it always is: MSER (K. P. White, "An effective truncation heuristic for bias reduction in simulation output", 1997) on
 * daily means of how many runs are inside, averaged over pilot replications as in Welch's plot. Days are what cycles: what is cut is whole days.
 */
import type { Observer } from '../simulate/index.ts'
import type { Experiment } from './prepare.ts'
import { replicate } from './replicate.ts'

export interface WarmUp {
  days: number
  /** By pathway: the mean number of runs inside, day by day, over the pilots: Welch's plot as data. */
  series: { pathway: string; runsInsideMean: number[]; days: number }[]
  /** Whether some series was still changing in its second half: then the horizon is too short to tell. */
  isShort: boolean
}

/** Replications that it is found over. */
export const PILOTS = 5
const dayMs = 86_400_000

/** @throws what `replicate` throws. */
export const findWarmUp = (experiment: Experiment): WarmUp => {
  const days = Math.floor(experiment.end / dayMs)
  const pathways = experiment.options.programs.map(({ process }) => process)
  const sums = new Map(pathways.map((pathway) => [pathway, new Array<number>(days).fill(0)]))
  for (let pilot = 0; pilot < PILOTS; pilot++) {
    const inside = new Map(pathways.map((pathway) => [pathway, new DailyMeans(days)]))
    const observer: Observer = {
      started: ({ pathway }, at) => inside.get(pathway)!.change(1, at),
      ended: ({ pathway }, at) => inside.get(pathway)!.change(-1, at),
    }
    // Pilots are replications of their own: what they find does not depend on what is measured after.
    replicate({ ...experiment, warmUpEnd: 0 }, PILOT_NUMBERS + pilot, undefined, observer)
    for (const [pathway, means] of inside) {
      const sum = sums.get(pathway)!
      means.until(experiment.end).forEach((mean, day) => {
        sum[day]! += mean / PILOTS
      })
    }
  }
  const series = [...sums].map(([pathway, runsInsideMean]) => ({ pathway, runsInsideMean, days: truncation(runsInsideMean) }))
  const found = Math.max(0, ...series.map((each) => each.days))
  return { days: found, series, isShort: series.some((each) => each.days >= Math.floor(days / 2)) && days > 1 }
}

/** Far beyond the numbers of replications that are measured. */
const PILOT_NUMBERS = 1_000_000

/** How many values to cut, at most half: what makes the standard error of the mean of the rest least. */
export const truncation = (values: number[]): number => {
  let [best, least] = [0, Number.POSITIVE_INFINITY]
  for (let cut = 0; cut <= Math.floor(values.length / 2); cut++) {
    const rest = values.slice(cut)
    const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length
    const error = rest.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (rest.length * rest.length)
    if (error < least) [best, least] = [cut, error]
  }
  return best
}

/** The mean of a number in each day. */
class DailyMeans {
  #value = 0
  #since = 0
  readonly #areas: number[]

  constructor(days: number) {
    this.#areas = new Array<number>(days).fill(0)
  }

  change(by: number, at: number): void {
    this.#pass(at)
    this.#value += by
  }

  until(at: number): number[] {
    this.#pass(at)
    return this.#areas.map((area) => area / dayMs)
  }

  #pass(at: number): void {
    while (this.#since < at) {
      const day = Math.floor(this.#since / dayMs)
      const end = Math.min(at, (day + 1) * dayMs)
      if (day < this.#areas.length) this.#areas[day]! += this.#value * (end - this.#since)
      this.#since = end
    }
  }
}
