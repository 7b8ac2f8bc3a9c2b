/**
 * A hospital in full swing to open on: the days before are played in memory by the same pathways, the same allocator and the same people,
 * and the live hospital goes on from there.
 */

import type { Variables } from '../../pathways/language/feel/value.ts'
import type { Program } from '../../pathways/language/program.ts'
import { instantOf, localTime, type SiteTime } from '../../pathways/time/site.ts'
import { dailyMeasurement } from '../../scenarios/measurements.ts'
import type { Scenario } from '../../scenarios/read.ts'
import {
  chanceOf,
  createHospital,
  type Hospital,
  type HospitalState,
  Purpose,
  standardActivities,
  uniform,
  within,
  wordOf,
} from '../../twin/simulate/index.ts'
import { ArrivalStreams, type StreamPositions } from './arrivals.ts'
import type { People } from './people.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
/** How long to look for a moment at which no letter is on its way: its text is in the live records only. */
const CALM_MINUTES_MAX = 240

export interface Opening {
  /** Hospital time at which the live hospital begins. */
  at: number
  state: HospitalState
  positions: StreamPositions
}

export interface OpeningOptions {
  scenario: Scenario
  people: People
  programs: Program[]
  /** Hospital time to play up to. */
  until: number
}

/** Plays from an empty hospital at time 0. The same seed gives the same opening, to the byte. */
export function playOpening({ scenario, people, programs, until }: OpeningOptions): Opening {
  const { site, pools, units, lots, calendars } = scenario
  const hospital = createHospital({
    programs,
    ledger: { pools, units, lots, calendars, requests: [], held: [], nextSequence: 0 },
    site,
    seed: people.seed,
    start: 0,
    activities: standardActivities,
    reorder: { pathway: 'restock' },
  })
  const streams = new ArrivalStreams(scenario, people)
  bringHome(hospital, scenario, people, until)
  admitUntil(until)
  hospital.run(until)
  for (let minute = 0; minute < CALM_MINUTES_MAX && letterUnderWay(hospital); minute++) {
    admitUntil(hospital.at + MINUTE_MS)
    hospital.run(hospital.at + MINUTE_MS)
  }
  return { at: hospital.at, state: hospital.state(), positions: streams.positions }

  function admitUntil(time: number): void {
    for (const { pathway, at, patient, variables } of streams.take(time)) hospital.admit(pathway, at, patient.id, variables)
  }
}

/** Those followed at home were enrolled in the days before, and have sent what they measure. */
function bringHome(hospital: Hospital, { home, site }: Scenario, people: People, until: number): void {
  for (let number = 0; number < home.patients; number++) {
    const { id, clinical } = people.atHome(number)
    const key = within(chanceOf(people.seed, 0), wordOf(id))
    const enrolledAt = Math.floor(uniform(key, Purpose.arrival, 0) * Math.max(0, until - DAY_MS))
    hospital.admit(home.pathway, enrolledAt, id, { patient: id, condition: clinical.condition, age: clinical.age })
    for (const { at, payload } of measurementsBetween(home, people, id, enrolledAt + DAY_MS, until, site)) {
      hospital.send(at, { name: 'measurement', key: id, payload })
    }
  }
}

export interface Measured {
  at: number
  day: number
  payload: Variables
}

/** What one patient sends from home between two hospital times, the first exclusive. */
export function measurementsBetween(
  home: Scenario['home'],
  people: People,
  id: string,
  from: number,
  until: number,
  site: SiteTime,
): Measured[] {
  const person = people.behind(id)
  const condition = person?.patient.clinical.condition
  if (!person || !condition || condition === 'none') return []
  const measured: Measured[] = []
  for (let day = Math.floor(from / DAY_MS) - 1; day <= Math.floor(until / DAY_MS) + 1; day++) {
    const measurement = dailyMeasurement(home, people.seed, person.index, condition, day)
    if (!measurement) continue
    const { year, month, day: dayOfMonth } = localTime(day * DAY_MS + DAY_MS / 2, site)
    const { minuteOfDay, payload } = measurement
    const at = instantOf({ year, month, day: dayOfMonth, hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60 }, site)
    if (at > from && at <= until) measured.push({ at, day, payload })
  }
  return measured
}

const letterUnderWay = (hospital: Hospital): boolean =>
  [...hospital.runs.values()].some(
    ({ pathway, instance }) =>
      pathway === 'discharge' && instance.marking.outcome === 'running' && 'document' in (instance.variables[0] ?? {}),
  )
