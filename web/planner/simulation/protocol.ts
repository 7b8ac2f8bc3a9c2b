/** What the page and its simulating workers say to each other. A worker keeps one model, prepared; it is asked what-ifs of it, and answers replication by replication. */
import type { PoolLevels, WentOn } from '../../../twin/experiment/going-on.ts'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import type { ScenarioFile } from '../../../twin/experiment/schema.ts'

/** Replications that the server has prepared, and where each is: at `address` with its number. */
export interface Prepared {
  address: string
  replications: number[]
}

export type Question =
  /** The model, and the replications that are this worker's, in the order in which they are wanted. */
  | { ask: 'model'; model: ReadyScenario; replications: number[]; stretchMs: number; prepared: Prepared | null }
  /** Scenarios that go on from the model's opening, each in so many of the replications: what was asked before is dropped. */
  | { ask: 'whatIfs'; id: number; scenarios: ScenarioFile[]; below: number }

export type Answer =
  /** The hospital as it is when measuring begins, in one more replication. */
  | { say: 'opened'; replication: number }
  /** How the model stood at one of the early times; all of it comes as `base`. */
  | { say: 'earlyBase'; replication: number; early: number; run: WentOn }
  | { say: 'base'; replication: number; run: WentOn }
  /** How far a what-if has come: the levels of what is over. */
  | { say: 'levels'; id: number; scenario: number; replication: number; levels: PoolLevels[] }
  | { say: 'earlyChanged'; id: number; scenario: number; replication: number; early: number; run: WentOn }
  | { say: 'changed'; id: number; scenario: number; replication: number; run: WentOn }
  /** Of what was asked; null: of the model itself. */
  | { say: 'failed'; id: number | null; message: string }
