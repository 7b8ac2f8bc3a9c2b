/** What every reader of a log is told, and gives. */
import type { Role } from './columns.ts'
import type { Log } from './log.ts'

export interface ReadingOptions {
  /** IANA name, of times without an offset and of the hours of the day; '' to guess. */
  timeZone: string
  /** Headings of a table by what they say. */
  columns: Partial<Record<Role, string>>
  /** Whether `03/04/2026` is the third of April; undefined to guess. */
  dayFirst?: boolean
}

/** A log that cannot be read at all: each problem with its remedy. */
export class UnreadableLog extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'UnreadableLog'
    this.problems = problems
  }
}

/** Takes a file's text in pieces of any size. */
export abstract class LogReader {
  /** @throws UnreadableLog */
  abstract push(text: string): void
  /** The text is over. @returns the log, or what to read it with once more. @throws UnreadableLog */
  abstract finish(): Log | { dayFirst: boolean }
}
