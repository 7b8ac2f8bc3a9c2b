/** `parcours convert`: a pathway in another form. */
import { basename, dirname, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { stringify } from 'yaml'
import { withDiagram } from '../pathways/language/bpmn/layout.ts'
import { readBpmn } from '../pathways/language/bpmn/read.ts'
import { type Finding, hasError, worded } from '../pathways/language/finding.ts'
import { millisecondsOf } from '../pathways/time/duration.ts'
import { annotated } from '../twin/exchange/annotate.ts'
import { importBpsim } from '../twin/exchange/bpsim.ts'
import { exportProsimos } from '../twin/exchange/export-prosimos.ts'
import { importProsimos } from '../twin/exchange/prosimos.ts'
import { type Command, InputError } from './command.ts'
import { compileFile, findingLine, problemLines, readText } from './files.ts'
import { languageOf } from './language.ts'
import { writeOne } from './output.ts'
import { experimentOf, readNamedScenario } from './scenario.ts'

interface Converted {
  text: string | null
  findings: Finding[]
  /** What is to be said of simulation parameters, and the file that they stand in. */
  parameters?: { file: string; findings: Finding[] }
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
  bpmn: async (file, text, options) => {
    const { bpmn, findings } = await withDiagram(text)
    if (bpmn === null || (options.with ?? options.scenario) === undefined) return { text: bpmn, findings }
    const { imported, processes, ...read } = await importedFrom(file, text, options)
    if (!imported?.scenario) return { text: null, ...read }
    const { bpmn: told, findings: left } = annotated(bpmn, imported.scenario, processes)
    return { text: told, findings: [...findings, ...left], parameters: read.parameters }
  },
  program: async (file, text) => {
    const { programs, findings, beside } = await compileFile(file, text)
    const all = [...findings, ...beside]
    return { text: problemLines(file, all).length > 0 ? null : `${JSON.stringify(programs, null, 2)}\n`, findings: all }
  },
  scenario: async (file, text, options) => {
    const { imported, ...read } = await importedFrom(file, text, options)
    return { text: imported?.scenario ? stringify(imported.scenario, { lineWidth: 120 }) : null, ...read }
  },
  prosimos: async (file) => {
    const { json, findings } = exportProsimos(experimentOf(await readNamedScenario(file)))
    return { text: json, findings }
  },
}

/** What the simulation parameters of a drawing say; nothing when the drawing cannot be read. @throws InputError */
async function importedFrom(file: string, text: string, options: Options) {
  const { programs, drawings, findings } = await compileFile(file, text)
  const processes = [...programs, ...drawings]
  if (hasError(findings)) return { imported: null, processes, findings, parameters: { file, findings: [] } }
  // A scenario names its drawings from where it stands itself.
  const name = (options.out === undefined ? basename(file) : relative(dirname(options.out), file)).replaceAll('\\', '/')
  const { definitions } = await readBpmn(text)
  const imported =
    options.with === undefined
      ? importBpsim({ definitions: definitions!, file: name, programs: processes, ...options })
      : importProsimos(readText(options.with), name, processes, options.horizon)
  return { imported, processes, findings: [], parameters: { file: options.with ?? file, findings: imported.findings } }
}

export const command: Command = {
  help: `Writes a pathway in another form.

usage: parcours convert FILE.bpmn --to bpmn|program [--out FILE] [--language fr|en]
       parcours convert FILE.bpmn --to bpmn --with PARAMETERS.json | --scenario ID [--out FILE]
       parcours convert SCENARIO.yaml --to prosimos [--out FILE.json]
       parcours convert FILE.bpmn --to scenario [--with PARAMETERS.json | --scenario ID] [--horizon P…] [--out FILE.yaml]

  --to bpmn     BPMN 2.0 with a diagram: the file as it is, to the byte, with a layout added when it has none; with --with or --scenario, also with
                the durations, needs and probabilities of these parameters as hospital: extensions
  --to program  the compiled Programs, as JSON: what the engine runs
  --to scenario a scenario for \`simulate\`, from the BPSim parameters that the file carries, or those of Prosimos in a file beside it
  --to prosimos a scenario's simulation parameters, as Prosimos reads them beside its drawing
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
    if (to === 'program' && (parameters ?? scenario) !== undefined)
      throw new InputError('--with and --scenario make a scenario, or a drawing with extensions: add --to scenario or --to bpmn')
    if (parameters !== undefined && scenario !== undefined)
      throw new InputError('--scenario chooses among those of the BPMN file, and --with names another: leave one of them out')
    if (!millisecondsOf(horizon)) throw new InputError(`--horizon ${horizon}: expected a duration above 0, as P30D`)
    const options = {
      horizon,
      ...(parameters !== undefined && { with: parameters }),
      ...(scenario !== undefined && { scenario }),
      ...(values.out !== undefined && { out: values.out }),
    }
    const { text, findings, parameters: told } = await convert(file, readText(file), options)
    const said = [{ file, findings }, ...(told ? [told] : [])].map((each) => ({
      ...each,
      findings: each.findings.map((finding) => ({ ...finding, ...worded(finding, language) })),
    }))
    if (text === null) throw new InputError(said.flatMap((each) => problemLines(each.file, each.findings)))
    for (const each of said) for (const finding of each.findings) terminal.err(`${findingLine(each.file, finding)}\n`)
    if (values.out === undefined) terminal.out(text)
    else writeOne(values.out, text)
    return 0
  },
}
