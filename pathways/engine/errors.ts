/** Why an event cannot be stepped: nothing has changed. */
export interface Refusal {
  code: RefusalCode
  /** For people, in plain words; never quotes a value. */
  message: string
}

export type RefusalCode =
  | 'RunOver'
  | 'NotStarted'
  | 'AlreadyStarted'
  | 'NoSuchStart'
  | 'UnknownWait'
  | 'WrongKindOfWait'
  | 'WrongGrant'
  | 'UnknownHold'
  | 'NotEnabled'
  | 'BadTime'
  | 'BadName'

/** `step` was given an event that `accepts` refuses. The Instance is as it was. */
export class RefusedEventError extends Error {
  readonly code: RefusalCode

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.name = 'RefusedEventError'
    this.code = refusal.code
  }
}

/** The engine broke a rule of its own: the Instance must not be used any further. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InvariantError'
  }
}

/** Inside one step: the pathway cannot go on (no condition holds, a timer gives no date). `step` makes it the run's failure. */
export class RunFault extends Error {
  readonly code: string
  readonly node: number

  constructor(code: string, message: string, node: number) {
    super(message)
    this.code = code
    this.node = node
  }
}
