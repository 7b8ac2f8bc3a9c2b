/** What a forecast says, for whoever asked: bands of the series asked for, and what the what-if changes of them. */
import { type Driven, drivenBy } from './drivers.ts'
import {
  type Asked,
  type Band,
  type BandDifference,
  bandDifferenceOf,
  bandOf,
  ensembleOf,
  type Path,
  QUANTILES,
} from './forecast.ts'

import type { Learnt } from './learnt.ts'

/** One replication of the fork, and of the one that the what-if changes. */
export interface Pair {
  base: Path
  changed: Path | null
}

export interface ForecastResult {
  /** Hospital milliseconds. */
  at: number
  hours: number
  replications: number
  seed: number
  quantiles: readonly number[]
  bands: (Band & { driven: Driven | null })[]
  whatIf: { name: string; confidence: number; differences: BandDifference[] } | null
  /** Of a live hospital: whose durations are those of its own log, and not the drawing's. */
  learnt?: Learnt[]
}

const CONFIDENCE = 0.95

/** @param now by series, `nowOf`. */
export const resultOf = (
  { at, hours, seed }: Pick<ForecastResult, 'at' | 'hours' | 'seed'>,
  pairs: Pair[],
  asked: Asked[],
  now: (number | null)[],
  whatIf: { name: string } | null,
  learnt?: Learnt[],
): ForecastResult => {
  const base = pairs.map((pair) => pair.base)
  const flows = asked.filter(({ kind, name }) => kind === 'flow' && /\.(started|completed|reached)$/.test(name))
  const changed = pairs.flatMap((pair) => pair.changed ?? [])
  return {
    at,
    hours,
    replications: pairs.length,
    seed,
    quantiles: QUANTILES,
    bands: asked.map((each) => ({
      ...bandOf(base, ensembleOf(base, each, hours), each, now),
      driven: each.kind === 'level' ? drivenBy(base, each, flows, hours) : null,
    })),
    ...(learnt && { learnt }),
    whatIf: whatIf && {
      name: whatIf.name,
      confidence: CONFIDENCE,
      differences: asked.map((each) => bandDifferenceOf(base, changed, each, hours, CONFIDENCE)),
    },
  }
}

/** Row by row: series, hour, mean and quantiles. */
export const csvOfForecast = ({ bands, quantiles }: ForecastResult): string => {
  const head = ['series', 'hour', 'mean', ...quantiles.map((share) => `q${Math.round(share * 100)}`)]
  const rows = bands.flatMap(({ name, mean, quantiles: values }) =>
    mean.map((value, hour) => [name.includes(',') ? `"${name}"` : name, hour + 1, value, ...values.map((each) => each[hour]!)]),
  )
  return [head, ...rows].map((row) => `${row.join(',')}\n`).join('')
}
