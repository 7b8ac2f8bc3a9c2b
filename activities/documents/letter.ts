/** What a discharge letter says, before it takes any format. Dates are ISO 8601: days as `1979-03-28`, instants with their offset. */

export interface PersonName {
  family: string
  given: string
}

export interface Professional extends PersonName {
  /** 11 digits. */
  rpps: string
  /** Profession and specialty: `G15_10/SM26` of 1.2.250.1.213.1.1.4.5, with its label. */
  profession: string
  professionLabel: string
}

export interface Establishment {
  /** 9 characters: the legal entity that keeps the document and signs for it. */
  finess: string
  name: string
  /** OID under which it names its own patients (IPP). */
  patientsOid: string
  /** JDV_J02: `SA01`, with its label. */
  sector: string
  sectorLabel: string
  street: string
  postalCode: string
  city: string
  telephone: string
  /** Who answers for the letters of this site when the pathway names nobody. */
  signatory: Professional
  /** OID of this system as a source of submissions. */
  sourceOid: string
  /** MSSanté mailbox that letters leave from. */
  mailbox: string
  /** Number of this software in the national list (NIL), for X-MSS-NIL. */
  softwareNumber: string
}

export interface LetterPatient {
  /** The site's own number for the patient. */
  localId: string
  /** A qualified INS, or null: nothing else may leave with its matricule. */
  ins: { value: string; oid: string } | null
  birthFamily: string
  /** As on the birth record, separated by spaces. */
  birthGivens: string
  firstBirthGiven: string
  usedFamily: string
  usedGiven: string
  sex: 'M' | 'F' | 'UN'
  birthDate: string
  /** INSEE code of the municipality or country of birth. */
  birthPlace: string
}

export interface Recipient extends PersonName {
  /** '' when it is not known. */
  rpps: string
  mailbox: string
}

export interface DischargeLetter {
  /** OID of this very document (XDS uniqueId). */
  uniqueId: string
  /** OID common to all its versions. */
  setId: string
  version: number
  createdAt: string
  patient: LetterPatient
  author: Professional
  establishment: Establishment
  generalPractitioner: Recipient | null
  stay: { from: string; to: string; unit: string; entryMode: string; exitMode: string }
  reason: string
  synthesis: string
  /** One treatment a line. */
  treatments: string[]
  followUp: string[]
}

/** A document that leaves the hospital, with what its metadata say of it. */
export interface OutgoingDocument {
  /** OID: the CDA's own id. */
  uniqueId: string
  title: string
  /** LOINC, with its label. */
  type: string
  typeLabel: string
  /** TRE_A06. */
  format: string
  createdAt: string
  stay: { from: string; to: string }
  content: Uint8Array
  patient: LetterPatient
  author: Professional
  establishment: Establishment
}

export const LETTER_TITLE = "Lettre de liaison à la sortie de l'établissement de soins"
export const LETTER_CODE = '11490-0'
export const LETTER_CODE_LABEL = "Lettre de liaison à la sortie d'un établissement de soins"
export const LETTER_FORMAT = 'urn:asip:ci-sis:ldl-ses:2017'
