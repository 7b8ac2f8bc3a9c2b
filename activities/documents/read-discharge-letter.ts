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
  const root = create(cda).end({ format: 'object' }) as unknown as Part
  const document = part(root, 'ClinicalDocument')
  const stay = part(document, 'componentOf/encompassingEncounter/effectiveTime')
  const letter: LetterFacts = {
    uniqueId: text(part(document, 'id'), '@root'),
    createdAt: isoOfCda(text(part(document, 'effectiveTime'), '@value')),
    stay: { from: isoOfCda(text(part(stay, 'low'), '@value')), to: isoOfCda(text(part(stay, 'high'), '@value')) },
    patient: patientOf(part(document, 'recordTarget/patientRole'), patientsOid),
    author: authorOf(part(document, 'author/assignedAuthor')),
    generalPractitioner: recipientOf(part(document, 'participant/associatedEntity')),
  }
  if (!letter.uniqueId || !letter.createdAt || !letter.stay.from) throw new Error('The kept document is not a discharge letter.')
  return letter
}

type Part = { [name: string]: Part | Part[] | string } | undefined

/** Every element of a name: the reader makes a list only of those that repeat. */
function parts(parent: Part, name: string): Part[] {
  const found = parent?.[name]
  if (found === undefined) return []
  return (Array.isArray(found) ? found : [found]).map((one) => (typeof one === 'string' ? { '#': one } : one))
}

function part(parent: Part, path: string): Part {
  let found = parent
  for (const name of path.split('/')) found = parts(found, name)[0]
  return found
}

function text(element: Part, name = '#'): string {
  const found = element?.[name]
  return typeof found === 'string' ? found : ''
}

const qualified = (name: Part, kind: 'family' | 'given', qualifier: string): string =>
  text(parts(name, kind).find((one) => text(one, '@qualifier') === qualifier))

function patientOf(role: Part, patientsOid: string): LetterPatient {
  const ids = parts(role, 'id').map((id) => ({ value: text(id, '@extension'), oid: text(id, '@root') }))
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
    sex: text(part(patient, 'administrativeGenderCode'), '@code') as LetterPatient['sex'],
    birthDate: isoOfCda(text(part(patient, 'birthTime'), '@value')),
    birthPlace: text(part(patient, 'birthplace/place/addr/county')),
  }
}

const rppsOf = (element: Part): string =>
  text(
    parts(element, 'id').find((id) => text(id, '@root') === PROFESSIONALS_OID),
    '@extension',
  ).slice(1)
const nameOf = (element: Part) => ({
  family: text(part(element, 'name/family')),
  given: text(part(element, 'name/given')),
})

const authorOf = (author: Part): Professional => ({
  ...nameOf(part(author, 'assignedPerson')),
  rpps: rppsOf(author),
  profession: text(part(author, 'code'), '@code'),
  professionLabel: text(part(author, 'code'), '@displayName'),
})

const recipientOf = (entity: Part): Recipient | null =>
  entity
    ? {
        ...nameOf(part(entity, 'associatedPerson')),
        rpps: rppsOf(entity),
        mailbox: text(part(entity, 'telecom'), '@value').replace(/^mailto:/, ''),
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
