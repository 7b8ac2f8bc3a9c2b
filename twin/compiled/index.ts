/** The fast lane of the twin: see `hospital.ts`. */
import type { Pool, Unit } from '../../pathways/resources/contract.ts'
import type { HospitalOptions } from '../simulate/index.ts'
import { Beyond } from './beyond.ts'
import type { CompiledHospitalOptions } from './hospital.ts'
import { compileProgram, type Step } from './program.ts'

export type { PoolGauges } from './allocator.ts'
export { Beyond } from './beyond.ts'
export { CompiledHospital, type Gauges, type ProgramGauges } from './hospital.ts'

export type Compiled = Pick<CompiledHospitalOptions, 'programs' | 'steps' | 'pools'>

/**
 * The tables of a hospital and its pathways.
 * @returns the reason, where they hold something that only the general simulator does.
 */
export const compileHospital = (options: HospitalOptions): Compiled | Beyond => {
  try {
    return compiled(options)
  } catch (error) {
    if (error instanceof Beyond) return error
    throw error
  }
}

const compiled = (options: HospitalOptions): Compiled => {
  const { programs, ledger, site, activities = {}, unitChanges = [], state } = options
  if (state) throw new Beyond('hospital', 'it goes on from another one')
  if (unitChanges.length > 0) throw new Beyond('hospital', 'units that close')
  if (Object.keys(options.elements ?? {}).length > 0) throw new Beyond('hospital', 'interruptions, batches or rising priorities')
  if (Object.keys(options.pools ?? {}).length > 0) throw new Beyond('hospital', 'breakdowns or shifts')
  for (const { id, together, changes, message } of options.streams ?? [])
    if (together || changes || message) throw new Beyond(id, 'patients who come together, change their pathway or send messages')
  for (const pool of ledger.pools) mustBePlain(pool)
  for (const unit of ledger.units) mustBeFree(unit)
  const pools = ledger.pools.map(({ id }) => ({ id, units: ledger.units.filter(({ pool }) => pool === id).length }))
  const places = new Map(pools.map(({ id, units }, place) => [id, { place, units }]))
  const named = new Set(Object.keys(activities))
  const steps: Step[] = []
  return {
    pools,
    steps,
    programs: programs.map((program, number) => compileProgram(program, number, steps, site, places, named)),
  }
}

const mustBePlain = ({ id, kind, turnover, passesMax }: Pool): void => {
  if (kind !== 'units') throw new Beyond(id, 'stock')
  if (turnover !== '') throw new Beyond(id, 'units that are made usable again')
  if (passesMax < Number.MAX_SAFE_INTEGER) throw new Beyond(id, 'requests that may be passed only so often')
}

const mustBeFree = ({ id, state, calendar, outOfService }: Unit): void => {
  if (state !== 'free' || outOfService) throw new Beyond(id, 'a unit that is not free')
  if (calendar !== '') throw new Beyond(id, 'opening hours')
}
