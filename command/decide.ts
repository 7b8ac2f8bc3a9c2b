/** `parcours decide`: a decision for inputs that come as JSON lines. */
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { compileDecisions } from '../pathways/language/dmn/compile.ts'
import { toDecision } from '../pathways/language/dmn/evaluate.ts'
import { readDmn } from '../pathways/language/dmn/read.ts'
import type { Closure } from '../pathways/language/feel/evaluate.ts'
import type { Value, Variables } from '../pathways/language/feel/value.ts'
import { type Command, InputError } from './command.ts'
import { problemLines, readText } from './files.ts'

/** What `now()` and `today()` go by. */
const SITE = { epoch: '1970-01-01T00:00:00Z', timeZone: 'Europe/Paris' }

type Answer = { value: Value } | { error: { element: string; message: string } }

export const command: Command = {
  help: `Evaluates a decision for inputs read from stdin.

usage: parcours decide MODEL.dmn --decision NAME [--json] < INPUTS

  --decision NAME  the decision's name or id
  --json           answers as JSON lines: { "value": … } or { "error": { "element", "message" } }

A line in is { "inputs": { "<name>": value } }: values are read by their declared type, so a date, a time or a duration is its FEEL text, and a number may be
a text to keep its digits. A line out is the value, written the same way.
Exit code 0: every line was answered; 2: the model or a line cannot be used.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { decision: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    const [file, ...others] = positionals
    if (file === undefined || others.length > 0) throw new InputError('name one DMN file: decide MODEL.dmn --decision NAME')
    if (values.decision === undefined) throw new InputError('say which decision: --decision NAME')
    const decide = await decisionOf(file, values.decision)
    const problems: string[] = []
    let number = 0
    for await (const line of createInterface({ input: Readable.from(terminal.input) })) {
      number++
      if (line.trim() === '') continue
      const answer = answerTo(line, decide)
      if ('error' in answer) problems.push(`line ${number}: ${answer.error.message}`)
      if (values.json) terminal.out(`${JSON.stringify(answer)}\n`)
      else if ('value' in answer) terminal.out(`${JSON.stringify(answer.value)}\n`)
    }
    if (problems.length > 0) throw new InputError(problems)
    return 0
  },
}

/** @throws InputError when the file has errors, or not this decision. */
async function decisionOf(file: string, name: string): Promise<Closure> {
  const { decisions, findings } = compileDecisions(await readDmn(readText(file)))
  const found = decisions.find((decision) => decision.name === name || decision.id === name)
  if (found) return toDecision(found.tree)
  const problems = problemLines(file, findings)
  if (problems.length > 0) throw new InputError(problems)
  const known = decisions.map((decision) => decision.name || decision.id).join(', ')
  throw new InputError(`${file}: there is no decision ${JSON.stringify(name)}; there is ${known}`)
}

function answerTo(line: string, decide: Closure): Answer {
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
  return { value: plain(decide({ get, at: Date.now(), site: SITE })) }
}

/** Tagged values as the texts that they came in as. */
function plain(value: Value): Value {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  if (typeof value['@'] === 'string') return value['@']
  if (typeof value['@number'] === 'string') return value['@number']
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner ?? null)]))
}
