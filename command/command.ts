/** What a command of the command line is. */
export interface Command {
  /** Its own `--help`. */
  help: string
  /** @returns the exit code: 0 done and fine, 1 the answer is no. @throws InputError for input that cannot be used: exit code 2. */
  run(args: string[], terminal: Terminal): Promise<number>
}

/** Where a command speaks: its answer to `out`, all else to `err`. */
export interface Terminal {
  out: (text: string) => void
  err: (text: string) => void
  /** Colour is for terminals only. */
  colour: boolean
  input: AsyncIterable<Buffer | string>
}

/** Unusable input: one line a problem, each saying where it is, what is wrong and what to do. */
export class InputError extends Error {
  override name = 'InputError'
  readonly problems: string[]

  constructor(problems: string | string[]) {
    const all = typeof problems === 'string' ? [problems] : problems
    super(all.join('\n'))
    this.problems = all
  }
}
