/** Reads a scenario's folder: `hospital.yaml`, the site and its resources, and `demand.yaml`, who comes and when. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Texts } from '../pathways/language/texts.ts'
import type { SiteTime } from '../pathways/time/site.ts'
import type { CommandCentreSettings } from '../records/command-centre-settings.ts'
import { expandResources, type Resources } from '../twin/hospital/expand.ts'
import type { PlacesFile } from '../twin/hospital/places-file.ts'
import { HospitalFile } from '../twin/hospital/schema.ts'
import { checkedYaml, type YamlProblem } from '../twin/yaml/checked.ts'
import { nearest } from '../twin/yaml/nearest.ts'
import { type Arrivals, CommandCentreFile, DemandFile, type PatientMix, TextsFile } from './schema.ts'
import { expandTexts } from './texts.ts'

export interface Scenario extends Resources {
  site: SiteTime & { id: string; name: string }
  arrivals: Arrivals[]
  home: z.infer<typeof DemandFile>['home']
  mixes: Record<string, PatientMix>
  /** Where all this stands. */
  places: PlacesFile | undefined
  /** Names and places in other languages, by the scenario's own. */
  texts: Texts
  /** What its command centre watches: `command-centre.yaml`; null without one. */
  commandCentre: CommandCentreSettings | null
}

/** One thing wrong with a scenario's file. */
export interface ScenarioProblem extends YamlProblem {
  file: string
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
  const watched = join(folder, 'command-centre.yaml')
  const commandCentre = existsSync(watched) ? readFile(watched, CommandCentreFile, problems) : null
  if (problems.length > 0) throw new ScenarioError(problems)
  return { site: hospital.site, ...expandResources(hospital), ...demand, places: hospital.places, texts, commandCentre }
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
  const { value, problems: found } = checkedYaml(text, schema, file.endsWith('.json') ? 'JSON' : 'YAML')
  problems.push(...found.map((problem) => ({ file, ...problem })))
  return value
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
