/** BPMN XML to moddle elements, with a finding for whatever could not be read. Promise chains: no keyword that the pure core forbids. */
import type { Finding } from '../finding.ts'
import { nestingOf } from '../nesting.ts'
import { checkOnce } from './check-once.ts'
import { type Element, idOf, notImported, rootOf } from './element.ts'
import { missingImport, said } from './file-elements.ts'
import { newModdle } from './moddle.ts'

export interface ReadBpmn {
  /** Null when the file could not be read at all. */
  definitions: Element | null
  findings: Finding[]
}

interface Read {
  rootElement: Element
  elementsById: Record<string, Element>
  warnings: Warning[]
}

interface Warning {
  message: string
  element?: Element
  property?: string
  value?: string
}

const sourceMaxLength = 10_000_000
const nestingMax = 200

const broken = (message: string, help: string, french: string, frenchHelp: string): ReadBpmn => ({
  definitions: null,
  findings: [
    { rule: 'broken-xml', severity: 'error', element: '', message, help, french: { message: french, help: frenchHelp } },
  ],
})

/** Reads a file; never throws. */
export const readBpmn = (xml: string): Promise<ReadBpmn> => {
  const refusal = refusalOf(xml)
  if (refusal) return Promise.resolve(refusal)
  return newModdle()
    .fromXML(xml)
    .then(
      (read: unknown) => {
        const { rootElement, elementsById, warnings } = read as Read
        const text = { idAt: idsByPlace(xml), isExtension: extensionsIn(xml) }
        const left = warnings.filter((warning) => !resolved(warning, elementsById))
        return {
          definitions: rootElement,
          findings: [...left.map((warning) => findingOf(warning, rootElement, text)), ...checkOnce(xml)],
        }
      },
      (error: unknown) =>
        broken(
          `The file is not readable BPMN 2.0: ${firstLines(error)}.`,
          'Open the file in a BPMN editor and export it again.',
          `Le fichier n’est pas du BPMN 2.0 lisible (${firstLines(error)}).`,
          'Ouvrez le fichier dans un éditeur BPMN et exportez-le de nouveau.',
        ),
    )
}

/** What is refused before a parser sees it; null when nothing is. */
export const refusalOf = (xml: string): ReadBpmn | null => {
  if (xml.length > sourceMaxLength)
    return broken(
      'The file is too large.',
      'Split the model; 10 million characters are the limit.',
      'Le fichier est trop grand.',
      'Découpez le modèle ; la limite est de 10 millions de caractères.',
    )
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) {
    return broken(
      'The file declares a document type or entities, which are not read.',
      'Remove the <!DOCTYPE …> declaration.',
      'Le fichier déclare un type de document ou des entités, qui ne sont pas lus.',
      'Supprimez la déclaration <!DOCTYPE …>.',
    )
  }
  if (nestingOf(xml) > nestingMax)
    return broken(
      'The file nests elements too deeply.',
      `Keep to ${nestingMax} levels.`,
      'Le fichier emboîte trop d’éléments les uns dans les autres.',
      `Restez à ${nestingMax} niveaux au plus.`,
    )
  return null
}

const firstLines = (error: unknown) =>
  String((error as { message?: unknown }).message ?? error)
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .slice(0, 200)

/**
 * A reference is a qualified name: space around it says nothing (XML Schema 2, whiteSpace), and with the prefix of the file's own namespace it
 * means an element of this file. Connects it when it is so.
 */
const resolved = ({ element, property, value }: Warning, elementsById: Record<string, Element>): boolean => {
  if (!element || !property || !value) return false
  const [name, prefix] = value.trim().split(':').reverse() as [string, string | undefined]
  if ((prefix !== undefined && !isOwn(prefix, rootOf(element))) || !Object.hasOwn(elementsById, name)) return false
  const key = property.replace(/^bpmn:/, '')
  const known = element[key]
  if (Array.isArray(known)) known.push(elementsById[name])
  else element[key] = elementsById[name]
  return true
}

const isOwn = (prefix: string, { $attrs, targetNamespace }: Element): boolean =>
  $attrs?.[`xmlns:${prefix}`] !== undefined && $attrs[`xmlns:${prefix}`] === targetNamespace

/** Whether a reference names something of another file or of another language, which cannot be looked for here. */
const isElsewhere = ({ value }: Warning, definitions: Element): boolean => {
  const prefix = /^([^:]+):./.exec(value ?? '')?.[1]
  return prefix !== undefined && definitions.$attrs?.[`xmlns:${prefix}`] !== undefined && !isOwn(prefix, definitions)
}

const notImportedBy = ({ element, property, value }: Warning, definitions: Element): string =>
  !element?.$type.startsWith('bpmn:') || element.$type === 'bpmn:Relationship' || property === 'bpmn:evaluatesToTypeRef'
    ? ''
    : notImported(definitions, value ?? '')

/** Content that is not BPMN's, or that BPMN has elsewhere and that says nothing about how a model runs. */
const foreign = /unrecognized element <(?!bpmn:|hospital:)[^>]*>|unrecognized element <bpmn:documentation>/

