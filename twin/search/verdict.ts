/** What may be said of designs of which replications were made: whether they keep the constraints, which may be best, which no other beats in everything. */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { differenceOf, type Interval, intervalOf, studentQuantile } from '../experiment/interval.ts'
import { judged, type TargetResult } from '../experiment/targets.ts'
import type { Design, Setting } from './designs.ts'
import { type Observation, senseOf } from './observation.ts'
import type { SearchFile } from './schema.ts'

export interface DesignResult {
  /** Its number among all. */
  design: number
  settings: Setting[]
  cost: number
  replications: number
  /** At the confidence that was asked for, of this design alone. */
  objective: Interval
  /** Each by an interval that is wide enough for all constraints of all designs to hold at once. */
  constraints: TargetResult[]
  /** All constraints are met; null where some interval holds the limit. */
  isFeasible: boolean | null
  /** Not told from the best of those that keep the constraints; of `kn`, still in the race. */
  mayBeBest: boolean
  /** No other design is as good in the objective and in each constraint, and better in one of them: by means. */
  isPareto: boolean
  /** This design less the best, replication by replication. */
  difference: (Interval & { isDetectable: boolean }) | null
}

/** What a sequential procedure says, instead of intervals. */
export interface Sequential {
  /** Of `kn`: the designs still in the race. */
  alive?: number[]
  isFeasible: (design: number) => boolean | null
}

export interface Verdict {
  /** The best design that keeps the constraints, by its mean; where none surely does, of those that may; null where all surely do not. */
  best: number | null
  /** In order: those that keep the constraints first, the best first. */
  designs: DesignResult[]
}

/**
 * Judges designs by their replications, of which those of one number had the same luck. The designs that may be best are the subset that holds the best of the feasible ones with
 * the confidence asked for: paired screening by Bonferroni (B. L. Nelson, J. Swann, D. Goldsman, W. Song, "Simple procedures for selecting the best simulated system when the number of
 * alternatives is large", 2001). With constraints, half of the error goes to them.
 * @param observations by design, and replication; a design without any is left out.
 */
export const verdictOf = (search: SearchFile, designs: Design[], observations: Observation[][], says?: Sequential): Verdict => {
  const sense = senseOf(search)
  const error = (1 - search.confidence) / (search.constraints.length > 0 ? 2 : 1)
  const seen = designs.map((_, design) => design).filter((design) => observations[design]!.length > 0)
  const alone = 1 - error / Math.max(1, seen.length * search.constraints.length)
  const objectives = observations.map((all) => all.map(({ objective }) => sense * objective))
  const judgedOnes = seen.map((design) => {
    const own = observations[design]!
    const constraints = search.constraints.map(({ tolerance: _, ...target }, place) =>
      judged(
        target,
        own.map((observation) => observation.constraints[place]!),
        alone,
      ),
    )
    const verdicts = constraints.map(({ isMet }) => isMet)
    const isFeasible = says ? says.isFeasible(design) : verdicts.includes(false) ? false : verdicts.includes(null) ? null : true
    const isLeft = says?.alive?.includes(design) ?? true
    const objective = intervalOf(
      own.map((observation) => observation.objective),
      search.confidence,
    )
    const { settings, cost } = designs[design]!
    return { design, settings, cost, replications: own.length, objective, constraints, isFeasible, isLeft }
  })
  const ordered = [...judgedOnes].sort(
    (left, right) =>
      Number(right.isLeft) - Number(left.isLeft) ||
      rankOf(left.isFeasible) - rankOf(right.isFeasible) ||
      sense * (left.objective.mean - right.objective.mean) ||
      left.design - right.design,
  )
  const best = ordered[0]?.isLeft && ordered[0].isFeasible !== false ? ordered[0].design : null
  const feasible = ordered.filter(({ isFeasible }) => isFeasible === true)
  const beats = beating(error / (seen.length - 1))
  const isBeaten = (design: number): boolean =>
    feasible.some((other) => other.design !== design && beats(objectives[other.design]!, objectives[design]!))
  return {
    best,
    designs: ordered.map(({ isLeft, ...each }) => ({
      ...each,
      mayBeBest: says?.alive ? isLeft : each.isFeasible !== false && !isBeaten(each.design),
      isPareto: !ordered.some((other) => other.design !== each.design && dominates(other, each, sense)),
      difference:
        best === null || best === each.design
          ? null
          : paired(observations[best]!, observations[each.design]!, search.confidence, seen.length - 1),
    })),
  }
}

const rankOf = (isFeasible: boolean | null): number => (isFeasible === true ? 0 : isFeasible === null ? 1 : 2)

/** Whether one is surely less than another, by replications that both have. @param error of each one-sided comparison. */
const beating = (error: number): ((one: number[], other: number[]) => boolean) => {
  const quantiles = new Map<number, number>()
  const quantile = (count: number): number => {
    const known = quantiles.get(count) ?? studentQuantile(1 - error, count - 1)
    quantiles.set(count, known)
    return known
  }
  return (one, other) => {
    const count = Math.min(one.length, other.length)
    if (count < 2) return false
    const differences = Array.from({ length: count }, (_, index) => other[index]! - one[index]!)
    return mean(differences) > (quantile(count) * sampleStandardDeviation(differences)) / Math.sqrt(count)
  }
}

const paired = (best: Observation[], other: Observation[], confidence: number, comparisons: number) => {
  const count = Math.min(best.length, other.length)
  const values = (all: Observation[]) => all.slice(0, count).map(({ objective }) => objective)
  return differenceOf(values(best), values(other), confidence, comparisons)
}

type Judgement = Pick<DesignResult, 'objective' | 'constraints'>

const dominates = (one: Judgement, other: Judgement, sense: 1 | -1): boolean => {
  const gains = [
    sense * (other.objective.mean - one.objective.mean),
    ...one.constraints.map((constraint, place) => merit(constraint) - merit(other.constraints[place]!)),
  ]
  return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0)
}

/** The more the better. */
const merit = (constraint: TargetResult): number =>
  constraint.held?.share ?? (constraint.below === undefined ? constraint.mean : -constraint.mean)
