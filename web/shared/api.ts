/** Asks the API. What it refuses comes back as a Problem, in the reader's language. */
import type { ProblemBody } from '../../api/types.ts'

/** An answer that is no success: `problem` says what and what to do about it; null when the API could not be reached. */
export class ApiError extends Error {
  readonly status: number
  readonly problem: ProblemBody | null

  constructor(status: number, problem: ProblemBody | null) {
    super(problem?.title ?? `HTTP ${status}`)
    this.name = 'ApiError'
    this.status = status
    this.problem = problem
  }
}

/** Signs in again, when the API no longer knows who asks; rejects when that is given up. */
type SigningIn = () => Promise<void>
let signInAgain: SigningIn | null = null

/** Says how to sign in again: whatever is asked meanwhile waits for it and is then asked once more, with the same key. */
export function onExpired(signingIn: SigningIn | null): void {
  signInAgain = signingIn
}

/** The code of a problem: `stale-task`; '' when there is none. */
export const problemCode = (error: unknown): string =>
  error instanceof ApiError ? (error.problem?.type.split(':').at(-1) ?? '') : ''

interface Asking {
  /** Of idempotency. */
  key?: string
  method?: 'PUT' | 'DELETE' | 'POST'
}

/**
 * Asks `/api` + path; a body makes it a POST, unless another method is said.
 * @throws ApiError with status 0 when nothing answered.
 */
export async function ask<T>(path: string, body?: unknown, options: Asking = {}): Promise<T> {
  try {
    return await askOnce<T>(path, body, options)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401 && signInAgain)) throw error
    await signInAgain().catch(() => {
      throw error
    })
    return askOnce<T>(path, body, options)
  }
}

async function askOnce<T>(path: string, body: unknown, { key = '', method }: Asking): Promise<T> {
  const response = await fetch(`/api${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      'accept-language': document.documentElement.lang,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key ? { 'idempotency-key': key } : {}),
    },
    body: body === undefined ? null : JSON.stringify(body),
  }).catch(() => {
    throw new ApiError(0, null)
  })
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  const answer: unknown = isJson ? await response.json() : null
  if (!response.ok || !isJson) throw new ApiError(response.status, answer as ProblemBody | null)
  return answer as T
}
