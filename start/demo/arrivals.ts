/**
 * Who comes to the synthetic hospital: the scenario's streams, each candidate with a number of its own, so that the same seed brings the
 * same patients at the same times whatever else happens. A stream stands where its position says: plain JSON, kept between starts.
 */

import type { Variables } from '../../pathways/language/feel/value.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { admissionVariables, type SyntheticPatient } from '../../scenarios/patients.ts'
import type { Scenario } from '../../scenarios/read.ts'
import { type ArrivalPosition, type ArrivalRates, nextArrival, ratesOf } from '../../twin/simulate/arrivals.ts'
import { type ChanceKey, chanceOf, within, wordOf } from '../../twin/simulate/chance.ts'
import type { People } from './people.ts'

export interface ArrivingPatient {
  at: number
  pathway: string
  /** Unique in the scenario: also the idempotency key of the start. */
  key: string
  patient: SyntheticPatient
  variables: Variables
}

export type StreamPositions = Record<string, ArrivalPosition>

export class ArrivalStreams {
  readonly #people: People
  readonly #site: SiteTime
  readonly #streams: { id: string; pathway: string; rates: ArrivalRates; chance: ChanceKey }[]
  readonly positions: StreamPositions

  constructor(scenario: Scenario, people: People, positions: StreamPositions = {}) {
    this.#people = people
    this.#site = scenario.site
    this.positions = positions
    this.#streams = scenario.arrivals.map(({ id, pathway, perDay, hourShares, weekdayFactors }) => {
      const shares = hourShares.reduce((sum, share) => sum + share, 0)
      const perHour = hourShares.map((share) => (perDay * share) / shares)
      const candidatesPerHour = 1.5 * Math.max(...perHour) * Math.max(...weekdayFactors)
      const chance = within(chanceOf(people.seed, 0), wordOf(id))
      return { id, pathway, rates: ratesOf(perHour, weekdayFactors, candidatesPerHour), chance }
    })
  }

  /** Everybody who comes up to and including `until`, in order of time. Moves the positions on. */
  take(until: number): ArrivingPatient[] {
    const arriving: ArrivingPatient[] = []
    for (const [number, stream] of this.#streams.entries()) {
      this.positions[stream.id] ??= { index: 0, at: 0 }
      const position = this.positions[stream.id]!
      for (;;) {
        const arrival = nextArrival({ rates: stream.rates }, position, stream.chance, this.#site, until)
        if (!arrival) break
        const patient = this.#people.arriving(number, arrival.index)
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
