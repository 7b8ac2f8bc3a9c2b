/** What changes at a time of a scenario: units closed or opened, a demand that surges. */
import type { Unit } from '../../pathways/resources/contract.ts'
import { unusedUnit } from '../hospital/expand.ts'
import type { Surge } from '../simulate/arrivals.ts'
import type { UnitChange } from '../simulate/options.ts'
import { ImpossibleScenario } from './impossible.ts'
import { msOf } from './parts.ts'
import type { ScenarioFile } from './schema.ts'

export interface Interventions {
  /** In order of time. */
  unitChanges: UnitChange[]
  /** Units that are opened during the run: closed at its beginning. */
  added: Unit[]
  /** By stream. */
  surges: Map<string, Surge[]>
  /** By stream: the pathways that those who come meanwhile begin. */
  changes: Map<string, { from: number; until: number; pathway: string }[]>
}

/** @param units those that the hospital has. @throws ImpossibleScenario */
export const interventionsOf = ({ interventions, hospital, demand }: ScenarioFile, units: Unit[]): Interventions => {
  const result: Interventions = { unitChanges: [], added: [], surges: new Map(), changes: new Map() }
  interventions.forEach((intervention, number) => {
    const place = `interventions[${number}]`
    const at = msOf(intervention.at)
    const until = intervention.until === undefined ? Number.POSITIVE_INFINITY : msOf(intervention.until)
    if (until <= at) throw new ImpossibleScenario(`${place}.until`, 'it ends before it begins', 'Put it after "at".')
    if ('pathway' in intervention) {
      if (!demand.some(({ id }) => id === intervention.stream))
        throw new ImpossibleScenario(`${place}.stream`, `there is no stream "${intervention.stream}"`, 'Correct the id.')
      const { pathway, stream } = intervention
      // Of several that hold at a time, the last said counts.
      result.changes.set(stream, [{ from: at, until, pathway }, ...(result.changes.get(stream) ?? [])])
      return
    }
    if ('stream' in intervention) {
      if (!demand.some(({ id, interarrival, times }) => id === intervention.stream && !interarrival && !times))
        throw new ImpossibleScenario(
          `${place}.stream`,
          `there is no stream "${intervention.stream}" that comes by rates`,
          'Name one.',
        )
      const surges = result.surges.get(intervention.stream) ?? []
      result.surges.set(intervention.stream, [...surges, { from: at, until, factor: intervention.factor }])
      return
    }
    const { pool } = intervention
    if (!hospital.pools.some(({ id }) => id === pool))
      throw new ImpossibleScenario(`${place}.pool`, `there is no pool "${pool}"`, 'Correct the id.')
    const own = units.filter((unit) => unit.pool === pool)
    const opens = 'open' in intervention
    const changed = opens ? more(own, pool, intervention.open, number) : own.slice(Math.max(0, own.length - intervention.close))
    if (opens) result.added.push(...changed)
    const ids = changed.map(({ id }) => id)
    const work = 'close' in intervention ? intervention.work : undefined
    result.unitChanges.push({ at, units: ids, closed: !opens, ...(work && { work }) })
    if (until < Number.POSITIVE_INFINITY) result.unitChanges.push({ at: until, units: ids, closed: opens })
  })
  result.unitChanges.sort((one, other) => one.at - other.at)
  return result
}

const more = (own: Unit[], pool: string, count: number, number: number): Unit[] => {
  const like = own.at(-1)
  const [name, place, attributes] = [like?.name ?? pool, like?.place ?? pool, like?.attributes ?? {}]
  return Array.from({ length: count }, (_, index) => ({
    ...unusedUnit({
      id: `${pool}-more-${number + 1}-${index + 1}`,
      pool,
      name: `${name} +${index + 1}`,
      place,
      attributes,
      calendar: '',
    }),
    state: 'closed' as const,
    outOfService: true,
  }))
}
