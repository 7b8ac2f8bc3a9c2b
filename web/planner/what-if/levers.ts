/** What a planner may move in a scenario without writing any of it: units of each kind, who comes, how long stays last. What is moved becomes interventions from when measuring begins. */
import { NodeKind, type Program } from '../../../pathways/language/program.ts'
import { FACTOR_MAX, turnoversOf } from '../../../twin/experiment/explored.ts'
import type { Intervention, ScenarioFile } from '../../../twin/experiment/schema.ts'
import { meanOf } from '../../../twin/simulate/distributions.ts'

type PoolFile = ScenarioFile['hospital']['pools'][number]
type NamedPool = { id: string; name: string; units: Exclude<PoolFile['units'], number | undefined> }

interface Range {
  /** Stable, and fit for an address: `bed.surgery`. */
  id: string
  /** Of the slider. */
  low: number
  high: number
  step: number
}

export type Lever =
  /** So many units of a pool, of those that are alike: its value is how many more or fewer. */
  | (Range & { kind: 'units'; pool: string; name: string; places: string[]; there: number; where?: Record<string, string> })
  /** Patients of a stream: a factor. */
  | (Range & { kind: 'arrivals'; stream: string; perDay: number })
  /** How long an element's work lasts: a factor. */
  | (Range & { kind: 'stay'; pathway: string; pathwayName: string; element: string; name: string; meanHours: number })

/** By lever id; what does not stand here is as it is. */
export type LeverValues = Record<string, number>

/** As it is. */
export const restOf = ({ kind }: Lever): number => (kind === 'units' ? 0 : 1)

const hourMs = 3_600_000
/** Work that lasts as long is a stay. */
const STAY_HOURS_MIN = 12

export const leversOf = ({ scenario, programs }: { scenario: ScenarioFile; programs: [string, Program[]][] }): Lever[] => [
  ...scenario.hospital.pools.flatMap(unitLevers),
  ...stayLevers(
    scenario,
    programs.flatMap(([, each]) => each),
  ),
  ...scenario.demand.flatMap(arrivalLever),
]

/** A pool whose units are of several specialties has a lever for each of them. */
const unitLevers = (pool: PoolFile): Lever[] => {
  if (pool.units === undefined) return []
  if (typeof pool.units === 'number') {
    const there = pool.units
    return [{ id: pool.id, kind: 'units', pool: pool.id, name: pool.id, places: [], there, ...spanOf(there) }]
  }
  const { id, name, units: groups } = pool as NamedPool
  const attribute = Object.keys(groups[0]?.attributes ?? {}).find(
    (key) =>
      groups.every(({ attributes }) => typeof attributes[key] === 'string') &&
      new Set(groups.map(({ attributes }) => attributes[key])).size > 1,
  )
  const kinds =
    attribute === undefined ? [undefined] : [...new Set(groups.map(({ attributes }) => String(attributes[attribute])))]
  return kinds.map((kind): Lever => {
    const own = groups.filter(({ attributes }) => kind === undefined || String(attributes[attribute!]) === kind)
    const there = own.reduce((sum, { count }) => sum + count, 0)
    return {
      id: kind === undefined ? id : `${id}.${kind}`,
      ...{ kind: 'units' as const, pool: id, name, places: [...new Set(own.map(({ place }) => place))], there },
      ...spanOf(there),
      ...(kind !== undefined && { where: { [attribute!]: kind } }),
    }
  })
}

const spanOf = (there: number) => {
  const reach = there <= 20 ? Math.max(2, Math.ceil(there / 2)) : Math.ceil(there / 4 / 5) * 5
  return { low: -Math.min(there, reach), high: reach, step: 1 }
}

const stayLevers = (scenario: ScenarioFile, programs: Program[]): Lever[] => {
  const turnovers = turnoversOf(scenario)
  return programs.flatMap(({ process, name, nodes }) =>
    turnovers.has(process)
      ? []
      : nodes.flatMap((node): Lever[] => {
          const meanHours = node.duration && node.kind < NodeKind.exclusiveGateway ? meanOf(node.duration) / hourMs : 0
          if (meanHours < STAY_HOURS_MIN) return []
          const id = `stay.${process}.${node.id}`
          const range = { low: 0.7, high: 1.3, step: 0.01 }
          return [
            {
              id,
              kind: 'stay',
              pathway: process,
              pathwayName: name || process,
              element: node.id,
              name: node.name || node.id,
              meanHours,
              ...range,
            },
          ]
        }),
  )
}

const arrivalLever = (stream: ScenarioFile['demand'][number]): Lever[] => {
  const perDay = perDayOf(stream)
  if (perDay === null) return []
  const high = Math.min(FACTOR_MAX, stream.factorMax ?? FACTOR_MAX)
  return [{ id: `arrivals.${stream.id}`, kind: 'arrivals', stream: stream.id, perDay, low: 0.5, high, step: 0.01 }]
}

/** Patients on a day of the week on average; null of those who do not come by rates. */
const perDayOf = ({ perHour, perDay, perHourOfDay, perHourOfWeek, weekdayFactors }: ScenarioFile['demand'][number]) => {
  const sum = (values: number[]) => values.reduce((all, each) => all + each, 0)
  const week = weekdayFactors ? sum(weekdayFactors) / 7 : 1
  if (perHour !== undefined) return perHour * 24
  if (perDay !== undefined) return perDay * week
  if (perHourOfDay) return sum(perHourOfDay) * week
  return perHourOfWeek ? sum(perHourOfWeek) / 7 : null
}

/** What the levers that were moved change, from when measuring begins. */
export const movedInterventions = ({ warmUp }: ScenarioFile, levers: Lever[], values: LeverValues): Intervention[] =>
  levers.flatMap((lever): Intervention[] => {
    const value = values[lever.id] ?? restOf(lever)
    if (value === restOf(lever)) return []
    if (lever.kind === 'arrivals') return [{ at: warmUp, stream: lever.stream, factor: value }]
    if (lever.kind === 'stay') return [{ at: warmUp, pathway: lever.pathway, element: lever.element, lasts: value }]
    const which = { at: warmUp, pool: lever.pool, ...(lever.where && { where: lever.where }) }
    return value < 0 ? [{ ...which, close: -value }] : [{ ...which, open: value }]
  })

/** Values that are none of a lever, or beyond it, are put right; those at rest are left out: one question has one address. */
export const tidied = (levers: Lever[], values: LeverValues): LeverValues =>
  Object.fromEntries(
    levers.flatMap((lever): [string, number][] => {
      const value = values[lever.id]
      if (value === undefined || !Number.isFinite(value)) return []
      const within = Math.min(lever.high, Math.max(lever.low, Math.round(value / lever.step) * lever.step))
      const rounded = lever.kind === 'units' ? Math.round(within) : Math.round(within * 100) / 100
      return rounded === restOf(lever) ? [] : [[lever.id, rounded]]
    }),
  )
