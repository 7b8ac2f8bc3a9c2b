/**
 * mail.generalPractitioner: sends a kept document to the patient's general practitioner over SMTP. SMTP cannot be asked whether a message
 * arrived, so the rule is: at least once on the wire, always under the same Message-ID, which is made of the document's id. The
 * receiving side's mailbox goes by Message-ID and shows it once. What was acknowledged is marked and never sent again.
 */
import { createTransport } from 'nodemailer'
import { type Connector, ConnectorError } from '../connector.ts'
import type { ActivityDependencies } from '../dependencies.ts'
import { uuidOf } from '../documents/identifiers.ts'
import { letterAskedFor } from '../documents/kept-letter.ts'
import { LETTER_CODE, type OutgoingDocument, type Recipient } from '../documents/letter.ts'
import { xdmArchive } from './xdm.ts'

const CONNECT_TIMEOUT_MS = 10_000
const SILENCE_TIMEOUT_MS = 20_000

/** Input `document`. Gives `sent`: false when the patient has declared no general practitioner. */
export const mailGeneralPractitioner =
  (dependencies: ActivityDependencies): Connector =>
  async (input) => {
    const { records, partners, clock } = dependencies
    const { kept, document, generalPractitioner } = await letterAskedFor(input, dependencies)
    if (!generalPractitioner?.mailbox) return { sent: false }
    if (kept.mailedAt === null) {
      await send(messageOf(document, generalPractitioner), partners.smtpUrl)
      await records.markDocument(kept.id, 'mailed', await clock.hospitalNow())
    }
    return { sent: true }
  }

/** The message as nodemailer takes it. The subject names nobody: it is read on lock screens. */
export function messageOf(document: OutgoingDocument, recipient: Recipient) {
  const { establishment, patient, uniqueId, createdAt } = document
  const domain = establishment.mailbox.split('@')[1]
  return {
    from: { name: establishment.name, address: establishment.mailbox },
    to: { name: `Dr ${recipient.given} ${recipient.family}`, address: recipient.mailbox },
    messageId: `<${uuidOf(`${uniqueId}/mail`)}@${domain}>`,
    date: new Date(createdAt),
    subject: 'XDM/1.0/DDM+Lettre de liaison à la sortie',
    text: [
      'Cher confrère, chère consœur,',
      '',
      'Vous trouverez ci-joint la lettre de liaison d’un de vos patients, à sa sortie de notre établissement.',
      '',
      establishment.name,
    ].join('\r\n'),
    headers: {
      'X-MSS-CODECDA': LETTER_CODE,
      'X-MSS-INS': patient.ins ? 'O' : 'N',
      'X-MSS-NIL': establishment.softwareNumber,
    },
    attachments: [{ filename: 'IHE_XDM.ZIP', contentType: 'application/zip', content: Buffer.from(xdmArchive(document)) }],
  }
}

async function send(message: ReturnType<typeof messageOf>, smtpUrl: string): Promise<void> {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail(message)
  } catch (error) {
    throw mailError(error)
  } finally {
    transport.close()
  }
}

/** 5yz is for ever (RFC 5321, 4.2.1); everything else, silence included, may pass. The server's own text may name the mailbox. */
function mailError(cause: unknown): ConnectorError {
  const code = (cause as { responseCode?: number }).responseCode
  if (code !== undefined && code >= 500) {
    return new ConnectorError(`The mail server refused the message (SMTP ${code}).`, { retryable: false, cause })
  }
  const reason = code === undefined ? 'does not answer' : `asks to try again later (SMTP ${code})`
  return new ConnectorError(`The mail server ${reason}.`, { retryable: true, cause })
}
