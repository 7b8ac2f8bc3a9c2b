/**
 * Where the next replications tell most: optimal computing budget allocation, C.-H. Chen, J. Lin, E. Yücesan and S. E. Chick, "Simulation budget allocation for further enhancing the
 * efficiency of ordinal optimization" (2000); with constraints as L. H. Lee, N. A. Pujowidianto, L.-W. Li, C.-H. Chen and C. M. Yap, "Approximate simulation budget allocation for selecting the best design in
 * the presence of stochastic constraints" (2012).
 */
import { normalProbability } from './normal.ts'

/** What is known of a number by replications. */
export interface Estimate {
  mean: number
  variance: number
}

export interface Candidate {
  replications: number
  /** The less the better. */
  objective: Estimate
  /** Less their limits: below 0 is kept. */
  slacks: Estimate[]
}

/** The best by means of those whose slacks are all below 0; where there is none, the one whose slack is nearest to it. */
export const bestOf = (candidates: Candidate[]): number => {
  const ranks = candidates.map((candidate) => ({
    excess: isKept(candidate) ? 0 : Math.max(...candidate.slacks.map(({ mean }) => mean)),
    isKept: isKept(candidate),
    value: candidate.objective.mean,
  }))
  let best = 0
  for (let design = 1; design < ranks.length; design++) {
    const [one, other] = [ranks[best]!, ranks[design]!]
    if (one.isKept !== other.isKept ? other.isKept : one.isKept ? other.value < one.value : other.excess < one.excess)
      best = design
  }
  return best
}

/**
 * How a total of replications is best shared out: by the squared ratio of noise to signal, where the signal of a design is how much worse it is than the best, or how far beyond a limit, whichever tells sooner.
 * @param least the least signal there is: differences below it matter to nobody.
 * @returns replications by design, no whole numbers.
 */
export const allocationOf = (candidates: Candidate[], total: number, least: number): number[] => {
  const best = bestOf(candidates)
  const ratio = ({ mean, variance }: Estimate) => variance / Math.max(mean * mean, least * least)
  const { objective } = candidates[best]!
  let byObjective = 0
  const shares = candidates.map((candidate, design) => {
    if (design === best) return 0
    const worse = { mean: candidate.objective.mean - objective.mean, variance: candidate.objective.variance }
    const beyond = candidate.slacks.filter(({ mean }) => mean >= 0).map(ratio)
    const compared = worse.mean > 0 || beyond.length === 0 ? ratio(worse) : Number.POSITIVE_INFINITY
    const share = Math.min(compared, ...beyond)
    if (share === compared && candidate.objective.variance > 0) byObjective += (share * share) / candidate.objective.variance
    return share
  })
  shares[best] = Math.max(Math.sqrt(objective.variance * byObjective), ...candidates[best]!.slacks.map(ratio))
  const sum = shares.reduce((all, each) => all + each, 0)
  return sum > 0 ? shares.map((share) => (total * share) / sum) : shares.map(() => total / shares.length)
}

/** Of so many more replications, those of each design: one by one to the one that lacks most of its share (C.-H. Chen, L. H. Lee, "Stochastic simulation optimization", 2011). */
export const nextOnes = (candidates: Candidate[], more: number, least: number): number[] => {
  const total = candidates.reduce((sum, { replications }) => sum + replications, more)
  const lacking = allocationOf(candidates, total, least).map((share, design) => share - candidates[design]!.replications)
  const given = candidates.map(() => 0)
  for (let one = 0; one < more; one++) {
    const design = lacking.indexOf(Math.max(...lacking))
    given[design]!++
    lacking[design]!--
  }
  return given
}

/** At least how probable it is that the best by means is the best that keeps its limits, by Bonferroni: APCS-B. */
export const probabilityOfBest = (candidates: Candidate[]): number => {
  const best = bestOf(candidates)
  const chosen = candidates[best]!
  const below = (mean: number, variance: number): number =>
    variance > 0 ? normalProbability(-mean / Math.sqrt(variance)) : mean < 0 ? 1 : 0
  const kept = ({ slacks, replications }: Candidate) =>
    Math.min(1, ...slacks.map(({ mean, variance }) => below(mean, variance / replications)))
  const wrong = candidates.map((candidate, design) => {
    if (design === best)
      return chosen.slacks.reduce((sum, { mean, variance }) => sum + 1 - below(mean, variance / chosen.replications), 0)
    const difference = candidate.objective.mean - chosen.objective.mean
    const variance = candidate.objective.variance / candidate.replications + chosen.objective.variance / chosen.replications
    return Math.min(below(difference, variance), kept(candidate))
  })
  return Math.max(0, 1 - wrong.reduce((sum, each) => sum + each, 0))
}

/** Whether means keep all limits. */
export const isKept = ({ slacks }: Candidate): boolean => slacks.every(({ mean }) => mean < 0)
