/** What a search says: as data, and as CSV. */
import { type Cell, csv } from '../experiment/csv.ts'
import type { ScenarioFile } from '../experiment/schema.ts'
import { type Design, nameOfFactor, type Setting } from './designs.ts'
import type { Sampler } from './observation.ts'
import { type Found, type SearchProgress, searchAmong } from './run.ts'
import { type Factor, type SearchFile, valuesOf } from './schema.ts'
import { type Curve, curveOf, type Tornado, tornadoOf } from './show.ts'

/** Of this very shape of results. */
export const SEARCH_FORMAT = 1

export interface SearchHead {
  format: typeof SEARCH_FORMAT
  name: string
  /** The scenario's file and name. */
  scenario: string
  seed: number
  horizon: string
  warmUp: string
  confidence: number
  factors: { name: string; path?: string; options?: Factor['options']; values: unknown[] }[]
}

export type FoundDesigns = SearchHead & { method: 'grid' | 'kn' | 'ocba' } & Found &
  Pick<SearchFile, 'objective' | 'constraints' | 'budget' | 'indifference'>
export type FoundCurve = SearchHead & { method: 'curve' | 'twoWay' } & Curve
export type FoundTornado = SearchHead & { method: 'tornado' } & Tornado
export type SearchResults = FoundDesigns | FoundCurve | FoundTornado

/**
 * Does what a search asks for. The same search, scenario and seed give the same results, whoever replicates the designs.
 * @param designs those of `shownDesigns`. @param scenario as it is without any factor. @throws what `sample` throws.
 */
export const resultsOfSearch = async (
  search: SearchFile,
  scenario: ScenarioFile,
  designs: Design[],
  sample: Sampler,
  tell: SearchProgress = () => {},
): Promise<SearchResults> => {
  const head: SearchHead = {
    format: SEARCH_FORMAT,
    name: search.name,
    scenario: search.scenario,
    seed: search.seed ?? scenario.seed,
    horizon: scenario.horizon,
    warmUp: scenario.warmUp,
    confidence: search.confidence,
    factors: search.factors.map((factor) => ({
      name: nameOfFactor(factor),
      ...(factor.options ? { options: factor.options } : { path: factor.path! }),
      values: valuesOf(factor),
    })),
  }
  const { method, objective, constraints, budget, indifference } = search
  if (method === 'tornado') return { ...head, method, ...(await tornadoOf(search, designs, sample, tell)) }
  if (method === 'curve' || method === 'twoWay') return { ...head, method, ...(await curveOf(search, designs, sample, tell)) }
  const found = await searchAmong(search, designs, sample, tell)
  return {
    ...head,
    method,
    objective,
    constraints,
    ...(budget !== undefined && { budget }),
    ...(indifference !== undefined && { indifference }),
    ...found,
  }
}

/** One line a design; of a curve and a two-way table, one line a design and measure; of a tornado, one line a factor and measure. */
export const csvOfSearch = (results: SearchResults): string => {
  const names = results.factors.map(({ name }) => name)
  if ('bars' in results) {
    const ends = ['value', 'difference', 'low', 'high', 'detectable']
    return csv([
      ['measure', 'factor', 'swing', ...ends.map((end) => `low ${end}`), ...ends.map((end) => `high ${end}`)],
      ...results.bars.map(({ measure, factor, swing, low, high }): Cell[] => [
        measure,
        factor,
        swing,
        ...[low, high].flatMap(({ value, difference }): Cell[] => [
          textOf(value),
          difference.mean,
          difference.low,
          difference.high,
          difference.isDetectable,
        ]),
      ]),
    ])
  }
  if ('points' in results)
    return csv([
      [...names, 'cost', 'measure', 'mean', 'low', 'high', 'deviation', 'one in', 'replications'],
      ...results.points.flatMap(({ settings, cost, measures }) =>
        measures.map(({ name, mean, low, high, deviation, oneIn, replications }): Cell[] => [
          ...settingsOf(settings),
          cost,
          name,
          mean,
          low,
          high,
          deviation,
          oneIn ?? '',
          replications,
        ]),
      ),
    ])
  const constraints = results.constraints.flatMap(({ measure, withProbability }) =>
    withProbability === undefined
      ? [measure, `${measure} low`, `${measure} high`]
      : [`${measure} held`, `${measure} held low`, `${measure} held high`],
  )
  return csv([
    [
      'rank',
      ...names,
      'cost',
      'replications',
      'objective',
      'low',
      'high',
      'difference',
      'difference low',
      'difference high',
      ...constraints,
      'feasible',
      'may be best',
      'pareto',
    ],
    ...results.designs.map((each, rank): Cell[] => [
      rank + 1,
      ...settingsOf(each.settings),
      each.cost,
      each.replications,
      each.objective.mean,
      each.objective.low,
      each.objective.high,
      each.difference?.mean ?? '',
      each.difference?.low ?? '',
      each.difference?.high ?? '',
      ...each.constraints.flatMap(({ mean, low, high, held }) => (held ? [held.share, held.low, held.high] : [mean, low, high])),
      each.isFeasible ?? '',
      each.mayBeBest,
      each.isPareto,
    ]),
  ])
}

const settingsOf = (settings: Setting[]): Cell[] => settings.map(({ value }) => textOf(value))

/** A value of a factor, for people. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
