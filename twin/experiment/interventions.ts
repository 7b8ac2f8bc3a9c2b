/** What changes at a time of a scenario: units closed or opened, a demand that surges. */
import type { Program } from '../../pathways/language/program.ts'
import type { Unit } from '../../pathways/resources/contract.ts'
import { unusedUnit } from '../hospital/expand.ts'
import type { Surge } from '../simulate/arrivals.ts'
import type { HospitalOptions, Pace, UnitChange } from '../simulate/options.ts'
import { ImpossibleScenario, mustBeAmong } from './impossible.ts'
import { msOf } from './parts.ts'
import type { ScenarioFile } from './schema.ts'

export interface Interventions {
  /** In order of time. */
  unitChanges: UnitChange[]
  /** Units that are opened during the run: closed at its beginning. */
  added: Unit[]
  /** By stream. */
  surges: Map<string, Surge[]>
  /** By pathway and element: how much longer or shorter work lasts meanwhile. */
  paces: { pathway: string; element: string; pace: Pace }[]
  /** By stream: the pathways that those who come meanwhile begin. */
  changes: Map<string, { from: number; until: number; pathway: string }[]>
}

/** @param units those that the hospital has. @throws ImpossibleScenario */
export const interventionsOf = ({ interventions, hospital, demand }: ScenarioFile, units: Unit[]): Interventions => {
  const result: Interventions = { unitChanges: [], added: [], surges: new Map(), paces: [], changes: new Map() }
  interventions.forEach((intervention, number) => {
    const place = `interventions[${number}]`
    const at = msOf(intervention.at)
    const until = intervention.until === undefined ? Number.POSITIVE_INFINITY : msOf(intervention.until)
    if (until <= at) throw new ImpossibleScenario(`${place}.until`, 'it ends before it begins', 'Put it after "at".')
    if ('lasts' in intervention) {
      const { pathway, element, lasts } = intervention
      result.paces.push({ pathway, element, pace: { from: at, until, factor: lasts } })
      return
    }
    if ('pathway' in intervention) {
      mustBeAmong(
        demand.map(({ id }) => id),
        intervention.stream,
        `${place}.stream`,
        'stream',
      )
      const { pathway, stream } = intervention
      // Of several that hold at a time, the last said counts.
      result.changes.set(stream, [{ from: at, until, pathway }, ...(result.changes.get(stream) ?? [])])
      return
    }
    if ('stream' in intervention) {
      const byRates = demand.filter(({ interarrival, times }) => !interarrival && !times)
      mustBeAmong(
        byRates.map(({ id }) => id),
        intervention.stream,
        `${place}.stream`,
        'stream by rates',
      )
      const surges = result.surges.get(intervention.stream) ?? []
      result.surges.set(intervention.stream, [...surges, { from: at, until, factor: intervention.factor }])
      return
    }
    const { pool } = intervention
    mustBeAmong(
      hospital.pools.map(({ id }) => id),
      pool,
      `${place}.pool`,
      'pool',
    )
    const wanted = Object.entries(intervention.where ?? {})
    const own = units.filter(
      (unit) => unit.pool === pool && wanted.every(([attribute, value]) => unit.attributes[attribute] === value),
    )
    if (wanted.length > 0 && own.length === 0)
      throw new ImpossibleScenario(`${place}.where`, `no unit of "${pool}" is like that`, 'Correct the attributes.')
    const opens = 'open' in intervention
    if (!opens && intervention.close > own.length)
      throw new ImpossibleScenario(
        `${place}.close`,
        `there are ${own.length} such units of "${pool}"`,
        'Close no more than there are.',
      )
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

/** What may happen to elements, with the times at which their work lasts longer or shorter. @throws ImpossibleScenario for what there is not. */
export const withPaces = (
  elements: NonNullable<HospitalOptions['elements']>,
  paces: Interventions['paces'],
  programs: Program[],
): NonNullable<HospitalOptions['elements']> => {
  const result = { ...elements }
  for (const { pathway, element, pace } of paces) {
    const program = programs.find(({ process }) => process === pathway)
    if (!program?.nodes.some(({ id }) => id === element))
      throw new ImpossibleScenario(
        'interventions',
        `there is no element "${element}" in a pathway "${pathway}"`,
        'Correct the ids.',
      )
    const known = result[pathway]?.[element] ?? {}
    result[pathway] = { ...result[pathway], [element]: { ...known, paces: [...(known.paces ?? []), pace] } }
  }
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
