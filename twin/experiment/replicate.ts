/** One replication of a scenario, and what all of them say together. */
import type { CircularWait } from '../../pathways/resources/index.ts'
import { Beyond, CompiledHospital, compileHospital } from '../compiled/index.ts'
import { directHospital } from '../direct/index.ts'
import { checkHospital } from '../simulate/check.ts'
import { createHospital, type HospitalOptions, type Observer } from '../simulate/index.ts'
import { differenceOf, type Interval, intervalOf } from './interval.ts'
import { type Measure, Measures } from './measures.ts'
import type { Experiment } from './prepare.ts'

/** Called now and then with the hospital time that a replication has come to; true stops it. */
export type Progress = (at: number) => boolean

const SLICES = 50

/**
 * Simulates one replication from an empty hospital to the horizon. The same scenario, seed and number give the same measures, whoever else is
 * simulated, and whether its pathways can be compiled or not.
 * @param also sees what happens, what begins and what ends: only the general simulator shows it.
 * @throws ImpossibleHospital, ImpossibleDistribution or ImpossibleArrivals before anything is simulated. @returns null when `progress` stopped it.
 */
export const replicate = (
  experiment: Experiment,
  replication: number,
  progress?: Progress,
  also?: Observer,
): Measure[] | null => {
  const options = { ...experiment.options, replication }
  checkHospital(options)
  // What is told to somebody is known of runs as the engine steps them.
  if (also) return replicateInGeneral(experiment, options, progress, also)
  const measures = new Measures(experiment)
  try {
    const compiled = compileHospital(options)
    const hospital =
      compiled instanceof Beyond
        ? directHospital(options, measures)
        : new CompiledHospital({ ...compiled, options, gauges: measures })
    if (hospital instanceof Beyond) return replicateInGeneral(experiment, options, progress)
    return runThrough(hospital, experiment, progress) ? [...measures.until(experiment.end), stuckAtEnd(hospital)] : null
  } catch (error) {
    // A run came to what is left to the engine: from the beginning, by that.
    if (error instanceof Beyond) return replicateInGeneral(experiment, options, progress)
    throw error
  }
}

/** `replicate` by the general simulator, whatever the pathways are. */
export const replicateInGeneral = (
  experiment: Experiment,
  options: HospitalOptions,
  progress?: Progress,
  also?: Observer,
): Measure[] | null => {
  const measures = new Measures(experiment)
  const hospital = createHospital({ ...options, observer: also ? both(measures.observer, also) : measures.observer })
  if (!runThrough(hospital, experiment, progress)) return null
  return [...measures.until(experiment.end), stuckAtEnd(hospital)]
}

/** Runs that wait for one another in a circle when all is over: 0, or the scenario cannot work. */
export const stuckAtEnd = ({ stuck }: { stuck: number }): Measure => ({ name: STUCK, value: stuck })

/** The measure of it, which no table shows: it is said in words. */
export const STUCK = 'circularWaits@end'

/** Who waits for whom in a circle at the end of a replication. */
export const circularWaitsOf = ({ options, end }: Experiment, replication: number): CircularWait[] => {
  const hospital = createHospital({ ...options, replication })
  hospital.run(end)
  return hospital.circularWaits
}

/** False when `progress` stopped it. */
const runThrough = (
  hospital: { at: number; run(until: number): void },
  { end }: Experiment,
  progress: Progress | undefined,
): boolean => {
  for (let slice = 1; slice <= SLICES; slice++) {
    hospital.run(slice === SLICES ? end : Math.floor((end * slice) / SLICES))
    if (progress?.(hospital.at)) return false
  }
  return true
}

/** What one is told the other is told too. */
const both = (one: Observer, other: Observer): Observer => ({
  recorded: (...fact) => {
    one.recorded?.(...fact)
    other.recorded?.(...fact)
  },
  started: (...begun) => {
    one.started?.(...begun)
    other.started?.(...begun)
  },
  ended: (...over) => {
    one.ended?.(...over)
    other.ended?.(...over)
  },
  asked: (...asked) => {
    one.asked?.(...asked)
    other.asked?.(...asked)
  },
  answered: (...answered) => {
    one.answered?.(...answered)
    other.answered?.(...answered)
  },
  held: (...change) => {
    one.held?.(...change)
    other.held?.(...change)
  },
})

export interface Summary extends Interval {
  name: string
}

/** Each measure over the replications. @param runs by replication: its measures, all of the same names in the same order. */
export const summariesOf = (runs: Measure[][], confidence: number): Summary[] =>
  (runs[0] ?? []).map(({ name }, index) => ({
    name,
    ...intervalOf(
      runs.map((measures) => measures[index]!.value),
      confidence,
    ),
  }))

export interface Difference extends Summary {
  /** The interval does not hold 0. */
  isDetectable: boolean
}

/** What another scenario changes, by measures that both have, replication by replication. @param comparisons how many scenarios are compared with the base. */
export const differencesOf = (base: Measure[][], other: Measure[][], confidence: number, comparisons: number): Difference[] => {
  const places = new Map(other[0]?.map(({ name }, index) => [name, index]))
  return (base[0] ?? []).flatMap(({ name }, index) => {
    const place = places.get(name)
    if (place === undefined) return []
    const [before, after] = [base.map((measures) => measures[index]!.value), other.map((measures) => measures[place]!.value)]
    return [{ name, ...differenceOf(before, after, confidence, comparisons) }]
  })
}
