/** The header that the CI-SIS minimal structure makes mandatory in every CDA R2 document, and the sections of a discharge letter. */
import type { Problem } from '../resources.ts'
import { hasRightKey, isRealInsSystem, isTestInsSystem } from './national-identifier.ts'
import { check, type Rule } from './rule.ts'
import { all, attribute, type Element, first, parseXml } from './xml.ts'

const HL7 = 'urn:hl7-org:v3'
const STRUCTURES = '1.2.250.1.71.4.2.2'
const PROFESSIONALS = '1.2.250.1.71.4.2.1'
/** The models this sandbox knows: the discharge letter, and the unstructured document. */
const DISCHARGE_LETTER = '1.2.250.1.213.1.1.1.29'
const UNSTRUCTURED = '1.3.6.1.4.1.19376.1.2.20'
const TIME = /^\d{8}(\d{4}(\d\d)?([+-]\d{4})?)?$/

const hasTemplate = (document: Element, root: string, extension?: string): boolean =>
  all(document, 'templateId').some(
    ({ attributes }) => attributes.root === root && (extension === undefined || attributes.extension === extension),
  )
const isTime = (document: Element, path: string): boolean => TIME.test(attribute(document, path, 'value'))
const name = 'recordTarget/patientRole/patient/name'
const family = (document: Element, qualifier: string | undefined) =>
  all(document, `${name}/family`).some(({ attributes, text }) => attributes.qualifier === qualifier && text !== '')
const givenName = (document: Element, qualifier: string | undefined) =>
  all(document, `${name}/given`).some(({ attributes, text }) => attributes.qualifier === qualifier && text !== '')
const ins = (document: Element): Element | undefined =>
  all(document, 'recordTarget/patientRole/id').find(({ attributes }) => isTestInsSystem(attributes.root))
const performers = (document: Element) => all(document, 'documentationOf/serviceEvent/performer')

const rule = (path: string, says: string, holds: (document: Element) => boolean): Rule<Element> => ({
  path,
  code: 'required',
  says,
  holds,
})

