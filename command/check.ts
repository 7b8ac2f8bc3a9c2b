/** `parcours check`: what the compiler has to say about files. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkPathway } from '../pathways/check.ts'
import { compileDecisions } from '../pathways/language/dmn/compile.ts'
import { type ReadDmn, readDmn } from '../pathways/language/dmn/read.ts'
import { type Finding, hasError, type Language, worded } from '../pathways/language/finding.ts'
import type { HospitalResources } from '../pathways/language/lint/rule.ts'
import type { Program } from '../pathways/language/program.ts'
import { type CollaborationVerdict, STATES_BUDGET, type Verdict } from '../pathways/soundness/prove.ts'
import { verdictWords } from '../pathways/soundness/words.ts'
import { readScenario, ScenarioError } from '../scenarios/read.ts'
import { type Command, InputError, type Terminal } from './command.ts'
import { companionsOf, compileFile, readText } from './files.ts'
import { missingFiles } from './imports.ts'
import { languageOf } from './language.ts'

type CheckedProcess = { id: string } & Verdict

interface Checked {
  file: string
  /** No finding is an error. */
  ok: boolean
  /** Could be published and run live. */
  executable: boolean
  findings: Omit<Finding, 'french'>[]
  processes: CheckedProcess[]
  collaboration?: CollaborationVerdict
}

/** The rules of findings that say the file is no model at all: unusable input, rather than a model with a fault. */
const UNREADABLE = new Set(['broken-xml'])

export const command: Command = {
  help: `Parses, lints and proves pathways and decisions.

usage: parcours check [--json] [--budget STATES] [--hospital FOLDER] [--language fr|en] FILE…

  FILE        a .bpmn, read with the .dmn and .form files of its folder and the .form files of its folder's forms/; or a .dmn
  --json      an array on stdout, one object for each file
  --budget    how many states a proof looks at (${STATES_BUDGET}); beyond it the verdict is "not proven", never "sound"
  --hospital  a hospital's folder, as scenarios/hopital-demo: what a pathway asks for and this hospital could never give is an error
  --language  what it says, in French or English (as LC_ALL, LC_MESSAGES or LANG say)

A process is sound when it can always end, ends properly, and every activity can happen; what is not is shown by the shortest way to it.
Exit code 0: no error, nothing unsound; 1: a file has an error or an unsound process; 2: a file cannot be read.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        budget: { type: 'string' },
        hospital: { type: 'string' },
        language: { type: 'string' },
      },
    })
    if (positionals.length === 0) throw new InputError('no file was named; name one or more .bpmn or .dmn files')
    const budget = budgetOf(values.budget)
    const language = languageOf(values.language, process.env)
    const hospital = values.hospital === undefined ? undefined : hospitalOf(values.hospital)
    const texts = readAll(positionals)
    const checked: Checked[] = []
    const known = texts.length > 1 ? await programsOf(texts) : []
    for (const [file, text] of texts) checked.push(await check(file, text, { budget, hospital, language, known }, terminal))
    if (values.json) terminal.out(`${JSON.stringify(checked, null, 2)}\n`)
    else for (const one of checked) terminal.out(inWords(one, terminal, language))
    const unreadable = checked.flatMap(({ file, findings }) =>
      findings.filter(({ rule }) => UNREADABLE.has(rule)).map(({ message, help }) => `${file}: ${message} ${help}`),
    )
    if (unreadable.length > 0) throw new InputError(unreadable)
    return checked.every(isGood) ? 0 : 1
  },
}

/** Reads every file before it judges any. @throws InputError naming all that cannot be read. */
function readAll(files: string[]): [string, string][] {
  const problems: string[] = []
  const texts = files.flatMap((file): [string, string][] => {
    try {
      if (!/\.(bpmn|dmn|xml)$/i.test(file)) throw new InputError(`${file}: neither .bpmn nor .dmn; name a pathway or a decision`)
      return [[file, readText(file)]]
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
      return []
    }
  })
  if (problems.length > 0) throw new InputError(problems)
  return texts
}

const isGood = ({ ok, processes, collaboration }: Checked): boolean =>
  ok && [...processes, ...(collaboration ? [collaboration] : [])].every(({ sound }) => sound !== false)

/** How files are checked: states of a proof, what they are held against, and the language of what is said. */
interface Asked {
  budget: number
  hospital: HospitalResources | undefined
  language: Language
  /** The pathways of all files, which may call each other. */
  known: Program[]
}

/** What can be called of the files that were named. */
async function programsOf(texts: [string, string][]): Promise<Program[]> {
  const compiled = await Promise.all(
    texts.filter(([file]) => !/\.dmn$/i.test(file)).map(([file, text]) => compileFile(file, text)),
  )
  return compiled.flatMap(({ programs, drawings }) => [...programs, ...drawings])
}

async function check(
  file: string,
  text: string,
  { budget, hospital, language, known }: Asked,
  terminal: Terminal,
): Promise<Checked> {
  const say = (finding: Finding) => {
    const { rule, severity, element } = finding
    return { rule, severity, element, ...worded(finding, language) }
  }
  if (/\.dmn$/i.test(file)) {
    const { findings } = compileDecisions(await readDmn(text), await importedBy(file, text))
    return { file, ok: !hasError(findings), executable: !hasError(findings), findings: findings.map(say), processes: [] }
  }
  const beside = await companionsOf(file)
  const progress = (states: number) => {
    if (states > 10_000 && terminal.colour) terminal.err(`\r${file}: ${states} states`)
    return false
  }
  const source = { bpmn: text, dmn: beside.dmn, forms: beside.forms }
  const options = { budget, progress, known, ...(hospital && { hospital }) }
  const { programs, processes: ids, findings: found, verdicts, collaboration } = await checkPathway(source, options)
  const findings = [...found, ...beside.findings, ...missingFiles(file, text)]
  const ok = !hasError(findings)
  const processes = ids.map((id) => ({ id, ...(verdicts.get(id) ?? notProven) }))
  const executable = ok && programs.length > 0
  return { file, ok, executable, findings: findings.map(say), processes, ...(collaboration && { collaboration }) }
}

/** @throws InputError when it is no number of states. */
function budgetOf(text: string | undefined): number {
  const budget = Number(text ?? STATES_BUDGET)
  if (Number.isSafeInteger(budget) && budget > 0) return budget
  throw new InputError(`--budget ${text}: expected a number of states, as --budget ${STATES_BUDGET}`)
}

/** @throws InputError with one line for each thing that is wrong with the hospital. */
function hospitalOf(folder: string): HospitalResources {
  if (!existsSync(join(folder, 'hospital.yaml')))
    throw new InputError(
      `--hospital ${folder}: there is no hospital.yaml in it; name a hospital's folder, as scenarios/hopital-demo`,
    )
  try {
    return readScenario(folder)
  } catch (error) {
    if (error instanceof ScenarioError) throw new InputError(error.message.split('\n'))
    throw error
  }
}

