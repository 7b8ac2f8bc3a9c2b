/** Asks the API. What it refuses comes back as a Problem, in the reader's language. */
import type { ProblemBody } from '../../api/types.ts'
import type { Answer, Body, Known, Method, Query } from './api-types.ts'

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
  query?: object | undefined
  body?: unknown
  /** Of idempotency. */
  key?: string | undefined
}

/** Reads `/api` + path. @param query what is undefined or '' is left out. @throws ApiError, with status 0 when nothing answered. */
export const get = <const Path extends string>(
  path: Path & Known<Path, 'get'>,
  query?: Query<Path, 'get'>,
): Promise<Answer<Path, 'get'>> => asked('get', path, { query })

/** Has something done. @param key of idempotency: with it, asking twice is doing once. @throws as `get`. */
export const post = <const Path extends string>(
  path: Path & Known<Path, 'post'>,
  body: Body<Path, 'post'>,
  key?: string,
): Promise<Answer<Path, 'post'>> => asked('post', path, { body, key })

/** Puts something in the place of what is there. @throws as `get`. */
export const put = <const Path extends string>(
  path: Path & Known<Path, 'put'>,
  body: Body<Path, 'put'>,
): Promise<Answer<Path, 'put'>> => asked('put', path, { body })

/** Takes something away. @throws as `get`. */
export const remove = <const Path extends string>(path: Path & Known<Path, 'delete'>): Promise<Answer<Path, 'delete'>> =>
  asked('delete', path, {})

async function asked<T>(method: Method, path: string, asking: Asking): Promise<T> {
  try {
    return await askedOnce<T>(method, path, asking)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401 && signInAgain)) throw error
    await signInAgain().catch(() => {
      throw error
    })
    return askedOnce<T>(method, path, asking)
  }
}

async function askedOnce<T>(method: Method, path: string, { query = {}, body, key = '' }: Asking): Promise<T> {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`
  const response = await fetch(`/api${path}${search}`, {
    method: method.toUpperCase(),
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