const findingOf = (warning: Warning, definitions: Element, { idAt, isExtension }: Text): Finding => {
  const element = idOf(warning.element)
  const what = firstLines(warning)
  if (what.startsWith('unsupported document encoding'))
    return {
      rule: 'encoding',
      severity: 'warning',
      element: '',
      message: `The file is read as UTF-8: ${what}.`,
      help: 'Save the file in UTF-8 when its accented letters look wrong.',
      french: {
        message: 'Le fichier est lu en UTF-8, bien qu’il annonce un autre codage.',
        help: 'Enregistrez-le en UTF-8 si ses lettres accentuées sont fausses.',
      },
    }
  if (what.startsWith('unresolved reference')) {
    const namespace = isExtension(warning.value) ? '' : notImportedBy(warning, definitions)
    if (namespace !== '') return missingImport(element, warning.value ?? '', namespace)
    const drawing =
      /^(bpmndi:|di:|dc:|bpmn:Relationship$)/.test(warning.element?.$type ?? '') || isElsewhere(warning, definitions)
    return {
      rule: 'dangling-reference',
      severity: drawing ? 'warning' : 'error',
      element,
      message: `"${element}" refers to "${warning.value ?? ''}", which does not exist${warning.property ? ` (${warning.property})` : ''}.`,
      help: 'Connect it again, or remove it.',
      french: {
        message: `« ${element} » renvoie à « ${warning.value ?? ''} », qui n’existe pas${warning.property ? ` (${warning.property})` : ''}.`,
        help: 'Reliez-le de nouveau, ou supprimez-le.',
      },
    }
  }
  const duplicate = /duplicate ID <([^>]*)>/.exec(what)
  if (duplicate) {
    return {
      rule: 'duplicate-id',
      severity: 'error',
      element: duplicate[1]!,
      message: `Two elements have the id "${duplicate[1]}".`,
      help: 'Give each element an id of its own.',
      french: {
        message: `Deux éléments portent l’identifiant « ${duplicate[1]} ».`,
        help: 'Donnez à chaque élément un identifiant qui lui soit propre.',
      },
    }
  }
  if (what.startsWith('unknown attribute')) {
    return {
      rule: 'unknown-attribute',
      severity: 'warning',
      element,
      message: `${what}.`,
      help: 'Remove the attribute, or correct its name.',
      french: {
        message: `Un attribut n’est pas connu (${what}).`,
        help: 'Supprimez l’attribut, ou corrigez son nom.',
      },
    }
  }
  const illegal = /illegal ID <([^>]*)>/.exec(what)
  if (illegal)
    return {
      rule: 'invalid-id',
      severity: 'error',
      element: illegal[1]!,
      message: `"${illegal[1]}" cannot be an id.`,
      help: 'Begin it with a letter or "_", and use letters, digits, "-", "_" and "." only.',
      french: {
        message: `« ${illegal[1]} » ne peut pas être un identifiant.`,
        help: 'Commencez-le par une lettre ou « _ », et n’y mettez que des lettres, des chiffres, « - », « _ » et « . ».',
      },
    }
  return unreadable(what, idAt, element)
}

const unreadable = (what: string, idAt: IdAt, element: string): Finding => {
  const place = /unparsable content <\/?([^\s/>]+).*line: (\d+)\s+column: (\d+)/.exec(what)
  const severity = foreign.test(what) ? 'warning' : 'error'
  if (!place) {
    const french = {
      message: `Un élément n’est pas lisible (${what}).`,
      help: 'Supprimez l’élément, ou corrigez son nom et sa place.',
    }
    return {
      rule: 'unreadable-element',
      severity,
      element,
      message: `${what}.`,
      help: 'Remove the element, or correct its name and place.',
      french,
    }
  }
  const [tag, line] = [place[1]!, Number(place[2])]
  return said(
    idAt(line, Number(place[3])) || element,
    'unreadable-element',
    [
      `Line ${line + 1}: BPMN has no <${tag}> there, or not with what it says (${what}).`,
      'Remove the element, or correct its name and place.',
    ],
    [
      `Ligne ${line + 1} : BPMN n’a pas de <${tag}> à cet endroit, ou pas avec ce qu’il dit (${what}).`,
      'Supprimez l’élément, ou corrigez son nom et sa place.',
    ],
    severity,
  )
}

/** Finds the id of the tag that stands at a line and a column of a text, both counted from 0; '' when it has none. */
const idsByPlace = (xml: string): IdAt => {
  let starts: number[] | undefined
  return (line, column) => {
    starts ??= [0, ...[...xml.matchAll(/\n/g)].map(({ index }) => index + 1)]
    const at = (starts[line] ?? 0) + column
    const tag = /^<[^>]*>/.exec(xml.slice(at, at + 1_000))
    return /\sid\s*=\s*["']([^"']*)["']/.exec(tag?.[0] ?? '')?.[1] ?? ''
  }
}

/** Whether the prefix of a name is that of elements or attributes in the file: BPMN's own, or a tool's, which no file has that could be imported. */
const extensionsIn =
  (xml: string) =>
  (name = ''): boolean => {
    const [prefix] = name.trim().split(':')
    return xml.includes(`<${prefix}:`) || xml.includes(` ${prefix}:`)
  }

/** What is looked up in the text itself. */
interface Text {
  idAt: IdAt
  isExtension: (name: string | undefined) => boolean
}

type IdAt = (line: number, column: number) => string
