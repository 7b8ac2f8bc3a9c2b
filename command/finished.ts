/** A finished run that is gone on with: the replications that `--out` wrote, read back. */
import { join } from 'node:path'
import { z } from 'zod'
import type { Measure } from '../twin/experiment/measures.ts'
import { RESULTS_FORMAT } from '../twin/experiment/results.ts'
import { checkedYaml, problemText } from '../twin/yaml/checked.ts'
import { InputError } from './command.ts'
import { readText } from './files.ts'
import type { Replicators } from './replicators.ts'
import type { NamedScenario } from './scenario.ts'

const numbers = z.array(z.array(z.number()))
const Written = z.object({
  format: z.literal(RESULTS_FORMAT),
  measures: z.array(z.object({ name: z.string() })),
  values: numbers,
  comparisons: z.array(z.object({ scenario: z.string(), measures: z.array(z.string()), values: numbers })),
})

export interface FinishedRun {
  /** Of the scenario that was asked for, by replication. */
  base: Measure[][]
  /** Of those it was compared with, by name. */
  others: Map<string, Measure[][]>
}

/** @throws InputError for a folder without results that can be gone on with. */
export function readFinished(folder: string): FinishedRun {
  const path = join(folder, 'results.json')
  const { value, problems } = checkedYaml(readText(path), Written, 'JSON')
  if (!value) throw new InputError(problems.slice(0, 1).map((problem) => `${path}: ${problemText(problem)}`))
  const names = value.measures.map(({ name }) => name)
  return {
    base: runsOf(path, names, value.values),
    others: new Map(value.comparisons.map(({ scenario, measures, values }) => [scenario, runsOf(path, measures, values)])),
  }
}

function runsOf(path: string, names: string[], values: number[][]): Measure[][] {
  if (values.some(({ length }) => length !== names.length))
    throw new InputError(`${path}: it has more or fewer values than measures; simulate anew with --out`)
  return values.map((row) => row.map((value, index) => ({ name: names[index]!, value })))
}

/**
 * The first replication is made anew: whatever else the scenario, the seed or the program may be, it is what it was only if they are.
 * @throws InputError when it is not.
 */
export async function checkSame(
  replicators: Replicators,
  named: NamedScenario,
  folder: string,
  there: Measure[][],
): Promise<void> {
  if (there.length === 0) return
  const first = await replicators.replicate(named, 0)
  if (first === null || JSON.stringify(first) === JSON.stringify(there[0])) return
  throw new InputError(
    `--extend ${folder}: its first replication is not the one that ${named.file} gives: the scenario, the seed or the version is another; simulate anew with --out`,
  )
}
