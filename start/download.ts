/** HTTPS downloads for set-up: Node's own client, because `fetch` cannot be given the certificate authority that pip is configured with. */
import { existsSync, readFileSync } from 'node:fs'
import { get as getPlain } from 'node:http'
import { get as getSecure } from 'node:https'
import { rootCertificates } from 'node:tls'

export interface DownloadOptions {
  accept?: string
  /** Longest silence of the other side. */
  silenceMsMax?: number
  bytesMax?: number
  /** Called with the bytes received and the bytes announced (0 when unknown). */
  onProgress?: (received: number, total: number) => void
  /** File of PEM certificates to trust besides Node's own. */
  certificates?: string
}

const REDIRECTS_MAX = 5

/**
 * Fetches a URL into memory. A user and password in the URL become a Basic header, sent to that origin only, and never appear in an error.
 * @throws Error in plain words: unreachable, silent, refused (with the status), too large, or not HTTPS.
 */
export async function download(address: string, options: DownloadOptions = {}, redirects = 0): Promise<Buffer> {
  const url = new URL(address)
  const local = url.hostname === '127.0.0.1' || url.hostname === 'localhost'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) throw new Error(`${plain(url)} is not an https address`)
  const headers: Record<string, string> = { accept: options.accept ?? '*/*', 'user-agent': 'parcours' }
  if (url.username) {
    headers.authorization = `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`
  }
  const bytesMax = options.bytesMax ?? 2 ** 20 * 50
  const answer = await new Promise<{ body: Buffer } | { location: string }>((resolve, reject) => {
    const fail = (message: string) => reject(new Error(`${plain(url)} ${message}`))
    const bare = new URL(url)
    bare.username = bare.password = ''
    const get = url.protocol === 'https:' ? getSecure : getPlain
    const request = get(bare, { headers, ca: authorities(options.certificates), agent: false }, (response) => {
      const status = response.statusCode ?? 0
      if (status >= 300 && status < 400 && response.headers.location) {
        response.resume()
        resolve({ location: new URL(response.headers.location, bare).href })
        return
      }
      if (status !== 200) {
        response.resume()
        fail(`answered ${status}`)
        return
      }
      const total = Number(response.headers['content-length'] ?? 0)
      const chunks: Buffer[] = []
      let received = 0
      response.on('data', (chunk: Buffer) => {
        received += chunk.length
        if (received > bytesMax) request.destroy(new Error(`is larger than ${bytesMax} bytes`))
        chunks.push(chunk)
        options.onProgress?.(received, total)
      })
      response.on('end', () => (total && received !== total ? fail('ended early') : resolve({ body: Buffer.concat(chunks) })))
      response.on('error', (error) => fail(error.message))
    })
    request.setTimeout(options.silenceMsMax ?? 15_000, () => request.destroy(new Error('does not answer')))
    request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ? `cannot be reached (${error.code})` : error.message))
  })
  if ('body' in answer) return answer.body
  if (redirects >= REDIRECTS_MAX) throw new Error(`${plain(url)} redirects too often`)
  return download(answer.location, options, redirects + 1)
}

/** The address without user, password, or query: fit for people and logs. */
export function plain(url: URL | string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

function authorities(file: string | undefined): string[] | undefined {
  return file && existsSync(file) ? [...rootCertificates, readFileSync(file, 'utf8')] : undefined
}
