/**
 * Replications that go on from the hospital as it is when measuring begins. The warm-up is simulated once, however many what-ifs follow; each is measured as if its scenario had been simulated whole, since
 * whatever it changes begins after it.
 */
import { Beyond } from '../compiled/index.ts'
import { directHospital } from '../direct/index.ts'
import { checkHospital } from '../simulate/check.ts'
import { byTurn } from '../simulate/event-heap.ts'
import { createHospital, Hospital, type HospitalState } from '../simulate/index.ts'
import type { UnitChange } from '../simulate/options.ts'
import { PlannedKind } from '../simulate/state.ts'
import { ImpossibleScenario } from './impossible.ts'
import { type Measure, Measures } from './measures.ts'
import { msOf } from './parts.ts'
import type { Experiment } from './prepare.ts'
import { stuckAtEnd } from './replicate.ts'
import type { ScenarioFile } from './schema.ts'
import { ByStretch } from './watched-level.ts'

/** One replication, as it is when measuring begins. */
export interface Opening {
  replication: number
  /** Its `HospitalState`, as JSON: each what-if begins with a copy. */
  text: string
}

/** What a scenario may say differently and yet go on from the same opening: what is asked about, and what changes later. */
const FREE = [
  'name',
  'note',
  'interventions',
  'measures',
  'targets',
  'classes',
  'byHourOfWeek',
  'byUnitsInUse',
  'costs',
  'replications',
  'confidence',
] as const

/** @throws ImpossibleScenario when `changed` differs from `base` in anything that may have come before measuring began. */
export const checkGoesOn = (base: ScenarioFile, changed: ScenarioFile): void => {
  const rest = (scenario: ScenarioFile) => JSON.stringify({ ...scenario, ...Object.fromEntries(FREE.map((key) => [key, null])) })
  if (rest(base) !== rest(changed) || changed.interventions.length < base.interventions.length)
    throw new ImpossibleScenario('scenario', 'it differs in more than what changes later', 'Simulate it whole.')
  const from = msOf(base.warmUp)
  changed.interventions.forEach((intervention, index) => {
    const known = base.interventions[index]
    if (known && JSON.stringify(known) === JSON.stringify(intervention)) return
    if (known || msOf(intervention.at) < from)
      throw new ImpossibleScenario(`interventions[${index}].at`, 'it comes before measuring begins', 'Simulate it whole.')
  })
}

/**
 * The hospital a millisecond before measuring begins: what changes at that very time has not happened yet. Little by little, as `goOn`.
 * @throws ImpossibleHospital before anything is simulated.
 */
export function* opening(experiment: Experiment, replication: number): Generator<undefined, Opening> {
  const hospital = createHospital({ ...experiment.options, replication })
  for (const at of slices(0, Math.max(0, experiment.warmUpEnd - 1))) {
    hospital.run(at)
    yield
  }
  return { replication, text: JSON.stringify(hospital.state()) }
}

/** All of it at once. */
export const finished = <T>(steps: Generator<unknown, T>): T => {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const SLICES = 40

/** @param also times between that end a slice. */
const slices = (from: number, until: number, also: number[] = []): number[] => {
  const equal = Array.from({ length: SLICES }, (_, slice) =>
    slice === SLICES - 1 ? until : Math.floor(from + ((until - from) * (slice + 1)) / SLICES),
  )
  return [...new Set([...equal, ...also])].sort((one, other) => one - other)
}

const dayMs = 86_400_000
export const EARLY_DAYS = [1, 3, 7, 14]

/** When something may be said before the horizon is reached: after the first day that is measured, the third, … Hospital milliseconds. */
export const earlyTimes = ({ warmUpEnd, end }: Experiment): number[] =>
  EARLY_DAYS.map((days) => warmUpEnd + days * dayMs).filter((at) => at < end)

/** Levels of a pool in equal stretches from when measuring begins. */
export interface PoolLevels {
  pool: string
  /** Means of units in use, and of requests that wait. */
  held: number[]
  queue: number[]
}

export interface WentOn {
  measures: Measure[]
  levels: PoolLevels[]
}

/** A replication under way. */
export interface Standing {
  /** Hospital milliseconds. */
  at: number
  levels: () => PoolLevels[]
  /** What is measured so far, as if the horizon were now: of one scenario to be compared with that of another at the same time. */
  soFar: () => WentOn
}

/**
 * One replication from its opening to the horizon, little by little: each step of the generator gives how it stands, and whoever goes on with it may stop between any two. A step ends at each of `earlyTimes`.
 * @param experiment of a scenario that `checkGoesOn`. @param stretchMs of the levels.
 * @throws ImpossibleHospital before anything is simulated.
 */
export function* goOn(experiment: Experiment, begun: Opening, stretchMs: number): Generator<Standing, WentOn> {
  let from = Number.NEGATIVE_INFINITY
  try {
    const steps = goneOn(experiment, begun, stretchMs, true, from)
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value
      from = step.value.at
      yield step.value
    }
  } catch (error) {
    if (!(error instanceof Beyond)) throw error
  }
  // A run came to what is left to the engine: from the opening, by that. What was told already is told no more.
  return yield* goneOn(experiment, begun, stretchMs, false, from)
}