/** Each is tried on the ClinicalDocument element; the order is the document's. */
export const headerRules: Rule<Element>[] = [
  rule('realmCode', 'realmCode must be FR.', (document) => attribute(document, 'realmCode', 'code') === 'FR'),
  rule(
    'typeId',
    'typeId must be 2.16.840.1.113883.1.3 / POCD_HD000040.',
    (document) =>
      attribute(document, 'typeId', 'root') === '2.16.840.1.113883.1.3' &&
      attribute(document, 'typeId', 'extension') === 'POCD_HD000040',
  ),
  rule('templateId[HL7 France]', 'templateId 2.16.840.1.113883.2.8.2.1 (HL7 France) is mandatory.', (document) =>
    hasTemplate(document, '2.16.840.1.113883.2.8.2.1'),
  ),
  rule('templateId[CI-SIS]', 'templateId 1.2.250.1.213.1.1.1.1 (CI-SIS) is mandatory.', (document) =>
    hasTemplate(document, '1.2.250.1.213.1.1.1.1'),
  ),
  rule(
    'templateId[model]',
    `The templateId of a known model is mandatory: ${DISCHARGE_LETTER} extension 2022.01 (LDL-SES) or ${UNSTRUCTURED} (N1).`,
    (document) => hasTemplate(document, DISCHARGE_LETTER, '2022.01') || hasTemplate(document, UNSTRUCTURED),
  ),
  rule('id', 'id is mandatory, with a root.', (document) => attribute(document, 'id', 'root') !== ''),
  rule(
    'code',
    'code is mandatory, with a code and a codeSystem.',
    (document) => attribute(document, 'code', 'code') !== '' && attribute(document, 'code', 'codeSystem') !== '',
  ),
  rule('title', 'title is mandatory.', (document) => (first(document, 'title')?.text ?? '') !== ''),
  rule('effectiveTime', 'effectiveTime is mandatory.', (document) => isTime(document, 'effectiveTime')),
  rule(
    'confidentialityCode',
    'confidentialityCode is mandatory: N, R or V of 2.16.840.1.113883.5.25.',
    (document) =>
      ['N', 'R', 'V'].includes(attribute(document, 'confidentialityCode', 'code')) &&
      attribute(document, 'confidentialityCode', 'codeSystem') === '2.16.840.1.113883.5.25',
  ),
  rule('languageCode', 'languageCode must be fr-FR.', (document) => attribute(document, 'languageCode', 'code') === 'fr-FR'),
  rule('setId', 'setId is mandatory, with a root.', (document) => attribute(document, 'setId', 'root') !== ''),
  rule('versionNumber', 'versionNumber is mandatory: a whole number from 1.', (document) =>
    /^[1-9]\d*$/.test(attribute(document, 'versionNumber', 'value')),
  ),
  rule('recordTarget', 'recordTarget/patientRole with an id is mandatory.', (document) =>
    all(document, 'recordTarget/patientRole/id').some(({ attributes }) => attributes.root && attributes.extension),
  ),
  rule(
    'recordTarget/patientRole/id',
    'This sandbox accepts test identities only: never send it a real INS.',
    (document) => !all(document, 'recordTarget/patientRole/id').some(({ attributes }) => isRealInsSystem(attributes.root)),
  ),
  rule('recordTarget/patientRole/id[INS]', 'The INS is mandatory (here on the test OID), with a right key.', (document) =>
    hasRightKey(ins(document)?.attributes.extension),
  ),
  rule(`${name}/family[BR]`, 'The birth family name (qualifier BR) goes with the INS.', (document) => family(document, 'BR')),
  rule(`${name}/given`, 'The list of birth given names (no qualifier) goes with the INS.', (document) =>
    givenName(document, undefined),
  ),
  rule(`${name}/given[BR]`, 'The first birth given name (qualifier BR) goes with the INS.', (document) =>
    givenName(document, 'BR'),
  ),
  rule(
    'recordTarget/patientRole/patient/administrativeGenderCode',
    'The sex goes with the INS: M, F or UN of 2.16.840.1.113883.5.1.',
    (document) =>
      ['M', 'F', 'UN'].includes(attribute(document, 'recordTarget/patientRole/patient/administrativeGenderCode', 'code')),
  ),
  rule('recordTarget/patientRole/patient/birthTime', 'The date of birth goes with the INS.', (document) =>
    isTime(document, 'recordTarget/patientRole/patient/birthTime'),
  ),
  rule(
    'recordTarget/patientRole/patient/birthplace/place/addr/county',
    'The INSEE code of the place of birth goes with the INS.',
    (document) =>
      /^(\d{5}|2[AB]\d{3})$/.test(first(document, 'recordTarget/patientRole/patient/birthplace/place/addr/county')?.text ?? ''),
  ),
  rule('author', 'author is mandatory.', (document) => first(document, 'author') !== undefined),
  rule('author/time', 'author/time is mandatory.', (document) => isTime(document, 'author/time')),
  rule(
    'author/assignedAuthor/id',
    `author/assignedAuthor/id is mandatory (a professional: root ${PROFESSIONALS}).`,
    (document) => attribute(document, 'author/assignedAuthor/id', 'extension') !== '',
  ),
  rule('author/assignedAuthor/assignedPerson/name', "The author's name is mandatory.", (document) =>
    all(document, 'author/assignedAuthor/assignedPerson/name/family').some(({ text }) => text !== ''),
  ),
  rule(
    'custodian',
    `custodian is mandatory: a structure with an id of root ${STRUCTURES}.`,
    (document) =>
      attribute(document, 'custodian/assignedCustodian/representedCustodianOrganization/id', 'root') === STRUCTURES &&
      attribute(document, 'custodian/assignedCustodian/representedCustodianOrganization/id', 'extension') !== '',
  ),
  rule(
    'legalAuthenticator',
    'legalAuthenticator is mandatory, with an assignedEntity/id.',
    (document) => attribute(document, 'legalAuthenticator/assignedEntity/id', 'extension') !== '',
  ),
  rule(
    'legalAuthenticator/signatureCode',
    'legalAuthenticator/signatureCode must be S.',
    (document) => attribute(document, 'legalAuthenticator/signatureCode', 'code') === 'S',
  ),
  rule(
    'documentationOf/serviceEvent',
    'documentationOf/serviceEvent (the main act) is mandatory.',
    (document) => first(document, 'documentationOf/serviceEvent') !== undefined,
  ),
  rule('documentationOf/serviceEvent/effectiveTime/low', 'The beginning of the main act is mandatory.', (document) =>
    isTime(document, 'documentationOf/serviceEvent/effectiveTime/low'),
  ),
  rule(
    'documentationOf/serviceEvent/performer',
    "The main act's performer is mandatory, with the standardIndustryClassCode of its organization.",
    (document) =>
      performers(document).some(
        (performer) => attribute(performer, 'assignedEntity/representedOrganization/standardIndustryClassCode', 'code') !== '',
      ),
  ),
  rule(
    'componentOf/encompassingEncounter',
    'componentOf/encompassingEncounter is mandatory.',
    (document) => first(document, 'componentOf/encompassingEncounter') !== undefined,
  ),
  rule(
    'componentOf/encompassingEncounter/effectiveTime',
    'The time of the stay is mandatory.',
    (document) =>
      isTime(document, 'componentOf/encompassingEncounter/effectiveTime/low') ||
      isTime(document, 'componentOf/encompassingEncounter/effectiveTime'),
  ),
  rule(
    'componentOf/encompassingEncounter/location/healthCareFacility/code',
    "The place's activity sector (JDV_J02, 1.2.250.1.71.4.2.4) is mandatory.",
    (document) =>
      attribute(document, 'componentOf/encompassingEncounter/location/healthCareFacility/code', 'codeSystem') ===
        '1.2.250.1.71.4.2.4' &&
      attribute(document, 'componentOf/encompassingEncounter/location/healthCareFacility/code', 'code') !== '',
  ),
  rule('relatedDocument', 'relatedDocument, when given, must be RPLC with the id of the document it replaces.', (document) =>
    all(document, 'relatedDocument').every(
      (related) => related.attributes.typeCode === 'RPLC' && attribute(related, 'parentDocument/id', 'root') !== '',
    ),
  ),
]

