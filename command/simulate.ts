/** `parcours simulate`: a what-if in the twin. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { Language } from '../pathways/language/finding.ts'
import { millisecondsOf } from '../pathways/time/duration.ts'
import { overloadsOf } from '../twin/experiment/load.ts'
import type { Experiment } from '../twin/experiment/prepare.ts'
import { recordTrace } from '../twin/experiment/recorded.ts'
import { circularWaitsOf, replicate, STUCK } from '../twin/experiment/replicate.ts'
import { csvOf, type Finished, resultsOf } from '../twin/experiment/results.ts'
import { stressOf } from '../twin/experiment/stress.ts'
import { tableOf } from '../twin/experiment/table.ts'
import { tracing } from '../twin/experiment/trace.ts'
import { findWarmUp } from '../twin/experiment/warm-up.ts'
import { csvOfWelch } from '../twin/experiment/welch.ts'
import { encodeTrace } from '../twin/trace/file.ts'
import { type Command, InputError, type Terminal } from './command.ts'
import { checkMeasures, settleWarmUp } from './experiments.ts'
import { checkSame, type FinishedRun, readFinished } from './finished.ts'
import { languageOf } from './language.ts'
import { wholeNumber } from './number.ts'
import { makeFolder, writeAll } from './output.ts'
import { interruptible, replicateEnough } from './replicating.ts'
import { Replicators } from './replicators.ts'
import { savedState } from './saved-state.ts'
import { experimentOf, type NamedScenario, readNamedScenario } from './scenario.ts'

const SAYS = {
  en: {
    nothing: 'stopped before a replication was finished',
    stopped: (finished: number) => `stopped; ${finished} replications are finished`,
    warmUp: (days: number, isShort: boolean) =>
      `the warm-up is ${days} day${days === 1 ? '' : 's'}${isShort ? '; the horizon is too short to be sure of it: make it longer' : ''}`,
    overload: (pool: string, asked: string, there: string) =>
      `pool "${pool}": ${asked} units are asked for at a time, and ${there} are there: its queue only grows. Add units, or read the results as those of this horizon alone.`,
    circular: (replication: number, count: number, some: string) =>
      `replication ${replication + 1}: ${count} runs wait for one another in a circle, and none will ever go on: ${some}. Ask for both at once, or give one back before asking for the other.`,
    holds: (holder: string, units: string, pools: string) => `${holder} holds ${units || 'nothing'} and waits for ${pools}`,
  },
  fr: {
    nothing: 'arrêté avant la fin d’une réplication',
    stopped: (finished: number) => `arrêté ; ${finished} réplications sont finies`,
    warmUp: (days: number, isShort: boolean) =>
      `la mise en régime dure ${days} jour${days > 1 ? 's' : ''}${isShort ? ' ; l’horizon est trop court pour en être sûr : allongez-le' : ''}`,
    overload: (pool: string, asked: string, there: string) =>
      `ressource « ${pool} » : ${asked} unités demandées à la fois, ${there} présentes : sa file ne fait que croître. Ajoutez des unités, ou lisez les résultats comme ceux de ce seul horizon.`,
    circular: (replication: number, count: number, some: string) =>
      `réplication ${replication + 1} : ${count} parcours s’attendent en cercle, et aucun n’avancera plus : ${some}. Demandez les deux à la fois, ou rendez l’un avant de demander l’autre.`,
    holds: (holder: string, units: string, pools: string) => `${holder} tient ${units || 'rien'} et attend ${pools}`,
  },
} satisfies Record<Language, unknown>
type Says = (typeof SAYS)[Language]

export const command: Command = {
  help: `Runs a what-if in the twin: replications of a scenario, what they say, and what other scenarios change.

usage: parcours simulate SCENARIO.yaml [--against OTHER.yaml]… [--seed N] [--replications N] [--out DIR | --extend DIR] [--trace] [--welch]
                         [--save-state AT] [--workers N] [--language fr|en] [--json]

  --against OTHER   another scenario, for the same patients with the same luck: paired differences; as often as wanted
  --seed N          instead of the scenario's
  --replications N  instead of the scenario's
  --out DIR         writes results.json, results.csv and stress.md (the STRESS-DES sheet) there
  --extend DIR      goes on with the run that was written there, to as many replications as are asked for now: the same bytes as if all were made at once
  --save-state AT   and state.json, the hospital of the first replication after so long (P7D, PT36H): parcours forecast goes on from it
  --trace           and what happened in the first replication: trace.json by columns, trace.bin for the hospital in 3D
  --welch           adds Welch's plot as data, and welch.csv: runs inside, day by day over five pilots (always where the warm-up is auto)
  --workers N       threads (as many as there are processors); the results are the same bytes with any number
  --language        of the table and of what is said, French or English (as LC_ALL, LC_MESSAGES or LANG say)
  --json            the results as JSON

docs/scenarios.md tells how to write a scenario. Ctrl-C stops, and says what the finished replications say.
Exit code 0: done; 1: a target is missed; 2: unusable input.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        against: { type: 'string', multiple: true, default: [] },
        seed: { type: 'string' },
        replications: { type: 'string' },
        out: { type: 'string' },
        extend: { type: 'string' },
        trace: { type: 'boolean', default: false },
        welch: { type: 'boolean', default: false },
        'save-state': { type: 'string' },
        workers: { type: 'string' },
        language: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [file, ...rest] = positionals
    if (!file || rest.length > 0) throw new InputError('name one scenario: parcours simulate SCENARIO.yaml')
    if (values.out && values.extend) throw new InputError('--extend: it writes where it reads; leave --out away')
    const out = values.out ?? values.extend
    if (values.trace && !out) throw new InputError('--trace: there is nowhere to write it; add --out DIR')
    const savesAt = timeOf(values['save-state'], out)
    const language = languageOf(values.language, process.env)
    const say = SAYS[language]
    const seed = wholeNumber('seed', values.seed, 0)
    const replications = wholeNumber('replications', values.replications, 1)
    const workers = wholeNumber('workers', values.workers, 1) ?? availableParallelism()
    const overrides = { ...(seed !== undefined && { seed }), ...(replications !== undefined && { replications }) }
    const named = [await readNamedScenario(file, overrides)]
    for (const other of values.against) {
      const { seed: same, replications: asMany } = named[0]!.scenario
      named.push(await readNamedScenario(other, { seed: same, replications: asMany }))
    }
    const warmUps = named.map((one) => settleWarmUp(one, say.warmUp, terminal))
    const experiments = named.map(experimentOf)
    checkMeasures(named[0]!.file, experiments[0]!)
    for (const [index, experiment] of experiments.entries()) warnOfOverload(named[index]!.file, experiment, say, terminal)
    const before = values.extend === undefined ? null : { folder: values.extend, ...readFinished(values.extend) }
    const { replications: asked } = experiments[0]!
    if (before && typeof asked === 'number' && asked < before.base.length)
      throw new InputError(
        `--extend ${before.folder}: it has ${before.base.length} replications; ask for more, by --replications`,
      )
    if (values.out) makeFolder(values.out)
    const [base, ...others] = await finishAll(named, experiments, before, workers, values.workers === undefined, say, terminal)
    if (base!.runs.length === 0) {
      terminal.err(`${say.nothing}\n`)
      return 1
    }
    for (const one of [base!, ...others]) warnOfCircles(one, say, terminal)
    if (values.welch) warmUps[0] ??= findWarmUp(experiments[0]!)
    const results = resultsOf(
      { ...base!, warmUp: warmUps[0] },
      others.filter(({ runs }) => runs.length > 0),
    )
    const json = `${JSON.stringify(results, null, 2)}\n`
    // What took hours is told, whatever becomes of the files.
    terminal.out(values.json ? json : tableOf(results, language))
    if (out)
      writeAll(out, {
        'results.json': json,
        'results.csv': csvOf(results),
        ...(results.welch && { 'welch.csv': csvOfWelch(results.welch) }),
        'stress.md': stressOf(experiments[0]!, results, versionOf()),
        ...(savesAt !== null && { 'state.json': `${JSON.stringify(savedState(experiments[0]!, savesAt))}\n` }),
        ...(values.trace && {
          'trace.json': traceOf(experiments[0]!),
          'trace.bin': encodeTrace(recordTrace(experiments[0]!, 0)!),
        }),
      })
    return results.targets.some(({ isMet }) => isMet === false) ? 1 : 0
  },
}

/** @throws InputError */
function timeOf(text: string | undefined, out: string | undefined): number | null {
  if (text === undefined) return null
  if (!out) throw new InputError('--save-state: there is nowhere to write it; add --out DIR')
  const at = millisecondsOf(text)
  if (at === null || at < 0) throw new InputError(`--save-state ${text}: expected a duration, as P7D or PT36H`)
  return at
}

