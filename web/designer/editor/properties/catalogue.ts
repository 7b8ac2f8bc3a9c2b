/** What the hospital and the draft offer to choose from while somebody draws. It changes under the panel's feet: it is asked each time. */
import type { Choice } from './places.ts'

export interface Option {
  value: string
  label: string
}

/** A variable that FEEL may name, with where it comes from. */
export interface KnownVariable {
  name: string
  detail: string
  info: string
}

export interface Connector {
  name: string
  inputs: string[]
  /** Variables that its result is written to, from FEEL over `result`. */
  outputs: Record<string, string>
}

export interface Catalogue {
  options: Record<Exclude<Choice, 'hold' | 'distribution' | 'operator'>, () => Option[]>
  variables: () => KnownVariable[]
  connectors: () => Connector[]
}
