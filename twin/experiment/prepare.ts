/** A scenario and its Programs made ready to be simulated. */

import { contentHash } from '../../pathways/language/canonical.ts'
import { type Closure, type FeelScope, toClosure } from '../../pathways/language/feel/evaluate.ts'
import { FeelError, parseFeel } from '../../pathways/language/feel/parse.ts'
import type { FeelTree } from '../../pathways/language/feel/tree.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import {
  EventKind,
  NodeKind,
  type Program,
  type ProgramDuration,
  type ProgramEvent,
  type ProgramNode,
} from '../../pathways/language/program.ts'
import type { Calendar } from '../../pathways/resources/contract.ts'
import { formatDuration, millisecondsOf } from '../../pathways/time/duration.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { expandResources } from '../hospital/expand.ts'
import type { Surge } from '../simulate/arrivals.ts'
import {
  type ChanceKey,
  checkDistribution,
  type HospitalOptions,
  Purpose,
  ratesOf,
  type Stream,
  sample,
  standardActivities,
  uniform,
  within,
} from '../simulate/index.ts'
import { ImpossibleScenario } from './impossible.ts'
import { interventionsOf } from './interventions.ts'
import type { Distribution, ScenarioFile, StreamFile, Variable } from './schema.ts'

export interface Experiment {
  /** Of every replication but its number. */
  options: Omit<HospitalOptions, 'replication' | 'observer'>
  /** Units by pool. */
  units: Map<string, number>
  /** Hospital milliseconds. */
  warmUpEnd: number
  end: number
  replications: ScenarioFile['replications']
  confidence: number
  scenario: ScenarioFile
}

const DEFAULT_SITE: SiteTime = { epoch: '2026-01-05T00:00:00+01:00', timeZone: 'Europe/Paris' }

/** @param programs by the file that a pathway of the scenario names: its processes. @throws ImpossibleScenario */
export const prepareExperiment = (scenario: ScenarioFile, programs: Map<string, Program[]>): Experiment => {
  const [end, warmUpEnd] = [msOf(scenario.horizon), msOf(scenario.warmUp)]
  if (end <= warmUpEnd)
    throw new ImpossibleScenario('horizon', `it is ${end === 0 ? 'nothing' : 'not longer than the warm-up'}`, 'Make it longer.')
  const site = { ...DEFAULT_SITE, ...scenario.hospital.site }
  const { pools, units, lots, calendars } = resourcesOf(scenario, site)
  const counts = new Map(pools.flatMap(({ id, kind }) => (kind === 'units' ? [[id, 0] as [string, number]] : [])))
  const { unitChanges, added, surges } = interventionsOf(scenario, units)
  units.push(...added)
  for (const { pool } of units) counts.set(pool, counts.get(pool)! + 1)
  return {
    options: {
      programs: scenario.pathways.flatMap((pathway) => {
        const found = programs.get(typeof pathway === 'string' ? pathway : pathway.file)!
        return typeof pathway === 'string' ? found : found.map((program) => changed(program, pathway, found))
      }),
      ledger: { pools, units, lots, calendars, requests: [], held: [], nextSequence: 1 },
      site,
      seed: scenario.seed,
      start: 0,
      activities: standardActivities,
      streams: scenario.demand.map((stream, index) => streamOf(stream, index, site, calendars, surges.get(stream.id))),
      unitChanges,
    },
    units: counts,
    warmUpEnd,
    end,
    replications: scenario.replications,
    confidence: scenario.confidence,
    scenario,
  }
}

const msOf = (text: string): number => millisecondsOf(text) ?? 0

const resourcesOf = ({ hospital }: ScenarioFile, site: SiteTime) => {
  const pools = hospital.pools.map((pool) => {
    if (typeof pool.units !== 'number') return pool
    const { id, units } = pool
    const group = { name: id, count: units, place: id, attributes: {}, calendar: '' }
    return { id, name: id, turnover: '', passesMax: Number.MAX_SAFE_INTEGER, units: units > 0 ? [group] : [] }
  })
  const named = { id: 'hospital', name: 'Hospital', ...hospital.site, epoch: site.epoch, timeZone: site.timeZone }
  return expandResources({ site: named, calendars: hospital.calendars, pools } as Parameters<typeof expandResources>[0])
}

