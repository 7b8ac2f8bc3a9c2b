/**
 * Reads a kept letter back. What travels with a document (FHIR, XDS) must say what the document says, so it is taken from the document
 * and not from records that may have changed since.
 */
import { create } from 'xmlbuilder2'
import { PROFESSIONALS_OID } from './cda.ts'
import type { DischargeLetter, Establishment, LetterPatient, Professional, Recipient } from './letter.ts'

export type LetterFacts = Pick<DischargeLetter, 'uniqueId' | 'createdAt' | 'patient' | 'author' | 'generalPractitioner'> & {
  stay: { from: string; to: string }
}

/**
 * What `dischargeLetterCda` wrote.
 * @throws Error when the text is not such a letter; the message quotes nothing.
 */
export function readDischargeLetter(cda: string, { patientsOid }: Establishment): LetterFacts {
  const document = partOf(create(cda).root().node as unknown as DomNode)
  const stay = part(document, 'componentOf/encompassingEncounter/effectiveTime')
  const letter: LetterFacts = {
    uniqueId: attribute(part(document, 'id'), 'root'),
    createdAt: isoOfCda(attribute(part(document, 'effectiveTime'), 'value')),
    stay: { from: isoOfCda(attribute(part(stay, 'low'), 'value')), to: isoOfCda(attribute(part(stay, 'high'), 'value')) },
    patient: patientOf(part(document, 'recordTarget/patientRole'), patientsOid),
    author: authorOf(part(document, 'author/assignedAuthor')),
    generalPractitioner: recipientOf(part(document, 'participant/associatedEntity')),
  }
  if (!letter.uniqueId || !letter.createdAt || !letter.stay.from) throw new Error('The kept document is not a discharge letter.')
  return letter
}

interface Part {
  name: string
  attributes: Record<string, string>
  children: Part[]
  text: string
}

interface DomNode {
  nodeType: number
  localName?: string
  textContent: string | null
  attributes?: Iterable<{ name: string; value: string }>
  childNodes: Iterable<DomNode>
}

function partOf(node: DomNode): Part {
  const children = [...node.childNodes].filter(({ nodeType }) => nodeType === 1).map(partOf)
  const attributes = Object.fromEntries([...(node.attributes ?? [])].map(({ name, value }) => [name, value]))
  return { name: node.localName ?? '', attributes, children, text: children.length > 0 ? '' : (node.textContent ?? '') }
}

const parts = (parent: Part | undefined, name: string): Part[] => parent?.children.filter((child) => child.name === name) ?? []

function part(parent: Part | undefined, path: string): Part | undefined {
  let found = parent
  for (const name of path.split('/')) found = parts(found, name)[0]
  return found
}

const text = (element: Part | undefined): string => element?.text ?? ''
const attribute = (element: Part | undefined, name: string): string => element?.attributes[name] ?? ''

const qualified = (name: Part | undefined, kind: 'family' | 'given', qualifier: string): string =>
  text(parts(name, kind).find((one) => attribute(one, 'qualifier') === qualifier))

function patientOf(role: Part | undefined, patientsOid: string): LetterPatient {
  const ids = parts(role, 'id').map((id) => ({ value: attribute(id, 'extension'), oid: attribute(id, 'root') }))
  const patient = part(role, 'patient')
  const name = part(patient, 'name')
  return {
    localId: ids.find(({ oid }) => oid === patientsOid)?.value ?? '',
    ins: ids.find(({ oid }) => oid !== patientsOid) ?? null,
    birthFamily: qualified(name, 'family', 'BR'),
    birthGivens: qualified(name, 'given', ''),
    firstBirthGiven: qualified(name, 'given', 'BR'),
    usedFamily: qualified(name, 'family', 'CL'),
    usedGiven: qualified(name, 'given', 'CL'),
    sex: attribute(part(patient, 'administrativeGenderCode'), 'code') as LetterPatient['sex'],
    birthDate: isoOfCda(attribute(part(patient, 'birthTime'), 'value')),
    birthPlace: text(part(patient, 'birthplace/place/addr/county')),
  }
}

const rppsOf = (element: Part | undefined): string => {
  const id = parts(element, 'id').find((one) => attribute(one, 'root') === PROFESSIONALS_OID)
  return attribute(id, 'extension').slice(1)
}
const nameOf = (element: Part | undefined) => ({
  family: text(part(element, 'name/family')),
  given: text(part(element, 'name/given')),
})

const authorOf = (author: Part | undefined): Professional => ({
  ...nameOf(part(author, 'assignedPerson')),
  rpps: rppsOf(author),
  profession: attribute(part(author, 'code'), 'code'),
  professionLabel: attribute(part(author, 'code'), 'displayName'),
})

const recipientOf = (entity: Part | undefined): Recipient | null =>
  entity
    ? {
        ...nameOf(part(entity, 'associatedPerson')),
        rpps: rppsOf(entity),
        mailbox: attribute(part(entity, 'telecom'), 'value').replace(/^mailto:/, ''),
      }
    : null

/** `20261123081500+0100` as `2026-11-23T08:15:00+01:00`, a day as a day; '' for anything else. */
function isoOfCda(time: string): string {
  const [, year, month, day, hour, minute, second, sign, offsetHour, offsetMinute] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)([+-])(\d\d)(\d\d))?$/.exec(time) ?? []
  if (!year) return ''
  const date = `${year}-${month}-${day}`
  if (!hour) return date
  const offset = `${offsetHour}:${offsetMinute}`
  return `${date}T${hour}:${minute}:${second}${offset === '00:00' ? 'Z' : `${sign}${offset}`}`
}
