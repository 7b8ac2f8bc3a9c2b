/** The people of the synthetic hospital: who has which index, so that anybody can be made again from a pseudonym alone. */

import { type SyntheticPatient, syntheticPatient } from '../../scenarios/patients.ts'
import type { Scenario } from '../../scenarios/read.ts'

/** Each stream of arrivals has as many indexes of its own; those followed at home come after all streams. */
const PATIENTS_PER_STREAM = 1_000_000

export class People {
  readonly #scenario: Scenario
  readonly seed: number

  constructor(scenario: Scenario, seed: number) {
    this.#scenario = scenario
    this.seed = seed
  }

  /** @param stream index of the stream in the scenario. */
  arriving(stream: number, candidate: number): SyntheticPatient {
    return syntheticPatient(this.seed, stream * PATIENTS_PER_STREAM + candidate, this.#mixOf(stream))
  }

  atHome(number: number): SyntheticPatient {
    return this.arriving(this.#scenario.arrivals.length, number)
  }

  /** The person behind a pseudonym, and their index; null when it is nobody's of this hospital. */
  behind(id: string): { index: number; patient: SyntheticPatient } | null {
    const [, seed, index] = /^patient-(\d+)-(\d+)$/.exec(id) ?? []
    if (Number(seed) !== this.seed) return null
    const patient = syntheticPatient(this.seed, Number(index), this.#mixOf(Math.floor(Number(index) / PATIENTS_PER_STREAM)))
    return { index: Number(index), patient }
  }

  #mixOf(stream: number) {
    const { arrivals, home, mixes } = this.#scenario
    return mixes[arrivals[stream]?.mix ?? home.mix]
  }
}
