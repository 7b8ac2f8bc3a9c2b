/** Reads a scenario's folder: `hospital.yaml`, the site and its resources, and `demand.yaml`, who comes and when. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Texts } from '../pathways/language/texts.ts'
import type { SiteTime } from '../pathways/time/site.ts'
import { expandResources, type Resources } from './expand.ts'
import { nearest } from './nearest.ts'
import { type Arrivals, DemandFile, HospitalFile, type PatientMix, TextsFile } from './schema.ts'
import { expandTexts } from './texts.ts'

export interface Scenario extends Resources {
  site: SiteTime & { id: string; name: string }
  arrivals: Arrivals[]
  home: z.infer<typeof DemandFile>['home']
  mixes: Record<string, PatientMix>
  /** Names and places in other languages, by the scenario's own. */
  texts: Texts
}

/** One thing wrong with a scenario's file. */
export interface ScenarioProblem {
  file: string
  /** Where in the file: `pools[3].turnover`; '' for the file as a whole. */
  path: string
  message: string
  /** What to do. */
  help: string
}

/** Why a scenario cannot be used; its message has one line for each problem. */
export class ScenarioError extends Error {
  readonly problems: ScenarioProblem[]

  constructor(problems: ScenarioProblem[]) {
    super(problems.map(({ file, path, message, help }) => `${file}${path && `: ${path}`}: ${message}. ${help}`).join('\n'))
    this.name = 'ScenarioError'
    this.problems = problems
  }
}

/**
 * The scenario of a folder, expanded and checked.
 * @throws ScenarioError that names file, path and remedy of everything that is wrong.
 */
export function readScenario(folder: string): Scenario {
  const hospitalFile = join(folder, 'hospital.yaml')
  const demandFile = join(folder, 'demand.yaml')
  const problems: ScenarioProblem[] = []
  const hospital = readFile(hospitalFile, HospitalFile, problems)
  const demand = readFile(demandFile, DemandFile, problems)
  if (!hospital || !demand) throw new ScenarioError(problems)
  problems.push(...hospitalProblems(hospitalFile, hospital), ...demandProblems(demandFile, demand))
  const texts: Texts = {}
  for (const language of languagesOf(folder)) {
    const words = readFile(join(folder, `${language}.json`), TextsFile, problems)
    if (words) texts[language] = expandTexts(hospital, words)
  }
  if (problems.length > 0) throw new ScenarioError(problems)
  return { site: hospital.site, ...expandResources(hospital), ...demand, texts }
}

/** The languages that a scenario has words in: `en` when there is an `en.json`. */
const languagesOf = (folder: string): string[] =>
  readdirSync(folder).flatMap((file) => /^([a-z]{2})\.json$/.exec(file)?.[1] ?? [])

function readFile<Schema extends z.ZodType>(file: string, schema: Schema, problems: ScenarioProblem[]): z.infer<Schema> | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    problems.push({ file, path: '', message: `cannot be read (${reason})`, help: 'Create it; scenarios/hopital-demo shows how.' })
    return null
  }
  const document = parseDocument(text, { lineCounter: new LineCounter() })
  if (document.errors.length > 0) {
    for (const error of document.errors) {
      const line = error.linePos?.[0].line
      problems.push({
        file,
        path: line ? `line ${line}` : '',
        message: error.message.split('\n')[0]!.replace(/[:.]$/, ''),
        help: `Correct the ${file.endsWith('.json') ? 'JSON' : 'YAML'}.`,
      })
    }
    return null
  }
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  problems.push(...parsed.error.issues.flatMap((issue) => problemsOf(file, schema, issue)))
  return null
}

function problemsOf(file: string, schema: z.ZodType, issue: z.core.$ZodIssue): ScenarioProblem[] {
  const path = pathText(issue.path)
  if (issue.code !== 'unrecognized_keys') {
    return [{ file, path, message: issue.message.replace(/\.$/, ''), help: 'Correct the value.' }]
  }
  const known = keysAt(schema, issue.path)
  return issue.keys.map((key) => {
    const meant = nearest(key, known)
    return {
      file,
      path,
      message: `"${key}" is not a known key`,
      help: meant ? `Did you mean "${meant}"?` : `Use one of: ${known.join(', ')}.`,
    }
  })
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`)).join('')

interface Definition {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  valueType?: z.ZodType
}

/** The keys that an object of the schema may have there. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: z.ZodType | undefined = schema
  for (const part of path) {
    const { element, shape, valueType }: Definition = definitionOf(at)
    at = element ?? shape?.[String(part)] ?? valueType
  }
  return Object.keys(definitionOf(at).shape ?? {})
}

/** What a schema says, without what only makes it optional or gives it a default. */
function definitionOf(schema: z.ZodType | undefined): Definition {
  let definition = (schema as unknown as { def?: Definition })?.def ?? { type: 'unknown' }
  while (definition.innerType) definition = (definition.innerType as unknown as { def: Definition }).def
  return definition
}

function hospitalProblems(file: string, { calendars, pools }: z.infer<typeof HospitalFile>): ScenarioProblem[] {
  const problems = [...repeated(file, 'calendars', calendars), ...repeated(file, 'pools', pools)]
  const known = calendars.map(({ id }) => id)
  pools.forEach((pool, poolIndex) => {
    pool.units?.forEach(({ calendar }, index) => {
      if (calendar !== '' && !known.includes(calendar)) {
        problems.push(unknown(file, `pools[${poolIndex}].units[${index}].calendar`, 'calendar', calendar, known))
      }
    })
  })
  return problems
}

function demandProblems(file: string, { arrivals, home, mixes }: z.infer<typeof DemandFile>): ScenarioProblem[] {
  const problems = repeated(file, 'arrivals', arrivals)
  const known = Object.keys(mixes)
  arrivals.forEach(({ mix }, index) => {
    if (!known.includes(mix)) problems.push(unknown(file, `arrivals[${index}].mix`, 'mix', mix, known))
  })
  if (!known.includes(home.mix)) problems.push(unknown(file, 'home.mix', 'mix', home.mix, known))
  return problems
}

function repeated(file: string, list: string, items: { id: string }[]): ScenarioProblem[] {
  return items.flatMap(({ id }, index) =>
    items.findIndex((other) => other.id === id) < index
      ? [{ file, path: `${list}[${index}].id`, message: `"${id}" is there twice`, help: 'Give each an id of its own.' }]
      : [],
  )
}

function unknown(file: string, path: string, what: string, word: string, known: string[]): ScenarioProblem {
  const meant = nearest(word, known)
  return {
    file,
    path,
    message: `the ${what} "${word}" does not exist`,
    help: meant ? `Did you mean "${meant}"?` : `Use one of: ${known.join(', ')}.`,
  }
}
