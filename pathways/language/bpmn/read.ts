/** BPMN XML to moddle elements, with a finding for whatever could not be read. Promise chains: no keyword that the pure core forbids. */
import { BpmnModdle } from 'bpmn-moddle'
import type { Finding } from '../finding.ts'
import { nestingOf } from '../nesting.ts'
import { type Element, idOf } from './element.ts'
import hospital from './hospital.json' with { type: 'json' }

export interface ReadBpmn {
  /** Null when the file could not be read at all. */
  definitions: Element | null
  findings: Finding[]
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
  return new BpmnModdle({ hospital }).fromXML(xml).then(
    (read: unknown) => {
      const { rootElement, warnings } = read as { rootElement: Element; warnings: Warning[] }
      return { definitions: rootElement, findings: warnings.map(findingOf) }
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

const findingOf = (warning: Warning): Finding => {
  const element = idOf(warning.element)
  const what = firstLines(warning)
  if (what.startsWith('unresolved reference')) {
    const drawing = /^(bpmndi|di|dc):/.test(warning.element?.$type ?? '')
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
  return {
    rule: 'unreadable-element',
    severity: 'error',
    element,
    message: `${what}.`,
    help: 'Remove the element, or correct its name and place.',
    french: { message: `Un élément n’est pas lisible (${what}).`, help: 'Supprimez l’élément, ou corrigez son nom et sa place.' },
  }
}
