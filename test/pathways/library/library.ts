/** The library as the tests see it: read from the catalogue, compiled once. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Compiled, compile } from '../../../pathways/language/compile.ts'
import type { Program } from '../../../pathways/language/program.ts'
import { type RehearsalEnd, type RehearsalLine, rehearse } from '../../../twin/rehearse/rehearse.ts'
import type { Script } from '../../../twin/rehearse/script.ts'

const root = fileURLToPath(new URL('../../../pathways/library/', import.meta.url))

export interface Entry {
  id: string
  folder: string
  files: string[]
}

export const libraryFile = (path: string): string => readFileSync(root + path, 'utf8')
export const catalogue = JSON.parse(libraryFile('catalogue.json')) as Entry[]

/** The texts of an entry's files with that ending. */
export const filesOf = ({ folder, files }: Entry, ending: string): string[] =>
  files.filter((file) => file.endsWith(ending)).map((file) => libraryFile(`${folder}/${file}`))

export const formsOf = (entry: Entry): Record<string, { id: string; [key: string]: unknown }> =>
  Object.fromEntries(
    filesOf(entry, '.form')
      .map((text) => JSON.parse(text))
      .map((form) => [form.id, form]),
  )

export const compileEntry = (entry: Entry): Promise<Compiled> =>
  compile({ bpmn: filesOf(entry, '.bpmn')[0]!, dmn: filesOf(entry, '.dmn'), forms: formsOf(entry) })

const compiled = await Promise.all(catalogue.map(compileEntry))
export const programs = new Map<string, Program>(
  compiled.flatMap((one) => one.programs.map((program) => [program.process, program])),
)

export interface Played {
  lines: RehearsalLine[]
  end: RehearsalEnd
  /** Elements entered, thrown and flows taken in the rehearsed process, each once. */
  passed: Set<string>
}

/** Rehearses one pathway, with the whole library there to be called. */
export function play(process: string, script: Script, until = 'P1Y'): Played {
  const main = programs.get(process)!
  const others = [...programs.values()].filter((program) => program !== main)
  const all = [...rehearse({ programs: [main, ...others], process, script, until, savesEveryStep: true })]
  const lines = all.slice(0, -1) as RehearsalLine[]
  const passed = new Set(lines.filter((line) => line.process === process).map((line) => line.element))
  return { lines, end: all.at(-1) as RehearsalEnd, passed }
}

/** Sequence flows of a pathway that no case took. */
export const untaken = (process: string, cases: Played[]): string[] =>
  programs
    .get(process)!
    .flows.map(({ id }) => id)
    .filter((id) => !cases.some(({ passed }) => passed.has(id)))
