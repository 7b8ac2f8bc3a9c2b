// Goal: what people see and do on the page. Method: the real page, API, Postgres, Temporal, worker and relay, in a real browser.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseAlerts } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import { createSite } from '../../records/sites.ts'
import { readScenario } from '../../scenarios/read.ts'
import { publishLibrary, readLibrary } from '../../start/library.ts'
import { pool, SITE, setLedger, unit } from '../records/support.ts'
import type { LiveHospital } from '../workflows/support.ts'
import { careJourneys, OPERATING } from './care-journeys.ts'
import { COLOURS, seriousIn, type Visitor } from './looking.ts'
import { Stage } from './stage.ts'

/** Scripts and styles of the first view, compressed. */
const FIRST_LOAD_KB = 250

let stage: Stage
let hospital: LiveHospital

beforeAll(async () => {
  stage = await Stage.open(async ({ records }) => {
    await publishLibrary(records, await readLibrary(), 0)
    const beds = [unit('b1', 'ward-bed'), { ...unit('b2', 'ward-bed'), state: 'closed' as const, outOfService: true }]
    const clerks = Array.from({ length: 12 }, (_, index) => unit(`c${index}`, 'admission-clerk'))
    const pools = [pool('ward-bed', { name: 'Lits' }), pool('admission-clerk', { name: 'Accueil' })]
    await setLedger(records, { pools: [...pools, ...OPERATING.pools], units: [...beds, ...clerks, ...OPERATING.units] })
    const { commandCentre } = readScenario('scenarios/hopital-demo')
    await createSite(records, { ...SITE, id: records.site, commandCentre })
  })
  hospital = stage.hospital
})
afterAll(() => stage?.close())

/** A page signed in as operations; whoever opens it closes it. */
const visit = (path: string, options: Omit<Visitor, 'role'> = {}) => stage.visit(path, { role: 'operations', ...options })

const admit = async () => {
  const run = await hospital.start('admission', { mode: 'emergency' })
  return { run, task: await hospital.task(run, 'RegisterIdentity') }
}

