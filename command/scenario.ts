/** Scenarios named on the command line: read, extended, with their pathways compiled. */
import type { Program } from '../pathways/language/program.ts'
import { assembledScenario, beside, UnreadableScenario } from '../twin/experiment/assemble.ts'
import { isImpossible } from '../twin/experiment/impossible.ts'
import { type Experiment, openedExperiment } from '../twin/experiment/prepare.ts'
import type { ReadyScenario } from '../twin/experiment/ready.ts'
import { ScenarioFile } from '../twin/experiment/schema.ts'
import { checkedValue, problemText, type YamlProblem } from '../twin/yaml/checked.ts'
import { InputError } from './command.ts'
import { compileFile, problemLines, readText } from './files.ts'

export interface NamedScenario extends ReadyScenario {
  file: string
}

/** What the command line says instead of the file. */
export type Overrides = Partial<Pick<ScenarioFile, 'seed' | 'replications'>>

/** @throws InputError with every problem of the scenario, of what it extends and of its pathways. */
export async function readNamedScenario(file: string, overrides: Overrides = {}): Promise<NamedScenario> {
  const { value, problems } = checkedValue(plainOf(file), ScenarioFile)
  if (!value) throw new InputError(problems.map((problem) => lineOf(file, problem)))
  const scenario = { ...value, ...overrides }
  const files = [...new Set(scenario.pathways.map((pathway) => (typeof pathway === 'string' ? pathway : pathway.file)))]
  const found = await Promise.all(files.map(async (path) => [path, await programsOf(beside(file, path), path)] as const))
  const wrong = found.flatMap(([, result]) => (result instanceof InputError ? result.problems : []))
  if (wrong.length > 0) throw new InputError(wrong.map((problem) => `${file}: ${problem}`))
  return { file, scenario, programs: found as [string, Program[]][] }
}

/** @throws InputError when it cannot be simulated. */
export function experimentOf({ file, scenario, programs }: NamedScenario): Experiment {
  try {
    return openedExperiment(scenario, new Map(programs))
  } catch (error) {
    if (!isImpossible(error)) throw error
    throw new InputError(`${file}: ${error.message}`)
  }
}

function plainOf(file: string): unknown {
  try {
    return assembledScenario(file, readText)
  } catch (error) {
    if (error instanceof UnreadableScenario) throw new InputError(error.message.split('\n'))
    throw error
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
