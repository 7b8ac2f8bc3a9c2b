/** `parcours check`: what the compiler has to say about files. */
import { parseArgs } from 'node:util'
import { compile } from '../pathways/language/compile.ts'
import { compileDecisions } from '../pathways/language/dmn/compile.ts'
import { type ReadDmn, readDmn } from '../pathways/language/dmn/read.ts'
import { type Finding, hasError } from '../pathways/language/finding.ts'
import { type Command, InputError, type Terminal } from './command.ts'
import { companionsOf, readText } from './files.ts'

/** A verdict that has not been proven is null; `complete` says whether every state was seen. */
interface CheckedProcess {
  id: string
  sound: boolean | null
  safe: boolean | null
  optionToComplete: boolean | null
  properCompletion: boolean | null
  deadActivities: string[] | null
  states: number
  complete: boolean
  counterexample: { element: string; event: string }[] | null
}

interface Checked {
  file: string
  /** No finding is an error. */
  ok: boolean
  /** Could be published and run live. */
  executable: boolean
  findings: Finding[]
  processes: CheckedProcess[]
}

/** The rules of findings that say the file is no model at all: unusable input, rather than a model with a fault. */
const UNREADABLE = new Set(['broken-xml'])

export const command: Command = {
  help: `Parses and lints pathways and decisions.

usage: parcours check [--json] FILE…

  FILE    a .bpmn, read with the .dmn and .form files of its folder and the .form files of its folder's forms/; or a .dmn
  --json  an array on stdout, one object for each file

Soundness is not proven yet: the verdicts of \`processes\` are null, and \`complete\` is false.
Exit code 0: no error; 1: a file has an error; 2: a file cannot be read.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    if (positionals.length === 0) throw new InputError('no file was named; name one or more .bpmn or .dmn files')
    const texts = readAll(positionals)
    const checked: Checked[] = []
    for (const [file, text] of texts) checked.push(await check(file, text))
    if (values.json) terminal.out(`${JSON.stringify(checked, null, 2)}\n`)
    else for (const one of checked) terminal.out(inWords(one, terminal))
    const unreadable = checked.flatMap(({ file, findings }) =>
      findings.filter(({ rule }) => UNREADABLE.has(rule)).map(({ message, help }) => `${file}: ${message} ${help}`),
    )
    if (unreadable.length > 0) throw new InputError(unreadable)
    return checked.every(({ ok }) => ok) ? 0 : 1
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

async function check(file: string, text: string): Promise<Checked> {
  if (/\.dmn$/i.test(file)) {
    const { findings } = compileDecisions(await readDmn(text), await importedBy(file, text))
    return { file, ok: !hasError(findings), executable: !hasError(findings), findings, processes: [] }
  }
  const beside = await companionsOf(file)
  const { programs, findings: compiled } = await compile({ bpmn: text, dmn: beside.dmn, forms: beside.forms })
  const findings = [...compiled, ...beside.findings]
  const ok = !hasError(findings)
  return { file, ok, executable: ok && programs.length > 0, findings, processes: processIds(text).map(notProven) }
}

/** The decisions that stand beside one that imports. */
async function importedBy(file: string, text: string): Promise<ReadDmn[]> {
  if (!/<(?:[\w-]+:)?import\b/.test(text)) return []
  const { dmn } = await companionsOf(file)
  return Promise.all(dmn.filter((other) => other !== text).map(readDmn))
}

/** Every process of the file, those that do not compile too. */
const processIds = (bpmn: string): string[] =>
  [...bpmn.matchAll(/<(?:[\w-]+:)?process\b[^>]*?\bid="([^"]*)"/g)].map(([, id]) => id!)

const notProven = (id: string): CheckedProcess => ({
  id,
  sound: null,
  safe: null,
  optionToComplete: null,
  properCompletion: null,
  deadActivities: null,
  states: 0,
  complete: false,
  counterexample: null,
})

function inWords({ file, ok, executable, findings, processes }: Checked, { colour }: Terminal): string {
  const paint = (code: string, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const verdict = ok ? (executable ? 'can be run' : 'no error') : 'cannot be run'
  const named = processes.length > 0 ? `: ${processes.map(({ id }) => id).join(', ')}` : ''
  const lines = [`${ok ? paint('32', '✓') : paint('31', '✗')} ${file}  ${verdict}${named}`]
  for (const { severity, element, rule, message, help } of findings) {
    const mark = severity === 'error' ? paint('31', 'error  ') : paint('33', 'warning')
    lines.push(`  ${mark} ${element ? `${element}: ` : ''}${message} ${help} (${rule})`)
  }
  return `${lines.join('\n')}\n`
}
