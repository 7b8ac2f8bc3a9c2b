/** A live hospital behind the real API and the real page, and browsers that look at it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ServerType, serve } from '@hono/node-server'
import pino from 'pino'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { createApplication } from '../../api/application.ts'
import { liveFacts } from '../../api/dependencies.ts'
import { Sessions } from '../../api/sessions.ts'
import { keyOf } from '../../records/encryption.ts'
import { KEY } from '../records/support.ts'
import { LiveHospital } from '../workflows/support.ts'
import { browserPath } from './browser-path.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic']

export interface Visit {
  page: Page
  /** What the page itself threw. */
  errors: string[]
  close: () => Promise<void>
}

interface Visitor extends BrowserContextOptions {
  role: string
  /** Keeps a name over sign-ins. */
  actor: string
  language?: string
}

export class Stage {
  readonly hospital: LiveHospital
  readonly url: string
  readonly #browser: Browser
  readonly #stop: () => Promise<void>

  private constructor(hospital: LiveHospital, url: string, browser: Browser, stop: () => Promise<void>) {
    this.hospital = hospital
    this.url = url
    this.#browser = browser
    this.#stop = stop
  }

  /** @param name of the suite: its page is built apart from others that run at the same time. @param prepare fills the hospital before anybody looks. */
  static async open(name: string, prepare: (hospital: LiveHospital) => Promise<void>): Promise<Stage> {
    const folder = join(ROOT, `.cache/test-web-${name}`)
    const built = build({ configFile: join(ROOT, 'web/vite.config.ts'), logLevel: 'silent', build: { outDir: folder } })
    const hospital = await LiveHospital.open()
    await prepare(hospital)
    await built
    const live = liveFacts(hospital.records)
    await live.start()
    const application = createApplication({
      ...{ records: hospital.records, temporal: hospital.client, sessions: new Sessions(keyOf(KEY)), live, demo: true },
      ...{ log: pino({ level: 'silent' }), pageFolders: [folder] },
    })
    const server = await new Promise<ServerType>((resolve) => {
      const made = serve({ fetch: application.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(made))
    })
    const browser = await chromium.launch({ executablePath: await browserPath(), args: FLAGS })
    return new Stage(hospital, `http://localhost:${(server.address() as AddressInfo).port}`, browser, async () => {
      await live.stop()
      const closed = new Promise((resolve) => server.close(resolve))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    })
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.#stop()
    await this.hospital.close()
  }

  /** A page of somebody signed in; whoever opens it closes it. */
  async visit(path: string, { role, actor, language = 'fr', ...options }: Visitor): Promise<Visit> {
    const context = await this.#browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    await context.addInitScript((chosen) => localStorage.setItem('parcours.language', chosen), language)
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await context.request.post(`${this.url}/api/demo/sign-in`, { data: { role, actor }, headers: { origin: this.url } })
    await page.goto(this.url + path)
    return { page, errors, close: () => context.close() }
  }
}

/** What axe finds serious on the page as it is, without what others draw. @param excluded selectors of what is not ours. */
export async function seriousIn(page: Page, excluded: string[] = []): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async (exclude) => {
    type Result = { violations: { id: string; impact: string; nodes: { html: string }[] }[] }
    const { axe } = window as unknown as { axe: { run: (context: object) => Promise<Result> } }
    const { violations } = await axe.run({ include: [['body']], exclude: exclude.map((selector) => [selector]) })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  }, excluded)
}
