/** A scenario and its Programs made ready to be simulated. */
import type { Program } from '../../pathways/language/program.ts'
import { millisecondsOf } from '../../pathways/time/duration.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { expandResources } from '../hospital/expand.ts'
import { createHospital, type HospitalOptions, standardActivities } from '../simulate/index.ts'
import { changedProgram } from './changed-program.ts'
import { checkNames, conductOf } from './conduct.ts'
import { streamOf } from './demand.ts'
import { ImpossibleScenario } from './impossible.ts'
import { interventionsOf, withPaces } from './interventions.ts'
import { checkNumbers } from './load.ts'
import { pausing } from './made-program.ts'
import { durationOf, msOf } from './parts.ts'
import type { Distribution, ScenarioFile } from './schema.ts'
import { checkIds, checkProbabilities, checkRequests } from './sense.ts'

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
  checkIds(scenario)
  const site = { ...DEFAULT_SITE, ...scenario.hospital.site }
  const { pools, units, lots, calendars } = resourcesOf(scenario, site)
  const counts = new Map(pools.flatMap(({ id, kind }) => (kind === 'units' ? [[id, 0] as [string, number]] : [])))
  const { unitChanges, added, surges, changes, paces } = interventionsOf(scenario, units)
  units.push(...added)
  for (const { pool } of units) counts.set(pool, counts.get(pool)! + 1)
  const simulated = scenario.pathways.map((pathway) => {
    const found = programs.get(typeof pathway === 'string' ? pathway : pathway.file)!
    return typeof pathway === 'string' ? found : found.map((program) => changedProgram(program, pathway, found))
  })
  simulated.push(turnoversOf(scenario))
  const conduct = conductOf(scenario, simulated)
  if (paces.length > 0) conduct.elements = withPaces(conduct.elements ?? {}, paces, simulated.flat())
  checkNames(scenario, counts, simulated.flat())
  checkProbabilities(simulated.flat())
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

/** `prepareExperiment`, and opened once: what cannot be simulated says so before anything is. @throws what `isImpossible` tells. */
export const openedExperiment = (scenario: ScenarioFile, programs: Map<string, Program[]>): Experiment => {
  const experiment = prepareExperiment(scenario, programs)
  checkNumbers(experiment)
  const { ledger } = createHospital(experiment.options)
  checkRequests(experiment.options.programs, ledger)
  return experiment
}

/** Whether it is a time that passes, and no pathway that is named. */
const isTime = (turnover: Turnover): turnover is Distribution => typeof turnover !== 'string' || millisecondsOf(turnover) !== null

type Turnover = Distribution | string

/** The pathway of one pause that makes units of a pool usable again. */
const turnoverOf = (pool: string): string => `turnover-of-${pool}`

const turnoversOf = ({ hospital }: ScenarioFile): Program[] =>
  hospital.pools.flatMap((pool) => {
    const { id, turnover = '' } = pool
    return isTime(turnover) ? [pausing(turnoverOf(id), durationOf(turnover))] : []
  })

const resourcesOf = ({ hospital }: ScenarioFile, site: SiteTime) => {
  const pools = hospital.pools.map((pool) => {
    if (typeof pool.units !== 'number') return pool
    const { id, units, turnover = '' } = pool
    const group = { name: id, count: units, place: id, attributes: {}, calendar: '' }
    const pathway = isTime(turnover) ? turnoverOf(id) : turnover
    return { id, name: id, turnover: pathway, passesMax: Number.MAX_SAFE_INTEGER, units: units > 0 ? [group] : [] }
  })
  const named = { id: 'hospital', name: 'Hospital', ...hospital.site, epoch: site.epoch, timeZone: site.timeZone }
  return expandResources({ site: named, calendars: hospital.calendars, pools } as Parameters<typeof expandResources>[0])
}
