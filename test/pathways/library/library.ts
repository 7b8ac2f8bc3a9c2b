/** The library as the tests see it: read from the catalogue, compiled once. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Compiled, compile } from '../../../pathways/language/compile.ts'
import type { Program } from '../../../pathways/language/program.ts'

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
