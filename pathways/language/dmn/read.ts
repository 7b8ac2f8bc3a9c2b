/** DMN XML to elements, in every namespace from 1.1 to 1.6. What other namespaces add is left aside: vendors' extensions, diagrams. */
import { Parser } from 'saxen'
import { refusalOf } from '../bpmn/read.ts'
import type { Finding } from '../finding.ts'
import { called, type DmnElement, idOf } from './element.ts'
import { elementTypes } from './vocabulary.ts'

export interface ReadDmn {
  definitions: DmnElement | null
  findings: Finding[]
}

/** The model's namespace in DMN 1.1 (20151101), 1.2, 1.3, 1.4, 1.5 and 1.6, as the standard writes it and as tools do. */
const models = /^https?:\/\/www\.omg\.org\/spec\/DMN\/(20151101\/dmn(11)?\.xsd|20151101\/MODEL\/?|20\d{6}\/MODEL\/?)$/

const xmlNames = { xml: 'http://www.w3.org/XML/1998/namespace' }

const broken = (what: string, french: string): ReadDmn => ({
  definitions: null,
  findings: [
    {
      rule: 'broken-xml',
      severity: 'error',
      element: '',
      message: `The file is not readable DMN: ${what}.`,
      help: 'Open the file in a DMN editor and export it again.',
      french: {
        message: `Le fichier n'est pas du DMN lisible : ${french}.`,
        help: 'Ouvrez le fichier dans un éditeur DMN et exportez-le de nouveau.',
      },
    },
  ],
})

/** Reads a DMN file; never throws. */
export const readDmn = (xml: string): Promise<ReadDmn> => Promise.resolve(readNow(xml))

const readNow = (xml: string): ReadDmn => {
  const refusal = refusalOf(xml)
  if (refusal) return { definitions: null, findings: refusal.findings }
  const parsed = parse(xml.replace(/^\uFEFF/, ''))
  if ('error' in parsed) return broken(parsed.error, `le XML est mal formé (${parsed.error})`)
  const [root, ...others] = parsed.roots
  if (!root || others.length > 0 || root.type !== 'definitions') {
    return broken('its outermost element is not DMN definitions', "son élément extérieur n'est pas « definitions » de DMN")
  }
  return { definitions: root, findings: [...unknownElements(root), ...repeatedIds(root)] }
}

type Parsed = { roots: DmnElement[] } | { error: string }

const parse = (xml: string): Parsed => {
  const roots: DmnElement[] = []
  const spaces: Record<string, string>[] = [xmlNames]
  let at: DmnElement | null = null
  let error = ''
  const fail = (found: Error): void => {
    error ||= found.message
  }
  const parser = new Parser()
    .on('openTag', (tag, attributesOf, decode) => {
      const attributes = Object.fromEntries(Object.entries(attributesOf()).map(([name, value]) => [name, decode(value)]))
      const declared = { ...spaces.at(-1)! }
      for (const [name, value] of Object.entries(attributes)) {
        if (name === 'xmlns') declared[''] = value
        else if (name.startsWith('xmlns:')) declared[name.slice(6)] = value
      }
      spaces.push(declared)
      const colon = tag.indexOf(':')
      const space = declared[colon < 0 ? '' : tag.slice(0, colon)]
      if (colon >= 0 && space === undefined) fail(new Error(`the prefix of <${tag}> is not declared`))
      const element: DmnElement = {
        type: space !== undefined && models.test(space) ? tag.slice(colon + 1) : '',
        parent: at,
        attributes,
        children: [],
        text: '',
      }
      if (at) at.children.push(element)
      else roots.push(element)
      at = element
    })
    .on('closeTag', () => {
      spaces.pop()
      at = at?.parent ?? null
    })
    .on('text', (text, decode) => {
      if (at) at.text += decode(text)
    })
    .on('cdata', (text) => {
      if (at) at.text += text
    })
    .on('error', fail)
    .on('warn', fail)
  const ended = parser.parse(xml)
  if (ended) fail(ended)
  return error ? { error } : { roots }
}

/** Every DMN element of a tree, in document order; what is not DMN is not entered. */
export const elementsWithin = (root: DmnElement): DmnElement[] => {
  const found: DmnElement[] = []
  const pending = [root]
  for (let element = pending.pop(); element; element = pending.pop()) {
    if (element.type === '' || element.type === 'extensionElements') continue
    found.push(element)
    for (let index = element.children.length - 1; index >= 0; index -= 1) pending.push(element.children[index]!)
  }
  return found
}

const unknownElements = (root: DmnElement): Finding[] =>
  elementsWithin(root)
    .filter((element) => !elementTypes.has(element.type))
    .map((element) => ({
      rule: 'unreadable-element',
      severity: 'error',
      element: idOf(element),
      message: `DMN has no element <${element.type}>, in "${called(element)}".`,
      help: 'Correct or remove the element.',
      french: {
        message: `DMN n'a pas d'élément <${element.type}>, dans « ${called(element)} ».`,
        help: "Corrigez ou supprimez l'élément.",
      },
    }))

const repeatedIds = (root: DmnElement): Finding[] => {
  const seen = new Set<string>()
  const findings: Finding[] = []
  for (const { attributes } of elementsWithin(root)) {
    const { id } = attributes
    if (id === undefined) continue
    if (seen.has(id)) {
      findings.push({
        rule: 'repeated-id',
        severity: 'error',
        element: id,
        message: `Two elements have the id "${id}".`,
        help: 'Give one of them another id.',
        french: { message: `Deux éléments portent l'identifiant « ${id} ».`, help: "Donnez un autre identifiant à l'un d'eux." },
      })
    }
    seen.add(id)
  }
  return findings
}
