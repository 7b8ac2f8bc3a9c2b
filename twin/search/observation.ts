/** What a search sees of one replication of a design. */
import type { Measure } from '../experiment/measures.ts'
import { COST, type Design } from './designs.ts'
import type { SearchFile } from './schema.ts'

export interface Observation {
  objective: number
  /** The values of the constraints' measures. */
  constraints: number[]
}

/** One replication of a design; null when it was stopped. Replications of one number have the same luck in all designs. */
export type Sampler = (design: number, replication: number) => Promise<Measure[] | null>

/** How to read a search's observation in the measures of a replication. @throws Error for a measure that is not there. */
export const observationOf = ({ objective, constraints }: SearchFile): ((design: Design, run: Measure[]) => Observation) => {
  const aim = objective?.minimise ?? objective?.maximise ?? {}
  const terms = typeof aim === 'string' ? [[aim, 1] as const] : Object.entries(aim)
  return (design, run) => ({
    objective: terms.reduce((sum, [name, weight]) => sum + weight * readIn(design, run, name), 0),
    constraints: constraints.map(({ measure }) => readIn(design, run, measure)),
  })
}

const readIn = ({ cost }: Design, run: Measure[], name: string): number =>
  name === COST ? cost + (run.find((measure) => measure.name === COST)?.value ?? 0) : valueIn(run, name)

export const valueIn = (run: Measure[], name: string): number => {
  const found = run.find((measure) => measure.name === name)
  if (!found) throw new Error(`There is no measure "${name}".`)
  return found.value
}

/** 1 where less is better, else -1. */
export const senseOf = ({ objective }: SearchFile): 1 | -1 => (objective?.maximise === undefined ? 1 : -1)
