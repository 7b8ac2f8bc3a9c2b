/**
 * monEspaceSante.deposit: provides a kept document to Mon Espace Santé (IHE MHD ITI-65). After a silence nobody knows whether it arrived,
 * so it is sent again, byte for byte: the partner knows it by its uniqueId and keeps it once.
 */
import { isoOf } from '../../pathways/time/site.ts'
import { type Connector, ConnectorError } from '../connector.ts'
import type { ActivityDependencies } from '../dependencies.ts'
import { letterAskedFor } from '../documents/kept-letter.ts'
import { type DocumentToDeposit, provideDocumentBundle, type TransactionBundle } from './bundle.ts'

const TIMEOUT_MS = 15_000
/** The BPMN error of a refusal: trying the same again cannot help. */
export const DEPOSIT_REFUSED = 'deposit.refused'

/** Input `document`. Gives `deposited` (true), `at` (ISO 8601) and `uniqueId`. */
export const depositInMonEspaceSante =
  (dependencies: ActivityDependencies): Connector =>
  async (input) => {
    const { records, partners, clock } = dependencies
    const { kept, document } = await letterAskedFor(input, dependencies)
    let at = kept.depositedAt
    if (at === null) {
      if (!document.patient.ins) throw refusal('The INS is not qualified: the document may not leave under it.')
      await provide(provideDocumentBundle(document as DocumentToDeposit), partners.monEspaceSanteUrl)
      at = await clock.hospitalNow()
      await records.markDocument(kept.id, 'deposited', at)
    }
    return { deposited: true, at: isoOf(at, clock.site), uniqueId: document.uniqueId }
  }

const refusal = (message: string) => new ConnectorError(message, { retryable: false, code: DEPOSIT_REFUSED })

async function provide(bundle: TransactionBundle, url: string): Promise<void> {
  const { status, body } = await post(bundle, url)
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    throw new ConnectorError(`Mon Espace Santé is failing (HTTP ${status}).`, { retryable: true })
  }
  if (status < 200 || status > 299) throw refusal(`Mon Espace Santé refused the document (HTTP ${status}): ${problemsOf(body)}.`)
  checkAnswer(bundle, body)
}

async function post(bundle: TransactionBundle, url: string): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json; charset=utf-8', accept: 'application/fhir+json' },
      body: JSON.stringify(bundle),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    return { status: response.status, body: parse(text) }
  } catch (cause) {
    throw new ConnectorError('Mon Espace Santé does not answer.', { retryable: true, cause })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

interface TransactionAnswer {
  resourceType?: string
  entry?: { response?: { status?: string; location?: string; outcome?: unknown } }[]
}

/** Every entry must have been taken, in the order of the request. */
function checkAnswer(bundle: TransactionBundle, body: unknown): void {
  const answers = (body as TransactionAnswer | null)?.entry ?? []
  if (answers.length !== bundle.entry.length) {
    throw new ConnectorError("Mon Espace Santé's answer is not that of a transaction.", { retryable: true })
  }
  const refused = answers.filter(({ response }) => !response?.status?.startsWith('2'))
  if (refused.length > 0) {
    throw refusal(
      `Mon Espace Santé refused the document: ${refused.map(({ response }) => problemsOf(response?.outcome)).join('; ')}.`,
    )
  }
}

interface Outcome {
  issue?: { code?: string; expression?: string[] }[]
}

/** What is wrong and where, in FHIR's own codes and paths. A partner's free text may quote the patient: it is left out. */
function problemsOf(body: unknown): string {
  const issues = (body as Outcome | null)?.issue ?? []
  const problems = issues.map(({ code, expression }) =>
    `${code ?? 'unknown'} ${(expression ?? []).map(pathOnly).join(', ')}`.trim(),
  )
  return problems.length > 0 ? [...new Set(problems)].join('; ') : 'no reason given'
}

const pathOnly = (expression: string): string => expression.replace(/[^A-Za-z0-9_.[\]/()'-]/g, '').slice(0, 120)
