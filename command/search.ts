/** `parcours search`: designs of a hospital compared in the twin, and what factors do to it. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { Language } from '../pathways/language/finding.ts'
import { beside } from '../twin/experiment/assemble.ts'
import { overloadsOf } from '../twin/experiment/load.ts'
import type { Experiment } from '../twin/experiment/prepare.ts'
import type { ScenarioFile } from '../twin/experiment/schema.ts'
import { type Design, designText, measuresAsked } from '../twin/search/designs.ts'
import { ImpossibleSearch } from '../twin/search/paths.ts'
import { csvOfSearch, resultsOfSearch } from '../twin/search/results.ts'
import { SearchFile } from '../twin/search/schema.ts'
import { shownDesigns } from '../twin/search/show.ts'
import { tableOfSearch } from '../twin/search/table.ts'
import { checkedYaml, problemText } from '../twin/yaml/checked.ts'
import { type Command, InputError } from './command.ts'
import { checkMeasures, settleWarmUp } from './experiments.ts'
import { readText } from './files.ts'
import { languageOf } from './language.ts'
import { wholeNumber } from './number.ts'
import { makeFolder, writeAll } from './output.ts'
import { interruptible } from './replicating.ts'
import { Replicators } from './replicators.ts'
import { experimentOf, type NamedScenario, readNamedScenario } from './scenario.ts'

const SAYS = {
  en: {
    nothing: 'stopped before all designs had a replication',
    overload: (which: string, pool: string, asked: string, there: string) =>
      `${which}: pool "${pool}": ${asked} units are asked for at a time, and ${there} are there: its queue only grows`,
    more: (count: number) => `the same of ${count} more`,
    stopped: (finished: number) => `stopped; ${finished} replications are finished`,
    warmUp: (days: number, isShort: boolean) =>
      `the warm-up of all designs is that of the scenario as it is, ${days} day${days === 1 ? '' : 's'}${isShort ? '; the horizon is too short to be sure of it: make it longer' : ''}`,
  },
  fr: {
    nothing: 'arrêté avant que toutes les configurations aient une réplication',
    overload: (which: string, pool: string, asked: string, there: string) =>
      `${which} : ressource « ${pool} » : ${asked} unités sont demandées à la fois, et il y en a ${there} : sa file ne fait que grandir`,
    more: (count: number) => `de même pour ${count} autres`,
    stopped: (finished: number) => `arrêté ; ${finished} réplications sont finies`,
    warmUp: (days: number, isShort: boolean) =>
      `la mise en régime de toutes les configurations est celle du scénario en l’état, ${days} jour${days > 1 ? 's' : ''}${isShort ? ' ; l’horizon est trop court pour en être sûr : allongez-le' : ''}`,
  },
} satisfies Record<Language, unknown>

/** Designs of which it is worked out before whether their queues only grow, and of how many that is said. */
const LOOKED_AT = 200
const SAID = 5

export const command: Command = {
  help: `Looks for the best of many designs of a hospital in the twin, or shows what factors do to it.

usage: parcours search SEARCH.yaml [--seed N] [--replications N] [--out DIR] [--workers N] [--language fr|en] [--json]

  --seed N          instead of the search's or the scenario's
  --replications N  of each design, instead of the search's; of kn and ocba, in the first stage
  --out DIR         writes results.json and results.csv there
  --workers N       threads (as many as there are processors); the results are the same bytes with any number
  --language        of the table and of what is said, French or English (as LC_ALL, LC_MESSAGES or LANG say)
  --json            the results as JSON

docs/search.md tells how to write a search. Ctrl-C stops, and says what the finished replications say.
Exit code 0: done; 1: no design keeps the constraints; 2: unusable input.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        replications: { type: 'string' },
        out: { type: 'string' },
        workers: { type: 'string' },
        language: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [file, ...rest] = positionals
    if (!file || rest.length > 0) throw new InputError('name one search: parcours search SEARCH.yaml')
    const language = languageOf(values.language, process.env)
    const say = SAYS[language]
    const workers = wholeNumber('workers', values.workers, 1) ?? availableParallelism()
    const search = readSearch(file, {
      seed: wholeNumber('seed', values.seed, 0),
      replications: wholeNumber('replications', values.replications, 2),
    })
    const base = await readNamedScenario(beside(file, search.scenario), {
      replications: search.replications,
    })
    settleWarmUp(base, say.warmUp, terminal)
    const designs = designsFor(file, search, base.scenario)
    const named = designs.map(({ scenario }): NamedScenario => ({ ...base, scenario }))
    const overloads = named.flatMap((one, index) => {
      const experiment = checkDesign(file, designs[index]!, one)
      return index < LOOKED_AT
        ? overloadsOf(experiment).map((overload) => ({ ...overload, which: designText(designs[index]!) }))
        : []
    })
    for (const { which, pool, asked, there } of overloads.slice(0, SAID))
      terminal.err(`${file}: ${say.overload(which, pool, asked.toFixed(2), there.toFixed(2))}\n`)
    if (overloads.length > SAID) terminal.err(`${file}: ${say.more(overloads.length - SAID)}\n`)
    checkMeasures(file, experimentOf(named[0]!), measuresAsked(search))
    if (values.out) makeFolder(values.out)
    const results = await interruptible((stop) => {
      const replicators = new Replicators(workers, stop)
      const tell = (finished: number, of: number | null) => {
        if (terminal.colour) terminal.err(`\r${finished}${of === null ? '' : ` / ${of}`} replications `)
      }
      return resultsOfSearch(
        search,
        base.scenario,
        designs,
        (design, replication) => replicators.replicate(named[design]!, replication),
        tell,
      )
    })
    if (terminal.colour) terminal.err('\r\u001b[K')
    if (results.replications === 0) {
      terminal.err(`${say.nothing}\n`)
      return 1
    }
    if (!results.isComplete) terminal.err(`${say.stopped(results.replications)}\n`)
    const json = `${JSON.stringify(results, null, 2)}\n`
    terminal.out(values.json ? json : tableOfSearch(results, language))
    if (values.out) writeAll(values.out, { 'results.json': json, 'results.csv': csvOfSearch(results) })
    return 'designs' in results && results.best === null ? 1 : 0
  },
}

/** @throws InputError with every problem of the file. */
function readSearch(file: string, overrides: { seed: number | undefined; replications: number | undefined }): SearchFile {
  const { value, problems } = checkedYaml(readText(file), SearchFile)
  if (!value) throw new InputError(problems.map((problem) => `${file}: ${problemText(problem)}`))
  const { seed = value.seed, replications = value.replications } = overrides
  return { ...value, ...(seed !== undefined && { seed }), replications }
}

/** @throws InputError for factors that the scenario cannot have. */
function designsFor(file: string, search: SearchFile, scenario: ScenarioFile): Design[] {
  try {
    return shownDesigns(search, scenario)
  } catch (error) {
    if (error instanceof ImpossibleSearch) throw new InputError(`${file}: ${error.message}`)
    throw error
  }
}

/** @throws InputError that names the design that cannot be simulated. */
function checkDesign(file: string, design: Design, named: NamedScenario): Experiment {
  try {
    return experimentOf(named)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(error.problems.map((problem) => `${file}: ${designText(design)}: ${problem}`))
  }
}
