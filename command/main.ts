/** `parcours COMMAND …`: finds the command, loads it and nothing else, and makes its outcome an exit code. */
import { existsSync } from 'node:fs'
import { type Command, InputError, type Terminal } from './command.ts'

interface Listed {
  summary: string
  /** Not listed, and unknown, where it is not. */
  present?: () => boolean
  load: () => Promise<{ command: Command }>
}

const COMMANDS: Record<string, Listed> = {
  check: { summary: 'parses, lints and proves pathways and decisions', load: () => import('./check.ts') },
  rehearse: { summary: 'runs one case of a pathway in virtual time, in memory', load: () => import('./rehearse.ts') },
  diff: { summary: 'says what changed between two versions of a pathway', load: () => import('./diff.ts') },
  convert: { summary: 'writes a pathway in another form, with a diagram when it has none', load: () => import('./convert.ts') },
  decide: { summary: 'evaluates a decision for inputs read as JSON lines', load: () => import('./decide.ts') },
  simulate: { summary: 'runs a what-if in the twin: replications, comparison, results', load: () => import('./simulate.ts') },
  search: { summary: 'looks for the best of many designs, and shows what factors do', load: () => import('./search.ts') },
  forecast: {
    summary: 'what a hospital is likely to be in the next hours, and what a what-if would change',
    load: () => import('./forecast.ts'),
  },
  calibrate: {
    summary: 'learns a scenario from an event log, and tests it on weeks held out',
    load: () => import('./calibrate.ts'),
  },
  replay: {
    summary: 'plays a scenario through the live workflows and compares it with the twin, fact by fact',
    load: () => import('./replay.ts'),
  },
  bench: {
    summary: "the project's benchmarks, as ratios",
    present: () => existsSync(new URL('../bench', import.meta.url)),
    load: () => import('./bench.ts'),
  },
}

function terminalOf(): Terminal {
  // Whoever reads us may have read enough (`… | head`): nothing is wrong then, and nothing is left to say.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    process.stderr.write(`parcours: the answer cannot be written (${error.code}); free some space, or send it elsewhere\n`)
    process.exit(2)
  })
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colour: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
    input: process.stdin,
  }
}

/** Runs one command line. @returns the exit code: 0 done and fine, 1 the answer is no, 2 unusable input. */
export async function main(args: string[], terminal = terminalOf()): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === 'help') {
    ;(name === undefined ? terminal.err : terminal.out)(help())
    return name === undefined ? 2 : 0
  }
  const listed = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!listed || !isPresent(listed)) {
    terminal.err(`parcours: there is no command ${JSON.stringify(name)}; \`parcours --help\` lists those there are\n`)
    return 2
  }
  const { command } = await listed.load()
  if (rest.includes('--help')) {
    terminal.out(command.help)
    return 0
  }
  try {
    return await command.run(rest, terminal)
  } catch (error) {
    const problems = problemsOf(error)
    if (!problems) throw error
    terminal.err(problems.map((problem) => `parcours ${name}: ${oneLine(problem)}\n`).join(''))
    return 2
  }
}

/** What is wrong with the input, when that is what the error says; null for a fault of ours, which must stay loud. */
function problemsOf(error: unknown): string[] | null {
  if (error instanceof InputError) return error.problems
  const { code, message } = error as NodeJS.ErrnoException
  return code?.startsWith('ERR_PARSE_ARGS') ? [`${message.split('. ')[0]}; --help lists the options`] : null
}

/** A parser's message may hold line breaks and tabs, and characters of the file that a terminal would obey. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ')

const isPresent = ({ present }: Listed): boolean => present?.() ?? true

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length))
  const present = Object.entries(COMMANDS).filter(([, listed]) => isPresent(listed))
  const lines = present.map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `The command line of Parcours.

usage: parcours COMMAND …        (npm run --silent parcours -- COMMAND …)

${lines.join('\n')}

Each command has --help, and --json for programs.
Exit code 0: done and fine; 1: the answer is no; 2: unusable input.
`
}
