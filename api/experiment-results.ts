/** What experiments say, alone or compared: the very bytes that `parcours simulate` writes. */
import type { Language } from '../pathways/language/finding.ts'
import type { Program } from '../pathways/language/program.ts'
import type { Records } from '../records/database.ts'
import { replicationValues } from '../records/experiment-work.ts'
import { type ExperimentRow, experimentContent, readExperiment, readFindings } from '../records/experiments.ts'
import { askedScenario } from '../twin/experiment/asked.ts'
import { prepareExperiment } from '../twin/experiment/prepare.ts'
import { csvOf, type Finished, resultsOf } from '../twin/experiment/results.ts'
import type { ScenarioFile } from '../twin/experiment/schema.ts'
import { stressOf } from '../twin/experiment/stress.ts'
import type { WarmUp } from '../twin/experiment/warm-up.ts'
import { csvOfSearch, type SearchResults } from '../twin/search/results.ts'
import type { SearchFile } from '../twin/search/schema.ts'
import { tableOfSearch } from '../twin/search/table.ts'
import { resultsSoFar, searchedScenario } from '../twin/search/under-way.ts'
import { ProblemError } from './problems.ts'

export type ResultsFormat = 'json' | 'csv' | 'stress' | 'text'

export const RESULTS_TYPES: Record<ResultsFormat, string> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  stress: 'text/markdown; charset=utf-8',
  text: 'text/plain; charset=utf-8',
}

/**
 * @param against experiments that are compared with it: those of other scenarios for the same patients.
 * @throws RecordsError `unknownExperiment`; ProblemError `no-results-yet`, `not-comparable`, `of-a-search`, `of-no-search`.
 */
export async function resultsText(
  records: Records,
  id: string,
  { against, format, language }: { against: string[]; format: ResultsFormat; language: Language },
): Promise<string> {
  const base = await readExperiment(records, id)
  if (base.search) {
    if (format === 'stress' || against.length > 0) throw new ProblemError('of-a-search', { experiment: id })
    return searchText(await foundSoFar(records, id, base.search as SearchFile), format, language)
  }
  if (format === 'text') throw new ProblemError('of-no-search', { experiment: id })
  const others = await Promise.all(against.map((other) => readExperiment(records, other)))
  for (const other of others) checkComparable(base, other)
  const finished: Finished[] = []
  for (const row of [base, ...others]) finished.push(await finishedOf(records, row))
  const results = resultsOf(finished[0]!, finished.slice(1))
  if (format === 'json') return `${JSON.stringify(results, null, 2)}\n`
  if (format === 'csv') return csvOf(results)
  return stressOf(finished[0]!.experiment, results, base.engine.replace(/\+.*$/, ''))
}

async function foundSoFar(records: Records, id: string, search: SearchFile): Promise<SearchResults> {
  const [content, runs] = await Promise.all([
    experimentContent<ScenarioFile, [string, Program[]][]>(records, id),
    replicationValues(records, id),
  ])
  const results = await resultsSoFar(search, searchedScenario(search, content), runs)
  if (results.replications === 0) throw new ProblemError('no-results-yet', { experiment: id })
  return results
}

function searchText(results: SearchResults, format: Exclude<ResultsFormat, 'stress'>, language: Language): string {
  if (format === 'csv') return csvOfSearch(results)
  return format === 'text' ? tableOfSearch(results, language) : `${JSON.stringify(results, null, 2)}\n`
}

function checkComparable(base: ExperimentRow, other: ExperimentRow): void {
  if (base.seed === other.seed && base.engine === other.engine) return
  throw new ProblemError('not-comparable', {
    other: other.id,
    seeds: [...new Set([base.seed, other.seed])].join(', '),
    engines: [...new Set([base.engine, other.engine])].join(', '),
  })
}

async function finishedOf(records: Records, { id }: ExperimentRow): Promise<Finished> {
  const found = await readFindings<ScenarioFile, [string, Program[]][], WarmUp>(records, id)
  if (!found) throw new ProblemError('no-results-yet', { experiment: id })
  const { name, measures, values } = found
  return {
    experiment: prepareExperiment(askedScenario(found), new Map(found.programs)),
    warmUp: found.warmUpFound,
    name,
    runs: values.map((run) => measures.map((measure, index) => ({ name: measure, value: run[index]! }))),
  }
}