const durationOf = (distribution: Distribution): ProgramDuration => {
  if (typeof distribution === 'string') return { distribution: 'fixed', parameters: { value: msOf(distribution) } }
  if (distribution.distribution === 'empirical') {
    const { distribution: name, values, ...limits } = distribution
    return {
      distribution: name,
      parameters: msOfEach(limits),
      values: values.map(({ value, share: each }) => ({ value: msOf(value), share: each })),
    }
  }
  const { distribution: name, ...parameters } = distribution
  return { distribution: name, parameters: msOfEach(parameters) }
}

const msOfEach = (parameters: Record<string, string | number>): Record<string, number> =>
  Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, typeof value === 'number' ? value : msOf(value)]))

type ChangedElement = NonNullable<ChangedPathway['elements'][string]>

const durationsOf = (
  duration: NonNullable<ChangedElement['duration']>,
  expression: (text: string) => number,
): Pick<ProgramNode, 'duration' | 'durationBy'> => {
  if (typeof duration === 'string' || !('by' in duration)) return { duration: durationOf(duration) }
  const durations = Object.fromEntries(Object.entries(duration.values).map(([value, each]) => [value, durationOf(each)]))
  return {
    duration: duration.otherwise === undefined ? null : durationOf(duration.otherwise),
    durationBy: { expression: expression(duration.by), durations },
  }
}

type ChangedPathway = Exclude<ScenarioFile['pathways'][number], string>

const timerOf = (expression: number): ProgramEvent => ({
  kind: EventKind.timer,
  timer: 'duration',
  expression,
  name: '',
  correlation: -1,
  assignments: [],
})

/** A Program with what the scenario says instead of the drawing. */
const changed = (program: Program, { file, elements, probabilities }: ChangedPathway, all: Program[]): Program => {
  for (const id of Object.keys(elements))
    mustBe(
      all.some(({ nodes }) => nodes.some((node) => node.id === id)),
      file,
      'element',
      id,
    )
  for (const id of Object.keys(probabilities))
    mustBe(
      all.some(({ flows }) => flows.some((flow) => flow.id === id)),
      file,
      'flow',
      id,
    )
  const expressions = [...program.expressions]
  const nodes = program.nodes.map((node) => {
    const change = elements[node.id]
    if (!change) return node
    const expression = (text: string) => expressions.push(treeOf(text.replace(/^=/, ''), `pathways, ${file}, ${node.id}`)) - 1
    const constant = (value: Value) => expressions.push(['value', value]) - 1
    const needs = change.needs?.map(({ pool, quantity, where }) => ({
      pool,
      quantity: constant(quantity),
      where: where ? [{ attribute: where.attribute, operator: 'in' as const, value: constant(where.in) }] : [],
    }))
    // An event that waits so long by chance is a timer, whatever else the drawing waits for.
    const isWaiting =
      change.duration !== undefined && (node.kind === NodeKind.intermediateCatchEvent || node.kind === NodeKind.boundaryEvent)
    return {
      ...node,
      ...(isWaiting && { event: timerOf(constant('PT0S')) }),
      ...(change.duration !== undefined && durationsOf(change.duration, expression)),
      ...(change.priority !== undefined && { priority: expression(String(change.priority)) }),
      ...(needs && { needs }),
    }
  })
  const byChance = new Set(program.flows.flatMap(({ id, source }) => (probabilities[id] === undefined ? [] : [source])))
  const flows = program.flows.map((flow) => {
    if (!byChance.has(flow.source)) return flow
    const probability = probabilities[flow.id]
    return { ...flow, condition: -1, ...(probability !== undefined && { probability }) }
  })
  const { hash: _, ...content } = { ...program, nodes, flows, expressions }
  return { hash: contentHash(content), ...content }
}

const mustBe = (isThere: boolean, file: string, what: string, id: string): void => {
  if (!isThere) throw new ImpossibleScenario(`pathways, ${file}`, `there is no ${what} "${id}"`, 'Correct the id.')
}

