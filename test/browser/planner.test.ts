// Goal: a new planner asks "may we close ten surgical beds in August?", and goes from the home page to a shared link and a printed brief. Method: the real page and API on a real Postgres, in a real browser whose workers simulate.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../api/support.ts'
import { testPage } from '../services/index.ts'
import { openBrowser, type Served, seriousIn, served, visit } from './looking.ts'

/** The machine may have much else to do: what is simulated takes as long as it takes. */
const SIMULATED = { timeout: 150_000 }

let api: TestApi
let serving: Served
let browser: Browser

beforeAll(async () => {
  api = await openTestApi({ pageFolders: [await testPage()] })
  serving = await served(api)
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await serving?.close()
  await api?.close()
})

const planner = (path: string) => visit(browser, serving.url, path, { role: 'planner', viewport: { width: 1400, height: 1000 } })

it('a question goes from the first page to an answer, a shared link and a printed brief', async () => {
  const { page, errors, close } = await planner('/planner/questions')
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

  await page.getByRole('link', { name: 'Comparer à d’autres' }).click()
  const beside = page.getByTestId('scenarios')
  await beside.getByText('2 sur 2 simulations').nth(1).waitFor(SIMULATED)
  await beside.getByRole('button', { name: 'Coût' }).click()
  const costs = async () => (await beside.getByRole('row').allInnerTexts()).slice(1)
  await expect
    .poll(costs)
    .toEqual([expect.stringMatching(/10 de moins[\s\S]*-134\s*k€ \(/), expect.stringMatching(/^tel quel[\s\S]*M€/)])
  expect((await costs())[0]).toContain('aucune différence détectable')
  await beside.getByRole('button', { name: 'Coût ↑' }).click()
  await expect.poll(async () => (await costs())[0]).toMatch(/^tel quel/)

  await page.getByRole('button', { name: 'Partager' }).click()
  const link = await page.getByRole('textbox', { name: 'Lien' }).inputValue()
  expect(link).toMatch(/set=bed\.surgery%3A-10.*seed=2026.*replications=2.*version=[0-9a-f]+.*engine=.*results=[0-9a-f]{16}/)

  const other = await planner('/planner/questions')
  await other.page.goto(link)
  await other.page.getByText('Identique à ce qui a été partagé').waitFor(SIMULATED)
  await other.close()

  await page.keyboard.press('Escape')
  await page.goto(`${serving.url}/planner/brief${new URL(link).search}`)
  await page.getByRole('button', { name: 'Imprimer' }).waitFor()
  await page.getByText('Identique à ce qui a été partagé').waitFor(SIMULATED)
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('button', { name: 'Imprimer' }).isVisible()).toBe(false)
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
  expect(await page.getByTestId('brief-link').innerText()).toBe(link)
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000)
  expect(errors).toEqual([])
  await close()
}, 600_000)

it('a scenario is built without code, checked as it is typed, and asked about', async () => {
  const { page, errors, close } = await planner('/planner/scenario?model=summer%2Fsummer.yaml')
  const right = page.getByText('Ce scénario peut être simulé.')
  await right.waitFor(SIMULATED)
  const yaml = page.getByRole('textbox', { name: 'Le même, en YAML' })
  await page.getByRole('textbox', { name: 'Lits', exact: true }).fill('480')
  await expect.poll(() => yaml.inputValue()).toContain('units: 480')
  await page.getByRole('button', { name: 'Appliquer : Urgences amenées, 5 % de plus' }).click()
  await expect.poll(() => yaml.inputValue()).toContain('perDay: 63')
  const lines = Array.from(
    { length: 300 },
    (_, at) => `${at};Accueil;2026-01-${String(5 + (at % 14)).padStart(2, '0')}T${String(8 + (at % 12)).padStart(2, '0')}:00:00Z`,
  )
  const log = {
    name: 'journal.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`case;activity;start_time\n${lines.join('\n')}\n`),
  }
  await page.locator('input[type=file]').first().setInputFiles(log)
  await page.getByText(/300 arrivées en .* lues dans journal\.csv/).waitFor(SIMULATED)
  await right.waitFor(SIMULATED)
  expect(await yaml.inputValue()).toMatch(/perHour(OfDay|OfWeek)?:/)
  expect(await seriousIn(page)).toEqual([])

  const whole = await yaml.inputValue()
  await yaml.fill(`${whole}horizont: P40D\n`)
  await page
    .getByRole('alert')
    .getByText(/horizont/)
    .waitFor(SIMULATED)
  await yaml.fill(whole)
  await right.waitFor(SIMULATED)
  await page.getByRole('link', { name: 'Poser une question' }).click()
  await page.waitForURL(/planner\/what-if\?.*text=/)
  expect(errors).toEqual([])
  await close()
}, 300_000)

it('a link of another release says so', async () => {
  const { page, close } = await planner('/planner/questions')
  const response = await page.request.post(`${serving.url}/api/scenarios/ready`, {
    data: { scenario: 'extends: examples/visit.yaml' },
    headers: { origin: serving.url },
  })
  const { version } = (await response.json()) as { version: string }
  await page.goto(
    `${serving.url}/planner/what-if?model=examples%2Fvisit.yaml&version=${version}&engine=0.0.1%2Bold&replications=2`,
  )
  await page.getByText('Le moteur a changé depuis le partage').waitFor(SIMULATED)
  await close()
}, 200_000)

it('a scenario is simulated and played on the hospital’s plan, by keys alone', async () => {
  const { page, errors, close } = await planner('/hospital?plan=1&days=1&scenario=summer%2Fsummer.yaml')
  const stage = page.getByRole('application')
  await stage.waitFor(SIMULATED)
  const clock = page.getByRole('slider', { name: 'Temps' })
  const shownAt = async () => Number(await clock.inputValue())
  // It opens at the hour of most patients, once the day has been simulated.
  await expect.poll(shownAt, { timeout: 30_000 }).toBeGreaterThan(0)
  const opened = await shownAt()
  await stage.press('.')
  expect(await shownAt()).toBe(opened + 3_600_000)
  await stage.press(' ')
  await expect.poll(shownAt, { timeout: 20_000 }).toBeGreaterThan(opened + 3_600_000)
  await stage.press(' ')
  await stage.press('PageDown')
  await page.waitForURL(/floor=/)
  await page.getByRole('button', { name: 'Urgences' }).click()
  const row = page.getByRole('row', { name: /^Urgences/ })
  expect(Number(await row.getByRole('cell').nth(1).textContent())).toBeGreaterThan(0)
  expect(await seriousIn(page)).toEqual([])
  expect(errors).toEqual([])
  await close()
}, 200_000)
