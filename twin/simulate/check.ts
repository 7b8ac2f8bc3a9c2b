/** What is wrong with a hospital, said before it is simulated. */
import type { Program } from '../../pathways/language/program.ts'
import { nearest } from '../yaml/nearest.ts'
import { checkArrivals } from './arrivals.ts'
import { checkDistribution } from './distributions.ts'
import type { HospitalOptions } from './options.ts'

/** Programs and resources that do not go together. */
export class ImpossibleHospital extends Error {
  readonly place: string

  constructor(place: string, what: string, remedy: string) {
    super(`${place}: ${what}. ${remedy}`)
    this.name = 'ImpossibleHospital'
    this.place = place
  }
}

/** @throws ImpossibleHospital, ImpossibleDistribution or ImpossibleArrivals */
export const checkHospital = ({
  programs,
  formerPrograms = [],
  ledger,
  state,
  streams = [],
  reorder,
  elements = {},
  pools: conduct = {},
}: HospitalOptions): void => {
  const processes = new Set(programs.map((program) => program.process))
  const pools = new Set((state?.ledger ?? ledger).pools.map((pool) => pool.id))
  if (processes.size < programs.length)
    throw new ImpossibleHospital('programs', 'a pathway is there twice', 'Give one version of each.')
  const mustBeThere = (place: string, process: string) => {
    if (!processes.has(process)) throw new ImpossibleHospital(place, `there is no pathway "${process}"`, 'Add its program.')
  }
  for (const program of [...programs, ...formerPrograms]) checkProgram(program, pools, mustBeThere)
  for (const pool of (state?.ledger ?? ledger).pools)
    if (pool.turnover !== '') mustBeThere(`pool "${pool.id}", turnover`, pool.turnover)
  for (const stream of streams) {
    if (!stream.message) mustBeThere(`stream "${stream.id}"`, stream.pathway)
    checkArrivals(stream.arrivals, `stream "${stream.id}"`)
    for (const { pathway } of stream.changes ?? []) mustBeThere(`stream "${stream.id}"`, pathway)
  }
  for (const [process, each] of Object.entries(elements))
    for (const [id, { batch, reads = {} }] of Object.entries(each))
      for (const pool of [...(batch?.needs ?? []).map((need) => need.pool), ...Object.values(reads)])
        checkPool(`${process}, ${id}`, pool, pools)
  for (const [pool, { breakdowns }] of Object.entries(conduct)) {
    checkPool('breakdowns and shifts', pool, pools)
    if (!breakdowns) continue
    checkDistribution(breakdowns.every, `breakdowns of "${pool}", every`)
    if ('pathway' in breakdowns.repair) mustBeThere(`breakdowns of "${pool}"`, breakdowns.repair.pathway)
    else checkDistribution(breakdowns.repair.lasts, `breakdowns of "${pool}", lasts`)
  }
  if (reorder && 'pathway' in reorder) mustBeThere('reorder', reorder.pathway)
  const versions = new Set([...programs, ...formerPrograms].map(({ process, hash }) => `${process} ${hash}`))
  for (const run of state?.runs ?? []) {
    if (!versions.has(`${run.pathway} ${run.hash}`))
      throw new ImpossibleHospital(
        `run "${run.id}"`,
        `its version of "${run.pathway}" is not there`,
        'Simulate with the version it runs.',
      )
  }
}

const checkProgram = (program: Program, pools: Set<string>, mustBeThere: (place: string, process: string) => void): void => {
  for (const node of program.nodes) {
    const place = `${program.process}, ${node.id}`
    for (const { pool } of node.needs) checkPool(place, pool, pools)
    if (node.call) mustBeThere(place, node.call.process)
    if (node.duration) checkDistribution(node.duration, `${place}, duration`)
    for (const [value, duration] of Object.entries(node.durationBy?.durations ?? {}))
      checkDistribution(duration, `${place}, duration of "${value}"`)
  }
  for (const hold of program.holds) checkPool(`${program.process}, hold "${hold.name}"`, hold.pool, pools)
}

const checkPool = (place: string, pool: string, pools: Set<string>): void => {
  if (pools.has(pool)) return
  const meant = nearest(pool, [...pools])
  const remedy = meant ? `Did you mean "${meant}"?` : 'Add it to the hospital or correct the pathway.'
  throw new ImpossibleHospital(place, `there is no pool "${pool}"`, remedy)
}
