/** What happens in a scenario besides work being done: interruptions, batches, breakdowns, the ends of shifts. */
import type { Program } from '../../pathways/language/program.ts'
import type { ElementConduct, HospitalOptions, PoolConduct } from '../simulate/index.ts'
import { ImpossibleScenario, mustBeAmong } from './impossible.ts'
import { durationOf, msOf } from './parts.ts'
import type { ScenarioFile } from './schema.ts'

type Pathway = Exclude<ScenarioFile['pathways'][number], string>
type Element = Pathway['elements'][string]

/** @param programs those of each pathway of the scenario, in order. @throws ImpossibleScenario */
export const conductOf = (scenario: ScenarioFile, programs: Program[][]): Pick<HospitalOptions, 'elements' | 'pools'> => {
  const elements: NonNullable<HospitalOptions['elements']> = {}
  scenario.pathways.forEach((pathway, index) => {
    if (typeof pathway === 'string') return
    for (const [id, element] of Object.entries(pathway.elements)) {
      const conduct = elementOf(element, `pathways, ${pathway.file}, ${id}`)
      if (!conduct) continue
      for (const { process, nodes } of programs[index]!)
        if (nodes.some((node) => node.id === id)) elements[process] = { ...elements[process], [id]: conduct }
    }
  })
  const pools: NonNullable<HospitalOptions['pools']> = {}
  const merge = (pool: string, conduct: PoolConduct) => {
    pools[pool] = { ...pools[pool], ...conduct }
  }
  for (const [pool, { every, lasts, pathway, work }] of Object.entries(scenario.breakdowns)) {
    const repair = pathway === undefined ? { lasts: durationOf(lasts!) } : { pathway }
    merge(pool, { breakdowns: { every: durationOf(every), repair, work } })
  }
  for (const [pool, atClose] of Object.entries(scenario.shiftEnds)) merge(pool, { atClose })
  return {
    ...(Object.keys(elements).length > 0 && { elements }),
    ...(Object.keys(pools).length > 0 && { pools }),
  }
}

const elementOf = ({ interruptible, rises, batch, reads, needs, priority }: Element, place: string): ElementConduct | null => {
  if (!interruptible && !rises && !batch && !reads) return null
  if (batch && (interruptible || rises || priority !== undefined))
    throw new ImpossibleScenario(
      place,
      'a batch has no priority and is not interrupted',
      'Leave out "batch" or what does not go with it.',
    )
  return {
    ...(interruptible && { interruptible }),
    ...(reads && { reads }),
    ...(rises && {
      rises: rises.map(({ after, by }) => ({ afterMs: msOf(after), by })).sort((one, other) => one.afterMs - other.afterMs),
    }),
    ...(batch && {
      batch: {
        size: batch.size,
        waitMs: batch.wait === undefined ? Number.MAX_SAFE_INTEGER : msOf(batch.wait),
        needs: (needs ?? []).map(({ pool, quantity, where }) => ({
          pool,
          quantity,
          where: where ? [{ attribute: where.attribute, operator: 'in' as const, value: where.in }] : [],
        })),
      },
    }),
  }
}

/** Pools and pathways that are named must be there. @param units by pool. @throws ImpossibleScenario */
export const checkNames = (scenario: ScenarioFile, units: Map<string, number>, programs: Program[]): void => {
  const processes = new Set(programs.map(({ process }) => process))
  scenario.demand.forEach(({ pathway }, index) => {
    if (pathway !== undefined) mustBeAmong(processes, pathway, `demand[${index}].pathway`, 'pathway')
  })
  const pools = [...units.keys()]
  const mustBePool = (pool: string, place: string) => mustBeAmong(pools, pool, place, 'pool of units')
  for (const key of ['breakdowns', 'shiftEnds'] as const) for (const pool of Object.keys(scenario[key])) mustBePool(pool, key)
  for (const key of ['byHourOfWeek', 'byUnitsInUse'] as const) for (const pool of scenario[key]) mustBePool(pool, key)
  for (const [name, cost] of Object.entries(scenario.costs)) {
    if ('perRun' in cost) mustBeAmong(processes, name, 'costs', 'pathway')
    else mustBePool(name, 'costs')
  }
  for (const { pathway } of scenario.classes) mustBeAmong(processes, pathway, 'classes', 'pathway')
}
