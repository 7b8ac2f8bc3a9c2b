// Goal: the page is served as caches and browsers need it, and nothing outside its folder ever is.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { servePage } from '../../api/page.ts'

let folder: string
const app = () => new Hono().get('*', servePage([join(folder, 'missing'), join(folder, 'web')]))

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-page-'))
  mkdirSync(join(folder, 'web/assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'web/index.html'), '<title>Parcours</title>')
  writeFileSync(join(folder, 'web/assets/a-1234.js'), 'export {}')
})
afterAll(() => rmSync(folder, { recursive: true }))

it('keeps hashed assets for ever and checks the page at each visit', async () => {
  const asset = await app().request('/assets/a-1234.js')
  expect(asset.headers.get('cache-control')).toContain('immutable')
  expect(asset.headers.get('content-type')).toContain('javascript')
  const page = await app().request('/')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
  const again = await app().request('/', { headers: { 'if-none-match': page.headers.get('etag')! } })
  expect(again.status).toBe(304)
})

it('answers every address of the application with its page, and a missing file with 404', async () => {
  expect(await (await app().request('/runs/admission-1?x=1')).text()).toContain('Parcours')
  expect((await app().request('/assets/gone.js')).status).toBe(404)
})

it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/%00.txt', '/%ff.txt'])(
  'gives nothing outside its folder: %s',
  async (path) => {
    expect(await (await app().request(path)).text()).not.toContain('secret')
  },
)

it('says so while nothing is built', async () => {
  const none = new Hono().get('*', servePage([join(folder, 'missing')]))
  const page = await none.request('/', { headers: { accept: 'text/html', 'accept-language': 'en' } })
  expect(page.status).toBe(503)
  expect(await page.text()).toContain('npm start')
})