describe('the page', () => {
  it('opens with the eyes of operations where patients stand, in French and in English, and takes other eyes', async () => {
    await admit()
    const context = await stage.browser.newContext()
    const page = await context.newPage()
    await page.goto(`${stage.url}/pathways`)
    await page.getByRole('heading', { name: 'Admission' }).waitFor()
    await page.getByRole('button', { name: "Relever l'identité" }).click()
    await page.getByRole('cell', { name: 'En cours' }).first().waitFor()
    expect(new URL(page.url()).search).toBe('?pathway=admission&element=RegisterIdentity')
    expect(await page.locator('.badge-here').count()).toBeGreaterThan(1)
    expect(await page.locator('.bjs-powered-by').isVisible()).toBe(true)
    await page.getByText('EN', { exact: true }).click()
    await page.getByRole('heading', { name: 'Who is there' }).or(page.getByText('Under way').first()).first().waitFor()
    await page.getByRole('button', { name: 'Record identity' }).waitFor()
    await page.locator('.diagram svg text', { hasText: 'Take samples' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('button', { name: 'Role: Operations' }).click()
    await page.getByRole('menuitem', { name: 'Porter' }).click()
    await page.getByRole('button', { name: 'Role: Porter' }).waitFor()
    await context.close()
  })

  it('begins with what waits for operations: measures against targets, each leading to its list; and stands on a wall', async () => {
    await admit()
    const { page, errors, close } = await visit('/')
    await page.getByRole('heading', { name: 'Urgences' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/command-centre')
    const tile = page.getByRole('link', { name: /Lits libres/ }).last()
    expect(await tile.innerText()).toMatch(/Lits libres\s+1\s+cible ≥ 5/)
    expect(await tile.innerText()).toContain('Priorité moyenne')
    expect(await page.getByRole('row', { name: /Tri 1/ }).count()).toBe(1)
    await page.getByRole('link', { name: 'Mode mural' }).click()
    await page.getByRole('link', { name: 'Quitter le mode mural' }).waitFor()
    expect(await page.getByRole('banner').count()).toBe(0)
    await page.goBack()
    await tile.click()
    await page.waitForURL(/\/beds\?pool=ward-bed/)
    expect(errors).toEqual([])
    await close()
  })

  it('goes by keyboard from anywhere to a run, by its number, and finds it among all', async () => {
    const { run } = await admit()
    const { page, close } = await visit('/feed')
    const number = run.split('-').at(-1)!.slice(0, 6)
    await page.locator('[data-link=open]').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('textbox', { name: /Une vue, un patient/ }).waitFor()
    await page.keyboard.type(number)
    await page.getByRole('button', { name: new RegExp(`Admission ${number}`) }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`run=${run}`))
    await page.getByRole('button', { name: 'Annuler l’exécution' }).waitFor()
    await page.goto(`${stage.url}/runs?named=${number}`)
    await page.getByRole('link', { name: `Admission ${number}` }).waitFor()
    await page.getByText('1 exécution', { exact: true }).waitFor()
    await page.goto(`${stage.url}/runs?state=failed`)
    await page.getByText('Aucune exécution ne correspond').waitFor()
    await close()
  })

  it('keeps what somebody was doing when their session expires, and goes on after they sign in again', async () => {
    const { run, task } = await admit()
    const { page, close } = await visit(`/tasks?task=${encodeURIComponent(task.id)}`)
    await page.getByRole('radio', { name: "Carte nationale d'identité" }).click()
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Terminer' }).click()
    await page.getByText('Votre session a expiré').waitFor()
    await page.getByRole('button', { name: /Reprendre/ }).click()
    await page.getByText('C’est fait').waitFor()
    expect((await hospital.tasks(run)).find(({ id }) => id === task.id)?.state).toBe('completed')
    await close()
  })

  it(`is first seen after at most ${FIRST_LOAD_KB} kB`, async () => {
    const context = await stage.browser.newContext()
    const page = await context.newPage()
    const loaded: Promise<number>[] = []
    page.on('response', (response) => {
      if (/\.(js|css)$/.test(response.url())) loaded.push(response.body().then((body) => gzipSync(body).length))
    })
    await page.goto(stage.url)
    await page.getByRole('heading', { name: 'Urgences' }).waitFor()
    const bytes = (await Promise.all(loaded)).reduce((sum, one) => sum + one, 0)
    expect(loaded.length).toBeGreaterThan(3)
    expect(Math.round(bytes / 1_000)).toBeLessThanOrEqual(FIRST_LOAD_KB)
    await context.close()
  })

  it('completes a task by keyboard alone, and says at the field what is missing', async () => {
    const { run, task } = await admit()
    const { page, errors, close } = await visit('/tasks?role=operations')
    await page.locator(`a[href*="${encodeURIComponent(task.id)}"]`).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Document présenté').waitFor()
    await page.getByRole('button', { name: 'Terminer' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Réponse obligatoire.').waitFor()
    await page.getByRole('radio', { name: "Carte nationale d'identité" }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Terminer' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('C’est fait').waitFor()
    expect((await hospital.tasks(run)).find(({ id }) => id === task.id)?.state).toBe('completed')
    expect(errors).toEqual([])
    await close()
  })

  it('explains a task that somebody else has completed meanwhile', async () => {
    const { run, task } = await admit()
    const { page, close } = await visit(`/tasks?task=${encodeURIComponent(task.id)}`, { language: 'en' })
    await page.getByText('Document shown').waitFor()
    await page.getByRole('heading', { name: 'Record identity' }).first().waitFor()
    await hospital.update(run, { wait: task.wait, result: { identityDocument: 'CN' } })
    await page.getByText('What you typed was not recorded').waitFor()
    await close()
  })

  it('shows beds by state in words, alerts with their owner, and what happens as it happens', async () => {
    const openedAt = await hospitalNow(hospital.records)
    const alert = { site: hospital.records.site, kind: 'reorder', level: 'warning' as const, owner: 'bed-manager', openedAt }
    await raiseAlerts(hospital.records, hospital.records.sql, [alert])
    const board = await visit('/resources?pool=ward-bed')
    await board.page.getByRole('gridcell').last().waitFor()
    expect(await board.page.getByRole('gridcell').allInnerTexts()).toEqual([
      expect.stringContaining('Libre'),
      expect.stringContaining('bloqué'),
    ])
    expect(new URL(board.page.url()).pathname).toBe('/beds')
    await board.close()
    const feed = await visit('/feed')
    await feed.page.getByText('Responsable : Gestionnaire de lits').first().waitFor()
    const { run } = await admit()
    await feed.page.locator(`.fact a[href*="${run}"]`).first().waitFor()
    await feed.close()
  })

  it('has no request of its own that never ends: whatever waits for the page to be loaded comes to its end', async () => {
    const { page, close } = await visit('/')
    await page.locator('.link-pill[data-link=open]').waitFor()
    // Chromium's own notion, by which it takes pictures from the command line: its clock stands still while the page fetches something.
    const session = await page.context().newCDPSession(page)
    const expired = new Promise((resolve) => session.once('Emulation.virtualTimeBudgetExpired', resolve))
    await session.send('Emulation.setVirtualTimePolicy', { policy: 'pauseIfNetworkFetchesPending', budget: 3_000 })
    await expired
    await close()
  })

  it('says that the link is down, and resumes by itself', async () => {
    const { page, close } = await visit('/feed')
    await page.locator('[data-link=open]').waitFor()
    const { port } = new URL(stage.url)
    await stage.stopServing()
    await page.getByText('Liaison perdue : dernière mise à jour').waitFor()
    const { run } = await admit()
    await stage.serve(Number(port))
    await page.locator('[data-link=open]').waitFor()
    await page.locator(`.fact a[href*="${run}"]`).first().waitFor()
    await close()
  })

  it.each(COLOURS)('has no serious obstacle to anybody, %s', async (colorScheme) => {
    const { task } = await admit()
    const { page, close } = await visit('/pathways', { colorScheme })
    for (const path of [
      '/command-centre',
      '/runs',
      '/pathways',
      '/beds',
      '/tasks',
      '/feed',
      `/tasks?task=${encodeURIComponent(task.id)}`,
    ]) {
      await page.goto(stage.url + path)
      await page.locator('.panel, [data-section]').first().waitFor()
      if (path.includes('task=')) await page.getByText('Document présenté').waitFor()
      expect({ path, serious: await seriousIn(page) }).toEqual({ path, serious: [] })
    }
    await close()
  })

  it('fits a phone, and 200 % on a small screen, without scrolling sideways', async () => {
    const { page, close } = await visit('/pathways')
    for (const path of ['/command-centre', '/runs', '/pathways', '/beds', '/tasks', '/feed']) {
      await page.goto(stage.url + path)
      await page.locator('.panel, [data-section]').first().waitFor()
      for (const width of [360, 640]) {
        await page.setViewportSize({ width, height: 800 })
        expect({ path, width: await page.evaluate(() => document.documentElement.scrollWidth) }).toEqual({ path, width })
      }
    }
    await close()
  })
})

describe('those who care', () => careJourneys(() => stage))
