/** All that a forecast is made from, as plain JSON: what a thread is sent, whoever asks. */
import type { Program } from '../../pathways/language/program.ts'
import type { Calendar } from '../../pathways/resources/contract.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { streamOf } from '../experiment/demand.ts'
import type { Experiment } from '../experiment/prepare.ts'
import type { StreamFile } from '../experiment/schema.ts'
import type { Surge } from '../simulate/arrivals.ts'
import { type HospitalOptions, type HospitalState, type Stream, standardActivities } from '../simulate/index.ts'
import type { ForecastQuestion } from './forecast.ts'
import type { Learnt } from './learnt.ts'
import { hourMs } from './watch.ts'
import type { WhatIf } from './what-if.ts'

export interface ForecastData {
  state: HospitalState
  programs: Program[]
  /** Versions that only runs of the state are on. */
  formerPrograms: Program[]
  site: SiteTime
  demand: StreamFile[]
  calendars: Calendar[]
  /** By stream: what the scenario changes of it. */
  surges: [string, Surge[]][]
  changes: [string, NonNullable<Stream['changes']>][]
  conduct: Pick<HospitalOptions, 'elements' | 'pools' | 'unitChanges'>
  reorder?: HospitalOptions['reorder']
  seed: number
  /** See `prepareFork`. */
  timersAreKnown: boolean
  hours: number
  whatIf: WhatIf | null
  /** Of a live hospital: whose durations are those of its own log. */
  learnt?: Learnt[]
}

/** What a scenario says of a hospital that goes on from a state of it. */
export const dataOfScenario = (
  { options, scenario }: Experiment,
  asked: Pick<ForecastData, 'state' | 'seed' | 'hours' | 'whatIf'>,
): ForecastData => ({
  ...asked,
  programs: options.programs,
  formerPrograms: [],
  site: options.site,
  demand: scenario.demand,
  calendars: options.ledger.calendars,
  surges: (options.streams ?? []).flatMap(({ id, arrivals }) =>
    'rates' in arrivals && arrivals.rates.surges ? [[id, arrivals.rates.surges] as [string, Surge[]]] : [],
  ),
  changes: (options.streams ?? []).flatMap(({ id, changes }) =>
    changes ? [[id, changes] as [string, NonNullable<Stream['changes']>]] : [],
  ),
  conduct: {
    ...(options.elements && { elements: options.elements }),
    ...(options.pools && { pools: options.pools }),
    ...(options.unitChanges && { unitChanges: options.unitChanges }),
  },
  ...(options.reorder && { reorder: options.reorder }),
  timersAreKnown: false,
})

/** @throws ImpossibleScenario */
export const questionOf = (data: ForecastData): ForecastQuestion => {
  const { state, programs, formerPrograms, site, demand, calendars, reorder, seed, timersAreKnown, hours, whatIf } = data
  const [surges, changes] = [new Map(data.surges), new Map(data.changes)]
  const end = state.at + hours * hourMs
  const streams = demand.map((stream, number) =>
    streamOf(stream, number, site, calendars, end, surges.get(stream.id), changes.get(stream.id)),
  )
  const model = {
    ...{ programs, formerPrograms, site, seed, streams, activities: standardActivities },
    ...data.conduct,
    ...(reorder && { reorder }),
  }
  return { state, model, timersAreKnown, hours, whatIf }
}
