/** What a connector is: a function from an activity's input to variables, made once with what it needs, told apart by name. */
import type { Value, Variables } from '../pathways/language/feel/value.ts'

/** One effect asked of the outside world. `run` and `wait` name it for ever: a repetition has the same two. */
export interface ConnectorInput {
  run: string
  wait: number
  /** BPMN id of the task that asks. */
  element: string
  inputs: Variables
}

export type Connector = (input: ConnectorInput) => Promise<Variables>

export interface ConnectorErrorOptions {
  /** Whether the same attempt may succeed later. */
  retryable: boolean
  /** The BPMN error code that a boundary event may catch; '' when it is nobody's but an operator's. */
  code?: string
  cause?: unknown
}

/** Why an effect did not take place. The message never holds a patient's data: it is logged and shown to operators. */
export class ConnectorError extends Error {
  readonly retryable: boolean
  readonly code: string

  constructor(message: string, { retryable, code = '', cause }: ConnectorErrorOptions) {
    super(message, { cause })
    this.name = 'ConnectorError'
    this.retryable = retryable
    this.code = code
  }
}

/**
 * A text that the pathway must have given this activity.
 * @throws ConnectorError, not retryable, that names the missing input.
 */
export function requiredText({ element, inputs }: ConnectorInput, name: string): string {
  const value = inputs[name]
  if (typeof value === 'string' && value !== '') return value
  throw new ConnectorError(`The task ${element} gave no "${name}": add <hospital:input name="${name}" …/> to it.`, {
    retryable: false,
  })
}

/** A text that the pathway may have given, or ''. */
export const optionalText = (value: Value | undefined): string => (typeof value === 'string' ? value.trim() : '')
