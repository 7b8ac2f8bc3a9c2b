/** `parcours convert`: a pathway in another form. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { withDiagram } from '../pathways/language/bpmn/layout.ts'
import { compile } from '../pathways/language/compile.ts'
import { type Finding, worded } from '../pathways/language/finding.ts'
import { type Command, InputError } from './command.ts'
import { companionsOf, findingLine, problemLines, readText } from './files.ts'
import { languageOf } from './language.ts'

interface Converted {
  text: string | null
  findings: Finding[]
}

const FORMATS: Record<string, (file: string, text: string) => Promise<Converted>> = {
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
}

export const command: Command = {
  help: `Writes a pathway in another form.

usage: parcours convert FILE.bpmn --to bpmn|program [--out FILE] [--language fr|en]

  --to bpmn     BPMN 2.0 with a diagram: the file as it is, to the byte, with a layout added when it has none
  --to program  the compiled Programs, as JSON: what the engine runs
  --out FILE    where to write it, stdout otherwise
  --language    what is to be said about it, on stderr, in French or English (as LC_ALL, LC_MESSAGES or LANG say)

Foreign extensions, colours, documentation and comments stay in the file. What could not be drawn is said on stderr.
Exit code 0: written; 2: the file cannot be read, or is refused.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' }, out: { type: 'string' }, language: { type: 'string' } },
    })
    const language = languageOf(values.language, process.env)
    const [file] = positionals
    if (!file || positionals.length !== 1) throw new InputError('name one file: parcours convert FILE.bpmn --to bpmn')
    const to = values.to ?? ''
    const convert = Object.hasOwn(FORMATS, to) ? FORMATS[to] : undefined
    const formats = Object.keys(FORMATS).join(', ')
    if (!convert) throw new InputError(`--to ${to || '…'}: expected one of ${formats}`)
    const { text, findings } = await convert(file, readText(file))
    const said = findings.map((finding) => ({ ...finding, ...worded(finding, language) }))
    if (text === null) throw new InputError(problemLines(file, said))
    for (const finding of said) terminal.err(`${findingLine(file, finding)}\n`)
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
