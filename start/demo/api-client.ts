/** The API as synthetic staff and synthetic patients use it: by HTTP, with a session of the demonstration. */

export interface Answer<T> {
  status: number
  body: T
}

/** The API does not answer, or not yet. Whoever asks tries again later. */
export class ApiUnavailable extends Error {
  override name = 'ApiUnavailable'
}

export class ApiClient {
  readonly #url: string
  #token = ''

  /** @param url base address: `http://127.0.0.1:3000`. */
  constructor(url: string) {
    this.#url = url
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.#ask<T>('GET', path, undefined, '')
  }

  /** @param key idempotency key; '' for none. */
  post<T>(path: string, body: unknown = {}, key = ''): Promise<Answer<T>> {
    return this.#ask<T>('POST', path, body, key)
  }

  async #ask<T>(method: string, path: string, body: unknown, key: string): Promise<Answer<T>> {
    if (!this.#token) await this.#signIn()
    const answer = await this.#fetch<T>(method, path, body, {
      authorization: `Bearer ${this.#token}`,
      ...(key ? { 'idempotency-key': key } : {}),
    })
    if (answer.status === 401) this.#token = ''
    if (answer.status === 401 || answer.status >= 500) throw new ApiUnavailable(`${method} ${path} answered ${answer.status}`)
    return answer
  }

  async #signIn(): Promise<void> {
    const { status, body } = await this.#fetch<{ token: string }>(
      'POST',
      '/api/demo/sign-in',
      { role: 'operations', actor: 'staff', synthetic: true },
      {},
    )
    if (status !== 200) throw new ApiUnavailable(`Signing in answered ${status}`)
    this.#token = body.token
  }

  async #fetch<T>(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer<T>> {
    try {
      const response = await fetch(this.#url + path, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(40_000),
      })
      return { status: response.status, body: (await response.json()) as T }
    } catch (error) {
      throw new ApiUnavailable(`${method} ${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}
