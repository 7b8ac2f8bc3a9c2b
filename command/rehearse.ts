/** `parcours rehearse`: one case in virtual time, in memory. */
import { parseArgs } from 'node:util'
import { PLAYED_ALL_THE_SAME } from '../pathways/language/bpmn/executability.ts'
import type { Program } from '../pathways/language/program.ts'
import { type RehearsalEnd, type RehearsalLine, rehearse } from '../twin/rehearse/rehearse.ts'
import { RehearsalError, readScript, type Script } from '../twin/rehearse/script.ts'
import { type Command, InputError } from './command.ts'
import { compileFile, problemLines, readText } from './files.ts'
import { wholeNumber } from './number.ts'
import { playScenarios } from './scenarios.ts'

export const command: Command = {
  help: `Runs one case of a pathway in virtual time, in memory.

usage: parcours rehearse MODEL.bpmn [--process ID] [--also ID]… [--script SCRIPT.json] [--until PT…] [--seed N] [--json]
       parcours rehearse MODEL.bpmn --scenarios FILE.scenarios.yaml [--with OTHER.bpmn]… [--json]

  --process ID    the process to rehearse (the first executable one of the file, else the first)
  --also ID       another process of the file, started first; as often as wanted
  --script FILE   what people, systems and messages do, as JSON:
                  { "variables": { … }, "tasks": { "<id or name>": { "takes", "set", "fails" } }, "branches": { "<gateway>": ["<flow>"] },
                    "messages": [{ "name", "after", "set" }], "signals": [ … ], "triggers": [{ "element", "after", "set" }] }
                  Texts that begin with = are FEEL. A task it does not name takes no time and sets nothing.
  --until PT…     how long what nobody sends is waited for (P1Y)
  --seed N        of what chance decides, in a drawing: gateways without conditions, by their probabilities (1)
  --scenarios     plays every scenario test of a file, and says what was not as expected and which elements and branches none came to
  --with FILE     a pathway that the tested one calls or starts; as often as wanted
  --json          JSON lines: what happens, in order, and last the outcome; with --scenarios, one line a scenario and last the coverage

Exit code 0: it completed, or was still waiting at the end of the time, or every scenario went as expected; 1: it did not; 2: unusable input.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        process: { type: 'string' },
        also: { type: 'string', multiple: true, default: [] },
        script: { type: 'string' },
        until: { type: 'string' },
        seed: { type: 'string' },
        scenarios: { type: 'string' },
        with: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
      },
    })
    const [file, ...others] = positionals
    if (file === undefined || others.length > 0) throw new InputError('name one BPMN file: rehearse MODEL.bpmn')
    const script = values.script === undefined ? {} : scriptOf(values.script)
    const programs = await programsOf(file, new Set(Object.keys(script.branches ?? {})))
    if (values.scenarios !== undefined) {
      const others = await Promise.all(values.with.map((other) => programsOf(other)))
      return playScenarios([...programs, ...others.flat()], values.scenarios, terminal, values.json)
    }
    const { process, also, until } = values
    const seed = wholeNumber('seed', values.seed, 0) ?? 1
    try {
      let last: RehearsalEnd | null = null
      for (const line of rehearse({ programs, also, script, seed, ...(process && { process }), ...(until && { until }) })) {
        if ('outcome' in line) last = line
        terminal.out(values.json ? `${JSON.stringify(line)}\n` : inWords(line))
      }
      return last?.outcome === 'stuck' || last?.outcome === 'failed' ? 1 : 0
    } catch (error) {
      if (!(error instanceof RehearsalError)) throw error
      // What is no option of the command line stands in the script.
      throw new InputError(error.place.startsWith('--') ? error.message : `${values.script ?? file}: ${error.message}`)
    }
  },
}

/**
 * The processes of a file, those that can be published first; what breaks only a rule about the whole drawing is played too.
 * @param decided ids of the gateways that the script decides: these need no conditions.
 * @throws InputError with every error of the file and of what stands beside it.
 */
async function programsOf(file: string, decided: ReadonlySet<string> = new Set()): Promise<Program[]> {
  const { programs, drawings, findings, beside } = await compileFile(file)
  const byScript = flowsOutOf(drawings, decided)
  const lacking = findings.filter(
    ({ rule, element }) => !PLAYED_ALL_THE_SAME.has(rule) && (rule !== 'missing-condition' || !byScript.has(element)),
  )
  const problems = problemLines(file, [...lacking, ...beside])
  if (problems.length > 0) throw new InputError(problems)
  return [...programs, ...drawings]
}

const flowsOutOf = (programs: Program[], nodes: ReadonlySet<string>): Set<string> =>
  new Set(
    programs.flatMap(({ nodes: all, flows }) =>
      all.flatMap(({ id, outgoing }) => (nodes.has(id) ? outgoing.map((flow) => flows[flow]!.id) : [])),
    ),
  )

function scriptOf(file: string): Script {
  const text = readText(file)
  try {
    return readScript(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`${file}: it is not JSON (${error.message}); correct it`)
    if (error instanceof RehearsalError) throw new InputError(`${file}: ${error.message}`)
    throw error
  }
}

function inWords(line: RehearsalLine | RehearsalEnd): string {
  if ('outcome' in line) {
    const open = line.open.length > 0 ? `, open: ${line.open.join(', ')}` : ''
    const error = line.error ? `, ${[line.error.element, line.error.code, line.error.message].filter(Boolean).join(': ')}` : ''
    return `${line.outcome} at ${line.at}${open}${error}\n`
  }
  const counted = line.instance ? ` #${line.instance}` : line.instances === undefined ? '' : ` x${line.instances}`
  return `${line.at.padEnd(14)} ${line.event.padEnd(9)} ${line.name || line.element}${counted}\n`
}
