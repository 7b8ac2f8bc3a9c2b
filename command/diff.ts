/** `parcours diff`: what changed between two versions of a pathway, of decisions or of a form. */
import { parseArgs } from 'node:util'
import type { Change } from '../pathways/language/diff/change.ts'
import { type Diff, diffBpmn } from '../pathways/language/diff/diff.ts'
import { diffDmn } from '../pathways/language/diff/dmn.ts'
import { diffForm } from '../pathways/language/diff/form.ts'
import type { Language } from '../pathways/language/finding.ts'
import { type Command, InputError } from './command.ts'
import { problemLines, readText } from './files.ts'
import { languageOf } from './language.ts'

export const command: Command = {
  help: `Says what changed between two versions of a pathway, of decisions or of a form, properties included.

usage: parcours diff [--json] [--language fr|en] OLD NEW        (two .bpmn, two .dmn or two .form)

  --json      an array on stdout: { "change": "added"|"removed"|"changed"|"moved", "element", "type", "name", "property"?, "from"?, "to"? }
  --language  what it says, in French or English (as LC_ALL, LC_MESSAGES or LANG say)

Elements are matched by id, decisions and fields that have a new one by name; rules of a table by id, then by what they say, and a rule that only stands elsewhere
has moved. Moved shapes, layout and colours are no changes.
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
    if (positionals.length !== 2 || !older || !newer) throw new InputError('name two files: the older one, then the newer one')
    const found = await compared(older, newer)
    const problems = [...problemLines(older, found.older), ...problemLines(newer, found.newer)]
    if (found.changes === null) throw new InputError(problems)
    for (const problem of problems) terminal.err(`${problem}\n`)
    if (values.json) terminal.out(`${JSON.stringify(found.changes, null, 2)}\n`)
    else terminal.out(inWords(found.changes, language))
    return 0
  },
}

type Kind = 'bpmn' | 'dmn' | 'form'

const COMPARE: Record<Kind, (older: string, newer: string) => Diff | Promise<Diff>> = {
  bpmn: diffBpmn,
  dmn: diffDmn,
  form: diffForm,
}

/** By its ending, else by what it holds. */
function kindOf(file: string, text: string): Kind {
  const ending = /\.(bpmn|dmn|form)$/i.exec(file)?.[1]?.toLowerCase()
  if (ending) return ending as Kind
  if (/^\s*\{/.test(text)) return 'form'
  return /omg\.org\/spec\/DMN\//.test(text) ? 'dmn' : 'bpmn'
}

/** @throws InputError when a file cannot be read, or the two are of different kinds. */
async function compared(older: string, newer: string): Promise<Diff> {
  const [from, to] = [readText(older), readText(newer)]
  const [kind, other] = [kindOf(older, from), kindOf(newer, to)]
  if (kind !== other) throw new InputError(`${newer}: it is ${other}, while ${older} is ${kind}; name two versions of one file`)
  return COMPARE[kind](from, to)
}

const WORDS = {
  en: {
    added: 'added',
    removed: 'removed',
    changed: 'changed',
    renamed: 'renamed',
    moved: 'moved',
    nothing: 'nothing',
    same: 'No change.',
    colon: ':',
    parts: {} as Record<string, string>,
  },
  fr: {
    added: 'ajouté',
    removed: 'retiré',
    changed: 'modifié',
    renamed: 'renommé',
    moved: 'déplacé',
    nothing: 'rien',
    same: 'Aucun changement.',
    colon: ' :',
    parts: {
      rule: 'règle',
      input: 'entrée',
      output: 'sortie',
      component: 'composant',
      logic: 'logique',
      hitPolicy: 'règle de choix',
      aggregation: 'agrégation',
      annotation: 'annotation',
      requires: 'dépend de',
      parameters: 'paramètres',
    } as Record<string, string>,
  },
}

function inWords(changes: Change[], language: Language): string {
  const words = WORDS[language]
  if (changes.length === 0) return `${words.same}\n`
  return changes
    .map(({ change, element, type, name, property, from, to }) => {
      const renamed = change === 'changed' && property === 'name' && type.startsWith('dmn:')
      const what = `${words[renamed ? 'renamed' : change]}${words.colon} ${name ? `${name} ` : ''}(${element}, ${type.replace(/^(bpmn|dmn|form):/, '')})`
      const value = (text: string | undefined) => (text === undefined ? words.nothing : `"${text}"`)
      if (property === undefined) return `${what}\n`
      const part = property.replace(/^\w+/, (word) => (Object.hasOwn(words.parts, word) ? words.parts[word]! : word))
      return `${what}, ${part.replace(/: /, `${words.colon} `)}${words.colon} ${change === 'moved' ? `${from} → ${to}` : `${value(from)} → ${value(to)}`}\n`
    })
    .join('')
}
