/** The little of HTTP that the partners share: bodies in, JSON out, the faults' own routes, an orderly end. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { FaultPlanError, type Faults } from './faults.ts'

const BODY_BYTES_MAX = 32 * 1024 * 1024

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_BYTES_MAX) throw new Error(`The body is larger than ${BODY_BYTES_MAX} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export function answer(response: ServerResponse, status: number, body: unknown, contentType = 'application/json'): void {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length })
  response.end(bytes)
}

/** Serves `GET /health`, `GET` and `PUT /faults`, `GET /faults/log`; false when the request is for something else. */
export async function answerHousekeeping(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  faults: Faults,
): Promise<boolean> {
  const route = `${request.method} ${path}`
  if (route === 'GET /health') answer(response, 200, { status: 'ok' })
  else if (route === 'GET /faults') answer(response, 200, faults.plan)
  else if (route === 'GET /faults/log') answer(response, 200, { items: faults.log })
  else if (route === 'PUT /faults') await setFaults(request, response, faults)
  else return false
  return true
}

async function setFaults(request: IncomingMessage, response: ServerResponse, faults: Faults): Promise<void> {
  try {
    faults.set(JSON.parse((await readBody(request)).toString('utf8')))
    answer(response, 200, faults.plan)
  } catch (error) {
    if (!(error instanceof FaultPlanError || error instanceof SyntaxError)) throw error
    answer(response, 400, { error: error.message })
  }
}

/** Listens on `port` (0 for a free one) of this machine only, and answers the port it got. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

export const pause = (ms: number): Promise<void> =>
  ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve()

/** One JSON line on standard output, which whoever started the partner reads to learn its ports. */
export function announce(event: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

/** Calls `close` on the first SIGINT or SIGTERM, then ends the process. */
export function closeOnSignal(close: () => Promise<void>): void {
  let closing = false
  const end = () => {
    if (closing) return
    closing = true
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}
