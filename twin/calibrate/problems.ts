/** What is wrong with a log, said before anything is fitted to it: how often, where for example, and what to do. */

export type ProblemKind =
  | 'noTime'
  | 'badTime'
  | 'noCase'
  | 'endBeforeStart'
  | 'unknownActivity'
  | 'incomplete'
  | 'beganBefore'
  | 'duplicate'
  | 'rounded'
  | 'busyTwice'
  | 'gap'
  | 'zoneChange'
  | 'mixedDates'
  | 'unmatched'
  | 'openQuote'
  | 'shortRecord'
  | 'brokenXml'
  | 'unreplayed'

export interface Problem {
  kind: ProblemKind
  count: number
  /** Where one of them is: `line 17`, `case 42`, `2026-03-29`. */
  example: string
  message: string
  /** What was done about it here, and what to do in the log. */
  remedy: string
}

/** Problems of a log as they are found: the first of each kind and subject is the example. */
export class Problems {
  readonly #found = new Map<string, Problem>()

  /** @param subject what tells problems of a kind apart: an activity, say. */
  add(kind: ProblemKind, example: string, message: string, remedy: string, { subject = '', count = 1 } = {}): void {
    const key = `${kind} ${subject}`
    const known = this.#found.get(key)
    if (known) known.count += count
    else this.#found.set(key, { kind, count, example, message, remedy })
  }

  /** The most frequent first. */
  get all(): Problem[] {
    return [...this.#found.values()].sort((one, other) => other.count - one.count)
  }
}
