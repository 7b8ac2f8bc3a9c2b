/** What pdsm-comprehensive-document-reference (PDSm 3.1.1) makes mandatory, and what this sandbox can check of it. */
import type { DocumentReference, Patient } from '../resources.ts'
import { hasRightKey, isRealInsSystem, testInsOf } from './national-identifier.ts'
import { check, coded, contained, given, isInstant, type Rule } from './rule.ts'

const AUTHOR_TYPES = ['PractitionerRole', 'Organization', 'Device', 'Patient']
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'

const attachment = (document: DocumentReference) => document.content?.[0]?.attachment
/** The patient whose document it is: one contained resource, for subject and context.sourcePatientInfo alike. */
export const subjectOf = (document: DocumentReference): Patient | undefined => {
  const patient = contained(document, document.context?.sourcePatientInfo) ?? contained(document, document.subject)
  return patient?.resourceType === 'Patient' ? patient : undefined
}

export const documentReferenceRules: Rule<DocumentReference>[] = [
  {
    path: 'masterIdentifier',
    code: 'required',
    says: 'masterIdentifier (uniqueId) is mandatory: system urn:ietf:rfc:3986, value urn:oid:… or urn:uuid:….',
    holds: ({ masterIdentifier }) =>
      masterIdentifier?.system === 'urn:ietf:rfc:3986' &&
      /^urn:(oid:[0-2](\.(0|[1-9]\d*))+|uuid:[0-9a-fA-F-]{36})$/.test(masterIdentifier.value ?? ''),
  },
  {
    path: 'status',
    code: 'required',
    says: 'status is mandatory and must be "current".',
    holds: ({ status }) => status === 'current',
  },
  {
    path: 'contained',
    code: 'required',
    says: 'contained must hold at least the author.',
    holds: (document) => given(document.contained),
  },
  {
    path: 'type',
    code: 'required',
    says: 'type is mandatory, with a system and a code.',
    holds: ({ type }) => coded(type),
  },
  {
    path: 'category',
    code: 'required',
    says: 'category is mandatory, with a system and a code.',
    holds: ({ category }) => category?.length === 1 && coded(category[0]),
  },
  {
    path: 'subject',
    code: 'required',
    says: 'subject is mandatory.',
    holds: ({ subject }) => given(subject?.reference),
  },
  {
    path: 'custodian',
    code: 'required',
    says: 'custodian is mandatory: a contained Organization.',
    holds: (document) => contained(document, document.custodian)?.resourceType === 'Organization',
  },
  {
    path: 'date',
    code: 'required',
    says: 'date is mandatory: an instant with its offset.',
    holds: ({ date }) => isInstant(date),
  },
  {
    path: 'author',
    code: 'required',
    says: 'author is mandatory and must be contained.',
    holds: (document) =>
      given(document.author) && (document.author ?? []).every((author) => contained(document, author) !== undefined),
  },
  {
    path: 'author',
    code: 'invariant',
    says: 'author must be a PractitionerRole or an Organization (a Device or the Patient where they wrote it), not a bare Practitioner.',
    holds: (document) =>
      (document.author ?? []).every((author) => {
        const type = contained(document, author)?.resourceType
        return type === undefined || AUTHOR_TYPES.includes(type)
      }),
  },
  {
    path: 'authenticator',
    code: 'required',
    says: 'authenticator is mandatory and must be contained.',
    holds: (document) => contained(document, document.authenticator) !== undefined,
  },
  {
    path: 'securityLabel',
    code: 'required',
    says: `securityLabel is mandatory, with exactly one confidentiality (${CONFIDENTIALITY}: N, R or V).`,
    holds: ({ securityLabel }) => {
      const labels = (securityLabel ?? [])
        .flatMap(({ coding }) => coding ?? [])
        .filter(({ system }) => system === CONFIDENTIALITY)
      return labels.length === 1 && ['N', 'R', 'V'].includes(labels[0]?.code ?? '')
    },
  },
  {
    path: 'content.attachment',
    code: 'required',
    says: 'content must hold exactly one attachment.',
    holds: (document) => document.content?.length === 1 && attachment(document) !== undefined,
  },
  {
    path: 'content.attachment.contentType',
    code: 'required',
    says: 'content.attachment.contentType is mandatory.',
    holds: (document) => given(attachment(document)?.contentType),
  },
  {
    path: 'content.attachment.language',
    code: 'required',
    says: 'content.attachment.language is mandatory and must be "fr-FR".',
    holds: (document) => attachment(document)?.language === 'fr-FR',
  },
  {
    path: 'content.attachment.url',
    code: 'required',
    says: 'content.attachment.url is mandatory: the fullUrl of the Binary.',
    holds: (document) => given(attachment(document)?.url),
  },
  {
    path: 'content.attachment.size',
    code: 'required',
    says: 'content.attachment.size is mandatory.',
    holds: (document) => Number.isInteger(attachment(document)?.size),
  },
  {
    path: 'content.attachment.hash',
    code: 'required',
    says: 'content.attachment.hash is mandatory: SHA-1 in base64.',
    holds: (document) => given(attachment(document)?.hash),
  },
  {
    path: 'content.attachment.title',
    code: 'required',
    says: 'content.attachment.title is mandatory.',
    holds: (document) => given(attachment(document)?.title),
  },
  {
    path: 'content.attachment.creation',
    code: 'required',
    says: 'content.attachment.creation is mandatory: an instant with its offset.',
    holds: (document) => isInstant(attachment(document)?.creation),
  },
  {
    path: 'content.format',
    code: 'required',
    says: 'content.format is mandatory, with a system and a code.',
    holds: ({ content }) => coded({ coding: [content?.[0]?.format ?? {}] }),
  },
  {
    path: 'context.period.start',
    code: 'required',
    says: 'context.period.start is mandatory: an instant with its offset.',
    holds: ({ context }) => isInstant(context?.period?.start),
  },
  {
    path: 'context.facilityType',
    code: 'required',
    says: 'context.facilityType is mandatory, with a system and a code.',
    holds: ({ context }) => coded(context?.facilityType),
  },
  {
    path: 'context.practiceSetting',
    code: 'required',
    says: 'context.practiceSetting is mandatory, with a system and a code.',
    holds: ({ context }) => coded(context?.practiceSetting),
  },
  {
    path: 'context.sourcePatientInfo',
    code: 'required',
    says: 'context.sourcePatientInfo is mandatory: the contained Patient.',
    holds: (document) => contained(document, document.context?.sourcePatientInfo)?.resourceType === 'Patient',
  },
  {
    path: 'subject',
    code: 'invariant',
    says: 'subject must be the very patient of context.sourcePatientInfo.',
    holds: ({ subject, context }) =>
      !subject?.reference || !context?.sourcePatientInfo?.reference || subject.reference === context.sourcePatientInfo.reference,
  },
  {
    path: 'subject',
    code: 'value',
    says: 'This sandbox accepts test identities only (INS 1.2.250.1.213.1.4.10 or .11): never send it a real INS.',
    holds: (document) => !subjectOf(document)?.identifier?.some(({ system }) => isRealInsSystem(system)),
  },
  {
    path: 'subject',
    code: 'required',
    says: 'The patient must carry a qualified INS (here on the test OID 1.2.250.1.213.1.4.10 or .11) whose key is right.',
    holds: (document) => {
      const patient = subjectOf(document)
      return patient === undefined || hasRightKey(testInsOf(patient.identifier)?.value)
    },
  },
  {
    path: 'relatesTo',
    code: 'invariant',
    says: 'relatesTo, when given, must be exactly one replacement: code "replaces" with a target.',
    holds: ({ relatesTo }) =>
      relatesTo === undefined ||
      (relatesTo.length === 1 &&
        relatesTo[0]?.code === 'replaces' &&
        (given(relatesTo[0].target?.reference) || given(relatesTo[0].target?.identifier?.value))),
  },
]

export const checkDocumentReference = (document: DocumentReference, place: string) =>
  check(documentReferenceRules, document, place)