/** All scenarios, one after the other, from where an earlier run has come to; Ctrl-C ends the one under way and those after it. */
const finishAll = (
  named: NamedScenario[],
  experiments: Experiment[],
  before: (FinishedRun & { folder: string }) | null,
  workers: number,
  atOnce: boolean,
  say: Says,
  terminal: Terminal,
): Promise<Finished[]> =>
  interruptible(async (stop) => {
    const replicators = new Replicators(workers, stop, atOnce)
    const finished: Finished[] = []
    for (const [index, one] of named.entries()) {
      const experiment = experiments[index]!
      const name = one.scenario.name || basename(one.file).replace(/\.ya?ml$/, '')
      // What is compared has as many replications as what it is compared with.
      const asked = finished[0]?.runs.length ?? experiment.replications
      const most = typeof asked === 'number' ? asked : `at most ${asked.most}`
      const tell = (done: number) => {
        if (terminal.colour) terminal.err(`\r${name}: ${done.toFixed(1)} of ${most} replications `)
      }
      const there = (index === 0 ? before?.base : before?.others.get(name)) ?? []
      if (before) await checkSame(replicators, one, before.folder, there)
      const runs = await replicateEnough(replicators, one, { ...experiment, replications: asked }, tell, there)
      if (terminal.colour) terminal.err('\r\u001b[K')
      if (stop.aborted) terminal.err(`${name}: ${say.stopped(runs.length)}\n`)
      finished.push({ experiment, name, runs })
    }
    return finished
  })

function warnOfOverload(file: string, experiment: Experiment, say: Says, { err }: Terminal): void {
  for (const { pool, asked, there } of overloadsOf(experiment))
    err(`${file}: ${say.overload(pool, asked.toFixed(2), there.toFixed(2))}\n`)
}

/** Those of the first replication that has any; three of them say what it is about. */
function warnOfCircles({ experiment, name, runs }: Finished, say: Says, { err }: Terminal): void {
  const replication = runs.findIndex((measures) => measures.some((each) => each.name === STUCK && each.value > 0))
  if (replication < 0) return
  const waits = circularWaitsOf(experiment, replication)
  const some = waits
    .slice(0, 3)
    .map(({ holder, holds, waitsFor }) => say.holds(holder, holds.join(', '), waitsFor.map(({ pool }) => pool).join(', ')))
  err(`${name}: ${say.circular(replication, waits.length, some.join('; '))}\n`)
}

function traceOf(experiment: Experiment): string {
  const { observer, trace } = tracing(experiment.options.programs)
  replicate(experiment, 0, undefined, observer)
  return `${JSON.stringify(trace)}\n`
}

const versionOf = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version
