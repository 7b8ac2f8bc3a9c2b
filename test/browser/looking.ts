/** The real page behind an API that listens, and browsers that look at it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { TestApi } from '../api/support.ts'
import { browserPath } from './browser-path.ts'

/** Journeys that take long and are about what others touch too are played where there is time. */
export const isLong = process.env.PARCOURS_LONG === '1'
/** What is looked at in both colours takes twice as long: elsewhere the seed chooses. */
export const COLOURS = (['light', 'dark'] as const).filter(
  (_, place) => isLong || place === (Number(process.env.PARCOURS_SEED ?? 7) + 1) % 2,
)

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic']

export interface Served {
  url: string
  close: () => Promise<void>
}

/** @param port any that is free, without. */
export async function served({ application }: Pick<TestApi, 'application'>, port = 0): Promise<Served> {
  const server = await new Promise<ServerType>((resolve) => {
    const made = serve({ fetch: application.fetch, port, hostname: '127.0.0.1' }, () => resolve(made))
  })
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

export const openBrowser = async (): Promise<Browser> => chromium.launch({ executablePath: await browserPath(), args: FLAGS })

export interface Visit {
  page: Page
  /** What the page itself threw. */
  errors: string[]
  close: () => Promise<void>
}

export interface Visitor extends BrowserContextOptions {
  role: string
  /** Keeps a name over sign-ins. */
  actor?: string
  language?: string
}

/** A page of somebody signed in; whoever opens it closes it. */
export async function visit(
  browser: Browser,
  url: string,
  path: string,
  { role, actor, language = 'fr', ...options }: Visitor,
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  await context.addInitScript((chosen) => localStorage.setItem('parcours.language', chosen), language)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await context.request.post(`${url}/api/demo/sign-in`, { data: { role, actor }, headers: { origin: url } })
  await page.goto(url + path)
  return { page, errors, close: () => context.close() }
}

/** What axe finds serious on the page as it is. @param excluded selectors of what others draw. */
export async function seriousIn(page: Page, excluded: string[] = []): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async (exclude) => {
    type Result = { violations: { id: string; impact: string; nodes: { html: string }[] }[] }
    const { axe } = window as unknown as { axe: { run: (context: object) => Promise<Result> } }
    const { violations } = await axe.run({ exclude: exclude.map((selector) => [selector]) })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  }, excluded)
}
