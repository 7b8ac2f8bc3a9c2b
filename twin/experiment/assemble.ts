/** A scenario as plain data, put together from the files it names: what it extends, and its hospital. */
import { dirname, isAbsolute, join, relative } from 'node:path'
import { parsedYaml, problemText, type YamlProblem } from '../yaml/checked.ts'
import { extended } from './extend.ts'

/** One thing wrong with one of the files. */
export interface FileProblem extends YamlProblem {
  file: string
}

/** What cannot be put together; its message has one line for each problem. */
export class UnreadableScenario extends Error {
  readonly problems: FileProblem[]

  constructor(problems: FileProblem[]) {
    super(problems.map((problem) => `${problem.file}: ${problemText(problem)}`).join('\n'))
    this.name = 'UnreadableScenario'
    this.problems = problems
  }
}

/** The text of a file; throws what says that there is none. */
export type ReadText = (path: string) => string

/**
 * The YAML of a file on that of the one it extends. Paths of the base's pathways are made those of the file.
 * @throws UnreadableScenario, and what `read` throws.
 */
export const assembledScenario = (file: string, read: ReadText, from: string[] = []): unknown => {
  if (from.includes(file)) {
    const message = [...from.slice(from.indexOf(file)), file].join(' extends ')
    throw new UnreadableScenario([{ file: from[0]!, path: 'extends', message, help: 'Remove one of them.' }])
  }
  const value = plainOf(file, read)
  if (typeof value !== 'object' || value === null) return value
  const { extends: base, ...over } = withHospital(file, value as Record<string, unknown>, read)
  if (base === undefined) return over
  if (typeof base !== 'string') {
    const message = 'expected the name of a file'
    throw new UnreadableScenario([{ file, path: 'extends', message, help: 'Write extends: base.yaml.' }])
  }
  const path = beside(file, base)
  const plain = assembledScenario(path, read, [...from, file])
  return extended(rebased(plain, relative(dirname(file), dirname(path))), over)
}

/** A file that another one names: from that one's folder, unless it is named from the root. */
export const beside = (file: string, name: string): string => (isAbsolute(name) ? name : join(dirname(file), name))

const plainOf = (file: string, read: ReadText): unknown => {
  const { value, problems } = parsedYaml(read(file))
  if (problems.length > 0) throw new UnreadableScenario(problems.map((problem) => ({ file, ...problem })))
  return value
}

/** A hospital that stands in a file of its own is read, and what the scenario says besides put on it. */
const withHospital = (file: string, value: Record<string, unknown>, read: ReadText): Record<string, unknown> => {
  const { hospital } = value
  const named = typeof hospital === 'string' ? { file: hospital } : (hospital as Record<string, unknown> | null | undefined)
  if (typeof named?.file !== 'string') return value
  const { file: name, ...over } = named
  return { ...value, hospital: extended(plainOf(beside(file, name as string), read), over) }
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
