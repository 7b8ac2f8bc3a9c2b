/** Welch's plot as data: how a hospital that begins empty fills, smoothed until the eye sees where it is as it always is (P. D. Welch, "The statistical analysis of simulation results", 1983). */
import { type Cell, csv } from './csv.ts'
import { PILOTS, type WarmUp } from './warm-up.ts'

export interface WelchPlot {
  /** Replications that the means are over, apart from those that are measured. */
  pilots: number
  /** Days on either side of the one that is smoothed; fewer near the beginning. */
  window: number
  /** By pathway, day by day: the mean number of runs inside, and its moving mean. `days` is where MSER would cut. */
  series: { pathway: string; days: number; runsInsideMean: number[]; movingMean: number[] }[]
}

/** A week in all: what cycles with it is smoothed away. */
const WINDOW_MAX = 3

export const welchOf = ({ series }: WarmUp): WelchPlot => {
  const days = Math.max(0, ...series.map(({ runsInsideMean }) => runsInsideMean.length))
  const window = Math.min(WINDOW_MAX, Math.floor(days / 4))
  return {
    pilots: PILOTS,
    window,
    series: series.map(({ pathway, days: cut, runsInsideMean }) => ({
      pathway,
      days: cut,
      runsInsideMean,
      movingMean: movingMean(runsInsideMean, window),
    })),
  }
}

/** Means of as many values before as after, at most `window`; those at the end that have fewer after them are left out. */
export const movingMean = (values: number[], window: number): number[] =>
  values.slice(0, values.length - window).map((_, place) => {
    const half = Math.min(window, place)
    const near = values.slice(place - half, place + half + 1)
    return near.reduce((sum, value) => sum + value, 0) / near.length
  })

/** One line a pathway and day, from 1. */
export const csvOfWelch = ({ series }: WelchPlot): string =>
  csv([
    ['pathway', 'day', 'runsInsideMean', 'movingMean'],
    ...series.flatMap(({ pathway, runsInsideMean, movingMean: smooth }) =>
      runsInsideMean.map((mean, day): Cell[] => [pathway, day + 1, mean, smooth[day] ?? '']),
    ),
  ])
