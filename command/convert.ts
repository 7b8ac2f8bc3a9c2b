/** `parcours convert`: a pathway in another form. */
import { writeFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { stringify } from 'yaml'
import { withDiagram } from '../pathways/language/bpmn/layout.ts'
import { readBpmn } from '../pathways/language/bpmn/read.ts'
import { compile } from '../pathways/language/compile.ts'
import { type Finding, hasError, worded } from '../pathways/language/finding.ts'
import { millisecondsOf } from '../pathways/time/duration.ts'
import { importBpsim } from '../twin/exchange/bpsim.ts'
import { importProsimos } from '../twin/exchange/prosimos.ts'
import { type Command, InputError } from './command.ts'
import { companionsOf, findingLine, problemLines, readText } from './files.ts'
import { languageOf } from './language.ts'

interface Converted {
  text: string | null
  findings: Finding[]
  /** The file that the findings speak of, when it is another than the one converted. */
  of?: string
}

interface Options {
  /** Where it is written. */
  out?: string
  /** A file of simulation parameters. */
  with?: string
  /** Which of the scenarios that the file carries. */
  scenario?: string
  horizon: string
}

const FORMATS: Record<string, (file: string, text: string, options: Options) => Promise<Converted>> = {
  bpmn: async (_, text) => {
    const { bpmn, findings } = await withDiagram(text)
    return { text: bpmn, findings }
  },
  program: async (file, text) => {
    const { dmn, forms, findings: beside } = await companionsOf(file)
    const { programs, findings } = await compile({ bpmn: text, dmn, forms })
    const all = [...findings, ...beside]
    return { text: problemLines(file, all).length > 0 ? null : `${JSON.stringify(programs, null, 2)}\n`, findings: all }
  },
  scenario: async (file, text, options) => {
    const { dmn, forms } = await companionsOf(file)
    const { programs, drawings, findings } = await compile({ bpmn: text, dmn, forms })
    if (hasError(findings)) return { text: null, findings }
    const processes = [...programs, ...drawings]
    // A scenario names its drawings from where it stands itself.
    const name = options.out === undefined ? basename(file) : relative(dirname(options.out), file)
    const { definitions } = await readBpmn(text)
    const imported =
      options.with === undefined
        ? importBpsim({ definitions: definitions!, file: name, programs: processes, ...options })
        : importProsimos(readText(options.with), name, processes, options.horizon)
    return {
      text: imported.scenario && stringify(imported.scenario, { lineWidth: 120 }),
      findings: imported.findings,
      ...(options.with !== undefined && { of: options.with }),
    }
  },
}

export const command: Command = {
  help: `Writes a pathway in another form.

usage: parcours convert FILE.bpmn --to bpmn|program [--out FILE] [--language fr|en]
       parcours convert FILE.bpmn --to scenario [--with PARAMETERS.json | --scenario ID] [--horizon P…] [--out FILE.yaml]

  --to bpmn     BPMN 2.0 with a diagram: the file as it is, to the byte, with a layout added when it has none
  --to program  the compiled Programs, as JSON: what the engine runs
  --to scenario a scenario for \`simulate\`, from the BPSim parameters that the file carries, or those of Prosimos in a file beside it
  --with FILE   Prosimos' simulation parameters (JSON)
  --scenario ID which of the file's BPSim scenarios (the first)
  --horizon P…  how long the scenario lasts, when the parameters do not say (P30D)
  --out FILE    where to write it, stdout otherwise
  --language    what is to be said about it, on stderr, in French or English (as LC_ALL, LC_MESSAGES or LANG say)

Foreign extensions, colours, documentation and comments stay in the file. What could not be drawn is said on stderr.
Exit code 0: written; 2: the file cannot be read, or is refused.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        out: { type: 'string' },
        language: { type: 'string' },
        with: { type: 'string' },
        scenario: { type: 'string' },
        horizon: { type: 'string', default: 'P30D' },
      },
    })
    const language = languageOf(values.language, process.env)
    const [file] = positionals
    if (!file || positionals.length !== 1) throw new InputError('name one file: parcours convert FILE.bpmn --to bpmn')
    const to = values.to ?? ''
    const convert = Object.hasOwn(FORMATS, to) ? FORMATS[to] : undefined
    const formats = Object.keys(FORMATS).join(', ')
    if (!convert) throw new InputError(`--to ${to || '…'}: expected one of ${formats}`)
    const { with: parameters, scenario, horizon } = values
    if (to !== 'scenario' && (parameters ?? scenario) !== undefined)
      throw new InputError('--with and --scenario make a scenario: add --to scenario')
    if (!millisecondsOf(horizon)) throw new InputError(`--horizon ${horizon}: expected a duration above 0, as P30D`)
    const options = {
      horizon,
      ...(parameters !== undefined && { with: parameters }),
      ...(scenario !== undefined && { scenario }),
      ...(values.out !== undefined && { out: values.out }),
    }
    const { text, findings, of = file } = await convert(file, readText(file), options)
    const said = findings.map((finding) => ({ ...finding, ...worded(finding, language) }))
    if (text === null) throw new InputError(problemLines(of, said))
    for (const finding of said) terminal.err(`${findingLine(of, finding)}\n`)
    if (values.out === undefined) terminal.out(text)
    else write(values.out, text)
    return 0
  },
}

/** @throws InputError when it cannot be written. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new InputError(`${file}: it cannot be written (${code}); name a file in a folder that you may write to`)
  }
}
