/** Which distribution durations have: by maximum likelihood and Akaike's criterion, with how well it fits. */
import type { ProgramDuration } from '../../pathways/language/program.ts'
import { type ChanceKey, Purpose, uniform, within } from '../simulate/chance.ts'
import { samplerOf } from '../simulate/distributions.ts'
import { type Family, families, type Law } from './families.ts'
import { minimise } from './minimise.ts'
import { distance, logLikelihood, type Sample, sampleOf, thinned } from './sample.ts'

export interface Fitted {
  family: Family
  law: Law
  /** Akaike's criterion: the least is the best. */
  aic: number
}

export interface DurationFit {
  /** As it is named in a table. */
  name: string
  duration: ProgramDuration
  /** How many durations there are; the fit looks at `FITTED_MAX` of them, spread evenly. */
  count: number
  /** Milliseconds, of the durations themselves. */
  mean: number
  deviation: number
  /** Null where nothing was compared: the same value each time, too few, or the values themselves. */
  aic: number | null
  /** By how much the second best's is greater. */
  next: { name: string; difference: number } | null
  /** Kolmogorov's and Smirnov's distance, and how often one as great comes by chance where the parameters are fitted anew each time (null: not asked). */
  distance: number | null
  probability: number | null
  /** Why it is not what the criterion chose, in a sentence; ''. */
  note: string
}

/** More are thinned: a fit is then known to within a per cent already. */
export const FITTED_MAX = 10_000
/** Fewer are too few to choose by. */
const FITTED_MIN = 8
/** Of the parametric bootstrap: samples, and how many durations of each. */
export const BOOTSTRAPS = 99
export const BOOTSTRAP_SIZE_MAX = 400
/** A fit that is further off, and not by chance, gives way to the values themselves. */
const DISTANCE_MAX = 0.1
const PROBABILITY_MIN = 0.05
/** So far may a law's mean lie from the durations' own: how busy a hospital is hangs on it. */
const MEAN_OFF_MAX = 0.1
const EMPIRICAL_VALUES_MAX = 40

/** The most likely parameters of a family; null where it cannot be that. */
export const fitted = (family: Family, sample: Sample): Fitted | null => {
  const start = family.start(sample.values)
  if (!start) return null
  const unlikeliness = (at: number[]) => {
    const law = family.law(at)
    return law ? -logLikelihood(law, sample) : Number.POSITIVE_INFINITY
  }
  const best =
    start.isBest && sample.grid === 0
      ? { at: start.at, value: unlikeliness(start.at) }
      : minimise(unlikeliness, start.at, start.step)
  const law = family.law(best.at)
  return law && Number.isFinite(best.value)
    ? { family, law, aic: 2 * best.value + penalty(family.parameters, sample.values.length) }
    : null
}

/** With the correction for small samples: C. M. Hurvich, C.-L. Tsai, "Regression and time series model selection in small samples" (1989). */
const penalty = (parameters: number, count: number): number => {
  const left = count - parameters - 1
  return left > 0 ? 2 * parameters + (2 * parameters * (parameters + 1)) / left : Number.POSITIVE_INFINITY
}

/** All families that can be, the best first. */
export const ranked = (sample: Sample): Fitted[] =>
  families.flatMap((family) => fitted(family, sample) ?? []).sort((one, other) => one.aic - other.aic)

/**
 * @param durations milliseconds, at least 0. @param grid what their times are rounded to, milliseconds. @param key of the bootstrap's chance.
 * @param isTested whether goodness of fit is worth its time.
 */
