/** A scenario as threads and workers, the page's too, are given it. */
import type { Program } from '../../pathways/language/program.ts'
import { type Experiment, prepareExperiment } from './prepare.ts'
import type { ScenarioFile } from './schema.ts'

/** Read and checked, with its Programs by the file that a pathway of it names: plain data, and all that simulating it needs. */
export interface ReadyScenario {
  scenario: ScenarioFile
  programs: [string, Program[]][]
}

/** @throws ImpossibleScenario */
export const prepareReady = ({ scenario, programs }: ReadyScenario): Experiment => prepareExperiment(scenario, new Map(programs))
