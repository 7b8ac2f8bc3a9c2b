/** One replication of a scenario, and what all of them say together. */
import { createHospital, type Observer } from '../simulate/index.ts'
import { differenceOf, type Interval, intervalOf } from './interval.ts'
import { type Measure, Measures } from './measures.ts'
import type { Experiment } from './prepare.ts'

/** Called now and then with the hospital time that a replication has come to; true stops it. */
export type Progress = (at: number) => boolean

const SLICES = 50

/**
 * Simulates one replication from an empty hospital to the horizon. The same scenario, seed and number give the same measures, whoever else is simulated.
 * @param also sees what happens, what begins and what ends.
 * @throws ImpossibleHospital, ImpossibleDistribution or ImpossibleArrivals before anything is simulated. @returns null when `progress` stopped it.
 */
export const replicate = (
  experiment: Experiment,
  replication: number,
  progress?: Progress,
  also?: Observer,
): Measure[] | null => {
  const { options, units, warmUpEnd, end } = experiment
  const measures = new Measures(options.programs, units, warmUpEnd)
  const observer = also ? both(measures.observer, also) : measures.observer
  const hospital = createHospital({ ...options, replication, observer })
  for (let slice = 1; slice <= SLICES; slice++) {
    hospital.run(slice === SLICES ? end : Math.floor((end * slice) / SLICES))
    if (progress?.(hospital.at)) return null
  }
  return measures.until(end)
}

const both = (one: Observer, other: Observer): Observer => ({
  ...one,
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
