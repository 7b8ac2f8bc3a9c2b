/**
 * IHE_XDM.ZIP: the archive in which MSSanté carries a document with its metadata (IHE XDM; ebXML metadata of XDS). Pure: the same
 * document gives the same bytes.
 */
import { createHash } from 'node:crypto'
import { strToU8, zipSync } from 'fflate'
import { cdaTime, PROFESSIONALS_OID, STRUCTURES_OID, type XmlObject, xmlDocument } from '../documents/cda.ts'
import { oidOf, uuidOf } from '../documents/identifiers.ts'
import type { OutgoingDocument } from '../documents/letter.ts'

const README = 'Archive IHE XDM : le dossier IHE_XDM contient un document CDA R2 et ses métadonnées.\r\n'
const INDEX =
  '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>IHE XDM</title></head><body><p><a href="IHE_XDM/SUBSET01/DOC00001.XML">Document</a></p></body></html>\n'
/** Zip has no date before 1980 and ours must not depend on the hour. */
const NO_DATE = new Date(1980, 0, 1)

/** The archive's bytes. */
export function xdmArchive(document: OutgoingDocument): Uint8Array {
  const files = {
    'INDEX.HTM': strToU8(INDEX),
    'README.TXT': strToU8(README),
    'IHE_XDM/SUBSET01/METADATA.XML': strToU8(metadata(document)),
    'IHE_XDM/SUBSET01/DOC00001.XML': document.content,
  }
  return zipSync(files, { mtime: NO_DATE, level: 6 })
}

function metadata(document: OutgoingDocument): string {
  const documentId = `urn:uuid:${uuidOf(`${document.uniqueId}/entry`)}`
  const submissionId = `urn:uuid:${uuidOf(`${document.uniqueId}/xdm`)}`
  const request = {
    'lcm:SubmitObjectsRequest': {
      '@xmlns:lcm': 'urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0',
      '@xmlns': 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0',
      RegistryObjectList: {
        ExtrinsicObject: documentEntry(document, documentId),
        RegistryPackage: submissionSet(document, submissionId),
        Classification: {
          '@id': `urn:uuid:${uuidOf(`${submissionId}/node`)}`,
          '@classifiedObject': submissionId,
          '@classificationNode': 'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd',
        },
        Association: {
          '@id': `urn:uuid:${uuidOf(`${submissionId}/member`)}`,
          '@associationType': 'urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember',
          '@sourceObject': submissionId,
          '@targetObject': documentId,
          Slot: slot('SubmissionSetStatus', ['Original']),
        },
      },
    },
  }
  return xmlDocument(request)
}

const utc = (iso: string): string => new Date(iso).toISOString().replace(/[-:T]|\.\d+Z$/g, '')
const slot = (name: string, values: string[]): XmlObject => ({ '@name': name, ValueList: { Value: values } })
const localized = (value: string): XmlObject => ({ LocalizedString: { '@xml:lang': 'fr-FR', '@value': value } })

function classifier(object: string) {
  return (scheme: string, code: string, system: string, label: string): XmlObject => ({
    '@id': `urn:uuid:${uuidOf(`${object}/${scheme}`)}`,
    '@classificationScheme': `urn:uuid:${scheme}`,
    '@classifiedObject': object,
    '@nodeRepresentation': code,
    Slot: slot('codingScheme', [system]),
    Name: localized(label),
  })
}

function identifier(object: string) {
  return (scheme: string, name: string, value: string): XmlObject => ({
    '@id': `urn:uuid:${uuidOf(`${object}/${scheme}`)}`,
    '@identificationScheme': `urn:uuid:${scheme}`,
    '@registryObject': object,
    '@value': value,
    Name: localized(name),
  })
}

function authorClassification({ author, establishment }: OutgoingDocument, object: string, scheme: string): XmlObject {
  const person = `8${author.rpps}^${author.family}^${author.given}^^^^^^&${PROFESSIONALS_OID}&ISO^D^^^IDNPS`
  const institution = `${establishment.name}^^^^^&${STRUCTURES_OID}&ISO^IDNST^^^1${establishment.finess}`
  return {
    '@id': `urn:uuid:${uuidOf(`${object}/${scheme}`)}`,
    '@classificationScheme': `urn:uuid:${scheme}`,
    '@classifiedObject': object,
    '@nodeRepresentation': '',
    Slot: [
      slot('authorPerson', [person]),
      slot('authorInstitution', [institution]),
      slot('authorSpecialty', [`${author.profession}^${author.professionLabel}^1.2.250.1.213.1.1.4.5`]),
    ],
  }
}

