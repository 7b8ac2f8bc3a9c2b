/**
 * Drives the synthetic hospital: patients arrive, measure at home, staff do their tasks, all at the site's clock and through the API. Where it
 * stands is kept in the data folder; whatever it asks twice has an idempotency key.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isoOf } from '../../pathways/time/site.ts'
import type { Scenario } from '../../scenarios/read.ts'
import type { ApiClient } from './api-client.ts'
import { ArrivalStreams, type ArrivingPatient, type StreamPositions } from './arrivals.ts'
import { measurementsBetween } from './opening.ts'
import type { People } from './people.ts'
import { eachOf, type SyntheticStaff } from './staff.ts'

/** Where the flow stands. */
export interface Progress {
  positions: StreamPositions
  /** Hospital time up to which people at home have measured. */
  measuredUntil: number
}

/** How often people at home are looked at. */
const HOME_EVERY_HOSPITAL_MS = 15 * 60_000
const PAGE = 200

export interface DriverOptions {
  api: ApiClient
  scenario: Scenario
  people: People
  staff: SyntheticStaff
  progress: Progress
  /** Where progress is kept. */
  file: string
  /** Makes an arriving patient known before their run begins. */
  register: (arriving: ArrivingPatient) => Promise<void>
}

export class Driver {
  readonly #options: DriverOptions
  readonly #streams: ArrivalStreams

  constructor(options: DriverOptions) {
    this.#options = options
    this.#streams = new ArrivalStreams(options.scenario, options.people, structuredClone(options.progress.positions))
  }

  /** Does what is due by now. @throws ApiUnavailable; then nothing is lost, and the next turn does it. */
  async turn(hospitalNow: number): Promise<void> {
    await this.#arrive(hospitalNow)
    await this.#measureAtHome(hospitalNow)
    await this.#options.staff.work(hospitalNow)
  }

  async #arrive(hospitalNow: number): Promise<void> {
    const before = structuredClone(this.#streams.positions)
    const arriving = this.#streams.take(hospitalNow)
    if (arriving.length === 0) return
    try {
      for (const one of arriving) await this.#admit(one)
    } catch (error) {
      Object.assign(this.#streams.positions, before)
      throw error
    }
    this.#options.progress.positions = structuredClone(this.#streams.positions)
    saveProgress(this.#options.file, this.#options.progress)
  }

  async #admit(arriving: ArrivingPatient): Promise<void> {
    const { api, people, register } = this.#options
    await register(arriving)
    const { pathway, patient, variables, key } = arriving
    await api.post('/api/runs', { pathway, patient: patient.id, variables }, `arrival-${people.seed}-${key}`)
  }

  async #measureAtHome(hospitalNow: number): Promise<void> {
    const { progress, file, scenario, people } = this.#options
    if (hospitalNow - progress.measuredUntil < HOME_EVERY_HOSPITAL_MS) return
    const { home, site } = scenario
    const patients = await this.#atHome()
    const due = patients.flatMap((id) =>
      measurementsBetween(home, people, id, progress.measuredUntil, hospitalNow, site).map((measured) => ({ id, ...measured })),
    )
    await eachOf(due, 4, async ({ id, at, day, payload }) => {
      const { kind, value, ...answers } = payload
      const body = { patient: id, kind, value, answers, at: isoOf(at, site) }
      await this.#options.api.post('/api/measurements', body, `measurement-${id}-${day}`)
    })
    progress.measuredUntil = hospitalNow
    saveProgress(file, progress)
  }

  /** Pseudonyms of those followed at home. */
  async #atHome(): Promise<string[]> {
    const { api, scenario } = this.#options
    const patients: string[] = []
    let cursor = ''
    do {
      const query = `pathway=${scenario.home.pathway}&state=running&limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
      const { body } = await api.get<{ items: { patient: string | null }[]; next: string | null }>(`/api/runs?${query}`)
      for (const { patient } of body.items) if (patient) patients.push(patient)
      cursor = body.next ?? ''
    } while (cursor)
    return patients
  }
}

/** Null when there is none. */
export function readProgress(file: string): Progress | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Progress
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Whole or not at all. */
export function saveProgress(file: string, progress: Progress): void {
  const partial = `${file}.${process.pid}`
  writeFileSync(partial, JSON.stringify(progress))
  renameSync(partial, file)
}
