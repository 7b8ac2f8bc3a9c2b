/** `parcours forecast`: what a hospital is likely to be in the next hours, and what a what-if would change. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { Language } from '../pathways/language/finding.ts'
import { isImpossible } from '../twin/experiment/impossible.ts'
import type { Experiment } from '../twin/experiment/prepare.ts'
import { askedOf, UnknownSeries } from '../twin/forecast/asked.ts'
import { dataOfScenario, type ForecastData, questionOf } from '../twin/forecast/data.ts'
import {
  type Asked,
  ensembleOf,
  nowOf,
  type Path,
  type PreparedForecast,
  pathOf,
  prepareForecast,
  sumAt,
} from '../twin/forecast/forecast.ts'
import { csvOfForecast, type Pair, resultOf } from '../twin/forecast/result.ts'
import { type SeriesScores, scoreKey, scoreOf, summaryOf } from '../twin/forecast/score.ts'
import { forecastTable, scoreTable } from '../twin/forecast/table.ts'
import { replicateInThreads } from '../twin/forecast/threads.ts'
import { WhatIf } from '../twin/forecast/what-if.ts'
import { chanceOf, ImpossibleHospital } from '../twin/simulate/index.ts'
import { checkedYaml, problemText } from '../twin/yaml/checked.ts'
import { type Command, InputError, type Terminal } from './command.ts'
import { readText } from './files.ts'
import { languageOf } from './language.ts'
import { liveData } from './live-hospital.ts'
import { wholeNumber } from './number.ts'
import { makeFolder, writeAll } from './output.ts'
import { interruptible } from './replicating.ts'
import { readSavedState, type SavedState } from './saved-state.ts'
import { experimentOf, readNamedScenario } from './scenario.ts'

const HOURS_MAX = 24 * 31

export const command: Command = {
  help: `Forecasts a hospital from how it is at a time: bands by hour, and what a what-if would change.

usage: parcours forecast SCENARIO.yaml --state STATE.json [--score] [OPTIONS]
       parcours forecast --live [--demand STREAMS.yaml] [OPTIONS]
options: [--hours N] [--replications N] [--series NAME]… [--what-if FILE.yaml] [--out DIR] [--seed N] [--workers N] [--language fr|en] [--json]

  --state FILE      the hospital as it is: simulate --save-state writes one
  --live            the hospital that runs now, read from PARCOURS_DATABASE_URL with PARCOURS_KEY; nothing of it is changed
  --demand FILE     who comes to it, \`streams: […]\` as the demand of a scenario, instead of what the hospital has been told
  --hours N         how far ahead (48)
  --replications N  how often it is played (200)
  --series NAME     what is asked, as often as wanted: pool.bed.occupied, visit.Exam.waiting, pool.bed.*, or a sum, inBeds=pool.bed.occupied+pool.icu.occupied
  --what-if FILE    interventions, from now on or at times: the same luck with and without
  --score           holds the forecast against what the twin says happened next
  --out DIR         writes forecast.json and forecast.csv there
  --seed N          of the forecast's chance (1)
  --workers N       threads (as many as there are processors); the results are the same bytes with any number
  --language        of the table, French or English (as LC_ALL, LC_MESSAGES or LANG say)
  --json            the results as JSON

docs/forecast.md tells what is forecast, how a what-if is written, and what scores mean. Ctrl-C stops, and says what the finished replications say.
Exit code 0: done; 1: stopped before anything was finished; 2: unusable input.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        state: { type: 'string' },
        live: { type: 'boolean', default: false },
        demand: { type: 'string' },
        hours: { type: 'string' },
        replications: { type: 'string' },
        series: { type: 'string', multiple: true, default: [] },
        'what-if': { type: 'string' },
        score: { type: 'boolean', default: false },
        out: { type: 'string' },
        seed: { type: 'string' },
        workers: { type: 'string' },
        language: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [file, ...rest] = positionals
    if (values.live ? file || values.state || values.score : !file || rest.length > 0 || !values.state || values.demand)
      throw new InputError(
        'name one scenario and a state, or the live hospital: parcours forecast SCENARIO.yaml --state STATE.json, or parcours forecast --live',
      )
    const language = languageOf(values.language, process.env)
    const hours = wholeNumber('hours', values.hours, 1) ?? 48
    if (hours > HOURS_MAX) throw new InputError(`--hours ${hours}: expected at most ${HOURS_MAX}`)
    const replications = wholeNumber('replications', values.replications, 2) ?? 200
    const workers = wholeNumber('workers', values.workers, 1) ?? availableParallelism()
    const seed = wholeNumber('seed', values.seed, 0) ?? 1
    const whatIf = values['what-if'] === undefined ? null : readWhatIf(values['what-if'])
    const source = values.live ? null : await savedSource(file!, values.state!)
    const data = source
      ? dataOfScenario(source.experiment, { state: source.saved.state, seed, hours, whatIf })
      : await liveData(process.env, values.demand, { seed, hours, whatIf })
    const prepared = preparedOf(data, values['what-if'] ?? file ?? values.demand ?? 'the demand')
    const asked = seriesOf(values.series, prepared)
    if (values.out) makeFolder(values.out)
    const pairs = await replicateAll(data, replications, workers, terminal)
    if (pairs.length < 2) {
      terminal.err(`${SAYS[language].nothing}\n`)
      return 1
    }
    const result = resultOf({ at: prepared.at, hours, seed }, pairs, asked, nowOf(prepared), whatIf, data.learnt)
    const scores =
      values.score && source ? scoresOf(prepared, asked, pairs, truthOf(source.experiment.options, source.saved, prepared)) : null
    const json = `${JSON.stringify({ ...result, ...(scores && { scores }) }, null, 2)}\n`
    const table = forecastTable(result, data.site, language)
    terminal.out(values.json ? json : scores ? `${table}\n${scoreTable(scores, language)}` : table)
    if (values.out) writeAll(values.out, { 'forecast.json': json, 'forecast.csv': csvOfForecast(result) })
    return 0
  },
}

const SAYS = {
  en: { nothing: 'stopped before two replications were finished' },
  fr: { nothing: 'arrêté avant la fin de deux réplications' },
} satisfies Record<Language, unknown>

/** @throws InputError */
async function savedSource(file: string, state: string): Promise<{ experiment: Experiment; saved: SavedState }> {
  const experiment = experimentOf(await readNamedScenario(file))
  return { experiment, saved: readSavedState(state) }
}

