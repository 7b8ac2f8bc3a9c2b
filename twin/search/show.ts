/** What factors do to measures: curves, two-way tables, and tornadoes. Every design has the same number of replications, with the same luck. */
import { differenceOf, type Interval, intervalOf } from '../experiment/interval.ts'
import type { ScenarioFile } from '../experiment/schema.ts'
import { type Design, designOf, designsOf, nameOfFactor, type Setting } from './designs.ts'
import { type Sampler, valueIn } from './observation.ts'
import type { SearchProgress } from './run.ts'
import { type SearchFile, valuesOf } from './schema.ts'

export interface ShownMeasure extends Interval {
  name: string
  /** Of a share: one in so many; null of nobody, and of what is no share. */
  oneIn: number | null
}

export interface Point {
  settings: Setting[]
  cost: number
  measures: ShownMeasure[]
}

/** Of a curve and of a two-way table: in the order of the factors' values, the last changing fastest. */
export interface Curve {
  isComplete: boolean
  replications: number
  points: Point[]
}

/** What a factor does to a measure, the others staying as they are in the scenario. */
export interface Bar {
  factor: string
  measure: string
  low: BarEnd
  high: BarEnd
  /** From the least of the three means to the greatest. */
  swing: number
}

/** A factor's value, and the measure with it less the measure as things are: paired, by intervals that all hold at once (Bonferroni). */
export interface BarEnd {
  value: unknown
  difference: Interval & { isDetectable: boolean }
}

export interface Tornado {
  isComplete: boolean
  replications: number
  base: ShownMeasure[]
  /** By measure, the widest first. */
  bars: Bar[]
}

/** The designs that are simulated: all combinations; of a tornado, the scenario as it is and then each factor low and high. @throws ImpossibleSearch */
export const shownDesigns = (search: SearchFile, scenario: ScenarioFile): Design[] => {
  if (search.method !== 'tornado') return designsOf(search, scenario)
  const base = designOf(search, scenario, new Map())
  return [
    base,
    ...search.factors.flatMap((factor) =>
      valuesOf(factor).map((value) => designOf(search, scenario, new Map([[factor, value]]))),
    ),
  ]
}

/** @param designs those of `shownDesigns`. */
export const curveOf = async (
  search: SearchFile,
  designs: Design[],
  sample: Sampler,
  tell: SearchProgress = () => {},
): Promise<Curve> => {
  const { values, isComplete, replications } = await valuesBy(search, designs, sample, tell)
  const points = designs.map(({ settings, cost }, design) => ({ settings, cost, measures: shownOf(search, values[design]!) }))
  return { isComplete, replications, points: replications === 0 ? [] : points }
}

/** @param designs those of `shownDesigns`. */
export const tornadoOf = async (
  search: SearchFile,
  designs: Design[],
  sample: Sampler,
  tell: SearchProgress = () => {},
): Promise<Tornado> => {
  const { values, isComplete, replications } = await valuesBy(search, designs, sample, tell)
  if (replications === 0) return { isComplete, replications, base: [], bars: [] }
  const measures = search.measures!
  const comparisons = measures.length * (designs.length - 1)
  const bars = measures.flatMap((measure, place) =>
    search.factors
      .map((factor, index) => {
        const column = (design: number) => values[design]!.map((each) => each[place]!)
        const [low, high] = [1, 2].map((end) => ({
          value: valuesOf(factor)[end - 1],
          difference: differenceOf(column(0), column(2 * index + end), search.confidence, comparisons),
        })) as [BarEnd, BarEnd]
        const ends = [0, low.difference.mean, high.difference.mean]
        return { factor: nameOfFactor(factor), measure, low, high, swing: Math.max(...ends) - Math.min(...ends) }
      })
      .sort((one, other) => other.swing - one.swing),
  )
  return { isComplete, replications, base: shownOf(search, values[0]!), bars }
}

const shownOf = ({ measures, confidence }: SearchFile, values: number[][]): ShownMeasure[] =>
  measures!.map((name, place) => {
    const interval = intervalOf(
      values.map((each) => each[place]!),
      confidence,
    )
    return { name, ...interval, oneIn: name.endsWith('Share') && interval.mean > 0 ? 1 / interval.mean : null }
  })

/** By design, replication and measure; as many replications of each design as all of them have. */
const valuesBy = async ({ measures, replications }: SearchFile, designs: Design[], sample: Sampler, tell: SearchProgress) => {
  const of = designs.length * replications
  let finished = 0
  const rows = await Promise.all(
    Array.from({ length: replications }, (_, replication) =>
      Promise.all(
        designs.map(async (_, design) => {
          const run = await sample(design, replication)
          if (run) tell(++finished, of)
          return run && measures!.map((name) => valueIn(run, name))
        }),
      ),
    ),
  )
  const whole = rows.findIndex((row) => row.includes(null))
  const kept = whole < 0 ? rows : rows.slice(0, whole)
  return {
    values: designs.map((_, design) => kept.map((row) => row[design]!)),
    isComplete: whole < 0,
    replications: kept.length,
  }
}
