/** What happened lately in this hospital beside what the twin makes of the same weeks: each figure with where 19 of 20 such periods would lie. */
import type { DemandItem, ElementTimesList, StartsList } from '../../../api/types.ts'
import { intervalOf } from '../../../twin/experiment/interval.ts'
import type { Measure } from '../../../twin/experiment/measures.ts'

export interface Observed {
  /** Whole days that were looked at. */
  days: number
  starts: StartsList['items']
  times: ElementTimesList[]
}

export interface Comparison {
  /** The twin's name of it. */
  measure: string
  observed: number
  /** Of how many it is the mean, or how many there were. */
  count: number
  mean: number
  /** Of the same figure in another such period, 95 %. */
  low: number
  high: number
  isInside: boolean
}

/** Fewer say little. */
const COUNT_MIN = 20
const WARM_UP_DAYS = 7
export const REPLICATIONS = 6

/** The live hospital as a scenario: its units, its published pathways, who comes, for as long as was observed. JSON is YAML. */
export const liveScenario = (pathways: string[], { streams }: DemandItem, days: number): string =>
  JSON.stringify({
    name: 'validation',
    hospital: 'live:hospital',
    pathways: pathways.map((id) => `published:${id}`),
    demand: streams,
    ...(pathways.includes('restock') && { reorder: { pathway: 'restock' } }),
    warmUp: `P${WARM_UP_DAYS}D`,
    horizon: `P${WARM_UP_DAYS + days}D`,
    replications: REPLICATIONS,
    seed: 1,
  })

/** @param runs measures of replications, two at least. Those that differ beyond chance come first, the farthest out before the others. */
export const comparisonsOf = ({ starts, times }: Observed, runs: Measure[][]): Comparison[] => {
  const figures = [
    ...starts.map(({ pathway, startsByHourOfWeek }) => {
      const count = startsByHourOfWeek.reduce((sum, each) => sum + each, 0)
      return { measure: `${pathway}.started`, observed: count, count }
    }),
    ...times.flatMap(({ pathway, items }) =>
      items.flatMap(({ element, waited, waitMinutesMean }) =>
        waitMinutesMean === null
          ? []
          : [{ measure: `${pathway}.${element}.waitMinutesMean`, observed: waitMinutesMean, count: waited }],
      ),
    ),
  ]
  const rows = figures.flatMap(({ measure, observed, count }): Comparison[] => {
    const values = runs.flatMap((run) => run.find(({ name }) => name === measure)?.value ?? [])
    if (count < COUNT_MIN || values.length < 2) return []
    const { mean, low, high } = intervalOf(values, 0.95)
    // One more period varies as much as each of these: the interval of a mean is widened by the square root of n + 1.
    const half = ((high - low) / 2) * Math.sqrt(values.length + 1)
    const [least, most] = [Math.max(0, mean - half), mean + half]
    return [{ measure, observed, count, mean, low: least, high: most, isInside: observed >= least && observed <= most }]
  })
  return rows.sort((one, other) => distanceOf(other) - distanceOf(one))
}

/** How far out, in half widths. */
const distanceOf = ({ observed, mean, low, high }: Comparison): number =>
  Math.abs(observed - mean) / (Math.max(high - low, 1e-9) / 2)
