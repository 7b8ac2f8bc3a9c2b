/** What cannot be simulated, and how it is told from a fault of ours. */
import { ImpossibleArrivals, ImpossibleDistribution, ImpossibleHospital } from '../simulate/index.ts'

/** A scenario that cannot be simulated: where, why and what to do. */
export class ImpossibleScenario extends Error {
  readonly place: string

  constructor(place: string, what: string, remedy: string) {
    super(`${place}: ${what}. ${remedy}`)
    this.name = 'ImpossibleScenario'
    this.place = place
  }
}

/** Whether an error says that what was asked for cannot be simulated, before anything was. */
export const isImpossible = (error: unknown): error is Error =>
  [ImpossibleScenario, ImpossibleHospital, ImpossibleArrivals, ImpossibleDistribution].some((kind) => error instanceof kind)
