/** Small parts of CDA R2 that header and sections share, as xmlbuilder2 reads them: `@name` is an attribute, `#` a text. */
import { create } from 'xmlbuilder2'
import type { Establishment, PersonName, Professional } from './letter.ts'

export interface XmlObject {
  [name: string]: XmlValue
}
export type XmlValue = string | XmlObject | XmlValue[]

export const LOINC = { '@codeSystem': '2.16.840.1.113883.6.1', '@codeSystemName': 'LOINC' }
export const SNOMED = { '@codeSystem': '2.16.840.1.113883.6.96', '@codeSystemName': 'SNOMED CT' }
/** Terminology of the French agency, for what LOINC and SNOMED CT do not name. */
export const TA_ASIP = { '@codeSystem': '1.2.250.1.213.1.1.4.322', '@codeSystemName': 'TA_ASIP' }

export const PROFESSIONALS_OID = '1.2.250.1.71.4.2.1'
export const STRUCTURES_OID = '1.2.250.1.71.4.2.2'

/** A national professional identifier: "8" and the RPPS. */
export const professionalId = (rpps: string): XmlObject => ({ '@root': PROFESSIONALS_OID, '@extension': `8${rpps}` })
/** A national structure identifier: "1" and the FINESS. */
export const structureId = (finess: string): XmlObject => ({ '@root': STRUCTURES_OID, '@extension': `1${finess}` })

/** `2026-11-23T08:15:00+01:00` as CDA's `20261123081500+0100`; a day as `20261123`. */
export function cdaTime(iso: string): string {
  const [, date, time, zone] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d))?$/.exec(iso) ?? []
  if (!date) throw new Error('A date for CDA must be ISO 8601: a day, or an instant with seconds and an offset.')
  const day = date.replaceAll('-', '')
  return time ? `${day}${time.replaceAll(':', '')}${zone === 'Z' ? '+0000' : zone!.replace(':', '')}` : day
}

/**
 * XML 1.0 cannot hold controls other than white space, lone surrogates and two non-characters. The builder decodes entities in what it is
 * given, and then leaves what still looks like one as it is: an ampersand that means itself has to be escaped twice.
 */
const xmlText = (text: string): string => text.replace(/[^\t\n\r\P{Cc}]|\p{Cs}|[\ufffe\uffff]/gu, '').replaceAll('&', '&amp;amp;')

function withXmlText(value: XmlValue): XmlValue {
  if (typeof value === 'string') return xmlText(value)
  if (Array.isArray(value)) return value.map(withXmlText)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withXmlText(inner)]))
}

/** An XML document in UTF-8. Any text may stand in it: what XML cannot hold is left out, everything else means itself. */
export const xmlDocument = (root: XmlObject): string =>
  create({ version: '1.0', encoding: 'UTF-8' }, withXmlText(root) as object).end({ prettyPrint: true })

export const personName = ({ family, given }: PersonName): XmlObject => ({
  given: given,
  family: family,
})

export const establishmentAddress = ({ street, postalCode, city }: Establishment): XmlObject => ({
  streetName: street,
  postalCode,
  city: city,
})

export const telephone = (number: string): XmlObject => ({ '@value': `tel:${number}`, '@use': 'WP' })

export const practiceSetting: XmlObject = {
  '@code': 'ETABLISSEMENT',
  '@displayName': 'Etablissement de santé',
  '@codeSystem': '1.2.250.1.213.1.1.4.9',
  '@codeSystemName': 'practiceSettingCode',
}

export const organization = (establishment: Establishment): XmlObject => ({
  id: structureId(establishment.finess),
  name: establishment.name,
  telecom: telephone(establishment.telephone),
  addr: establishmentAddress(establishment),
})

/** A professional who acts for the establishment, as an assignedEntity. */
export const assignedEntity = (professional: Professional, establishment: Establishment): XmlObject => ({
  id: professionalId(professional.rpps),
  code: {
    '@code': professional.profession,
    '@displayName': professional.professionLabel,
    '@codeSystem': '1.2.250.1.213.1.1.4.5',
  },
  assignedPerson: { name: personName(professional) },
  representedOrganization: { ...organization(establishment), standardIndustryClassCode: practiceSetting },
})
