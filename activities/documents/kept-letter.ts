/** A kept letter as the two ways out of the hospital need it. */
import { ConnectorError, type ConnectorInput, requiredText } from '../connector.ts'
import type { ActivityDependencies, KeptDocument } from '../dependencies.ts'
import { LETTER_CODE, LETTER_CODE_LABEL, LETTER_FORMAT, LETTER_TITLE, type OutgoingDocument, type Recipient } from './letter.ts'
import { readDischargeLetter } from './read-discharge-letter.ts'

export interface KeptLetter {
  kept: KeptDocument
  document: OutgoingDocument
  generalPractitioner: Recipient | null
}

/**
 * The letter that the task's input `document` names.
 * @throws ConnectorError, not retryable, when there is none.
 */
export async function letterAskedFor(
  input: ConnectorInput,
  { records, establishment }: Pick<ActivityDependencies, 'records' | 'establishment'>,
): Promise<KeptLetter> {
  const kept = await records.readDocument(requiredText(input, 'document'))
  if (!kept) throw new ConnectorError('The document to send is not in the records.', { retryable: false })
  const { generalPractitioner, ...letter } = readDischargeLetter(kept.cda, establishment)
  const document: OutgoingDocument = {
    ...letter,
    title: LETTER_TITLE,
    type: LETTER_CODE,
    typeLabel: LETTER_CODE_LABEL,
    format: LETTER_FORMAT,
    content: new TextEncoder().encode(kept.cda),
    establishment,
  }
  return { kept, document, generalPractitioner }
}
