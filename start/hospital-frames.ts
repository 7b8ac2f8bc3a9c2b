/**
 * Takes a short sequence of the hospital in 3D into docs/hospital-3d/, one frame for each hour of a day, then storey by storey and apart:
 * `node --import tsx start/hospital-frames.ts [address]`, with a demonstration running there. A software renderer draws the same frames anywhere.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'

const address = process.argv[2] ?? 'http://localhost:3000'
const folder = fileURLToPath(new URL('../docs/hospital-3d', import.meta.url))
const SIZE = { width: 1180, height: 700 }
const HOURS = 15
const DRAWN_MS = 2_500
const PATIENCE_MS = 300_000

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.PARCOURS_BROWSER ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--force-color-profile=srgb'],
})
const context = await browser.newContext({ viewport: SIZE, colorScheme: 'light', locale: 'fr' })
await context.addInitScript(() => localStorage.setItem('parcours.language', 'fr'))
await context.request.post(`${address}/api/demo/sign-in`, { data: { role: 'planner' }, headers: { origin: address } })
const page = await context.newPage()
page.setDefaultTimeout(PATIENCE_MS)
let number = 0

// The third day: the hospital is no longer empty, and it is 6 in the morning.
await show('days=4&at=3240')
for (let hour = 0; hour < HOURS; hour++) {
  await take()
  await stage().press('.')
}
for (const storey of ['floor=0', 'floor=1', 'floor=2', 'apart=0.6', 'floor=1&heat=waiting']) {
  await show(`days=4&at=3660&${storey}`)
  await take()
}
await browser.close()

function stage() {
  return page.getByRole('application')
}

async function show(search: string): Promise<void> {
  await page.goto(`${address}/hospital?scenario=hopital-500%2Fyear.yaml&${search}`)
  await stage().waitFor()
  await page.waitForTimeout(DRAWN_MS * 2)
}

async function take(): Promise<void> {
  await page.waitForTimeout(DRAWN_MS)
  const path = join(folder, `frame-${String(++number).padStart(2, '0')}.jpg`)
  await shot(page, path)
  console.log(path)
}

/** The building and its clock, without the menu and the panel. */
async function shot(of: Page, path: string): Promise<void> {
  const [top, time] = await Promise.all([stage().boundingBox(), of.getByRole('region', { name: 'Temps' }).boundingBox()])
  const clip = { x: top!.x, y: top!.y, width: top!.width, height: time!.y + time!.height - top!.y }
  await of.screenshot({ path, type: 'jpeg', quality: 62, clip, animations: 'disabled', timeout: PATIENCE_MS })
}
