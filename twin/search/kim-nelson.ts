/**
 * Which of several designs is best, told design by design as soon as it can be: procedure KN of S.-H. Kim and B. L. Nelson, "A fully sequential procedure for indifference-zone selection
 * in simulation" (ACM TOMACS 11, 2001), with c = 1; common random numbers are allowed and help. Constraints are checked as S. Andradóttir and S.-H. Kim do in "Fully sequential procedures for comparing
 * constrained systems via simulation" (2010): the same continuation region, against the limit; only a design that was found feasible eliminates others. Chance constraints are decided by
 * A. Wald's sequential probability ratio test (1945), for replications in which they hold are no normal numbers.
 */
import { log, pow } from '../simulate/arithmetic.ts'

export type ConstraintRule =
  /** The mean slack is to be below 0; between -tolerance and tolerance either verdict will do. */
  | { kind: 'mean'; tolerance: number }
  /** It is to hold with this probability, in the same way. */
  | { kind: 'chance'; probability: number; tolerance: number }

export interface SelectionOptions {
  designs: number
  /** P(the best feasible design, or one within `indifference` of it, is selected) is at least this. */
  confidence: number
  /** Of the objective: what nobody minds. */
  indifference: number
  constraints: ConstraintRule[]
}

export interface Observed {
  /** The less the better. */
  objective: number
  /** By constraint: the measure less the limit, the less the better; of a chance constraint, 1 where it held and 0 where not. */
  slacks: number[]
}

export interface Elimination {
  design: number
  /** The replications that were made of it. */
  replications: number
  why: 'worse' | 'infeasible'
}

export class KimNelson {
  /** Designs still in the race, in order. */
  alive: number[]
  /** Of each of those in the race. */
  replications: number
  readonly eliminations: Elimination[] = []
  readonly #options: SelectionOptions
  readonly #sums: Float64Array
  /** By design and constraint: the sum of slacks, or the logarithm of Wald's ratio. */
  readonly #slacks: number[][]
  readonly #isFeasible: (boolean | null)[][]
  /** Half the widest continuation region, by pair: h² S² / 2δ; by design and constraint: h² S² / 2ε. */
  readonly #starts: Float64Array
  readonly #slackStarts: number[][]

  /** @param first by design: its first-stage observations, at least 2 and as many of each. */
  constructor(options: SelectionOptions, first: Observed[][]) {
    const { designs, confidence, indifference, constraints } = options
    const stage = first[0]!.length
    const error = 1 - confidence
    const factor = (each: number) => pow(2 * each, -2 / (stage - 1)) - 1
    const pairs = constraints.length > 0 ? error / 2 : error
    // h² = 2 η (n0 - 1), with η half of `factor`.
    const spread = factor(pairs / Math.max(1, designs - 1)) * (stage - 1)
    this.#options = options
    this.alive = Array.from({ length: designs }, (_, design) => design)
    this.replications = stage
    this.#sums = Float64Array.from(first, (all) => all.reduce((sum, { objective }) => sum + objective, 0))
    this.#starts = new Float64Array(designs * designs)
    for (let one = 0; one < designs; one++)
      for (let other = 0; other < one; other++) {
        const start =
          (spread * varianceOf(first[one]!.map((each, index) => each.objective - first[other]![index]!.objective))) /
          (2 * indifference)
        this.#starts[one * designs + other] = start
        this.#starts[other * designs + one] = start
      }
    const slackSpread = factor(this.#errorOfConstraint) * (stage - 1)
    this.#slackStarts = first.map((all) =>
      constraints.map((rule, place) =>
        rule.kind === 'chance' ? 0 : (slackSpread * varianceOf(all.map(({ slacks }) => slacks[place]!))) / (2 * rule.tolerance),
      ),
    )
    this.#slacks = first.map(() => constraints.map(() => 0))
    this.#isFeasible = first.map(() => constraints.map(() => null))
    for (let replication = 0; replication < stage; replication++)
      for (const design of this.alive) this.#addSlacks(design, first[design]![replication]!)
    this.#decide()
  }

  /** Nobody is left, or one that keeps the constraints. */
  get isOver(): boolean {
    return this.alive.length === 0 || (this.alive.length === 1 && this.isFeasible(this.alive[0]!) === true)
  }

  /** Whether a design keeps the constraints; null while it is not decided. */
  isFeasible(design: number): boolean | null {
    const verdicts = this.#isFeasible[design]!
    return verdicts.includes(false) ? false : verdicts.includes(null) ? null : true
  }

  /** One more replication of each design in the race. @param observed by design. */
  advance(observed: (design: number) => Observed): void {
    this.replications++
    for (const design of this.alive) {
      const observation = observed(design)
      this.#sums[design]! += observation.objective
      this.#addSlacks(design, observation)
    }
    this.#decide()
  }

  get #errorOfConstraint(): number {
    const { designs, confidence, constraints } = this.#options
    return (1 - confidence) / 2 / (designs * Math.max(1, constraints.length))
  }

  #addSlacks(design: number, { slacks }: Observed): void {
    this.#options.constraints.forEach((rule, place) => {
      const slack = slacks[place]!
      if (rule.kind === 'mean') this.#slacks[design]![place]! += slack
      else {
        const [high, low] = [rule.probability + rule.tolerance, rule.probability - rule.tolerance]
        this.#slacks[design]![place]! += slack === 1 ? log(high / low) : log((1 - high) / (1 - low))
      }
    })
  }

  #decide(): void {
    for (const design of this.alive) this.#checkConstraints(design)
    this.#remove((design) => this.isFeasible(design) === false, 'infeasible')
    const there = this.alive
    this.#remove(
      (design) => there.some((other) => other !== design && this.isFeasible(other) === true && this.#beats(other, design)),
      'worse',
    )
  }

  #checkConstraints(design: number): void {
    this.#options.constraints.forEach((rule, place) => {
      if (this.#isFeasible[design]![place] !== null) return
      const sum = this.#slacks[design]![place]!
      if (rule.kind === 'chance') {
        // Either error is at most 1 / the ratio that is waited for.
        const ratio = -log(this.#errorOfConstraint)
        if (Math.abs(sum) >= ratio) this.#isFeasible[design]![place] = sum > 0
        return
      }
      const width = Math.max(0, this.#slackStarts[design]![place]! - (rule.tolerance * this.replications) / 2)
      if (Math.abs(sum) >= width) this.#isFeasible[design]![place] = sum < 0
    })
  }

  /** Beyond the continuation region, W(r) = max(0, h² S² / 2δ - δ r / 2) for sums; where it is closed, by any difference, and of two alike the first stays. */
  #beats(one: number, other: number): boolean {
    const { designs, indifference } = this.#options
    const width = Math.max(0, this.#starts[one * designs + other]! - (indifference * this.replications) / 2)
    const difference = this.#sums[other]! - this.#sums[one]!
    return difference > width || (width === 0 && difference === 0 && one < other)
  }

  #remove(isOut: (design: number) => boolean, why: Elimination['why']): void {
    const out = this.alive.filter(isOut)
    for (const design of out) this.eliminations.push({ design, replications: this.replications, why })
    this.alive = this.alive.filter((design) => !out.includes(design))
  }
}

const varianceOf = (values: number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1)
}
