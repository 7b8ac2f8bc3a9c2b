/** A hospital as it is at a time, in a file: `simulate --save-state` writes it, `forecast --state` goes on from it. */
import { contentHash } from '../pathways/language/canonical.ts'
import type { Experiment } from '../twin/experiment/prepare.ts'
import { createHospital, type HospitalState } from '../twin/simulate/index.ts'
import { InputError } from './command.ts'
import { readText } from './files.ts'

const FORMAT = 'parcours hospital state 2'

export interface SavedState {
  format: typeof FORMAT
  /** Name of the scenario, for people. */
  scenario: string
  /** Of the simulation that it was taken from: what comes next of it is drawn from this seed, in its first replication. */
  seed: number
  state: HospitalState
  /** Of the state: a file that was cut short or changed by hand is told. */
  hash: string
}

/** The first replication of a scenario as it is at a time. @param at hospital milliseconds. */
export function savedState({ options, scenario }: Experiment, at: number): SavedState {
  const hospital = createHospital({ ...options, replication: 0 })
  hospital.run(at)
  const state = hospital.state()
  return { format: FORMAT, scenario: scenario.name, seed: options.seed, state, hash: contentHash(state) }
}

/** @throws InputError when it is none. */
export function readSavedState(file: string): SavedState {
  let saved: SavedState | null = null
  try {
    saved = JSON.parse(readText(file)) as SavedState
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  if (saved?.format !== FORMAT) throw new InputError(`${file}: it is no saved state; write one with simulate --save-state`)
  if (contentHash(saved.state ?? null) !== saved.hash)
    throw new InputError(`${file}: it was changed, or is not whole; write it again with simulate --save-state`)
  return saved
}
