/** The CDA R2 header of a discharge letter, element by element in the order of the CI-SIS minimal structure. */
import {
  assignedEntity,
  cdaTime,
  establishmentAddress,
  LOINC,
  organization,
  personName,
  professionalId,
  structureId,
  telephone,
  type XmlObject,
} from './cda.ts'
import {
  type DischargeLetter,
  LETTER_CODE,
  LETTER_CODE_LABEL,
  LETTER_TITLE,
  type LetterPatient,
  type Recipient,
} from './letter.ts'

export function header(letter: DischargeLetter): XmlObject {
  const { establishment, author, stay } = letter
  return {
    realmCode: { '@code': 'FR' },
    typeId: { '@root': '2.16.840.1.113883.1.3', '@extension': 'POCD_HD000040' },
    templateId: [
      { '@root': '2.16.840.1.113883.2.8.2.1' },
      { '@root': '1.2.250.1.213.1.1.1.1' },
      { '@root': '1.2.250.1.213.1.1.1.29', '@extension': '2022.01' },
    ],
    id: { '@root': letter.uniqueId },
    code: { '@code': LETTER_CODE, '@displayName': LETTER_CODE_LABEL, ...LOINC },
    title: LETTER_TITLE,
    effectiveTime: { '@value': cdaTime(letter.createdAt) },
    confidentialityCode: { '@code': 'N', '@displayName': 'Normal', '@codeSystem': '2.16.840.1.113883.5.25' },
    languageCode: { '@code': 'fr-FR' },
    setId: { '@root': letter.setId },
    versionNumber: { '@value': String(letter.version) },
    recordTarget: { patientRole: patientRole(letter) },
    author: {
      time: { '@value': cdaTime(letter.createdAt) },
      assignedAuthor: {
        id: professionalId(author.rpps),
        code: { '@code': author.profession, '@displayName': author.professionLabel, '@codeSystem': '1.2.250.1.213.1.1.4.5' },
        addr: establishmentAddress(establishment),
        telecom: telephone(establishment.telephone),
        assignedPerson: { name: personName(author) },
        representedOrganization: { id: structureId(establishment.finess), name: establishment.name },
      },
    },
    custodian: { assignedCustodian: { representedCustodianOrganization: organization(establishment) } },
    ...informationRecipient(letter),
    legalAuthenticator: {
      time: { '@value': cdaTime(letter.createdAt) },
      signatureCode: { '@code': 'S' },
      assignedEntity: assignedEntity(author, establishment),
    },
    ...generalPractitioner(letter),
    documentationOf: { serviceEvent: serviceEvent(letter) },
    componentOf: {
      encompassingEncounter: {
        effectiveTime: { low: { '@value': cdaTime(stay.from) }, high: { '@value': cdaTime(stay.to) } },
        location: {
          healthCareFacility: {
            code: {
              '@code': establishment.sector,
              '@displayName': establishment.sectorLabel,
              '@codeSystem': '1.2.250.1.71.4.2.4',
            },
            location: { name: stay.unit },
          },
        },
      },
    },
  }
}

function patientRole({ patient, establishment }: DischargeLetter): XmlObject {
  const { ins, localId } = patient
  return {
    id: [
      ...(ins ? [{ '@extension': ins.value, '@root': ins.oid }] : []),
      { '@extension': localId, '@root': establishment.patientsOid },
    ],
    addr: { '@nullFlavor': 'NAV' },
    telecom: { '@nullFlavor': 'NAV' },
    patient: {
      '@classCode': 'PSN',
      name: patientName(patient),
      administrativeGenderCode: {
        '@code': patient.sex,
        '@displayName': { M: 'Masculin', F: 'Féminin', UN: 'Indéterminé' }[patient.sex],
        '@codeSystem': '2.16.840.1.113883.5.1',
      },
      birthTime: { '@value': cdaTime(patient.birthDate) },
      birthplace: { place: { addr: { county: patient.birthPlace } } },
    },
  }
}

const patientName = (patient: LetterPatient): XmlObject => ({
  family: [
    { '@qualifier': 'BR', '#': patient.birthFamily },
    { '@qualifier': 'CL', '#': patient.usedFamily },
  ],
  given: [
    { '#': patient.birthGivens },
    { '@qualifier': 'BR', '#': patient.firstBirthGiven },
    { '@qualifier': 'CL', '#': patient.usedGiven },
  ],
})

const recipientId = ({ rpps }: Recipient): XmlObject => (rpps ? professionalId(rpps) : { '@nullFlavor': 'UNK' })

function informationRecipient({ generalPractitioner: recipient }: DischargeLetter): XmlObject {
  if (!recipient) return {}
  return {
    informationRecipient: {
      intendedRecipient: {
        id: recipientId(recipient),
        informationRecipient: { name: personName(recipient) },
      },
    },
  }
}

/** The general practitioner as such (PCP), besides being the recipient. */
function generalPractitioner({ generalPractitioner: recipient }: DischargeLetter): XmlObject {
  if (!recipient) return {}
  return {
    participant: {
      '@typeCode': 'INF',
      functionCode: { '@code': 'PCP', '@displayName': 'Médecin Traitant', '@codeSystem': '2.16.840.1.113883.5.88' },
      time: { '@nullFlavor': 'NA' },
      associatedEntity: {
        '@classCode': 'PROV',
        id: recipientId(recipient),
        addr: { '@nullFlavor': 'NAV' },
        telecom: { '@value': `mailto:${recipient.mailbox}` },
        associatedPerson: { name: personName(recipient) },
      },
    },
  }
}

const serviceEvent = ({ stay, author, establishment }: DischargeLetter): XmlObject => ({
  '@classCode': 'ACT',
  '@moodCode': 'EVN',
  code: {
    '@code': 'IMP',
    '@displayName': 'Hospitalisation (établissement, y compris HAD)',
    '@codeSystem': '2.16.840.1.113883.5.4',
    '@codeSystemName': 'HL7:ActCode',
  },
  effectiveTime: { low: { '@value': cdaTime(stay.from) }, high: { '@value': cdaTime(stay.to) } },
  performer: {
    '@typeCode': 'PRF',
    time: { high: { '@value': cdaTime(stay.from) } },
    assignedEntity: assignedEntity(author, establishment),
  },
})
