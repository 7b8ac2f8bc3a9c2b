/** What the hospital and the draft offer to choose from while somebody draws. It changes under the panel's feet: it is asked each time. */
import type { OfferedFunction } from '../../feel/functions.ts'
import type { KnownVariable } from '../../feel/variables.ts'
import type { Choice } from './places.ts'

export interface Option {
  value: string
  label: string
}

export interface Connector {
  name: string
  /** In the reader's language: what it is called, and what it does. */
  label: string
  help: string
  inputs: string[]
  /** Variables that its result is written to, from FEEL over `result`. */
  outputs: Record<string, string>
}

export interface Catalogue {
  options: Record<Exclude<Choice, 'hold' | 'distribution' | 'operator'>, () => Option[]>
  variables: () => KnownVariable[]
  /** Built-in functions, with what they give. */
  functions: () => OfferedFunction[]
  connectors: () => Connector[]
}
