/** BPMN XML to moddle elements, with a finding for whatever could not be read. Promise chains: no keyword that the pure core forbids. */
import { BpmnModdle } from 'bpmn-moddle'
import type { Finding } from '../finding.ts'
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

const broken = (message: string, help = 'Open the file in a BPMN editor and export it again.'): ReadBpmn => ({
  definitions: null,
  findings: [{ rule: 'broken-xml', severity: 'error', element: '', message, help }],
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
    (error: unknown) => broken(`The file is not readable BPMN 2.0: ${firstLines(error)}.`),
  )
}

/** What is refused before a parser sees it; null when nothing is. */
export const refusalOf = (xml: string): ReadBpmn | null => {
  if (xml.length > sourceMaxLength)
    return broken('The file is too large.', 'Split the model; 10 million characters are the limit.')
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) {
    return broken('The file declares a document type or entities, which are not read.', 'Remove the <!DOCTYPE …> declaration.')
  }
  let depth = 0
  for (const [, close, self] of xml.matchAll(/<(\/?)[A-Za-z_](?:[^<>"']|"[^"]*"|'[^']*')*?(\/?)>/g)) {
    if (close) depth -= 1
    else if (!self) depth += 1
    if (depth > nestingMax) return broken('The file nests elements too deeply.', `Keep to ${nestingMax} levels.`)
  }
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
    }
  }
  if (what.startsWith('unknown attribute')) {
    return {
      rule: 'unknown-attribute',
      severity: 'warning',
      element,
      message: `${what}.`,
      help: 'Remove the attribute, or correct its name.',
    }
  }
  return {
    rule: 'unreadable-element',
    severity: 'error',
    element,
    message: `${what}.`,
    help: 'Remove the element, or correct its name and place.',
  }
}
