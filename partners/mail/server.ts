/** The mail server (SMTP) and its side door (HTTP). Faults befall mail transactions only, one draw for each MAIL FROM. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { type Fault, Faults } from '../faults.ts'
import { answer, answerHousekeeping, pause } from '../http.ts'
import type { MailStore } from './store.ts'

/**
 * `down` hangs up at MAIL FROM, `greylist` answers 451, `dropAfterData` hangs up with the message unkept, `storeThenDrop` keeps it and
 * hangs up without an answer.
 */
export const FAULT_NAMES = ['down', 'greylist', 'dropAfterData', 'storeThenDrop']
const MESSAGE_BYTES_MAX = 10 * 1024 * 1024

export function createMailServer(store: MailStore): { smtp: SMTPServer; http: Server } {
  const faults = new Faults(FAULT_NAMES)
  const sockets = new Map<string, Socket>()
  const drawn = new Map<string, Fault>()
  const smtp = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MESSAGE_BYTES_MAX,
    closeTimeout: 500,
    onMailFrom(_address, session, callback) {
      const fault = faults.next()
      drawn.set(session.id, fault)
      if (fault.fault === 'down') return hangUp(sockets, session)
      callback(fault.fault === 'greylist' ? refusal(451, '4.7.1 Greylisted, please try again later') : null)
    },
    onData(stream, session, callback) {
      const fault = drawn.get(session.id) ?? { request: 0, fault: 'none', slowMs: 0 }
      receive(stream, session, store, fault).then(
        (kept) => (kept === 'answer' ? callback() : hangUp(sockets, session)),
        (error: Error) => callback('responseCode' in error ? error : refusal(451, '4.3.0 Local error in processing')),
      )
    },
    onClose(session) {
      drawn.delete(session.id)
    },
  })
  smtp.server.on('connection', (socket: Socket) => {
    const key = `${socket.remoteAddress}:${socket.remotePort}`
    sockets.set(key, socket)
    socket.once('close', () => sockets.delete(key))
  })
  // A client that hangs up is no failure of ours.
  smtp.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE')
      process.stderr.write(`${JSON.stringify({ event: 'error', code: error.code })}\n`)
  })
  return { smtp, http: createServer((request, response) => void serve(request, response, store, faults)) }
}

const hangUp = (sockets: Map<string, Socket>, { remoteAddress, remotePort }: SMTPServerSession) =>
  [...sockets.entries()].find(([key]) => key.endsWith(`${remoteAddress}:${remotePort}`))?.[1].resetAndDestroy()

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession, store: MailStore, { fault, slowMs }: Fault) {
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
  if (stream.sizeExceeded) throw refusal(552, '5.3.4 Message too big')
  await pause(slowMs)
  if (fault === 'dropAfterData') return 'hangUp'
  const bytes = Buffer.concat(chunks)
  const recipients = session.envelope.rcptTo.map(({ address }) => address)
  await store.deliver(messageIdOf(bytes) ?? `<${randomUUID()}@sandbox.invalid>`, recipients, bytes)
  return fault === 'storeThenDrop' ? 'hangUp' : 'answer'
}

function messageIdOf(bytes: Buffer): string | null {
  const end = bytes.indexOf('\r\n\r\n')
  const headers = bytes.toString('latin1', 0, end < 0 ? bytes.length : end).replace(/\r\n[ \t]+/g, ' ')
  return /^message-id:\s*(<[^>\s]+>)/im.exec(headers)?.[1] ?? null
}

/** `GET /messages?messageId=&recipient=` lists, `GET /messages/<file>` gives one as it was sent. */
async function serve(request: IncomingMessage, response: ServerResponse, store: MailStore, faults: Faults): Promise<void> {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox')
    if (await answerHousekeeping(request, response, pathname, faults)) return
    if (request.method === 'GET' && pathname === '/messages') {
      const items = store.list({ messageId: searchParams.get('messageId'), recipient: searchParams.get('recipient') })
      return answer(response, 200, { items, total: items.length })
    }
    const file = /^\/messages\/([0-9a-f]{32}\.eml)$/.exec(pathname)?.[1]
    const bytes = request.method === 'GET' && file ? await store.read(file) : null
    if (bytes) return answer(response, 200, bytes, 'message/rfc822')
    answer(response, 404, { error: 'There is nothing at this address.' })
  } catch {
    if (!response.headersSent) answer(response, 500, { error: 'Internal error.' })
  }
}
