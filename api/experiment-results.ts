/** What experiments say, alone or compared: the very bytes that `parcours simulate` writes. */
import type { Program } from '../pathways/language/program.ts'
import type { Records } from '../records/database.ts'
import { type ExperimentRow, readExperiment, readFindings } from '../records/experiments.ts'
import { askedScenario } from '../twin/experiment/asked.ts'
import { prepareExperiment } from '../twin/experiment/prepare.ts'
import { csvOf, type Finished, resultsOf } from '../twin/experiment/results.ts'
import type { ScenarioFile } from '../twin/experiment/schema.ts'
import { stressOf } from '../twin/experiment/stress.ts'
import type { WarmUp } from '../twin/experiment/warm-up.ts'
import { ProblemError } from './problems.ts'

export type ResultsFormat = 'json' | 'csv' | 'stress'

export const RESULTS_TYPES: Record<ResultsFormat, string> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  stress: 'text/markdown; charset=utf-8',
}

/**
 * @param against experiments that are compared with it: those of other scenarios for the same patients.
 * @throws RecordsError `unknownExperiment`; ProblemError `no-results-yet`, `not-comparable`.
 */
export async function resultsText(records: Records, id: string, against: string[], format: ResultsFormat): Promise<string> {
  const base = await readExperiment(records, id)
  const others = await Promise.all(against.map((other) => readExperiment(records, other)))
  for (const other of others) checkComparable(base, other)
  const finished: Finished[] = []
  for (const row of [base, ...others]) finished.push(await finishedOf(records, row))
  const results = resultsOf(finished[0]!, finished.slice(1))
  if (format === 'json') return `${JSON.stringify(results, null, 2)}\n`
  if (format === 'csv') return csvOf(results)
  return stressOf(finished[0]!.experiment, results, base.engine.replace(/\+.*$/, ''))
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
