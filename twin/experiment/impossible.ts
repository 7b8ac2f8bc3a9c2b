/** What cannot be simulated, and how it is told from a fault of ours. */

import { ImpossibleArrivals, ImpossibleDistribution, ImpossibleHospital, UnnamedClass } from '../simulate/index.ts'
import { nearest } from '../yaml/nearest.ts'

/** A scenario that cannot be simulated: where, why and what to do. */
export class ImpossibleScenario extends Error {
  readonly place: string

  constructor(place: string, what: string, remedy: string) {
    super(`${place}: ${what}. ${remedy}`)
    this.name = 'ImpossibleScenario'
    this.place = place
  }
}

/** @param what the id names, as `pool`. @throws ImpossibleScenario with the nearest that there is. */
export const mustBeAmong = (known: Iterable<string>, id: string, place: string, what: string): void => {
  const there = [...known]
  if (there.includes(id)) return
  const meant = nearest(id, there)
  const some = there.slice(0, NAMED_MAX).join(', ')
  throw new ImpossibleScenario(
    place,
    `there is no ${what} "${id}"`,
    meant ? `Did you mean "${meant}"?` : some ? `There is ${some}.` : 'Add it, or correct the id.',
  )
}

/** Of what there is, so many are named. */
const NAMED_MAX = 12

const KINDS = [ImpossibleScenario, ImpossibleHospital, ImpossibleArrivals, ImpossibleDistribution, UnnamedClass]

/** Whether an error says that what was asked for cannot be simulated. */
export const isImpossible = (error: unknown): error is Error => KINDS.some((kind) => error instanceof kind)

/** The same of one that comes from a thread, where its class is lost. */
export const isImpossibleThere = (error: unknown): boolean =>
  error instanceof Error && KINDS.some(({ name }) => error.name === name)
