/** A scenario that came with a request: put together, checked and made ready to be simulated, or refused with every reason and its place. */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../pathways/language/compile.ts'
import type { Program } from '../pathways/language/program.ts'
import type { Records } from '../records/database.ts'
import { RecordsError } from '../records/errors.ts'
import { readLedger } from '../records/ledger.ts'
import { readPathwayVersion } from '../records/pathways.ts'
import { type AskedMeasure, unknownMeasures } from '../twin/experiment/asked.ts'
import { assembledScenario, type FileProblem, UnreadableScenario } from '../twin/experiment/assemble.ts'
import { companionsBeside, type Files } from '../twin/experiment/companions.ts'
import { ImpossibleScenario, isImpossible } from '../twin/experiment/impossible.ts'
import { type Experiment, openedExperiment } from '../twin/experiment/prepare.ts'
import type { ReadyScenario } from '../twin/experiment/ready.ts'
import { ScenarioFile } from '../twin/experiment/schema.ts'
import { contractResources } from '../twin/hospital/contract.ts'
import { checkedValue, problemText, type YamlProblem } from '../twin/yaml/checked.ts'
import { siteOf } from './dependencies.ts'
import { ProblemError } from './problems.ts'

export interface SentScenario {
  scenario: string
  files: Record<string, string>
  seed?: number | undefined
  replications?: ScenarioFile['replications'] | undefined
}

/** What the scenario itself is called among the files that came with it. */
const SCENARIO = 'scenario.yaml'
const PUBLISHED = 'published:'
/** In the place of a hospital's file: the resources of the hospital that this is. */
const LIVE_HOSPITAL = 'live:hospital'
/** The scenarios that come with Parcours. */
export const OURS = fileURLToPath(new URL('../scenarios', import.meta.url))
const OURS_READ = /\.(ya?ml|bpmn|dmn|form)$/

export interface Ready {
  ready: ReadyScenario
  experiment: Experiment
  /** By the file that a pathway of the scenario names: its BPMN. */
  drawings: Record<string, string>
}

/**
 * @param name what it is called among its files. @throws ProblemError `invalid-scenario` with every problem of the scenario, of what it extends and of its pathways.
 */
export async function readySent(records: Records, sent: SentScenario, name = SCENARIO): Promise<Ready> {
  const files = filesOf(sent, name, isLiveNamed(sent) ? await liveHospital(records) : null)
  const { value, problems } = checkedValue(plainOf(files, name), ScenarioFile)
  if (!value) throw refused(problems.map((problem) => ({ file: name, ...problem })))
  const { seed, replications } = sent
  const scenario = { ...value, ...(seed !== undefined && { seed }), ...(replications !== undefined && { replications }) }
  const names = [...new Set(scenario.pathways.map((pathway) => (typeof pathway === 'string' ? pathway : pathway.file)))]
  const found = await Promise.all(names.map((name) => programsOf(records, name, files)))
  const wrong = found.flatMap((each) => ('problems' in each ? each.problems : []))
  if (wrong.length > 0) throw refused(wrong)
  const programs = found.map((each, index): [string, Program[]] => [names[index]!, (each as { programs: Program[] }).programs])
  const experiment = preparedOf({ scenario, programs }, name)
  checkMeasures(experiment, undefined, name)
  const drawings = found.map((each, index) => [names[index]!, (each as { bpmn: string }).bpmn])
  return { ready: { scenario, programs }, experiment, drawings: Object.fromEntries(drawings) as Record<string, string> }
}

/** @param asked else what its scenario asks about. @throws ProblemError `invalid-scenario` for a measure that is asked about and that there is not. */
export function checkMeasures(experiment: Experiment, asked?: AskedMeasure[], file = SCENARIO): void {
  const unknown = unknownMeasures(experiment, asked)
  if (unknown.length > 0) throw refused(unknown.map((problem) => ({ file, ...problem })))
}

function plainOf(files: Files, name: string): unknown {
  try {
    return assembledScenario(name, files.read)
  } catch (error) {
    if (error instanceof UnreadableScenario) throw refused(error.problems)
    throw error
  }
}

/** @param where it stands. @throws ProblemError `invalid-scenario` when it cannot be simulated. */
export function preparedOf({ scenario, programs }: ReadyScenario, where = SCENARIO): Experiment {
  try {
    return openedExperiment(scenario, new Map(programs))
  } catch (error) {
    if (!isImpossible(error)) throw error
    const path = error instanceof ImpossibleScenario ? `${where}: ${error.place}` : where
    throw new ProblemError('invalid-scenario', {}, [{ path, message: error.message }])
  }
}

