/** What is settled and checked of experiments before they are simulated. */
import { type AskedMeasure, ofFound, unknownMeasures } from '../twin/experiment/asked.ts'
import type { Experiment } from '../twin/experiment/prepare.ts'
import { findWarmUp, type WarmUp } from '../twin/experiment/warm-up.ts'
import { problemText } from '../twin/yaml/checked.ts'
import { InputError, type Terminal } from './command.ts'
import { experimentOf, type NamedScenario } from './scenario.ts'

/** A warm-up that is to be found becomes the one that was. @returns what was found; null where the scenario says its warm-up. @param say how long it is, in days, and whether the horizon is too short to be sure of it. */
export function settleWarmUp(
  one: NamedScenario,
  say: (days: number, isShort: boolean) => string,
  { err }: Terminal,
): WarmUp | null {
  const { scenario, file } = one
  if (scenario.warmUp !== 'auto') return null
  one.scenario = { ...scenario, warmUp: 'PT0S' }
  const found = findWarmUp(experimentOf(one))
  one.scenario = { ...scenario, ...ofFound(found) }
  err(`${file}: ${say(found.days, found.isShort)}\n`)
  return found
}

/** @param asked else what its scenario asks about. @throws InputError for a measure that there is not. */
export function checkMeasures(file: string, experiment: Experiment, asked?: AskedMeasure[]): void {
  const unknown = unknownMeasures(experiment, asked)
  if (unknown.length > 0) throw new InputError(unknown.map((problem) => `${file}: ${problemText(problem)}`))
}
