/** What an expression of a drawing may name: what its tasks, forms, decisions, messages and holds write, with where it comes from and the values it takes. */
import { fieldsOf, optionsOf, textOf } from '../../../pathways/language/form-fields.ts'
import type { Sources } from '../versions.ts'

/** As the FEEL editor takes it. */
export interface KnownVariable {
  name: string
  /** Where it comes from, in a word or two. */
  detail: string
  /** The same in a sentence, with the values it takes. */
  info: string
  /** What stands under it: `aldrete.total`. */
  entries?: KnownVariable[]
}

const HOSPITAL = 'urn:parcours:hospital:1'
/** The attribute of each extension that writes a variable. */
const WRITTEN: [tag: string, attribute: string][] = [
  ['outcome', 'variable'],
  ['set', 'variable'],
  ['result', 'variable'],
  ['output', 'name'],
]
/** What a patient's run begins with. */
const PATIENT = ['patient', 'age', 'sex', 'mode', 'urgency', 'specialty', 'isolation', 'place']

interface Words {
  patient: string
  hold: string
  loop: string
}

/** By name. What several things write is said of the first, with the values of all. */
export function variablesOf({ bpmn, dmn, forms }: Pick<Sources, 'bpmn' | 'dmn' | 'forms'>, words: Words): KnownVariable[] {
  const known = new Map<string, { detail: string; said: Set<string>; entries: Map<string, KnownVariable> }>()
  const add = (name: string | null, detail: string, said: string[] = [], entries: KnownVariable[] = []) => {
    if (!name) return
    const one = known.get(name) ?? { detail, said: new Set(), entries: new Map() }
    for (const each of said) one.said.add(each)
    for (const entry of entries) one.entries.set(entry.name, entry)
    known.set(name, one)
  }
  const drawing = parse(bpmn)
  const outputs = outputsOf(dmn)
  for (const [form, schema] of Object.entries(forms))
    for (const { path, label, field } of fieldsOf(schema)) {
      const values = (optionsOf(field) ?? []).map((value) => JSON.stringify(value))
      const said = [label, ...(values.length > 0 ? [values.join(', ')] : [])].join(' : ')
      const [first = '', second] = path
      if (second === undefined) add(first, form, [said])
      else add(first, form, [], [{ name: path.slice(1).join('.'), detail: form, info: said }])
    }
  for (const [tag, attribute] of WRITTEN)
    for (const element of drawing.getElementsByTagNameNS(HOSPITAL, tag))
      add(element.getAttribute(attribute), ownerOf(element), literalsOf(element.getAttribute('value')))
  for (const element of drawing.getElementsByTagNameNS(HOSPITAL, 'decision')) {
    const entries = outputs.get(element.getAttribute('ref') ?? '') ?? []
    add(element.getAttribute('result'), ownerOf(element), [], entries)
  }
  for (const element of drawing.getElementsByTagNameNS(HOSPITAL, 'hold')) add(element.getAttribute('name'), words.hold)
  for (const element of drawing.getElementsByTagName('*'))
    add(element.getAttributeNS(HOSPITAL, 'elementVariable') || null, words.loop)
  for (const name of PATIENT) add(name, words.patient)
  return [...known]
    .map(
      ([name, { detail, said, entries }]): KnownVariable => ({
        ...{ name, detail, info: said.size > 0 ? `${detail} · ${[...said].join(' · ')}` : detail },
        ...(entries.size > 0 && { entries: [...entries.values()] }),
      }),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

const parse = (xml: string): Document => new DOMParser().parseFromString(xml, 'application/xml')

/** The activity that an extension stands on, by its name. */
const ownerOf = (extension: Element): string => {
  const owner = extension.parentElement?.parentElement
  return owner?.getAttribute('name') || owner?.getAttribute('id') || ''
}

/** The texts that an expression may give: `=if luck < 0.9 then "Go" else "No-Go"`. */
const literalsOf = (expression: string | null): string[] => {
  const literals = [...new Set(expression?.match(/"[^"]*"/g) ?? [])]
  return literals.length > 0 && literals.length <= 6 ? [literals.join(', ')] : []
}

/** What each decision with a table of several outputs gives, by its id. */
function outputsOf(dmn: string[]): Map<string, KnownVariable[]> {
  const tables = dmn.flatMap((xml) => [...parse(xml).getElementsByTagNameNS('*', 'decisionTable')])
  return new Map(
    tables.flatMap((table): [string, KnownVariable[]][] => {
      const decision = table.parentElement
      const outputs = [...table.children].filter(({ localName }) => localName === 'output')
      if (!decision || outputs.length < 2) return []
      const detail = decision.getAttribute('name') ?? ''
      const entries = outputs.map((output) => {
        const type = textOf(output.getAttribute('typeRef'))
        return {
          name: output.getAttribute('name') ?? '',
          detail: type || detail,
          info: [detail, type].filter(Boolean).join(' : '),
        }
      })
      return [[decision.getAttribute('id') ?? '', entries]]
    }),
  )
}
