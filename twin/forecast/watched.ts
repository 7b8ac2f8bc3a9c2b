/** A hospital as a watch reads it, by whatever it is simulated. */
import type { Ledger } from '../../pathways/resources/ledger.ts'
import { DirectHospital } from '../direct/index.ts'
import type { Hospital } from '../simulate/index.ts'

export interface Watched {
  readonly at: number
  readonly ledger: Ledger
  /** Tells of each run the hash of its version, and the nodes of whatever is open in it. */
  eachRun(tell: (hash: string, open: number[]) => void): void
  /** The version and node of whoever asks for something; undefined for nobody's request. */
  askedBy(holder: string, wait: number): { hash: string; node: number } | undefined
}

export const watchedOf = (hospital: Hospital | DirectHospital): Watched =>
  hospital instanceof DirectHospital ? new WatchedDirectly(hospital) : new WatchedInGeneral(hospital)

class WatchedInGeneral implements Watched {
  readonly #hospital: Hospital

  constructor(hospital: Hospital) {
    this.#hospital = hospital
  }

  get at(): number {
    return this.#hospital.at
  }

  get ledger(): Ledger {
    return this.#hospital.ledger
  }

  eachRun(tell: (hash: string, open: number[]) => void): void {
    for (const { hash, instance } of this.#hospital.runs.values())
      tell(
        hash,
        instance.marking.activations.map(({ node }) => node),
      )
  }

  askedBy(holder: string, wait: number): { hash: string; node: number } | undefined {
    const run = this.#hospital.runs.get(holder)
    const open = run?.instance.marking.waits.find(({ id }) => id === wait)
    return run && open && { hash: run.hash, node: open.node }
  }
}

class WatchedDirectly implements Watched {
  readonly #hospital: DirectHospital

  constructor(hospital: DirectHospital) {
    this.#hospital = hospital
  }

  get at(): number {
    return this.#hospital.at
  }

  get ledger(): Ledger {
    return this.#hospital.ledger
  }

  eachRun(tell: (hash: string, open: number[]) => void): void {
    for (const { model, activations } of this.#hospital.runs.values())
      tell(
        model.program.hash,
        activations.map(({ node }) => node.index),
      )
  }

  askedBy(holder: string, wait: number): { hash: string; node: number } | undefined {
    const run = this.#hospital.runs.get(holder)
    const node = run?.waitOf(wait)?.node
    return run && node && { hash: run.model.program.hash, node: node.index }
  }
}