type Found = { programs: Program[]; bpmn: string } | { problems: FileProblem[] }

async function programsOf(records: Records, name: string, files: Files): Promise<Found> {
  if (name.startsWith(PUBLISHED)) return publishedProgram(records, name)
  try {
    const { dmn, forms, findings: beside } = await companionsBeside(name, files)
    const bpmn = files.read(name)
    const { programs, drawings, findings } = await compile({ bpmn, dmn, forms })
    const problems = [...findings, ...beside]
      .filter(({ severity }) => severity === 'error')
      .map(({ element, message, help }) => ({ file: name, path: element, message: message.replace(/\.$/, ''), help }))
    return problems.length > 0 ? { problems } : { programs: [...programs, ...drawings], bpmn }
  } catch (error) {
    if (error instanceof UnreadableScenario) return { problems: error.problems }
    throw error
  }
}

/** `published:admission`, as it is now, or `published:admission@3`. */
async function publishedProgram(records: Records, name: string): Promise<Found> {
  const [, pathway, version] = /^published:([^@]+)(?:@(\d{1,9}))?$/.exec(name) ?? []
  const problem = (message: string, help: string) => ({
    problems: [{ file: SCENARIO, path: `pathways, ${name}`, message, help }],
  })
  if (!pathway) return problem('it names no published pathway', 'Write published:PATHWAY or published:PATHWAY@VERSION.')
  try {
    const { program, bpmn } = await readPathwayVersion(records, pathway, version === undefined ? undefined : Number(version))
    return program ? { programs: [program], bpmn } : problem('this version cannot be executed', 'Name one that was published.')
  } catch (error) {
    if (!(error instanceof RecordsError)) throw error
    return problem('no such pathway is published', 'Choose one, and a version, from /api/pathways.')
  }
}

const isLiveNamed = ({ scenario, files }: SentScenario): boolean =>
  [scenario, ...Object.values(files)].some((text) => text.includes(LIVE_HOSPITAL))

/** This hospital's resources as they are now, as a `hospital.yaml` says them (JSON is YAML). */
async function liveHospital(records: Records): Promise<string> {
  const site = await siteOf(records)
  const ledger = await readLedger(records.sql, records.site, 0)
  return JSON.stringify(contractResources(ledger, { ...site, id: records.site, name: records.site }))
}

/** What came with the request, this hospital, then what comes with Parcours. @param live null where nobody names it. */
function filesOf({ scenario, files }: SentScenario, name: string, live: string | null): Files {
  const sent = new Map([[name, scenario], ...Object.entries(files)].map(([path, text]) => [named(path!), text!]))
  return {
    read(path) {
      const name = named(path)
      const text = sent.get(name) ?? (posix.basename(name) === LIVE_HOSPITAL ? live : ourFile(name))
      if (text !== null) return text
      const help = 'Send it in "files" under this name, or correct the name.'
      throw new UnreadableScenario([{ file: name, path: '', message: 'there is no such file', help }])
    },
    list(folder) {
      const name = named(folder)
      const beside = [...sent.keys()].filter((path) => posix.dirname(path) === name)
      return [...new Set([...beside, ...ourFiles(name)])].sort()
    },
  }
}

const named = (path: string): string => posix.normalize(path.replaceAll('\\', '/'))
/** The library's pathways, as scenarios name them. */
const LIBRARY = '../pathways/library/'
/** Nothing but what lies in our folder or in the library. */
const isOurs = (name: string): boolean =>
  !posix.isAbsolute(name) && name !== '..' && (!name.startsWith('../') || name.startsWith(LIBRARY))

function ourFile(name: string): string | null {
  if (!isOurs(name) || !OURS_READ.test(name)) return null
  try {
    return readFileSync(posix.join(OURS, name), 'utf8')
  } catch {
    // There is none: who asked says so.
    return null
  }
}

function ourFiles(folder: string): string[] {
  // At the top there are no pathways, but this program's own sources.
  if (!isOurs(folder) || folder === '.') return []
  try {
    return readdirSync(posix.join(OURS, folder)).map((file) => posix.join(folder, file))
  } catch {
    // No such folder: nothing stands beside.
    return []
  }
}

export const refused = (problems: (YamlProblem & { file: string })[]) =>
  new ProblemError(
    'invalid-scenario',
    {},
    problems.map(({ file, path, message, help }) => ({
      path: path ? `${file}: ${path}` : file,
      message: problemText({ path: '', message, help }),
    })),
  )
