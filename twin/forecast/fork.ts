/**
 * A fork of a hospital as it is at a time: everything that is known of it stays, and what nobody can know yet is drawn anew in each replication. How long work under way still lasts is drawn given
 * that it has lasted so long; who comes next is drawn from now on. Chance belongs to a patient and a step, so that two forks that differ by a what-if meet the same luck.
 */

import type { Unit } from '../../pathways/resources/contract.ts'
import { type ChanceKey, chanceOf, Purpose, uniform, within, wordOf } from '../simulate/chance.ts'
import { type HeapEntry, pushEvent } from '../simulate/event-heap.ts'
import {
  type Arrival,
  type ArrivalPosition,
  type HospitalOptions,
  type HospitalState,
  nextArrival,
  type Planned,
  type Stream,
} from '../simulate/index.ts'
import type { UnitChange } from '../simulate/options.ts'
import { PlannedKind } from '../simulate/state.ts'
import { residualSample } from './residual.ts'
import { drawAnew, isOfThese, UNDER_WAY, type UnderWay, underWayIn } from './under-way.ts'

/** What is simulated, without where it begins. */
export type Model = Omit<HospitalOptions, 'state' | 'ownsState' | 'ledger' | 'start' | 'replication' | 'observer'>

/** What a what-if changes in the hospital itself; who comes is changed in the model's streams. */
export interface Changes {
  added: Unit[]
  unitChanges: UnitChange[]
}

/** A state made ready: each replication begins with a copy of it. */
export interface Fork {
  at: number
  model: Model
  /** Of the state, without what is planned of it. */
  text: string
  /** What stays as it was planned. */
  planned: HeapEntry<Planned>[]
  underWay: UnderWay[]
}

/** Distances between patients that are tried until one comes after now, where opening hours keep it from being drawn at once. */
const DISTANCES_MAX = 1_000

/**
 * @param state it is not changed.
 * @param timersAreKnown when timers elapse is no matter of chance, as in a live hospital; otherwise those whose time a scenario draws are drawn anew.
 */
export const prepareFork = (state: HospitalState, model: Model, timersAreKnown: boolean, changes?: Changes): Fork => {
  const underWay = underWayIn(state, model, timersAreKnown)
  const isDrawn = isOfThese(underWay, state)
  const { agenda, ...rest } = state
  const planned = agenda.filter(({ item }) => !isDrawn(item))
  const { added, unitChanges } = changes ?? { added: [], unitChanges: [] }
  let { nextSequence } = state
  for (const { at, units, closed } of unitChanges)
    planned.push({ at, kind: PlannedKind.calendar, sequence: nextSequence++, item: { type: 'closing', units, closed } })
  const ledger = { ...rest.ledger, units: [...rest.ledger.units, ...added] }
  return { at: state.at, model, text: JSON.stringify({ ...rest, ledger, nextSequence }), planned, underWay }
}

/** One replication of it, to be simulated from `at` on. */
export const forkOf = ({ at, model, text, planned, underWay }: Fork, replication: number): HospitalOptions => {
  const state: HospitalState = { ...(JSON.parse(text) as Omit<HospitalState, 'agenda'>), agenda: [] }
  const chance = chanceOf(model.seed, replication)
  const agenda = { entries: state.agenda }
  const plan = (due: number, kind: number, item: Planned) =>
    pushEvent(agenda, { at: due, kind, sequence: state.nextSequence++, item })
  for (const entry of planned) pushEvent(agenda, entry)
  for (const run of state.runs) {
    run.key = within(chance, wordOf(run.id))
    for (const task of run.tasks) task.key = within(within(run.key, UNDER_WAY), task.wait)
  }
  drawAnew(underWay, state, chance, plan)
  for (const stream of model.streams ?? []) {
    const arrival = beginStream(stream, state, model.site, within(chance, wordOf(stream.id)))
    if (arrival) plan(arrival.at, PlannedKind.arrival, { type: 'arrival', stream: stream.id, index: arrival.index })
  }
  return { ...model, ledger: state.ledger, start: at, replication, state, ownsState: true }
}

/**
 * Puts a stream where it stands now: whoever comes next has not been drawn yet. By rates, whoever comes does so however long nobody has; of distances, the one under way is longer than what has passed of it; appointments are those to come.
 * @returns the next patient, where that is to be planned at once.
 */
const beginStream = (stream: Stream, state: HospitalState, site: Model['site'], chance: ChanceKey): Arrival | null => {
  const { arrivals, limit = Number.POSITIVE_INFINITY } = stream
  const { index, at: last, patients = 0 } = state.positions[stream.id] ?? { index: 0, at: state.at }
  const stand = (position: ArrivalPosition) => {
    state.positions[stream.id] = position
  }
  if ('times' in arrivals) {
    const next = arrivals.times.findIndex((at) => at > state.at)
    stand({ index: next < 0 ? arrivals.times.length : next, at: state.at, patients })
    return null
  }
  if ('rates' in arrivals || patients >= limit) {
    stand({ index, at: state.at, patients })
    return null
  }
  if (!arrivals.open) {
    const key = within(chance, index)
    const at = last + residualSample(arrivals.interarrival, state.at - last, within(key, UNDER_WAY))
    const comes = uniform(key, Purpose.thinning, 0) >= (arrivals.noShow ?? 0)
    stand({ index: index + 1, at, patients: comes ? patients + 1 : patients })
    return comes ? { at: Math.max(state.at, Math.round(at)), index } : null
  }
  for (let draw = 0; draw <= DISTANCES_MAX; draw++) {
    // When none is long enough, it begins anew.
    const position: ArrivalPosition = { index, at: draw < DISTANCES_MAX ? last : state.at, patients: patients + 1 }
    const arrival = nextArrival(arrivals, position, within(chance, draw), site, Number.MAX_SAFE_INTEGER)!
    if (arrival.at <= state.at) continue
    stand(position)
    return arrival
  }
  return null
}
