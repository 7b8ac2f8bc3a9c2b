/** The designs of a search: the scenario, with each combination of the values of its factors. */
import type { AskedMeasure } from '../experiment/asked.ts'
import { ScenarioFile } from '../experiment/schema.ts'
import { checkedValue } from '../yaml/checked.ts'
import { ImpossibleSearch, withValue } from './paths.ts'
import { type Factor, type SearchFile, valuesOf } from './schema.ts'

export interface Setting {
  /** Of the factor. */
  name: string
  value: unknown
}

export interface Design {
  settings: Setting[]
  /** The values of its factors, each times what one costs. */
  cost: number
  scenario: ScenarioFile
}

/** More are a search that nobody waits for. */
const DESIGNS_MAX = 2_000

/** A design as messages name it: what it sets. */
export const designText = ({ settings }: Pick<Design, 'settings'>): string =>
  settings.map(({ name, value }) => `${name} = ${JSON.stringify(value)}`).join(', ') || 'as it is'

export const nameOfFactor = ({ name, path }: Factor): string => name ?? path!

/** How many designs there are to be simulated; of a tornado, the scenario as it is too. */
export const designCount = ({ method, factors }: SearchFile): number =>
  method === 'tornado' ? 1 + 2 * factors.length : factors.reduce((product, factor) => product * valuesOf(factor).length, 1)

/** All combinations, the last factor changing fastest. @throws ImpossibleSearch for a path or a value that the scenario cannot have. */
export const designsOf = (search: SearchFile, scenario: ScenarioFile): Design[] => {
  const count = designCount(search)
  if (count > DESIGNS_MAX)
    throw new ImpossibleSearch('factors', `they make ${count} designs, and ${DESIGNS_MAX} are the most`, 'Take values away.')
  const least = count * search.replications
  if (search.budget !== undefined && search.budget < least)
    throw new ImpossibleSearch(
      'budget',
      `it is less than the first stage, ${search.replications} replications of ${count} designs`,
      `Make it more than ${least}.`,
    )
  return search.factors
    .reduce<unknown[][]>(
      (combinations, factor) => combinations.flatMap((values) => valuesOf(factor).map((value) => [...values, value])),
      [[]],
    )
    .map((values) => designOf(search, scenario, new Map(search.factors.map((factor, place) => [factor, values[place]]))))
}

/** The scenario with these values of some factors. @throws ImpossibleSearch */
export const designOf = (search: SearchFile, scenario: ScenarioFile, values: Map<Factor, unknown>): Design => {
  let changed: ScenarioFile = withAsked(search, scenario)
  let cost = 0
  for (const [factor, value] of values) {
    const place = `factors[${search.factors.indexOf(factor)}], ${nameOfFactor(factor)} = ${JSON.stringify(value)}`
    const { paths, costs } = saidBy(factor, value)
    changed = withEach(changed, paths, place)
    if (costs === undefined) continue
    if (typeof costs !== 'number') throw new ImpossibleSearch(place, 'its cost is no number', 'Correct it, or take it away.')
    cost += costs
  }
  return { settings: [...values].map(([factor, value]) => ({ name: nameOfFactor(factor), value })), cost, scenario: changed }
}

/** What a factor says at which paths when it has a value, and what that costs. */
const saidBy = ({ path, costEach, options }: Factor, value: unknown): { paths: [string, unknown][]; costs: unknown } => {
  if (options) {
    const { [COST]: costs, ...paths } = options[value as string]!
    return { paths: Object.entries(paths), costs }
  }
  const costs = costEach === undefined ? undefined : typeof value === 'number' ? costEach * value : value
  return { paths: [[path!, value]], costs }
}

const withEach = (scenario: ScenarioFile, paths: [string, unknown][], place: string): ScenarioFile => {
  const { value: checked, problems } = checkedValue(
    // A scenario without a name has none to be checked.
    paths.reduce((changed, [path, value]) => withValue(changed, path, value), { ...scenario, name: scenario.name || undefined }),
    ScenarioFile,
  )
  if (checked) return checked
  const { path: where, message, help } = problems[0]!
  throw new ImpossibleSearch(place, `${where}: ${message}`, help)
}

/** The scenario of which all that the search speaks of is measured. */
const withAsked = (search: SearchFile, scenario: ScenarioFile): ScenarioFile => ({
  ...scenario,
  ...(search.seed !== undefined && { seed: search.seed }),
  measures: [...new Set([...scenario.measures, ...measuresAsked(search).map(({ measure }) => measure)])],
})

/** What stands among measures for what a design costs; where the scenario says costs itself, these are part of it. */
export const COST = 'cost'

/** The measures that a search speaks of, and where it does. */
export const measuresAsked = ({ objective, constraints, measures = [] }: SearchFile): AskedMeasure[] => {
  const aim = objective?.minimise ?? objective?.maximise ?? {}
  return [
    ...(typeof aim === 'string' ? [aim] : Object.keys(aim)).map((measure) => ({ path: 'objective', measure })),
    ...constraints.map(({ measure }, index) => ({ path: `constraints[${index}].measure`, measure })),
    ...measures.map((measure, index) => ({ path: `measures[${index}]`, measure })),
  ].filter(({ path, measure }) => path.startsWith('measures') || measure !== COST)
}