/** @throws InputError */
function readWhatIf(file: string): WhatIf {
  const { value, problems } = checkedYaml(readText(file), WhatIf, 'YAML')
  if (!value) throw new InputError(problems.map((problem) => `${file}: ${problemText(problem)}`))
  return value
}

/** @throws InputError for a what-if of what there is not, and for a state of other pathways. */
function preparedOf(data: ForecastData, file: string): PreparedForecast {
  try {
    const prepared = prepareForecast(questionOf(data))
    nowOf(prepared)
    return prepared
  } catch (error) {
    if (!isImpossible(error)) throw error
    throw new InputError(`${error instanceof ImpossibleHospital ? 'the state' : file}: ${error.message}`)
  }
}

/** @throws InputError for a series that there is not. */
function seriesOf(words: string[], { series }: PreparedForecast): Asked[] {
  try {
    return askedOf(words, series.names)
  } catch (error) {
    if (!(error instanceof UnknownSeries)) throw error
    throw new InputError(`--series: ${error.message}`)
  }
}

async function replicateAll(data: ForecastData, replications: number, workers: number, terminal: Terminal): Promise<Pair[]> {
  const progress = (finished: number) => {
    if (terminal.colour) terminal.err(`\r${finished} of ${replications} replications `)
  }
  const pairs = await interruptible((stop) => replicateInThreads(data, replications, { workers, stop, progress }))
  if (terminal.colour) terminal.err('\r\u001b[K')
  return pairs
}

/** The saved hospital goes on as it would have, without a fork. */
const truthOf = (options: Parameters<typeof pathOf>[0], { seed, state }: SavedState, prepared: PreparedForecast): Path =>
  pathOf({ ...options, seed, replication: 0, state }, prepared)

function scoresOf({ hours, at }: PreparedForecast, asked: Asked[], pairs: Pair[], truth: Path): SeriesScores[] {
  const key = chanceOf(1, at)
  const base = pairs.map((pair) => pair.base)
  return asked.map((each, place) => {
    const scores = ensembleOf(base, each, hours).map((ensemble, hour) =>
      scoreOf(ensemble, sumAt(truth, each.places, hour, hours), scoreKey(key, place, hour)),
    )
    return { name: each.name, summary: summaryOf(scores)!, hours: scores }
  })
}
