/** The pathways that come with Parcours, read from `pathways/library/` and published when what they say has changed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../pathways/language/compile.ts'
import type { Program } from '../pathways/language/program.ts'
import type { Texts } from '../pathways/language/texts.ts'
import type { Records } from '../records/database.ts'
import { publishPathway } from '../records/versions.ts'

const LIBRARY = fileURLToPath(new URL('../pathways/library', import.meta.url))

export interface LibraryPathway {
  id: string
  bpmn: string
  dmn: string[]
  texts: Texts
  /** Its scenario tests, as YAML; '' for none. */
  scenarios: string
  program: Program
}

interface CatalogueEntry {
  id: string
  folder: string
  files: string[]
}

/** Compiles the library. @throws Error that names file and finding when one of its pathways cannot be executed. */
export async function readLibrary(folder = LIBRARY): Promise<LibraryPathway[]> {
  const catalogue = JSON.parse(readFileSync(join(folder, 'catalogue.json'), 'utf8')) as CatalogueEntry[]
  return Promise.all(catalogue.map((entry) => readPathway(folder, entry)))
}

async function readPathway(folder: string, entry: CatalogueEntry): Promise<LibraryPathway> {
  const read = (file: string) => readFileSync(join(folder, entry.folder, file), 'utf8')
  const filesOf = (ending: string) => entry.files.filter((file) => file.endsWith(ending)).map(read)
  const bpmn = filesOf('.bpmn')[0]!
  const dmn = filesOf('.dmn')
  const schemas = filesOf('.form').map((text) => JSON.parse(text) as { id: string })
  const forms = Object.fromEntries(schemas.map((schema) => [schema.id, schema]))
  const languages = entry.files.flatMap((file) => /^([a-z]{2})\.json$/.exec(file)?.[1] ?? [])
  const texts = Object.fromEntries(languages.map((language) => [language, JSON.parse(read(`${language}.json`)) as Texts[string]]))
  const scenarios = filesOf('.scenarios.yaml')[0] ?? ''
  const { programs, findings } = await compile({ bpmn, dmn, forms })
  const program = programs.find(({ process }) => process === entry.id)
  if (!program) {
    const said = findings.map(({ element, message }) => `${element}: ${message}`).join('; ')
    throw new Error(`The library's pathway "${entry.id}" cannot be executed: ${said}`)
  }
  return { id: entry.id, bpmn, dmn, texts, scenarios, program }
}

/** New runs take the library's pathways as they are now; publishing what is current already changes nothing. */
export async function publishLibrary(records: Records, library: LibraryPathway[], at: number): Promise<void> {
  for (const { program, bpmn, dmn, texts, scenarios } of library)
    await publishPathway(records, { program, bpmn, dmn, texts, scenarios, at })
}