export const fitDuration = (durations: number[], grid: number, key: ChanceKey, isTested = true): DurationFit => {
  const { mean, deviation } = momentsOf(durations)
  const plain = { count: durations.length, mean, deviation, aic: null, next: null, distance: null, probability: null, note: '' }
  const [least, most] = durations.reduce(([low, high], each) => [Math.min(low, each), Math.max(high, each)], [
    durations[0]!,
    durations[0]!,
  ] as [number, number])
  if (most - least <= Math.max(grid === 0 ? 0 : grid / 2, mean * 1e-6))
    return { ...plain, name: 'fixed', duration: { distribution: 'fixed', parameters: { value: Math.round(mean) } } }
  const byValues = (note: string, rest = {}): DurationFit => ({
    ...plain,
    name: 'the values seen',
    duration: empirical(durations),
    note,
    ...rest,
  })
  if (durations.length < FITTED_MIN) return byValues(`fewer than ${FITTED_MIN}: too few to choose a distribution by`)
  const sample = sampleOf(thinned(durations, FITTED_MAX), grid)
  const all = ranked(sample)
  const standing = all.filter(({ law }) => isMeanKept(law, mean, deviation, durations.length))
  const [best, second] = standing
  if (!best) return byValues('no distribution keeps the mean')
  const off = distance(best.law, sample)
  const probability = isTested ? chanceOfDistance(best, durations, grid, key) : null
  const goodness = { aic: best.aic, distance: off, probability }
  if (off > DISTANCE_MAX && (probability === null || probability < PROBABILITY_MIN))
    return byValues(`the best, ${best.family.name}, lies ${off.toFixed(2)} off`, goodness)
  return {
    ...plain,
    ...goodness,
    name: best.family.name,
    duration: best.law.duration,
    next: second ? { name: second.family.name, difference: second.aic - best.aic } : null,
    note: all[0] === best ? '' : `${all[0]!.family.name} fits better, but its mean is off`,
  }
}

export const momentsOf = (values: number[]): { mean: number; deviation: number } => {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length
  const squares = values.reduce((sum, each) => sum + (each - mean) * (each - mean), 0)
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 }
}

const isMeanKept = (law: Law, mean: number, deviation: number, count: number): boolean =>
  Math.abs(law.mean - mean) <= Math.max(MEAN_OFF_MAX * mean, (3 * deviation) / Math.sqrt(count))

/** How often samples of the law itself lie as far from the law that is fitted to them: W. Stute and others, "Bootstrap based goodness-of-fit-tests" (1993). */
const chanceOfDistance = ({ family, law }: Fitted, durations: number[], grid: number, key: ChanceKey): number | null => {
  const some = sampleOf(thinned(durations, BOOTSTRAP_SIZE_MAX), grid)
  const own = fitted(family, some)
  if (!own) return null
  const seen = distance(own.law, some)
  const draw = samplerOf(law.duration)
  let further = 0
  for (let round = 0; round < BOOTSTRAPS; round++) {
    const drawn = Array.from({ length: some.values.length }, (_, index) => {
      const place = within(within(key, round), index)
      const value = draw(place.low, place.high, Purpose.duration)
      return some.grid === 0 ? value : some.grid * Math.floor(uniform(place, Purpose.outcome, 0) + value / some.grid)
    })
    const sample = sampleOf(drawn, some.grid)
    const again = fitted(family, sample)
    if (!again || distance(again.law, sample) >= seen) further++
  }
  return (further + 1) / (BOOTSTRAPS + 1)
}

/** The values themselves, or the means of as many equal shares of them as a person can read. */
const empirical = (durations: number[]): ProgramDuration => {
  const ordered = Float64Array.from(durations).sort()
  const groups = Math.min(EMPIRICAL_VALUES_MAX, ordered.length)
  const shares = new Map<number, number>()
  for (let group = 0; group < groups; group++) {
    const part = ordered.subarray(
      Math.floor((group * ordered.length) / groups),
      Math.floor(((group + 1) * ordered.length) / groups),
    )
    const value = Math.round(part.reduce((sum, each) => sum + each, 0) / part.length)
    shares.set(value, (shares.get(value) ?? 0) + part.length)
  }
  return { distribution: 'empirical', parameters: {}, values: [...shares].map(([value, share]) => ({ value, share })) }
}
