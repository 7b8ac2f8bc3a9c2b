// Goal: the best is selected as often as was asked for, in the worst case that the indifference allows, and constraints are kept. Method: normal populations of known means, seeded; counts against a binomial's bounds.
import { describe, expect, it } from 'vitest'
import { type ConstraintRule, KimNelson, type Observed } from '../../../twin/search/kim-nelson.ts'
import { chanceOf, openUniform, Purpose, uniform } from '../../../twin/simulate/chance.ts'
import { normalQuantile } from '../../../twin/simulate/distributions.ts'

const FIRST = 10
const TRIALS = 400
/** Four standard deviations of a binomial below what was asked for. */
const least = (confidence: number) => TRIALS * confidence - 4 * Math.sqrt(TRIALS * confidence * (1 - confidence))

const normal = (trial: number, replication: number, draw: number) =>
  normalQuantile(openUniform(chanceOf(trial, replication), Purpose.patient, draw))

type Population = (trial: number, design: number, replication: number) => Observed

const select = (population: Population, designs: number, trial: number, constraints: ConstraintRule[] = [], indifference = 1) => {
  const observed = (design: number, replication: number) => population(trial, design, replication)
  const first = Array.from({ length: designs }, (_, design) => Array.from({ length: FIRST }, (_, each) => observed(design, each)))
  const race = new KimNelson({ designs, confidence: 0.95, indifference, constraints }, first)
  for (let steps = 0; !race.isOver && steps < 20_000; steps++) {
    const replication = race.replications
    race.advance((design) => observed(design, replication))
  }
  return race
}
const countOf = (population: Population, designs: number, isRight: (race: KimNelson) => boolean, rules?: ConstraintRule[]) =>
  Array.from({ length: TRIALS }, (_, trial) => select(population, designs, trial, rules)).filter(isRight).length

describe('KN', () => {
  it('selects the best of five in the slippage configuration: all others worse by the indifference', () => {
    const slippage: Population = (trial, design, replication) => ({
      objective: (design === 3 ? 0 : 1) + 2 * normal(trial, replication, design),
      slacks: [],
    })
    expect(countOf(slippage, 5, ({ alive }) => alive[0] === 3)).toBeGreaterThan(least(0.95))
  })

  it('needs fewer replications by common random numbers, and is as often right', () => {
    const common: Population = (trial, design, replication) => ({
      objective: (design === 3 ? 0 : 1) + 2 * normal(trial, replication, 99) + 0.5 * normal(trial, replication, design),
      slacks: [],
    })
    const alone: Population = (trial, design, replication) => ({
      objective: (design === 3 ? 0 : 1) + Math.sqrt(4.25) * normal(trial, replication, design),
      slacks: [],
    })
    const races = Array.from({ length: 50 }, (_, trial) => ({ common: select(common, 5, trial), alone: select(alone, 5, trial) }))
    expect(races.filter((race) => race.common.alive[0] === 3).length).toBeGreaterThan(44)
    const total = (of: 'common' | 'alone') => races.reduce((sum, race) => sum + race[of].replications, 0)
    expect(total('common')).toBeLessThan(total('alone') / 3)
  })

  it('drops a much worse design in the first stage, and of two that are the same keeps the first', () => {
    const race = select(
      (trial, design, replication) => ({ objective: design * 40 + normal(trial, replication, design), slacks: [] }),
      2,
      1,
    )
    expect([race.alive, race.replications, race.eliminations]).toEqual([
      [0],
      FIRST,
      [{ design: 1, replications: FIRST, why: 'worse' }],
    ])
    expect(select(() => ({ objective: 7, slacks: [] }), 3, 1).alive).toEqual([0])
  })
})

describe('with constraints', () => {
  // The first is the best but beyond its limit by the tolerance, the second keeps it by the tolerance, the third too and is worse by the indifference.
  const bounded: Population = (trial, design, replication) => ({
    objective: design + normal(trial, replication, design),
    slacks: [(design === 0 ? 0.5 : -0.5) + normal(trial, replication, 10 + design)],
  })
  const mean: ConstraintRule = { kind: 'mean', tolerance: 0.5 }

  it('selects the best that keeps them', () => {
    expect(countOf(bounded, 3, ({ alive }) => alive[0] === 1, [mean])).toBeGreaterThan(least(0.95))
  })

  it('keeps a probability by Wald’s test: 0.97 and not 0.87, where 0.92 is asked for', () => {
    const chance: ConstraintRule = { kind: 'chance', probability: 0.92, tolerance: 0.05 }
    const population: Population = (trial, design, replication) => ({
      objective: design,
      slacks: [uniform(chanceOf(trial, replication), Purpose.patient, design) < (design === 0 ? 0.87 : 0.97) ? 1 : 0],
    })
    expect(countOf(population, 2, ({ alive }) => alive[0] === 1, [chance])).toBeGreaterThan(least(0.95))
  })

  it('ends with nobody where nobody keeps them', () => {
    const race = select(() => ({ objective: 1, slacks: [3] }), 2, 1, [mean])
    expect([race.alive, race.isOver, race.eliminations.map(({ why }) => why)]).toEqual([[], true, ['infeasible', 'infeasible']])
  })
})
