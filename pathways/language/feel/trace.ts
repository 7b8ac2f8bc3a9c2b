/** What whoever asks may hear about one evaluation: which rules matched, and why something became null. Nobody asking costs nothing. */

export interface Trace {
  /** In English, for whoever wrote the model; no value is quoted. */
  warnings: string[]
  /** Rules that matched, in the order of evaluation: the table's id and the rule's number, from 1. */
  rules: { table: string; rule: number }[]
  /** Why the evaluation was given up, when it did too much: then the value is null. */
  exceeded?: string
}

const linesMax = 200
let current: Trace | null = null

/** Evaluates with a trace listening. Evaluation never waits, so one at a time is enough. */
export const traced = <T>(trace: Trace, run: () => T): T => {
  const before = current
  current = trace
  try {
    return run()
  } finally {
    current = before
  }
}

export const isTraced = (): boolean => current !== null

export const warn = (text: string): void => {
  if (current && current.warnings.length < linesMax && !current.warnings.includes(text)) current.warnings.push(text)
}

export const exceed = (reason: string): void => {
  if (current) current.exceeded ??= reason
}

export const matched = (table: string, rule: number): void => {
  if (current && current.rules.length < linesMax) current.rules.push({ table, rule })
}
