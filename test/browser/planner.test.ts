// Goal: a new planner asks "may we close ten surgical beds in August?", and goes from the home page to a shared link and a printed brief. Method: the real page and API on a real Postgres, in a real browser whose workers simulate.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ServerType, serve } from '@hono/node-server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../api/support.ts'
import { browserPath } from './browser-path.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PAGE = join(ROOT, '.cache/test-web-planner')
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** The machine may have much else to do: what is simulated takes as long as it takes. */
const SIMULATED = { timeout: 150_000 }

let api: TestApi
let server: ServerType
let url: string
let browser: Browser

beforeAll(async () => {
  const built = build({ configFile: join(ROOT, 'web/vite.config.ts'), logLevel: 'silent', build: { outDir: PAGE } })
  api = await openTestApi({ pageFolders: [PAGE] })
  await built
  await new Promise<void>((resolve) => {
    server = serve({ fetch: api.application.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve())
  })
  url = `http://localhost:${(server.address() as AddressInfo).port}`
  browser = await chromium.launch({ executablePath: await browserPath(), args: ['--no-sandbox', '--disable-gpu'] })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  if (server) {
    if ('closeAllConnections' in server) server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await api?.close()
})

async function planner(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } })
  await context.addInitScript(() => localStorage.setItem('parcours.language', 'fr'))
  await context.request.post(`${url}/api/demo/sign-in`, { data: { role: 'planner' }, headers: { origin: url } })
  return context
}

const seriousIn = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    type Result = { violations: { id: string; impact: string; nodes: { html: string }[] }[] }
    const { axe } = window as unknown as { axe: { run: () => Promise<Result> } }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  })
}

it('a question goes from the first page to an answer, a shared link and a printed brief', async () => {
  const context = await planner()
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(`${url}/planner/questions`)
  await page.getByRole('link', { name: 'Peut-on fermer dix lits de chirurgie en août ?' }).click()
  await page.waitForURL(/set=bed\.surgery/)
  // As few as can be paired: a shared link holds how many.
  await page.goto(`${page.url()}&replications=2`)
  await page.getByRole('heading', { name: 'Et si : 10 de moins · Lits · Chirurgie ?' }).waitFor(SIMULATED)
  await page.getByText('2 réplications sur 2').waitFor(SIMULATED)
  await page.getByText(/première réponse en/).waitFor(SIMULATED)
  expect(await page.getByRole('list', { name: 'Objectifs' }).getByRole('listitem').count()).toBe(3)
  expect(await page.getByText('120 (-10)').count()).toBe(1)
  expect(await seriousIn(page)).toEqual([])

  await page.getByRole('link', { name: 'Tous les chiffres' }).click()
  const cost = page.getByRole('row', { name: /^Coût/ })
  await cost.waitFor()
  // Ten beds, 31 days, 18 euros an hour: to the euro in every replication.
  expect(await cost.innerText()).toMatch(/-134\s*k€/)
  expect(await page.getByText('aucune différence détectable').count()).toBeGreaterThan(3)

  await page.getByRole('button', { name: 'Partager' }).click()
  const link = await page.getByRole('textbox', { name: 'Lien' }).inputValue()
  expect(link).toMatch(/set=bed\.surgery%3A-10.*seed=2026.*replications=2.*version=[0-9a-f]+.*engine=.*results=[0-9a-f]{16}/)

  const other = await planner()
  const opened = await other.newPage()
  await opened.goto(link)
  await opened.getByText('Identique à ce qui a été partagé').waitFor(SIMULATED)
  await other.close()

  await page.keyboard.press('Escape')
  await page.goto(`${url}/planner/brief${new URL(link).search}`)
  await page.getByRole('button', { name: 'Imprimer' }).waitFor()
  await page.getByText('Identique à ce qui a été partagé').waitFor(SIMULATED)
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('button', { name: 'Imprimer' }).isVisible()).toBe(false)
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
  expect(await page.getByTestId('brief-link').innerText()).toBe(link)
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000)
  expect(errors).toEqual([])
  await context.close()
}, 600_000)

it('a link of another release says so', async () => {
  const context = await planner()
  const page = await context.newPage()
  const response = await context.request.post(`${url}/api/scenarios/ready`, {
    data: { scenario: 'extends: examples/visit.yaml' },
    headers: { origin: url },
  })
  const { version } = (await response.json()) as { version: string }
  await page.goto(`${url}/planner/what-if?model=examples%2Fvisit.yaml&version=${version}&engine=0.0.1%2Bold&replications=2`)
  await page.getByText('Le moteur a changé depuis le partage').waitFor(SIMULATED)
  await context.close()
}, 200_000)
