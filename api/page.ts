/** Serves the built page: hashed assets for ever, everything else checked at each visit; every address of the application answers with its page. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Context, MiddlewareHandler } from 'hono'
import { answerProblem, languageOf, ProblemError } from './problems.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

export const PAGE_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; " +
  "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

/** @param folders where a build may be, the first that has one wins at each request. */
export function servePage(folders: string[]): MiddlewareHandler {
  return async (context, next) => {
    if (!['GET', 'HEAD'].includes(context.req.method)) return next()
    const path = decoded(context.req.path)
    if (path === null) return next()
    for (const folder of folders) {
      const file = inside(folder, path)
      const found = file === null || extname(path) === '' ? null : await contents(file)
      if (found) return answerFile(context, path, found)
    }
    if (extname(path) !== '') return next()
    for (const folder of folders) {
      const index = await contents(join(folder, 'index.html'))
      if (index) return answerFile(context, '/index.html', index)
    }
    return notBuilt(context)
  }
}

function answerFile(context: Context, path: string, body: Buffer): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  context.header('etag', etag)
  context.header('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (path.endsWith('.html')) context.header('content-security-policy', PAGE_POLICY)
  if (context.req.header('if-none-match') === etag) return context.body(null, 304)
  context.header('content-type', TYPES[extname(path)] ?? 'application/octet-stream')
  return context.body(new Uint8Array(body))
}

function notBuilt(context: Context): Response {
  if (!(context.req.header('accept') ?? '').includes('text/html'))
    return answerProblem(context, new ProblemError('page-not-built'))
  const french = languageOf(context.req.header('accept-language')) === 'fr'
  const text = french
    ? 'La page n’est pas encore construite : « npm start » la construit. Elle se recharge toute seule.'
    : 'The page is not built yet: "npm start" builds it. This reloads by itself.'
  context.header('cache-control', 'no-store')
  context.header('retry-after', '2')
  return context.html(
    `<!doctype html><html lang="${french ? 'fr' : 'en'}"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Parcours</title><p>${text}</p></html>`,
    503,
  )
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

/** The file of a path, null when it would lie outside the folder. */
function inside(folder: string, path: string): string | null {
  const file = normalize(join(folder, path))
  return file.startsWith(folder + sep) && !path.includes('\0') ? file : null
}

async function contents(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
