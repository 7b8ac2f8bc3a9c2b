// Goal: the hospital in 3D is drawn, cheaply, and the same whenever one comes back to a time. Method: a real Chromium on software GL shows half a day of the
// hospital of 500 beds; the test reads its pixels, its counts and its budgets.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeTrace } from '../../twin/trace/file.ts'
import { roomOfPlace, type Trace } from '../../twin/trace/trace.ts'
import { byRoom, placesAt, recordedDays } from '../twin/view/recorded-days.ts'
import { browserPath } from './browser-path.ts'

const PAGE = `<!doctype html><style>div { position: relative; width: 420px; height: 270px }</style>
<div id="space"></div><div id="plan"></div><script type="module" src="/page.js"></script>`
const DRAW_CALLS_MAX = 20
const TRIANGLES_MAX = 400_000
const NOON = 12 * 3_600_000

let server: Server
let recorded: Trace
let browser: Browser
let page: Page
const errors: string[] = []

beforeAll(async () => {
  recorded = await recordedDays('PT13H')
  const trace = encodeTrace(recorded)
  const outDir = mkdtempSync(join(tmpdir(), 'parcours-view-'))
  const entry = fileURLToPath(new URL('hospital-view-page.ts', import.meta.url))
  await build({
    ...{ configFile: false, logLevel: 'silent', publicDir: false },
    build: { outDir, minify: false, lib: { entry, formats: ['es'], fileName: () => 'page.js' } },
  })
  const script = readFileSync(join(outDir, 'page.js'))
  rmSync(outDir, { recursive: true })
  server = createServer(({ url }, response) => {
    response.setHeader(
      'content-type',
      url === '/page.js' ? 'text/javascript' : url === '/' ? 'text/html' : 'application/octet-stream',
    )
    response.end(url === '/page.js' ? script : url === '/trace' ? trace : url === '/' ? PAGE : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await chromium.launch({
    executablePath: await browserPath(),
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  })
  page = await browser.newPage({ viewport: { width: 440, height: 560 } })
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction('window.plan !== undefined', null, { timeout: 60_000 })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** Shows a time, waits until it is drawn, and takes the picture. */
const pictureAt = async (at: number, what = 'space'): Promise<Buffer> => {
  await page.evaluate(
    `new Promise((resolve) => { view.seek(${at}); plan.seek(${at}); requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))) })`,
  )
  return page.locator(`#${what} canvas`).screenshot()
}

/** How many colours a picture has: one, when nothing is drawn. */
const coloursOf = (picture: Buffer): Promise<number> =>
  page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size
  }, picture.toString('base64'))

describe('the hospital', () => {
  it.each(['space', 'plan'])('is drawn: %s', async (what) => {
    expect(await coloursOf(await pictureAt(NOON, what))).toBeGreaterThan(60)
  })

  it.each(['space', 'plan'])('looks the same whenever one comes back to a time, and otherwise at another: %s', async (what) => {
    const noon = await pictureAt(NOON, what)
    const night = await pictureAt(2 * 3_600_000, what)
    expect(night.equals(noon)).toBe(false)
    expect((await pictureAt(NOON, what)).equals(noon)).toBe(true)
  })

  it('keeps to its budgets of draw calls and triangles, storeys apart and at the height of the day', async () => {
    await page.evaluate('view.showStoreys(4, false, 1)')
    await pictureAt(NOON)
    const { drawCalls, triangles, agents } = (await page.evaluate('view.statistics()')) as Record<string, number>
    expect(agents).toBeGreaterThan(150)
    expect(drawCalls).toBeGreaterThan(5)
    expect(drawCalls).toBeLessThanOrEqual(DRAW_CALLS_MAX)
    expect(triangles).toBeLessThanOrEqual(TRIANGLES_MAX)
  })

  it('has in each room, drawn and as a plan, as many patients as the trace says', async () => {
    for (const at of [9.5, 11.21, NOON / 3_600_000].map((hours) => Math.floor(hours * 3_600_000))) {
      await pictureAt(at)
      const shown = byRoom([...placesAt(recorded, at).values()].map((place) => roomOfPlace(recorded, place)))
      for (const what of ['view', 'plan']) {
        const rooms = (await page.evaluate(
          `Array.from({ length: ${what}.agents.count }, (_, index) => index)
            .filter((index) => ${what}.agents.role[index] === 0 && !${what}.playback.isOver[${what}.agents.id[index]])
            .map((index) => ${what}.agents.room[index])`,
        )) as number[]
        expect([...byRoom(rooms)]).toEqual([...shown])
      }
    }
  })

  it('draws less when one storey is looked at alone', async () => {
    const all = (await page.evaluate('view.statistics()')) as { triangles: number }
    await page.evaluate('view.showStoreys(0, true, 0)')
    await pictureAt(NOON)
    const one = (await page.evaluate('view.statistics()')) as { triangles: number }
    // People of other storeys are folded away on the graphics card, and count still.
    expect(one.triangles).toBeLessThan(all.triangles - 40_000)
  })

  it('selects who is clicked, and says so to whoever listens', async () => {
    await page.evaluate('window.heard = null; view.onSelect((selected) => { window.heard = selected }); view.home()')
    await pictureAt(NOON)
    await page.locator('#space canvas').click({ position: { x: 210, y: 135 } })
    const heard = (await page.evaluate('window.heard')) as { kind: string } | null
    expect(['agent', 'room']).toContain(heard?.kind)
    await page.evaluate('view.select(null)')
  })

  it('is drawn again after its graphics were lost', async () => {
    const before = await pictureAt(NOON)
    await page.evaluate(
      `new Promise((resolve) => {
        const lost = view.canvas.getContext('webgl2').getExtension('WEBGL_lose_context')
        view.canvas.addEventListener('webglcontextrestored', () => setTimeout(resolve, 200), { once: true })
        lost.loseContext()
        setTimeout(() => lost.restoreContext(), 200)
      })`,
    )
    const after = await pictureAt(NOON)
    expect(await coloursOf(after)).toBeGreaterThan(60)
    expect(after.equals(before)).toBe(true)
  })

  it('opened in less than three seconds, and without an error', async () => {
    expect((await page.evaluate('window.openedMs')) as number).toBeLessThan(3_000)
    expect(errors).toEqual([])
  })
})