/** The decisions that stand beside one that imports. */
async function importedBy(file: string, text: string): Promise<ReadDmn[]> {
  if (!/<(?:[\w-]+:)?import\b/.test(text)) return []
  const { dmn } = await companionsOf(file)
  return Promise.all(dmn.filter((other) => other !== text).map(readDmn))
}

const notProven: Verdict = {
  sound: null,
  safe: null,
  optionToComplete: null,
  properCompletion: null,
  deadActivities: null,
  states: 0,
  complete: false,
  counterexample: null,
}

const HEADS = {
  run: { en: 'can be run', fr: 'peut être exécuté' },
  fine: { en: 'no error', fr: 'aucune erreur' },
  broken: { en: 'cannot be run', fr: 'ne peut pas être exécuté' },
  together: { en: 'together', fr: 'ensemble' },
  error: { en: 'error  ', fr: 'erreur ' },
  warning: { en: 'warning', fr: 'alerte ' },
} satisfies Record<string, Record<Language, string>>

function inWords(
  { file, ok, executable, findings, processes, collaboration }: Checked,
  { colour }: Terminal,
  language: Language,
): string {
  const paint = (code: string, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const verdict = HEADS[ok ? (executable ? 'run' : 'fine') : 'broken'][language]
  const lines = [`${ok ? paint('32', '✓') : paint('31', '✗')} ${file}  ${verdict}`]
  for (const { severity, element, rule, message, help } of findings) {
    const mark = paint(severity === 'error' ? '31' : '33', HEADS[severity][language])
    lines.push(`  ${mark} ${element ? `${element}: ` : ''}${message} ${help} (${rule})`)
  }
  const proven = [
    ...processes.map(({ id, ...one }) => [id, one] as const),
    ...(collaboration ? [[HEADS.together[language], collaboration] as const] : []),
  ]
  for (const [name, one] of proven) {
    if (one.states === 0) continue
    lines.push(
      `  ${one.sound ? paint('32', '✓') : one.sound === null ? '?' : paint('31', '✗')} ${name}: ${verdictWords(one, language).join('; ')}`,
    )
    if (one.counterexample && !one.sound) lines.push(`      ${wayInWords(one.counterexample)}`)
  }
  return `${lines.join('\n')}\n`
}

/** The elements on the way, each once in a row. */
const wayInWords = (way: { element: string; event: string }[]): string =>
  way
    .filter(({ event }) => event === 'entered')
    .map(({ element }) => element)
    .join(' → ')
