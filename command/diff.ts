/** `parcours diff`: what changed between two versions of a pathway. */
import { parseArgs } from 'node:util'
import type { Change } from '../pathways/language/diff/change.ts'
import { diffBpmn } from '../pathways/language/diff/diff.ts'
import type { Language } from '../pathways/language/finding.ts'
import { type Command, InputError } from './command.ts'
import { problemLines, readText } from './files.ts'
import { languageOf } from './language.ts'

export const command: Command = {
  help: `Says what changed between two versions of a pathway, properties included.

usage: parcours diff [--json] [--language fr|en] OLD.bpmn NEW.bpmn

  --json      an array on stdout: { "change": "added"|"removed"|"changed", "element", "type", "name", "property"?, "from"?, "to"? }
  --language  what it says, in French or English (as LC_ALL, LC_MESSAGES or LANG say)

Elements are matched by id. Moved shapes, layout and colours are no changes.
Exit code 0: compared, whatever was found; 2: a file cannot be read.
`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, language: { type: 'string' } },
    })
    const language = languageOf(values.language, process.env)
    const [older, newer] = positionals
    if (positionals.length !== 2 || !older || !newer) throw new InputError('name two files: the older .bpmn, then the newer one')
    const found = await diffBpmn(readText(older), readText(newer))
    const problems = [...problemLines(older, found.older), ...problemLines(newer, found.newer)]
    if (found.changes === null) throw new InputError(problems)
    for (const problem of problems) terminal.err(`${problem}\n`)
    if (values.json) terminal.out(`${JSON.stringify(found.changes, null, 2)}\n`)
    else terminal.out(inWords(found.changes, language))
    return 0
  },
}

const WORDS = {
  en: { added: 'added', removed: 'removed', changed: 'changed', nothing: 'nothing', same: 'No change.', colon: ':' },
  fr: { added: 'ajouté', removed: 'retiré', changed: 'modifié', nothing: 'rien', same: 'Aucun changement.', colon: ' :' },
}

function inWords(changes: Change[], language: Language): string {
  const words = WORDS[language]
  if (changes.length === 0) return `${words.same}\n`
  return changes
    .map(({ change, element, type, name, property, from, to }) => {
      const what = `${words[change]}${words.colon} ${name ? `${name} ` : ''}(${element}, ${type.replace(/^bpmn:/, '')})`
      const value = (text: string | undefined) => (text === undefined ? words.nothing : `"${text}"`)
      return `${what}${property ? `, ${property}${words.colon} ${value(from)} → ${value(to)}` : ''}\n`
    })
    .join('')
}
