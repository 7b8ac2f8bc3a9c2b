/** The lettre de liaison à la sortie (LDL-SES 2022.01) as CDA R2 level 3. Pure: the same letter gives the same text. */
import { xmlDocument } from './cda.ts'
import { header } from './header.ts'
import type { DischargeLetter } from './letter.ts'
import { sections } from './sections.ts'

/**
 * The document as XML text in UTF-8.
 * @throws Error when a date of the letter is not ISO 8601.
 */
export function dischargeLetterCda(letter: DischargeLetter): string {
  const document = {
    ClinicalDocument: {
      '@xmlns': 'urn:hl7-org:v3',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      ...header(letter),
      component: { structuredBody: { component: sections(letter) } },
    },
  }
  return xmlDocument(document)
}