const sections = (document: Element): string[] =>
  all(document, 'component/structuredBody/component/section').map((section) => attribute(section, 'code', 'code'))
const hasOneSection = (code: string, title: string): Rule<Element> =>
  rule(
    `component/structuredBody/component/section[${code}]`,
    `A discharge letter has exactly one section ${code} (${title}).`,
    (document) => sections(document).filter((section) => section === code).length === 1,
  )

/** The sections that LDL-SES 2022.01 has exactly once. */
export const dischargeLetterRules: Rule<Element>[] = [
  rule('code', 'A discharge letter has the LOINC code 11490-0.', (document) => attribute(document, 'code', 'code') === '11490-0'),
  hasOneSection('33557-0', 'statut du document'),
  hasOneSection('42349-1', 'motif'),
  hasOneSection('42545-4', 'synthèse'),
  hasOneSection('10183-2', 'traitements à la sortie'),
]

/** The body of a document without structure: a PDF. */
export const unstructuredRules: Rule<Element>[] = [
  rule(
    'component/nonXMLBody/text',
    'An unstructured document holds application/pdf with representation B64.',
    (document) =>
      attribute(document, 'component/nonXMLBody/text', 'mediaType') === 'application/pdf' &&
      attribute(document, 'component/nonXMLBody/text', 'representation') === 'B64',
  ),
]

/** The parsed document, or the reason why it is none; then every problem of its header and sections. */
export function checkCda(text: string, place: string): { document: Element | null; problems: Problem[] } {
  let document: Element
  try {
    document = parseXml(text)
  } catch {
    const diagnostics = 'The document is not well-formed XML.'
    return { document: null, problems: [{ code: 'structure', expression: place, diagnostics }] }
  }
  if (document.name !== 'ClinicalDocument' || document.namespace !== HL7) {
    const diagnostics = `The document must be a CDA R2: a ClinicalDocument of ${HL7}.`
    return { document: null, problems: [{ code: 'structure', expression: place, diagnostics }] }
  }
  const body = hasTemplate(document, DISCHARGE_LETTER) ? dischargeLetterRules : unstructuredRules
  return { document, problems: [...check(headerRules, document, place), ...check(body, document, place)] }
}