/** @param directly otherwise by the engine. @param from nothing is told that comes no later. @throws Beyond where only the engine goes on. */
function* goneOn(
  experiment: Experiment,
  begun: Opening,
  stretchMs: number,
  directly: boolean,
  from: number,
): Generator<Standing, WentOn> {
  const { options, warmUpEnd, end, units } = experiment
  const state = changedState(JSON.parse(begun.text) as HospitalState, experiment)
  const stretches = new Map(
    [...units.keys()].map((pool) => [
      pool,
      { held: new ByStretch(warmUpEnd, stretchMs), queue: new ByStretch(warmUpEnd, stretchMs) },
    ]),
  )
  const measures = new Measures(experiment, (pool) => {
    const { held, queue } = stretches.get(pool)!
    return { held: [held], queue: [queue] }
  })
  const given = { ...options, replication: begun.replication, state, ownsState: true }
  checkHospital(given)
  const hospital = directly ? directHospital(given, measures) : createHospital({ ...given, observer: measures.observer })
  if (hospital instanceof Beyond) throw hospital
  if (hospital instanceof Hospital) measures.begin(hospital)
  const levelsAt = (at: number): PoolLevels[] => {
    measures.tell(at)
    return [...stretches].map(([pool, { held, queue }]) => ({ pool, held: held.means(at), queue: queue.means(at) }))
  }
  const wentOn = (at: number): WentOn => {
    const levels = levelsAt(at)
    return { measures: [...measures.until(at), stuckAtEnd(hospital)], levels }
  }
  for (const at of slices(warmUpEnd, end, earlyTimes(experiment))) {
    hospital.run(at)
    if (at < end && at > from) yield { at, levels: () => levelsAt(at), soFar: () => wentOn(at) }
  }
  return wentOn(end)
}

/** All that a what-if of one replication is compared with and goes on from, made once for everybody who asks. */
export interface OpenedReplication {
  opening: Opening
  /** The scenario itself, to the horizon. */
  base: WentOn
  /** The same as it stood at each of `earlyTimes`. */
  early: WentOn[]
}

/** @throws ImpossibleHospital before anything is simulated. */
export const openedReplication = (experiment: Experiment, replication: number, stretchMs: number): OpenedReplication => {
  const begun = finished(opening(experiment, replication))
  const times = new Set(earlyTimes(experiment))
  const early: WentOn[] = []
  const steps = goOn(experiment, begun, stretchMs)
  for (;;) {
    const step = steps.next()
    if (step.done) return { opening: begun, base: step.value, early }
    if (times.has(step.value.at)) early.push(step.value.soFar())
  }
}

/** The opening with the units and closings that a what-if adds; those that the base has are planned in it. */
const changedState = (state: HospitalState, { options }: Experiment): HospitalState => {
  const known = new Set(state.ledger.units.map(({ id }) => id))
  state.ledger.units.push(...options.ledger.units.filter(({ id }) => !known.has(id)).map((unit) => ({ ...unit })))
  const planned = new Set(state.agenda.flatMap(({ item, at }) => (item.type === 'closing' ? [closingKey({ ...item, at })] : [])))
  let sequence = 0
  const added = (options.unitChanges ?? []).filter((change) => change.at > state.at && !planned.has(closingKey(change)))
  // Planned at the beginning, had it been simulated whole: before all that has been planned since.
  for (const { at, ...change } of added.reverse())
    state.agenda.push({ at, kind: PlannedKind.calendar, sequence: --sequence, item: { type: 'closing', ...change } })
  state.agenda.sort(byTurn)
  return state
}

const closingKey = ({ at, units, closed }: UnitChange): string => JSON.stringify([at, units, closed])
