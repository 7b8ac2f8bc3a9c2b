/** What the page asks the worker that simulates two versions with the same patients, and what it hears back. */
import type { Program } from '../../../pathways/language/program.ts'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import type { Difference, Summary } from '../../../twin/experiment/replicate.ts'

/** The tested pathway is among the Programs as it is published. */
export interface RehearsalAsked extends ReadyScenario {
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
  | { say: 'progress'; pairs: number; share: number }
  | { say: 'played'; played: Played }
  | { say: 'compared'; compared: Compared }
  | { say: 'done' }
