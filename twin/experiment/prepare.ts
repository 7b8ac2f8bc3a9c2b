/** A scenario and its Programs made ready to be simulated. */

import { noEvent } from '../../pathways/language/bpmn/compile-event.ts'
import { contentHash } from '../../pathways/language/canonical.ts'
import type { Value } from '../../pathways/language/feel/value.ts'
import { EventKind, NodeKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { expandResources } from '../hospital/expand.ts'
import { type HospitalOptions, standardActivities } from '../simulate/index.ts'
import { checkNames, conductOf } from './conduct.ts'
import { streamOf } from './demand.ts'
import { ImpossibleScenario } from './impossible.ts'
import { interventionsOf } from './interventions.ts'
import { durationOf, msOf, treeOf } from './parts.ts'
import type { ScenarioFile } from './schema.ts'

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
  const { unitChanges, added, surges, changes } = interventionsOf(scenario, units)
  units.push(...added)
  for (const { pool } of units) counts.set(pool, counts.get(pool)! + 1)
  const simulated = scenario.pathways.map((pathway) => {
    const found = programs.get(typeof pathway === 'string' ? pathway : pathway.file)!
    return typeof pathway === 'string' ? found : found.map((program) => changed(program, pathway, found))
  })
  const conduct = conductOf(scenario, simulated)
  checkNames(scenario, counts, simulated.flat())
  return {
    options: {
      programs: simulated.flat(),
      ledger: { pools, units, lots, calendars, requests: [], held: [], nextSequence: 1 },
      site,
      seed: scenario.seed,
      start: 0,
      activities: standardActivities,
      streams: scenario.demand.map((stream, index) =>
        streamOf(stream, index, site, calendars, end, surges.get(stream.id), changes.get(stream.id)),
      ),
      unitChanges,
      ...(scenario.reorder && { reorder: reorderOf(scenario.reorder) }),
      ...conduct,
    },
    units: counts,
    warmUpEnd,
    end,
    replications: scenario.replications,
    confidence: scenario.confidence,
    scenario,
  }
}

const reorderOf = (reorder: NonNullable<ScenarioFile['reorder']>): HospitalOptions['reorder'] =>
  'pathway' in reorder ? reorder : { leadMs: msOf(reorder.lead), shelfLifeMs: msOf(reorder.shelfLife) }

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

/** A Program with what the scenario says instead of the drawing. */
const changed = (program: Program, { file, as, elements, probabilities }: ChangedPathway, all: Program[]): Program => {
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
      ...(isWaiting && {
        event: { ...noEvent(), kind: EventKind.timer, timer: 'duration' as const, expression: constant('PT0S') },
      }),
      ...(change.duration !== undefined && durationsOf(change.duration, expression)),
      ...(change.priority !== undefined && { priority: expression(String(change.priority)) }),
      ...(needs && { needs }),
      ...(change.outcomes && {
        outcomes: [
          ...node.outcomes.filter(({ variable }) => !Object.hasOwn(change.outcomes!, variable)),
          ...Object.entries(change.outcomes).map(([variable, value]) => ({
            variable,
            expression: typeof value === 'string' && value.startsWith('=') ? expression(value) : constant(value),
          })),
        ],
      }),
      // A batch asks for what it needs itself.
      ...(change.batch && { needs: [] }),
    }
  })
  const byChance = new Set(program.flows.flatMap(({ id, source }) => (probabilities[id] === undefined ? [] : [source])))
  const flows = program.flows.map((flow) => {
    if (!byChance.has(flow.source)) return flow
    const probability = probabilities[flow.id]
    return { ...flow, condition: -1, ...(probability !== undefined && { probability }) }
  })
  if (as !== undefined && all.length > 1)
    throw new ImpossibleScenario(
      `pathways, ${file}`,
      'it has several processes, which cannot all have one name',
      'Leave out "as".',
    )
  const { hash: _, ...content } = { ...program, nodes, flows, expressions, process: as ?? program.process }
  return { hash: contentHash(content), ...content }
}

const mustBe = (isThere: boolean, file: string, what: string, id: string): void => {
  if (!isThere) throw new ImpossibleScenario(`pathways, ${file}`, `there is no ${what} "${id}"`, 'Correct the id.')
}