const streamOf = (file: StreamFile, number: number, site: SiteTime, calendars: Calendar[], surges: Surge[] = []): Stream => {
  const variables = Object.entries(file.variables).map(([name, variable]) => ({
    name,
    value: givenBy(variable, `demand[${number}].variables.${name}`),
  }))
  return {
    id: file.id,
    pathway: file.pathway,
    arrivals: surged(arrivalsOf(file, calendars, `demand[${number}].calendar`), surges),
    ...(file.limit && { limit: file.limit }),
    variables: (index, at, patient) => {
      const given: Variables = {}
      variables.forEach(({ name, value }, draw) => {
        given[name] = value({ given, index, at, site, patient, draw })
      })
      return given
    },
  }
}

const arrivalsOf = (
  {
    perHour,
    perDay,
    perHourOfDay,
    perHourOfWeek,
    weekdayFactors,
    hourShares,
    interarrival,
    calendar,
    whenClosed,
    times,
    noShow,
  }: StreamFile,
  calendars: Calendar[],
  place: string,
): Stream['arrivals'] => {
  if (interarrival)
    return {
      interarrival: durationOf(interarrival),
      ...(calendar && { open: openOf(calendar, calendars, place) }),
      ...(whenClosed === 'postpones' && { postpones: true }),
    }
  if (times) return { times: times.map(msOf), noShow: noShow ?? 0 }
  if (perHourOfWeek) return { rates: { perHourOfWeek, candidatesPerHour: Math.max(...perHourOfWeek) } }
  const shares = hourShares ?? new Array<number>(24).fill(1 / 24)
  const factors = weekdayFactors ?? new Array<number>(7).fill(1)
  const rates = perHourOfDay ?? shares.map((each) => each * (perDay ?? perHour! * 24))
  return { rates: ratesOf(rates, factors, Math.max(...rates) * Math.max(...factors)) }
}

/** Candidates come at a power of two an hour, above any rate: what demands somewhat more or less has the same ones, and so the same patients. */
const surged = (arrivals: Stream['arrivals'], surges: Surge[]): Stream['arrivals'] => {
  if (!('rates' in arrivals)) return arrivals
  const { perHourOfWeek } = arrivals.rates
  // Surges may overlap: all of them at once is the most there can be.
  const peak = surges.reduce((most, { factor }) => most * Math.max(1, factor), Math.max(...perHourOfWeek))
  let candidatesPerHour = 1 / 1024
  while (candidatesPerHour < peak) candidatesPerHour *= 2
  return { rates: { perHourOfWeek, candidatesPerHour, ...(surges.length > 0 && { surges }) } }
}

const openOf = (id: string, calendars: Calendar[], place: string): Calendar['open'] => {
  const found = calendars.find((calendar) => calendar.id === id)
  if (!found) throw new ImpossibleScenario(place, `there is no calendar "${id}"`, 'Add it to the hospital or correct the id.')
  return found.open
}

interface Asked {
  given: Variables
  index: number
  at: number
  site: SiteTime
  patient: ChanceKey
  draw: number
}

const givenBy = (variable: Variable, place: string): ((asked: Asked) => Value) => {
  if (typeof variable === 'object' && 'distribution' in variable) {
    const duration = durationOf(variable)
    checkDistribution(duration)
    return ({ patient, draw }) =>
      formatDuration({ months: 0, milliseconds: Math.round(sample(duration, within(patient, draw), Purpose.patient)) })
  }
  if (typeof variable === 'object') {
    const shares = Object.entries(variable.shares)
    return ({ patient, draw }) => {
      let left = uniform(patient, Purpose.patient, draw)
      for (const [value, each] of shares) {
        left -= each
        if (left < 0) return value
      }
      return shares.at(-1)![0]
    }
  }
  if (typeof variable !== 'string' || !variable.startsWith('=')) return () => variable
  const closure = feelOf(variable.slice(1), place)
  return ({ given, index, at, site, patient, draw }) => {
    const luck = uniform(patient, Purpose.patient, draw)
    const scope: FeelScope = {
      at,
      site,
      get: (name) => (name === 'luck' ? luck : name === 'index' ? index : Object.hasOwn(given, name) ? given[name] : undefined),
    }
    return closure(scope)
  }
}

const feelOf = (text: string, place: string): Closure => toClosure(treeOf(text, place))

const treeOf = (text: string, place: string): FeelTree => {
  try {
    return parseFeel(text)
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    throw new ImpossibleScenario(place, error.message, 'Correct the FEEL.')
  }
}
