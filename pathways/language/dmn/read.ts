/** DMN XML to moddle elements. dmn-moddle knows DMN 1.3; the other versions differ in namespaces and in nothing we execute. */
import { DmnModdle } from 'dmn-moddle'
import { type Element, idOf } from '../bpmn/element.ts'
import { refusalOf } from '../bpmn/read.ts'
import type { Finding } from '../finding.ts'

export interface ReadDmn {
  definitions: Element | null
  findings: Finding[]
}

const model = 'https://www.omg.org/spec/DMN/20191111/MODEL/'
const otherModels =
  /https?:\/\/www\.omg\.org\/spec\/DMN\/(20151101\/dmn\.xsd|20180521\/MODEL\/|20211108\/MODEL\/|20230324\/MODEL\/|20240513\/MODEL\/)/g
const otherDrawings = /https?:\/\/www\.omg\.org\/spec\/DMN\/(20180521|20211108|20230324|20240513)\/DMNDI\//g

const broken = (message: string): ReadDmn => ({
  definitions: null,
  findings: [
    { rule: 'broken-xml', severity: 'error', element: '', message, help: 'Open the file in a DMN editor and export it again.' },
  ],
})

/** Reads a DMN 1.1 to 1.5 file; never throws. */
export const readDmn = (xml: string): Promise<ReadDmn> => {
  const refusal = refusalOf(xml)
  if (refusal) return Promise.resolve(refusal)
  const known = xml.replace(otherModels, model).replace(otherDrawings, 'https://www.omg.org/spec/DMN/20191111/DMNDI/')
  return new DmnModdle().fromXML(known, 'dmn:Definitions').then(
    ({ rootElement, warnings }: { rootElement: Element; warnings: { message: string; element?: Element }[] }) => ({
      definitions: rootElement,
      findings: warnings.map(
        (warning): Finding => ({
          rule: 'unreadable-element',
          severity: /DMNDI|dmndi|unknown attribute/.test(warning.message) ? 'warning' : 'error',
          element: idOf(warning.element),
          message: `${warning.message
            .split('\n')
            .map((line) => line.trim())
            .join(' ')}.`,
          help: 'Correct or remove the element.',
        }),
      ),
    }),
    (error: unknown) =>
      broken(
        `The file is not readable DMN: ${(error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 200)}.`,
      ),
  )
}
