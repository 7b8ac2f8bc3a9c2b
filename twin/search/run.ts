/** Searches among designs, by whoever replicates them: all of them alike, or where it tells most. */
import { holds } from '../experiment/targets.ts'
import { type Candidate, isKept, nextOnes, probabilityOfBest } from './budget.ts'
import type { Design } from './designs.ts'
import { type ConstraintRule, type Elimination, KimNelson, type Observed } from './kim-nelson.ts'
import { type Observation, observationOf, type Sampler, senseOf } from './observation.ts'
import type { SearchFile } from './schema.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** Told how many replications are finished, and of how many; null where that is not known before. */
export type SearchProgress = (finished: number, of: number | null) => void

export interface Found extends Verdict {
  /** False when it was stopped before its end. */
  isComplete: boolean
  /** Of all designs together. */
  replications: number
  /** Of `kn`: when and why designs left the race; whether one was left by then, and not by the end of the budget. */
  race?: { isDecided: boolean; eliminations: Elimination[] }
  /** Of `ocba`: at least how probable it is that the best is the best, by estimates. */
  probabilityOfBest?: number
}

/** Most replications of all designs together in `kn`, where no budget is given. */
export const BUDGET = 100_000
/** Replications of designs in the race that may be under way at a time, and of those that were made: whoever leaves the race wastes no more. */
const AHEAD = 16
const AHEAD_SHARE = 0.1

/** @param designs all of the search. @throws what `sample` throws. */
export const searchAmong = (
  search: SearchFile,
  designs: Design[],
  sample: Sampler,
  tell: SearchProgress = () => {},
): Promise<Found> => {
  const observe = observationOf(search)
  const observed = async (design: number, replication: number): Promise<Observation | null> => {
    const run = await sample(design, replication)
    return run && observe(designs[design]!, run)
  }
  const method = search.method === 'kn' ? byRace : search.method === 'ocba' ? byBudget : evenly
  return method(search, designs, observed, tell)
}

type Observe = (design: number, replication: number) => Promise<Observation | null>

/** So many replications of each design; the first of all of them before the second of any. */
const evenly = async (search: SearchFile, designs: Design[], observe: Observe, tell: SearchProgress): Promise<Found> => {
  const observations = await firstStage(search, designs, observe, tell, designs.length * search.replications)
  return { ...verdictOf(search, designs, observations), ...countedOf(observations), isComplete: isWhole(search, observations) }
}

const firstStage = async (
  { replications }: SearchFile,
  designs: Design[],
  observe: Observe,
  tell: SearchProgress,
  of: number | null,
): Promise<Observation[][]> => {
  let finished = 0
  const rows = await Promise.all(
    Array.from({ length: replications }, (_, replication) =>
      Promise.all(
        designs.map(async (_, design) => {
          const observation = await observe(design, replication)
          if (observation) tell(++finished, of)
          return observation
        }),
      ),
    ),
  )
  return designs.map((_, design) => untilMissing(rows.map((row) => row[design]!)))
}

const untilMissing = (all: (Observation | null)[]): Observation[] => {
  const missing = all.indexOf(null)
  return (missing < 0 ? all : all.slice(0, missing)) as Observation[]
}

const isWhole = ({ replications }: SearchFile, observations: Observation[][]): boolean =>
  observations.every(({ length }) => length >= replications)

const countedOf = (observations: Observation[][]) => ({
  replications: observations.reduce((sum, { length }) => sum + length, 0),
})

