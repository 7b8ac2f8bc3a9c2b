/** The results of a what-if as everybody writes them: the very shape of `parcours simulate --out`, for files and fingerprints. */

import type { WentOn } from '../../../twin/experiment/going-on.ts'
import { type Experiment, prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { csvOf, type Results, resultsOf } from '../../../twin/experiment/results.ts'
import { stressOf } from '../../../twin/experiment/stress.ts'
import type { LeverValues } from './levers.ts'
import { moved } from './question.ts'
import type { ReadyModel } from './use-what-if.ts'

export interface Made {
  experiment: Experiment
  results: Results
}

/** @param changed empty where nothing was moved. @param what the what-if's name. */
export const resultsMade = (model: ReadyModel, values: LeverValues, what: string, base: WentOn[], changed: WentOn[]): Made => {
  const programs = new Map(model.sent.programs)
  const scenario = { ...model.scenario, replications: base.length }
  const experiment = prepareExperiment(scenario, programs)
  const others =
    changed.length === 0
      ? []
      : [{ name: what, experiment: prepareExperiment(moved(scenario, model.levers, values, what), programs), runs: changed }]
  const finished = { experiment, name: scenario.name, runs: base.map(({ measures }) => measures) }
  return {
    experiment,
    results: resultsOf(
      finished,
      others.map(({ runs, ...other }) => ({ ...other, runs: runs.map(({ measures }) => measures) })),
    ),
  }
}

/** The bytes that are compared: whatever language the what-if is named in. */
export const resultsText = ({ results }: Made): string =>
  JSON.stringify({ ...results, comparisons: results.comparisons.map((each) => ({ ...each, scenario: '' })) })

export const resultsCsv = ({ results }: Made): string => csvOf(results)

export const stressSheet = ({ experiment, results }: Made, engine: string): string =>
  stressOf(experiment, results, engine.replace(/\+.*$/, ''))
