/** What the page asks the worker that simulates two versions with the same patients, and what it hears back. */
import type { Program } from '../../../pathways/language/program.ts'
import type { Difference, Summary } from '../../../twin/experiment/replicate.ts'
import type { ScenarioFile } from '../../../twin/experiment/schema.ts'

export interface RehearsalAsked {
  scenario: ScenarioFile
  /** By what a pathway of the scenario names; the tested one is among them as it is published. */
  programs: [string, Program[]][]
  /** The pathway as it is drawn. */
  draft: Program
  replications: number
}

/** One thing that happened to a token of the tested pathway. */
export interface Moment {
  /** Hospital milliseconds. */
  at: number
  element: string
  /** One more, or one less, stands there. */
  change: 1 | -1
}

export interface Played {
  published: Moment[]
  draft: Moment[]
  from: number
  until: number
}

export interface Compared {
  /** Pairs of replications that are done. */
  pairs: number
  published: Summary[]
  draft: Summary[]
  differences: Difference[]
}

export type RehearsalReport =
  | { type: 'progress'; pairs: number; share: number }
  | { type: 'played'; played: Played }
  | { type: 'compared'; compared: Compared }
  | { type: 'done' }
  | { type: 'failed'; message: string }
