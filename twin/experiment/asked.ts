/** The measures that are asked about, against those that there are. */
import type { YamlProblem } from '../yaml/checked.ts'
import { nearest } from '../yaml/nearest.ts'
import { Measures } from './measures.ts'
import type { Experiment } from './prepare.ts'
import type { ScenarioFile } from './schema.ts'

/** A measure, and the place of a file that asks for it. */
export interface AskedMeasure {
  path: string
  measure: string
}

/** Of every replication, in their order. */
export const measureNamesOf = (experiment: Experiment): string[] =>
  new Measures(experiment).until(experiment.end).map(({ name }) => name)

/** What a scenario asks about. */
export const measuresAsked = ({ measures, targets, replications }: Experiment['scenario']): AskedMeasure[] => [
  ...measures.map((measure, index) => ({ path: `measures[${index}]`, measure })),
  ...targets.map(({ measure }, index) => ({ path: `targets[${index}].measure`, measure })),
  ...(typeof replications === 'number' ? [] : [{ path: 'replications.measure', measure: replications.measure }]),
]

/** What is asked about and that there is not, with what there is like it. */
export const unknownMeasures = (experiment: Experiment, asked = measuresAsked(experiment.scenario)): YamlProblem[] => {
  if (asked.length === 0) return []
  const known = measureNamesOf(experiment)
  return asked.flatMap(({ path, measure }) => {
    if (known.includes(measure)) return []
    const near = known.filter((name) => name.endsWith(measure.slice(measure.lastIndexOf('.')))).slice(0, 5)
    const meant = nearest(measure, known)
    const help = meant
      ? `Did you mean "${meant}"?`
      : near.length > 0
        ? `There is ${near.join(', ')}.`
        : 'Simulate without it to see those there are.'
    return [{ path, message: `there is no measure "${measure}"`, help }]
  })
}

/** A scenario with what was asked for, and found, since. */
export const askedScenario = (since: {
  scenario: ScenarioFile
  /** Replications, in the place of the scenario's. */
  asked: unknown
  warmUpFound: { days: number } | null
}): ScenarioFile => ({
  ...since.scenario,
  replications: since.asked as ScenarioFile['replications'],
  ...(since.warmUpFound && ofFound(since.warmUpFound)),
})

/** What a scenario says once its warm-up was found: of no day at all too, for who has it looked for asks for the steady state. */
export const ofFound = ({ days }: { days: number }): Pick<ScenarioFile, 'study' | 'warmUp'> => ({
  study: 'steadyState',
  warmUp: `P${days}D`,
})
