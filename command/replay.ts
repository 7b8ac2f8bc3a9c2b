/** `parcours replay`: a scenario played through the live workflows by synthetic staff, and compared with the twin. */
import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import pino from 'pino'
import { contentHash } from '../pathways/language/canonical.ts'
import { millisecondsOf } from '../pathways/time/duration.ts'
import { demoHospital } from '../replay/demo.ts'
import { playFree } from '../replay/free.ts'
import { type LiveParts, openHospital } from '../replay/hospital.ts'
import { playInLockStep } from '../replay/lock-step.ts'
import { openServers } from '../replay/servers.ts'
import { readScenario, ScenarioError } from '../scenarios/read.ts'
import { StartError } from '../start/errors.ts'
import { readLibrary } from '../start/library.ts'
import { checkReplay, ImpossibleReplay, playableLive, RESTOCK_PATHWAY } from '../twin/replay/check.ts'
import { compare, type Extras, linesOfTwin } from '../twin/replay/lines.ts'
import { compareMeasures } from '../twin/replay/measures.ts'
import type { HospitalOptions } from '../twin/simulate/index.ts'
import { type Command, InputError, type Terminal } from './command.ts'
import { languageOf } from './language.ts'
import { wholeNumber } from './number.ts'
import { comparisonText, differ, freeText } from './replay-report.ts'
import { interruptible } from './replicating.ts'
import { experimentOf, readNamedScenario } from './scenario.ts'

const DAY_MS = 86_400_000
const RATE = 60

interface Replayed {
  options: HospitalOptions
  extras: Extras
  until: number
}

export const command: Command = {
  help: `Plays a scenario through the live workflows, by synthetic staff, and compares what happens with the twin.

usage: parcours replay SCENARIO [--for P1D] [--seed N] [--free [--rate 60]] [--language fr|en] [--json]

  SCENARIO      a scenario.yaml of parcours simulate, or a folder with hospital.yaml and demand.yaml, as scenarios/hopital-demo
  --for         how much of it is played (default: a day, or the scenario's horizon)
  --seed N      instead of the scenario's
  --free        the clock runs and everything happens by itself: distributions are compared, and what the live system adds is told;
                without it the clock stands still while anything is on its way, and every fact is compared
  --rate N      hospital milliseconds in a millisecond, with --free (default: ${RATE})
  --language    French or English (as LC_ALL, LC_MESSAGES or LANG say)
  --json        the comparison as JSON

It has a hospital of its own, in a new database and a new Temporal namespace that are deleted after: on the servers of DATABASE_URL and
TEMPORAL_ADDRESS, or on servers that it starts. Nothing of any other hospital is read or changed. Ctrl-C compares what was played.
docs/replay.md tells what can be replayed. Exit code 0: the same; 1: another; 2: unusable input.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        for: { type: 'string' },
        seed: { type: 'string' },
        free: { type: 'boolean', default: false },
        rate: { type: 'string' },
        language: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [place, ...rest] = positionals
    if (!place || rest.length > 0) throw new InputError('name one scenario: parcours replay SCENARIO.yaml')
    if (values.rate !== undefined && !values.free) throw new InputError('--rate: the clock only runs with --free; add it')
    const rate = wholeNumber('rate', values.rate, 1) ?? RATE
    const language = languageOf(values.language, process.env)
    const replayed = await replayedOf(place, lengthOf(values.for), wholeNumber('seed', values.seed, 0))
    return interruptible(async (stop) => {
      const began = performance.now()
      const progress = values.free ? `×${rate}` : ''
      const onProgress = (at: number) => {
        if (terminal.colour) terminal.err(`\r${((100 * at) / replayed.until).toFixed(1)} % ${progress} `)
      }
      const log = pino({ level: process.env.PARCOURS_LOG_LEVEL ?? 'silent' }, pino.destination(2))
      const given = { ...replayed, stop, onProgress }
      if (values.free) {
        const played = await inHospital(replayed.options, terminal, log, (parts) => playFree(parts, { ...given, rate, log }))
        const expected = linesOfTwin(replayed.options, replayed.extras, played.until)
        const measures = compareMeasures(expected, played.lines)
        const { until, delays } = played
        const result = { until, rate, facts: { twin: expected.length, live: played.lines.length }, measures, delays }
        terminal.out(values.json ? `${JSON.stringify(result, null, 2)}\n` : freeText(result, language))
        return differ(measures) ? 1 : 0
      }
      const { lines, until } = await inHospital(replayed.options, terminal, log, (parts) => playInLockStep(parts, given))
      const seconds = (performance.now() - began) / 1000
      const comparison = compare(linesOfTwin(replayed.options, replayed.extras, until), lines)
      terminal.out(
        values.json ? `${JSON.stringify({ until, ...comparison }, null, 2)}\n` : comparisonText(comparison, seconds, language),
      )
      return comparison.difference ? 1 : 0
    })
  },
}

/** @throws InputError */
function lengthOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const length = millisecondsOf(text)
  if (length === null || length <= 0) throw new InputError(`--for ${text}: expected a duration, as PT6H or P1D`)
  return length
}

/** @throws InputError when it cannot be read, or not be played live. */
async function replayedOf(place: string, length: number | undefined, seed: number | undefined): Promise<Replayed> {
  const { options, extras, until } = isFolder(place)
    ? await demoOf(place, length ?? DAY_MS, seed)
    : await scenarioOf(place, length, seed)
  const programs = options.programs.map((program) => playableLive(program, contentHash))
  const restocks = programs.some(({ process }) => process === RESTOCK_PATHWAY)
  const played: HospitalOptions = {
    ...options,
    programs,
    // As live, wherever there is one.
    ...(restocks && !options.reorder && { reorder: { pathway: RESTOCK_PATHWAY } }),
  }
  try {
    checkReplay(played)
  } catch (error) {
    if (!(error instanceof ImpossibleReplay)) throw error
    throw new InputError(error.problems.map((problem) => `${place}: ${problem}`))
  }
  return { options: played, extras, until }
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
}

async function scenarioOf(file: string, length: number | undefined, seed: number | undefined): Promise<Replayed> {
  const { options, end } = experimentOf(await readNamedScenario(file, seed === undefined ? {} : { seed }))
  return { options, extras: {}, until: Math.min(length ?? DAY_MS, end) }
}

const DEMO_SEED = 1

async function demoOf(folder: string, until: number, seed = DEMO_SEED): Promise<Replayed> {
  try {
    const scenario = readScenario(folder)
    const programs = (await readLibrary()).map(({ program }) => program)
    return { ...demoHospital(scenario, programs, seed, until), until }
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    throw new InputError(error.message.split('\n'))
  }
}

/** Plays in a hospital of its own, and has everything of it deleted. @throws InputError when there is nowhere to make one. */
async function inHospital<Played>(
  options: HospitalOptions,
  terminal: Terminal,
  log: pino.Logger,
  play: (parts: LiveParts) => Promise<Played>,
): Promise<Played> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })
  const servers = await openServers((line) => terminal.err(`${line}\n`)).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error
    throw new InputError([error.message, ...error.details])
  })
  try {
    const parts = await openHospital(servers, options, log)
    try {
      return await play(parts)
    } finally {
      await parts.close()
    }
  } finally {
    await servers.close()
    if (terminal.colour) terminal.err('\r\u001b[K')
  }
}