/** By procedure KN. */
const byRace = async (search: SearchFile, designs: Design[], observe: Observe, tell: SearchProgress): Promise<Found> => {
  const observations = await firstStage(search, designs, observe, tell, null)
  const plain = { ...verdictOf(search, designs, observations), ...countedOf(observations) }
  if (!isWhole(search, observations)) return { ...plain, isComplete: false }
  const race = new KimNelson(
    {
      designs: designs.length,
      confidence: search.confidence,
      indifference: search.indifference!,
      constraints: search.constraints.map(
        ({ withProbability, tolerance }): ConstraintRule =>
          withProbability === undefined
            ? { kind: 'mean', tolerance: tolerance! }
            : { kind: 'chance', probability: withProbability, tolerance: tolerance! },
      ),
    },
    observations.map((all) => all.map((each) => observedOf(search, each))),
  )
  const budget = search.budget ?? BUDGET
  const asked = new Map<string, Promise<Observation | null>>()
  const ask = (design: number, replication: number) => {
    const key = `${design} ${replication}`
    const before = asked.get(key)
    if (before) return before
    const promise = observe(design, replication)
    asked.set(key, promise)
    return promise
  }
  let { replications } = plain
  let isStopped = false
  while (!race.isOver && replications + race.alive.length <= budget) {
    const next = race.replications
    const ahead = Math.max(1, Math.floor(Math.max(AHEAD, AHEAD_SHARE * replications) / race.alive.length))
    for (let replication = next; replication < next + ahead; replication++)
      for (const design of race.alive) ask(design, replication)
    const row = new Map<number, Observation>()
    for (const design of race.alive) {
      const observation = await ask(design, next)
      asked.delete(`${design} ${next}`)
      if (observation) row.set(design, observation)
    }
    isStopped = row.size < race.alive.length
    if (isStopped) break
    for (const [design, observation] of row) observations[design]!.push(observation)
    replications += row.size
    race.advance((design) => observedOf(search, row.get(design)!))
    tell(replications, null)
  }
  const { eliminations } = race
  const verdict = verdictOf(search, designs, observations, race)
  return { ...verdict, replications, isComplete: !isStopped, race: { isDecided: race.isOver, eliminations } }
}

const observedOf = (search: SearchFile, { objective, constraints }: Observation): Observed => ({
  objective: senseOf(search) * objective,
  slacks: slacksOf(search, constraints),
})

/** By constraint: less than 0 is kept; of a chance constraint, 1 where it held. */
const slacksOf = (search: SearchFile, values: number[]): number[] =>
  search.constraints.map((constraint, place) => {
    const value = values[place]!
    if (constraint.withProbability !== undefined) return holds(constraint, value) ? 1 : 0
    return constraint.below === undefined ? constraint.above! - value : value - constraint.below
  })

/** By OCBA: until the budget is spent, or the best is known with the confidence asked for. */
const byBudget = async (search: SearchFile, designs: Design[], observe: Observe, tell: SearchProgress): Promise<Found> => {
  const budget = search.budget!
  const observations = await firstStage(search, designs, observe, tell, budget)
  let isWholeYet = isWhole(search, observations)
  const candidates = () => observations.map((all) => candidateOf(search, all))
  const step = Math.max(4, Math.ceil(designs.length / 2))
  let { replications } = countedOf(observations)
  while (isWholeYet && replications < budget && probabilityOfBest(candidates()) < search.confidence) {
    const given = nextOnes(candidates(), Math.min(step, budget - replications), search.indifference ?? 1e-9)
    const rows = await Promise.all(
      given.map(async (more, design) => {
        const from = observations[design]!.length
        return untilMissing(await Promise.all(Array.from({ length: more }, (_, one) => observe(design, from + one))))
      }),
    )
    for (const [design, row] of rows.entries()) observations[design]!.push(...row)
    isWholeYet = rows.every((row, design) => row.length === given[design])
    replications = countedOf(observations).replications
    tell(replications, budget)
  }
  // Constraints are kept that means keep, as the allocation sees them: what is said of the best is said of that one.
  const last = isWholeYet ? candidates() : null
  return {
    ...verdictOf(search, designs, observations, last ? { isFeasible: (design) => isKept(last[design]!) } : undefined),
    replications,
    isComplete: isWholeYet,
    ...(last && { probabilityOfBest: probabilityOfBest(last) }),
  }
}

const candidateOf = (search: SearchFile, observations: Observation[]): Candidate => {
  const slacks = observations.map(({ constraints }) => slacksOf(search, constraints))
  return {
    replications: observations.length,
    objective: estimateOf(observations.map(({ objective }) => senseOf(search) * objective)),
    slacks: search.constraints.map(({ withProbability }, place) => {
      const values = slacks.map((each) => each[place]!)
      if (withProbability === undefined) return estimateOf(values)
      // After Laplace: a constraint that has always held may still fail.
      const held = values.reduce((sum, each) => sum + each, 0)
      const share = (held + 1) / (values.length + 2)
      return { mean: withProbability - held / values.length, variance: share * (1 - share) }
    }),
  }
}

const estimateOf = (values: number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1) }
}
