/** The sandbox on HTTP. Faults befall deposits only, so that a test can look on while they go. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Faults } from '../faults.ts'
import { answer, answerHousekeeping, pause, readBody } from '../http.ts'
import { type Bundle, operationOutcome, type Problem } from './resources.ts'
import { checkShape, checkTransaction } from './rules/transaction.ts'
import type { Store } from './store.ts'

const FHIR = 'application/fhir+json; charset=utf-8'
const BASE = '/fhir'

/** `down` resets the connection unread, `fail` answers 500, `storeThenDrop` keeps the document and hangs up without an answer. */
export const FAULT_NAMES = ['down', 'fail', 'storeThenDrop']

export function createMonEspaceSante(store: Store): Server {
  const faults = new Faults(FAULT_NAMES)
  return createServer((request, response) => {
    route(request, response, store, faults).catch((error: unknown) => {
      process.stderr.write(`${JSON.stringify({ event: 'error', reason: error instanceof Error ? error.message : 'unknown' })}\n`)
      if (!response.headersSent) refuse(response, 500, [{ code: 'exception', expression: '', diagnostics: 'Internal error.' }])
    })
  })
}

async function route(request: IncomingMessage, response: ServerResponse, store: Store, faults: Faults): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox')
  const path = url.pathname.replace(/\/$/, '')
  if (await answerHousekeeping(request, response, path, faults)) return
  if (request.method === 'POST' && path === BASE) return receive(request, response, store, faults)
  if (request.method === 'GET' && path === `${BASE}/DocumentReference`) return search(response, url, store)
  const [, type, id] = /^\/fhir\/(DocumentReference|List|Binary)\/([0-9a-f-]{36})$/.exec(path) ?? []
  if (request.method === 'GET' && type === 'Binary') return retrieve(request, response, id!, store)
  const resource = request.method === 'GET' && type ? await store.read(`${type}/${id}`) : null
  if (resource) return answer(response, 200, resource, FHIR)
  refuse(response, 404, [{ code: 'not-found', expression: '', diagnostics: 'There is nothing at this address.' }])
}

const refuse = (response: ServerResponse, status: number, problems: Problem[]) =>
  answer(response, status, operationOutcome(problems), FHIR)

/** ITI-65: provide document bundle. */
async function receive(request: IncomingMessage, response: ServerResponse, store: Store, faults: Faults): Promise<void> {
  const { fault, slowMs } = faults.next()
  if (fault === 'down') {
    request.socket.resetAndDestroy()
    return
  }
  const body = await readBody(request)
  await pause(slowMs)
  if (fault === 'fail') {
    return refuse(response, 500, [{ code: 'exception', expression: '', diagnostics: 'The service is failing. Try again later.' }])
  }
  const { status, outcome } = await deposit(body, store)
  if (fault === 'storeThenDrop') {
    request.socket.resetAndDestroy()
    return
  }
  answer(response, status, outcome, FHIR)
}

async function deposit(body: Buffer, store: Store): Promise<{ status: number; outcome: unknown }> {
  const bundle = parse(body)
  const shape = checkShape(bundle)
  if (shape.length > 0) return { status: 400, outcome: operationOutcome(shape) }
  const checked = checkTransaction(bundle!)
  if (checked.problems.length > 0) return { status: 422, outcome: operationOutcome(checked.problems) }
  const result = await store.deposit(bundle!, checked)
  if (result.type === 'conflict') return { status: 409, outcome: operationOutcome(result.problems) }
  return { status: 200, outcome: result.response }
}

function parse(body: Buffer): Bundle | null {
  try {
    return JSON.parse(body.toString('utf8')) as Bundle
  } catch {
    return null
  }
}

/** ITI-67: find document references. Without a patient, PDSm allows no search. */
async function search(response: ServerResponse, url: URL, store: Store): Promise<void> {
  const identifier = url.searchParams.get('patient.identifier')
  if (!identifier) {
    const diagnostics = 'Say whose documents: patient.identifier=system|value.'
    return refuse(response, 400, [{ code: 'required', expression: '', diagnostics }])
  }
  const found = await store.search(identifier)
  const entry = found.map((resource) => ({ fullUrl: `DocumentReference/${resource.id}`, resource, search: { mode: 'match' } }))
  answer(response, 200, { resourceType: 'Bundle', type: 'searchset', total: found.length, entry }, FHIR)
}

/** ITI-68: retrieve document; the bytes themselves, or the Binary for who asks for FHIR. */
async function retrieve(request: IncomingMessage, response: ServerResponse, id: string, store: Store): Promise<void> {
  const document = await store.content(id)
  if (!document) return refuse(response, 404, [{ code: 'not-found', expression: '', diagnostics: 'There is no such document.' }])
  if (!request.headers.accept?.includes('application/fhir+json'))
    return answer(response, 200, document.bytes, document.contentType)
  answer(response, 200, await store.read(`Binary/${id}`), FHIR)
}
