/** `parcours decide`: a decision for inputs that come as JSON lines. */
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { compileDecisions } from '../pathways/language/dmn/compile.ts'
import { type Trace, toDecision, traced } from '../pathways/language/dmn/evaluate.ts'
import { readDmn } from '../pathways/language/dmn/read.ts'
import type { Closure } from '../pathways/language/feel/evaluate.ts'
import type { Value, Variables } from '../pathways/language/feel/value.ts'
import { type Command, InputError } from './command.ts'
import { problemLines, readText } from './files.ts'

/** What `now()` and `today()` go by. */
const SITE = { epoch: '1970-01-01T00:00:00Z', timeZone: 'Europe/Paris' }

type Answer = { value: Value; warnings?: string[] } | { error: Fault }
interface Fault {
  element: string
  message: string
}

/** What may be asked of a model, by the option that names it. */
const ASKED = { decision: 'decisions', service: 'services', bkm: 'knowledge' } as const
type Asked = keyof typeof ASKED

export const command: Command = {
  help: `Evaluates a decision for inputs read from stdin.

usage: parcours decide MODEL.dmn [--model IMPORTED.dmn]... (--decision NAME | --service NAME | --bkm NAME) [--json] < INPUTS

  --model FILE     a DMN file that the model imports, found by its namespace; once for each
  --decision NAME  the decision's name or id
  --service NAME   a decision service: its input data and input decisions are the inputs
  --bkm NAME       a business knowledge model: its parameters are the inputs
  --json           answers as JSON lines: { "value": …, "warnings": […] } or { "error": { "element", "message" } }

A line in is { "inputs": { "<name>": value } }: values are read by their declared type, so a date, a time or a duration is its FEEL text, and a number may be
a text to keep its digits; where no type is declared, write a date as { "@": "2026-11-23" }. A line out is the value, written the same way.
Exit code 0: every line was answered; 2: the model or a line cannot be used.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        model: { type: 'string', multiple: true, default: [] },
        decision: { type: 'string' },
        service: { type: 'string' },
        bkm: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [file, ...others] = positionals
    if (file === undefined || others.length > 0) throw new InputError('name one DMN file: decide MODEL.dmn --decision NAME')
    const asked = (Object.keys(ASKED) as Asked[]).filter((option) => values[option] !== undefined)
    if (asked.length !== 1) throw new InputError('say which decision: --decision NAME, or --service NAME, or --bkm NAME')
    const decide = await decisionOf(file, values.model, asked[0]!, values[asked[0]!]!)
    const problems: string[] = []
    let number = 0
    for await (const line of createInterface({ input: Readable.from(terminal.input) })) {
      number++
      if (line.trim() === '') continue
      const answer: Answer = 'faults' in decide ? { error: decide.faults[0]! } : answerTo(line, decide.closure, decide.element)
      if ('error' in answer && !('faults' in decide)) problems.push(`line ${number}: ${answer.error.message}`)
      if (values.json) terminal.out(`${JSON.stringify(answer)}\n`)
      else if ('value' in answer) terminal.out(`${JSON.stringify(answer.value)}\n`)
    }
    if ('faults' in decide) throw new InputError(decide.problems)
    if (problems.length > 0) throw new InputError(problems)
    return 0
  },
}

type Decide = { closure: Closure; element: string } | { faults: Fault[]; problems: string[] }

/** @throws InputError when a file cannot be read or nothing bears the name; what is wrong with the model is a fault, told for each line. */
async function decisionOf(file: string, imported: string[], asked: Asked, name: string): Promise<Decide> {
  const [main, ...others] = await Promise.all([file, ...imported].map((path) => readDmn(readText(path))))
  const compiled = compileDecisions(main!, others)
  const found = compiled[ASKED[asked]].find((one) => one.name === name.trim() || one.id === name)
  if (found) return { closure: toDecision(found.tree), element: found.id || found.name }
  const findings = [...compiled.findings, ...others.flatMap((other) => other.findings)]
  const faults = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ element, message, help }) => ({ element, message: `${message} ${help}` }))
  if (faults.length > 0) return { faults, problems: problemLines(file, findings) }
  const known = compiled[ASKED[asked]].map((one) => one.name || one.id).join(', ') || 'none'
  throw new InputError(`${file}: there is no ${asked} ${JSON.stringify(name)}; there is ${known}`)
}

function answerTo(line: string, decide: Closure, element: string): Answer {
  const refuse = (message: string): Answer => ({ error: { element: '', message } })
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return refuse('it is not JSON; write { "inputs": { "<name>": value } }')
  }
  const inputs = (read as { inputs?: unknown } | null)?.inputs
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) {
    return refuse('it has no "inputs"; write { "inputs": { "<name>": value } }')
  }
  const given = inputs as Variables
  const get = (name: string) => (Object.hasOwn(given, name) ? given[name] : undefined)
  const trace: Trace = { warnings: [], rules: [] }
  let value: Value
  try {
    value = plain(traced(trace, () => decide({ get, at: Date.now(), site: SITE })))
  } catch (error) {
    // The stack is full: inputs that nest without measure, given back.
    if (!(error instanceof RangeError)) throw error
    return { error: { element, message: 'it was given up: the inputs nest too deeply' } }
  }
  if (trace.exceeded !== undefined) return { error: { element, message: `it was given up: ${trace.exceeded}` } }
  return trace.warnings.length > 0 ? { value, warnings: trace.warnings } : { value }
}

/** Tagged values as the texts that they came in as. */
function plain(value: Value): Value {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  if (typeof value['@'] === 'string') return value['@']
  if (typeof value['@number'] === 'string') return value['@number']
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner ?? null)]))
}
