/** What cannot be simulated, and how it is told from a fault of ours. */
import { ImpossibleArrivals, ImpossibleDistribution, ImpossibleHospital, UnnamedClass } from '../simulate/index.ts'

/** A scenario that cannot be simulated: where, why and what to do. */
export class ImpossibleScenario extends Error {
  readonly place: string

  constructor(place: string, what: string, remedy: string) {
    super(`${place}: ${what}. ${remedy}`)
    this.name = 'ImpossibleScenario'
    this.place = place
  }
}

const KINDS = [ImpossibleScenario, ImpossibleHospital, ImpossibleArrivals, ImpossibleDistribution, UnnamedClass]

/** Whether an error says that what was asked for cannot be simulated. */
export const isImpossible = (error: unknown): error is Error => KINDS.some((kind) => error instanceof kind)

/** The same of one that comes from a thread, where its class is lost. */
export const isImpossibleThere = (error: unknown): boolean =>
  error instanceof Error && KINDS.some(({ name }) => error.name === name)
