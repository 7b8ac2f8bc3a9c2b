export { standardActivities } from './activities.ts'
export {
  type Arrival,
  type ArrivalPosition,
  type ArrivalRates,
  checkRates,
  ImpossibleArrivals,
  nextArrival,
  ratesOf,
} from './arrivals.ts'
export { type ChanceKey, chanceOf, Purpose, uniform, within, wordOf } from './chance.ts'
export { ImpossibleHospital } from './check.ts'
export { checkDistribution, ImpossibleDistribution, sample } from './distributions.ts'
export { createHospital, Hospital } from './hospital.ts'
export { UnnamedClass } from './lasting.ts'
export type { ElementConduct, HospitalOptions, Observer, PoolConduct, SimulatedActivity, Stream } from './options.ts'
export type { HospitalState, KeptLetter, Letter, Planned, SimulatedRun, TaskUnderWay } from './state.ts'
