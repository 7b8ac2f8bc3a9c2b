/** Scenarios named on the command line: read, extended, with their pathways compiled. */
import { dirname, isAbsolute, join, relative } from 'node:path'
import type { Program } from '../pathways/language/program.ts'
import { extended } from '../twin/experiment/extend.ts'
import { isImpossible } from '../twin/experiment/impossible.ts'
import { type Experiment, prepareExperiment } from '../twin/experiment/prepare.ts'
import { ScenarioFile } from '../twin/experiment/schema.ts'
import { createHospital } from '../twin/simulate/index.ts'
import { checkedValue, parsedYaml, problemText, type YamlProblem } from '../twin/yaml/checked.ts'
import { InputError } from './command.ts'
import { compileFile, problemLines, readText } from './files.ts'

export interface NamedScenario {
  file: string
  scenario: ScenarioFile
  /** By the file that a pathway of the scenario names. */
  programs: [string, Program[]][]
}

/** What the command line says instead of the file. */
export type Overrides = Partial<Pick<ScenarioFile, 'seed' | 'replications'>>

/** @throws InputError with every problem of the scenario, of what it extends and of its pathways. */
export async function readNamedScenario(file: string, overrides: Overrides = {}): Promise<NamedScenario> {
  const { value, problems } = checkedValue(plainOf(file, []), ScenarioFile)
  if (!value) throw new InputError(problems.map((problem) => lineOf(file, problem)))
  const scenario = { ...value, ...overrides }
  const files = [...new Set(scenario.pathways.map((pathway) => (typeof pathway === 'string' ? pathway : pathway.file)))]
  const found = await Promise.all(files.map(async (path) => [path, await programsOf(join(dirname(file), path), path)] as const))
  const wrong = found.flatMap(([, result]) => (result instanceof InputError ? result.problems : []))
  if (wrong.length > 0) throw new InputError(wrong.map((problem) => `${file}: ${problem}`))
  return { file, scenario, programs: found as [string, Program[]][] }
}

/** @throws InputError when it cannot be simulated. */
export function experimentOf({ file, scenario, programs }: NamedScenario): Experiment {
  try {
    const experiment = prepareExperiment(scenario, new Map(programs))
    // What cannot be simulated says so as it opens, before anything is.
    createHospital(experiment.options)
    return experiment
  } catch (error) {
    if (!isImpossible(error)) throw error
    throw new InputError(`${file}: ${error.message}`)
  }
}

/** The YAML of a file on that of the one it extends. Paths of the base's pathways are made those of the file. */
function plainOf(file: string, from: string[]): unknown {
  if (from.includes(file))
    throw new InputError(
      `${from[0]}: extends: ${[...from.slice(from.indexOf(file)), file].join(' extends ')}; remove one of them`,
    )
  const { value, problems } = parsedYaml(readText(file))
  if (problems.length > 0) throw new InputError(problems.map((problem) => lineOf(file, problem)))
  if (typeof value !== 'object' || value === null) return value
  const { extends: base, ...over } = withHospital(file, value as Record<string, unknown>)
  if (base === undefined) return over
  if (typeof base !== 'string') throw new InputError(`${file}: extends: expected the name of a file; write extends: base.yaml`)
  const path = join(dirname(file), base)
  return extended(rebased(plainOf(path, [...from, file]), relative(dirname(file), dirname(path))), over)
}

/** A hospital that stands in a file of its own is read, and what the scenario says besides put on it. */
function withHospital(file: string, value: Record<string, unknown>): Record<string, unknown> {
  const { hospital } = value
  const named = typeof hospital === 'string' ? { file: hospital } : (hospital as Record<string, unknown> | null | undefined)
  if (typeof named?.file !== 'string') return value
  const { file: name, ...over } = named
  const path = join(dirname(file), name as string)
  const { value: base, problems } = parsedYaml(readText(path))
  if (problems.length > 0) throw new InputError(problems.map((problem) => lineOf(path, problem)))
  return { ...value, hospital: extended(base, over) }
}

const rebased = (base: unknown, folder: string): unknown => {
  const { pathways } = base as { pathways?: unknown }
  if (folder === '' || !Array.isArray(pathways)) return base
  const moved = (path: unknown) => (typeof path === 'string' && !isAbsolute(path) ? join(folder, path) : path)
  return {
    ...(base as object),
    pathways: pathways.map((pathway) =>
      typeof pathway === 'object' && pathway !== null && 'file' in pathway
        ? { ...pathway, file: moved(pathway.file) }
        : moved(pathway),
    ),
  }
}

const lineOf = (file: string, problem: YamlProblem): string => `${file}: ${problemText(problem)}`

async function programsOf(path: string, name: string): Promise<Program[] | InputError> {
  try {
    const { programs, drawings, findings, beside } = await compileFile(path)
    const problems = problemLines(name, [...findings, ...beside])
    return problems.length > 0 ? new InputError(problems) : [...programs, ...drawings]
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
}
