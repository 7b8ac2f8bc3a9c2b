/**
 * The IHE MHD ITI-65 transaction as the French agency profiles it (PDSm 3.1.1, pdsm-comprehensive-provide-document-bundle): one
 * submission set, one document, its bytes. Pure: the same document gives the same transaction, so a repetition is recognised.
 */
import { createHash } from 'node:crypto'
import { PROFESSIONALS_OID, STRUCTURES_OID } from '../documents/cda.ts'
import { oidOf, uuidOf } from '../documents/identifiers.ts'
import type { Establishment, OutgoingDocument, Professional } from '../documents/letter.ts'

/** Only under a qualified INS may a document leave for a national record. */
export type DocumentToDeposit = OutgoingDocument & { patient: { ins: { value: string; oid: string } } }

export type FhirResource = Record<string, unknown> & { resourceType: string }
export interface TransactionBundle extends FhirResource {
  entry: { fullUrl: string; resource: FhirResource; request: { method: 'POST'; url: string } }[]
}

const PDSM = 'https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition'
const IHE = 'https://profiles.ihe.net/ITI/MHD'
const TERMINOLOGIES = 'https://mos.esante.gouv.fr/NOS'
const LOINC = 'http://loinc.org'
const URI = 'urn:ietf:rfc:3986'

/** The transaction to POST at the partner's base address. */
export function provideDocumentBundle(document: DocumentToDeposit): TransactionBundle {
  const urns = {
    submission: `urn:uuid:${uuidOf(`${document.uniqueId}/submission`)}`,
    reference: `urn:uuid:${uuidOf(`${document.uniqueId}/reference`)}`,
    binary: `urn:uuid:${uuidOf(`${document.uniqueId}/binary`)}`,
  }
  return {
    resourceType: 'Bundle',
    meta: { profile: [`${PDSM}/pdsm-comprehensive-provide-document-bundle`] },
    type: 'transaction',
    entry: [
      entry(urns.submission, submissionSet(document, urns.reference)),
      entry(urns.reference, documentReference(document, urns.binary)),
      entry(urns.binary, {
        resourceType: 'Binary',
        contentType: 'text/xml',
        data: Buffer.from(document.content).toString('base64'),
      }),
    ],
  }
}

const entry = (fullUrl: string, resource: FhirResource) => ({
  fullUrl,
  resource,
  request: { method: 'POST' as const, url: resource.resourceType },
})

const concept = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }] })

function submissionSet(document: DocumentToDeposit, reference: string): FhirResource {
  const { uniqueId, createdAt, patient, author, establishment } = document
  const extension = (name: string, value: Record<string, unknown>) => ({ url: `${IHE}/StructureDefinition/${name}`, ...value })
  return {
    resourceType: 'List',
    meta: { profile: [`${PDSM}/pdsm-submissionset-comprehensive`] },
    contained: [containedPatient(patient), ...containedAuthor(author, establishment)],
    extension: [
      extension('ihe-designationType', {
        valueCodeableConcept: concept('urn:oid:1.2.250.1.213.2.2', '03', 'Hospitalisation complète'),
      }),
      extension('ihe-sourceId', { valueIdentifier: { system: URI, value: `urn:oid:${establishment.sourceOid}` } }),
      extension('ihe-sourcePatientId', {
        valueIdentifier: { system: `urn:oid:${establishment.patientsOid}`, value: patient.localId },
      }),
    ],
    identifier: [{ use: 'usual', system: URI, value: `urn:oid:${oidOf(`${uniqueId}/submission`)}` }],
    status: 'current',
    mode: 'working',
    code: { coding: [{ system: `${IHE}/CodeSystem/MHDlistTypes`, code: 'submissionset' }] },
    subject: { reference: '#patient' },
    date: createdAt,
    source: { reference: '#author' },
    entry: [{ item: { reference } }],
  }
}

function documentReference(document: DocumentToDeposit, url: string): FhirResource {
  const { uniqueId, createdAt, patient, author, establishment, content } = document
  return {
    resourceType: 'DocumentReference',
    meta: { profile: [`${PDSM}/pdsm-comprehensive-document-reference`] },
    contained: [containedPatient(patient), ...containedAuthor(author, establishment)],
    masterIdentifier: { system: URI, value: `urn:oid:${uniqueId}` },
    identifier: [{ use: 'official', system: URI, value: `urn:uuid:${uuidOf(`${uniqueId}/entry`)}` }],
    status: 'current',
    type: concept(LOINC, document.type, document.typeLabel),
    category: [concept(`${TERMINOLOGIES}/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument`, '11', 'Synthèse')],
    subject: { reference: '#patient' },
    date: createdAt,
    author: [{ reference: '#author' }],
    authenticator: { reference: '#author' },
    custodian: { reference: '#organization' },
    securityLabel: [concept('http://terminology.hl7.org/CodeSystem/v3-Confidentiality', 'N', 'normal')],
    content: [
      {
        attachment: {
          contentType: 'text/xml',
          language: 'fr-FR',
          url,
          size: content.length,
          hash: createHash('sha1').update(content).digest('base64'),
          title: document.title,
          creation: createdAt,
        },
        format: { system: 'urn:oid:1.2.250.1.213.1.1.4.2.282', code: document.format },
      },
    ],
    context: {
      period: { start: document.stay.from, end: document.stay.to },
      facilityType: concept('urn:oid:1.2.250.1.71.4.2.4', establishment.sector, establishment.sectorLabel),
      practiceSetting: concept('urn:oid:1.2.250.1.213.1.1.4.9', 'ETABLISSEMENT', 'Etablissement de santé'),
      sourcePatientInfo: { reference: '#patient' },
    },
  }
}

const containedPatient = (patient: DocumentToDeposit['patient']): FhirResource => ({
  resourceType: 'Patient',
  id: 'patient',
  identifier: [{ use: 'official', system: `urn:oid:${patient.ins.oid}`, value: patient.ins.value }],
  name: [
    { use: 'official', family: patient.birthFamily, given: patient.birthGivens.split(' ') },
    { use: 'usual', family: patient.usedFamily, given: [patient.usedGiven] },
  ],
  gender: { M: 'male', F: 'female', UN: 'other' }[patient.sex],
  birthDate: patient.birthDate,
})

/** The author as what he is here, a professional at work in the establishment: never a bare Practitioner. */
const containedAuthor = (author: Professional, establishment: Establishment): FhirResource[] => [
  {
    resourceType: 'Practitioner',
    id: 'practitioner',
    identifier: [{ system: `urn:oid:${PROFESSIONALS_OID}`, value: `8${author.rpps}` }],
    name: [{ family: author.family, given: [author.given] }],
  },
  {
    resourceType: 'Organization',
    id: 'organization',
    identifier: [{ system: `urn:oid:${STRUCTURES_OID}`, value: `1${establishment.finess}` }],
    name: establishment.name,
  },
  {
    resourceType: 'PractitionerRole',
    id: 'author',
    practitioner: { reference: '#practitioner' },
    organization: { reference: '#organization' },
    code: [concept('urn:oid:1.2.250.1.213.1.1.4.5', author.profession, author.professionLabel)],
  },
]