/** CX: the INS when it is qualified, else the site's own number. */
const patientId = ({ patient, establishment }: OutgoingDocument): string =>
  patient.ins ? `${patient.ins.value}^^^&${patient.ins.oid}&ISO^NH` : `${patient.localId}^^^&${establishment.patientsOid}&ISO^PI`

function documentEntry(document: OutgoingDocument, object: string): XmlObject {
  const { content, patient, establishment } = document
  const classify = classifier(object)
  const identify = identifier(object)
  return {
    '@id': object,
    '@mimeType': 'text/xml',
    '@objectType': 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1',
    '@status': 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved',
    Slot: [
      slot('creationTime', [utc(document.createdAt)]),
      slot('hash', [createHash('sha1').update(content).digest('hex')]),
      slot('languageCode', ['fr-FR']),
      slot('legalAuthenticator', [
        `8${document.author.rpps}^${document.author.family}^${document.author.given}^^^^^^&${PROFESSIONALS_OID}&ISO^D^^^IDNPS`,
      ]),
      slot('serviceStartTime', [utc(document.stay.from)]),
      slot('serviceStopTime', [utc(document.stay.to)]),
      slot('size', [String(content.length)]),
      slot('sourcePatientId', [`${patient.localId}^^^&${establishment.patientsOid}&ISO^PI`]),
      slot('sourcePatientInfo', [
        `PID-5|${patient.birthFamily}^${patient.firstBirthGiven}^^^^^L`,
        `PID-7|${cdaTime(patient.birthDate)}`,
        `PID-8|${patient.sex === 'UN' ? 'U' : patient.sex}`,
      ]),
      slot('URI', ['DOC00001.XML']),
    ],
    Name: localized(document.title),
    Classification: [
      authorClassification(document, object, '93606bcf-9494-43ec-9b4e-a7748d1a838d'),
      classify('41a5887f-8865-4c09-adf7-e362475b143a', '11', '1.2.250.1.213.1.1.4.1', 'Synthèse'),
      classify('f4f85eac-e6cb-4883-b524-f2705394840f', 'N', '2.16.840.1.113883.5.25', 'Normal'),
      classify('a09d5840-386c-46f2-b5ad-9c3699a4309d', document.format, '1.2.250.1.213.1.1.4.2.282', document.typeLabel),
      classify('f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1', establishment.sector, '1.2.250.1.71.4.2.4', establishment.sectorLabel),
      classify('cccf5598-8b07-4b77-a05e-ae952c785ead', 'ETABLISSEMENT', '1.2.250.1.213.1.1.4.9', 'Etablissement de santé'),
      classify('f0306f51-975f-434e-a61c-c59651d33983', document.type, '2.16.840.1.113883.6.1', document.typeLabel),
    ],
    ExternalIdentifier: [
      identify('58a6f841-87b3-4a3e-92fd-a8ffeff98427', 'XDSDocumentEntry.patientId', patientId(document)),
      identify('2e82c1f6-a085-4c72-9da3-8640a32e42ab', 'XDSDocumentEntry.uniqueId', document.uniqueId),
    ],
  }
}

function submissionSet(document: OutgoingDocument, object: string): XmlObject {
  const classify = classifier(object)
  const identify = identifier(object)
  return {
    '@id': object,
    '@objectType': 'urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:RegistryPackage',
    '@status': 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved',
    Slot: slot('submissionTime', [utc(document.createdAt)]),
    Name: localized(document.title),
    Classification: [
      authorClassification(document, object, 'a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d'),
      classify('aa543740-bdda-424e-8c96-df4873be8500', '03', '1.2.250.1.213.2.2', 'Hospitalisation complète'),
    ],
    ExternalIdentifier: [
      identify('6b5aea1a-874d-4603-a4bc-96a0a7b38446', 'XDSSubmissionSet.patientId', patientId(document)),
      identify('554ac39e-e3fe-47fe-b233-965d2a147832', 'XDSSubmissionSet.sourceId', document.establishment.sourceOid),
      identify('96fdda7c-d067-4183-912e-bf5ee74998a8', 'XDSSubmissionSet.uniqueId', oidOf(`${document.uniqueId}/xdm`)),
    ],
  }
}
