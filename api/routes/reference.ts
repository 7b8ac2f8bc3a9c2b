/** The API described: `openapi.json`, and a page to read it, whose script comes from here and not from a CDN. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createRoute, z } from '@hono/zod-openapi'
import { Scalar } from '@scalar/hono-api-reference'
import { declared, newRouter } from '../route.ts'

const SCRIPT_PATH = '/api/reference/script.js'
/** Scalar's page has one inline script and builds styles as it goes; it may fetch from here only. */
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'"

const page = createRoute({
  method: 'get',
  path: '/reference',
  ...declared({ id: 'readReference', tag: 'reference', summary: 'This reference', admits: 'everybody' }),
  responses: { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
})
const script = createRoute({
  method: 'get',
  path: '/reference/script.js',
  ...declared({ id: 'readReferenceScript', tag: 'reference', summary: 'The script of the reference page', admits: 'everybody' }),
  responses: { 200: { description: 'JavaScript', content: { 'text/javascript': { schema: z.string() } } } },
})

export function referenceRoutes() {
  const html = Scalar({
    url: '/api/openapi.json',
    cdn: SCRIPT_PATH,
    pageTitle: 'Parcours API',
    telemetry: false,
    withDefaultFonts: false,
  })
  let bundle: Promise<string> | null = null
  const router = newRouter()
  router.openapi(page, async (context) => {
    context.header('content-security-policy', POLICY)
    return (await html(context as never, async () => {})) as never
  })
  router.openapi(script, async (context) => {
    bundle ??= readFile(scriptFile(), 'utf8')
    context.header('cache-control', 'public, max-age=86400')
    return context.body(await bundle, 200, { 'content-type': 'text/javascript; charset=utf-8' }) as never
  })
  return router
}

/** The standalone build inside Scalar's package. */
function scriptFile(): string {
  const entry = createRequire(import.meta.url).resolve('@scalar/api-reference')
  return `${entry.slice(0, entry.lastIndexOf('/dist/'))}/dist/browser/standalone.js`
}
