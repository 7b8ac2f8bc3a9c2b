/**
 * Who comes to the synthetic hospital: the scenario's streams, each candidate with a number of its own, so that the same seed brings the
 * same patients at the same times whatever else happens. A stream stands where its position says: plain JSON, kept between starts.
 */

import type { Variables } from '../../pathways/language/feel/value.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { admissionVariables, type SyntheticPatient, syntheticPatient } from '../../scenarios/patients.ts'
import type { Scenario } from '../../scenarios/read.ts'
import { type ArrivalPosition, type ArrivalRates, nextArrival, ratesOf } from '../../twin/simulate/arrivals.ts'
import { type ChanceKey, chanceOf, within, wordOf } from '../../twin/simulate/chance.ts'

export interface ArrivingPatient {
  at: number
  pathway: string
  /** Unique in the scenario: also the idempotency key of the start. */
  key: string
  patient: SyntheticPatient
  variables: Variables
}

/** Indexes of patients are spread over the streams: stream k has those from k times this. */
const PATIENTS_PER_STREAM = 1_000_000

export type StreamPositions = Record<string, ArrivalPosition>

export class ArrivalStreams {
  readonly #scenario: Scenario
  readonly #site: SiteTime
  readonly #seed: number
  readonly #streams: { id: string; pathway: string; mix: string; rates: ArrivalRates; chance: ChanceKey; first: number }[]
  readonly positions: StreamPositions

  constructor(scenario: Scenario, seed: number, positions: StreamPositions = {}) {
    this.#scenario = scenario
    this.#site = scenario.site
    this.#seed = seed
    this.positions = positions
    this.#streams = scenario.arrivals.map(({ id, pathway, mix, perDay, hourShares, weekdayFactors }, index) => {
      const shares = hourShares.reduce((sum, share) => sum + share, 0)
      const perHour = hourShares.map((share) => (perDay * share) / shares)
      const candidatesPerHour = 1.5 * Math.max(...perHour) * Math.max(...weekdayFactors)
      const chance = within(chanceOf(seed, 0), wordOf(id))
      return {
        id,
        pathway,
        mix,
        rates: ratesOf(perHour, weekdayFactors, candidatesPerHour),
        chance,
        first: index * PATIENTS_PER_STREAM,
      }
    })
  }

  /** Everybody who comes up to and including `until`, in order of time. Moves the positions on. */
  take(until: number): ArrivingPatient[] {
    const arriving: ArrivingPatient[] = []
    for (const stream of this.#streams) {
      this.positions[stream.id] ??= { index: 0, at: 0 }
      const position = this.positions[stream.id]!
      for (;;) {
        const arrival = nextArrival(stream.rates, position, stream.chance, this.#site, until)
        if (!arrival) break
        const patient = syntheticPatient(this.#seed, stream.first + arrival.index, this.#scenario.mixes[stream.mix])
        arriving.push({
          at: arrival.at,
          pathway: stream.pathway,
          key: `${stream.id}-${arrival.index}`,
          patient,
          variables: admissionVariables(patient),
        })
      }
    }
    return arriving.sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1))
  }
}
