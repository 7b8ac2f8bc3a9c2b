/** What an experiment says: as data, as a table, as CSV. */
import { type Cell, csv } from './csv.ts'
import type { Measure } from './measures.ts'
import type { Experiment } from './prepare.ts'
import { type Difference, differencesOf, type Summary, summariesOf } from './replicate.ts'
import { type TargetResult, targetsOf } from './targets.ts'
import type { WarmUp } from './warm-up.ts'
import { type WelchPlot, welchOf } from './welch.ts'

/** Of this very shape of results. */
export const RESULTS_FORMAT = 1

export interface Results {
  format: typeof RESULTS_FORMAT
  scenario: string
  seed: number
  /** As the scenario says, else by whether it has a warm-up. */
  study: 'terminating' | 'steadyState'
  horizon: string
  warmUp: string
  /** Where it was asked for, or the warm-up was to be found. */
  welch?: WelchPlot
  confidence: number
  /** Finished. */
  replications: number
  /** As the scenario asks for them. */
  replicationsAsked: Experiment['replications']
  measures: Summary[]
  targets: TargetResult[]
  comparisons: Comparison[]
  /** By replication: the values of `measures`, in their order. */
  values: number[][]
}

export interface Comparison {
  scenario: string
  /** What it changes: its values less those of the base, patient by patient the same luck. */
  differences: Difference[]
  /** Its own measures by name, and their values by replication. */
  measures: string[]
  values: number[][]
}

export interface Finished {
  experiment: Experiment
  /** As it was found. */
  warmUp?: WarmUp | null
  name: string
  runs: Measure[][]
}

/** @param base what was asked for. @param others what it is compared with, by as many replications. */
export const resultsOf = ({ experiment, warmUp, name, runs }: Finished, others: Finished[]): Results => {
  const { scenario, confidence, replications } = experiment
  const measures = summariesOf(runs, confidence)
  return {
    format: RESULTS_FORMAT,
    scenario: name,
    seed: scenario.seed,
    study: scenario.study ?? (experiment.warmUpEnd > 0 ? 'steadyState' : 'terminating'),
    horizon: scenario.horizon,
    warmUp: scenario.warmUp,
    ...(warmUp && { welch: welchOf(warmUp) }),
    confidence,
    replications: runs.length,
    replicationsAsked: replications,
    measures,
    targets: targetsOf(scenario.targets, runs, confidence),
    comparisons: others.map((other) => {
      const both = Math.min(runs.length, other.runs.length)
      return {
        scenario: other.name,
        differences: differencesOf(runs.slice(0, both), other.runs.slice(0, both), confidence, others.length),
        measures: (other.runs[0] ?? []).map((measure) => measure.name),
        values: valuesOf(other.runs),
      }
    }),
    values: valuesOf(runs),
  }
}

const valuesOf = (runs: Measure[][]): number[][] => runs.map((run) => run.map(({ value }) => value))

/** One line a measure, differences beside it. */
export const csvOf = ({ measures, comparisons }: Results): string => {
  const head = ['measure', 'mean', 'low', 'high', 'deviation', 'replications']
  const more = comparisons.flatMap(({ scenario }) =>
    ['difference', 'low', 'high', 'detectable'].map((column) => `${scenario} ${column}`),
  )
  const lines = measures.map(({ name, mean, low, high, deviation, replications }) => {
    const differences = comparisons.flatMap((comparison): Cell[] => {
      const found = comparison.differences.find((each) => each.name === name)
      return found ? [found.mean, found.low, found.high, found.isDetectable] : ['', '', '', '']
    })
    return [name, mean, low, high, deviation, replications, ...differences] as Cell[]
  })
  return csv([[...head, ...more], ...lines])
}
