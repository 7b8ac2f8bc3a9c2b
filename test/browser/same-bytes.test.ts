// Goal: the same scenario and seed give the same bytes in Node, Chromium and Firefox. Method: the simulator bundled as a browser gets it, run in a worker of a real browser that opens a page and sends back what it measured.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { beforeAll, expect, it } from 'vitest'
import { readNamedScenario } from '../../command/scenario.ts'
// @ts-expect-error plain JavaScript: it runs before packages are there
import { findFirefox } from '../../start/browser.mjs'
import { ScenarioFile } from '../../twin/experiment/schema.ts'
import { browserPath } from './browser-path.ts'
import { bytesOf, type Simulated } from './same-bytes-worker.ts'

const REPLICATIONS = 3
const PAGE = `<!doctype html><script>
const worker = new Worker('/worker.js')
const send = (path, body) => fetch(path, { method: 'POST', body })
worker.onmessage = ({ data }) => send('/result', data)
worker.onerror = ({ message }) => send('/failure', message)
fetch('/given').then((given) => given.json()).then((given) => worker.postMessage(given))
</script>`

let given: Simulated[]
let worker: string
let inNode: string

beforeAll(async () => {
  const visit = await readNamedScenario('scenarios/examples/visit.yaml')
  const centre = await readNamedScenario('scenarios/examples/treatment-centre.yaml')
  // By the engine, with all that may befall work.
  const [pathway] = centre.scenario.pathways as { file: string; elements: Record<string, object> }[]
  const befallen = ScenarioFile.parse({
    ...centre.scenario,
    pathways: [
      {
        ...pathway!,
        elements: {
          ...pathway!.elements,
          Examination: {
            ...pathway!.elements.Examination,
            priority: '=urgency',
            interruptible: 'resume',
            rises: [{ after: 'PT20M', by: 1 }],
          },
          Registration: { ...pathway!.elements.Registration, batch: { size: 2, wait: 'PT5M' } },
        },
      },
    ],
    demand: centre.scenario.demand.map((stream) => ({ ...stream, variables: { urgency: '=floor(luck * 3)' } })),
    breakdowns: { 'examination-room': { every: { distribution: 'exponential', mean: 'PT4H' }, lasts: 'PT30M' } },
  })
  given = [visit, centre, { scenario: befallen, programs: centre.programs }].map(({ scenario, programs }) => ({
    scenario,
    programs,
  }))
  given[0]!.scenario.warmUp = 'P1D'
  const outDir = mkdtempSync(join(tmpdir(), 'parcours-worker-'))
  const entry = fileURLToPath(new URL('same-bytes-worker.ts', import.meta.url))
  await build({
    ...{ configFile: false, logLevel: 'silent', publicDir: false },
    build: { outDir, minify: true, lib: { entry, formats: ['iife'], name: 'parcours', fileName: () => 'worker.js' } },
  })
  worker = readFileSync(join(outDir, 'worker.js'), 'utf8')
  rmSync(outDir, { recursive: true })
  inNode = bytesOf(given, REPLICATIONS)
  expect(inNode).toMatch(/Examination\.interruptions","value":[1-9]/)
}, 120_000)

/** What a browser measures: it is started on a page of ours, and stopped when it has sent it. */
const measuredIn = async (executable: string, argumentsOf: (profile: string, url: string) => string[]): Promise<string> => {
  const profile = mkdtempSync(join(tmpdir(), 'parcours-browser-'))
  let told: (bytes: string) => void
  let failed: (error: Error) => void
  const measured = new Promise<string>((resolve, reject) => {
    told = resolve
    failed = reject
  })
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      if (request.url === '/result') told(body)
      if (request.url === '/failure') failed(new Error(body))
      if (request.url === '/worker.js') response.setHeader('content-type', 'text/javascript')
      else response.setHeader('content-type', request.url === '/given' ? 'application/json' : 'text/html')
      const answers: Record<string, string> = {
        '/': PAGE,
        '/worker.js': worker,
        '/given': JSON.stringify({ given, replications: REPLICATIONS }),
      }
      response.end(answers[request.url ?? ''] ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const browser = spawn(executable, argumentsOf(profile, url), { stdio: 'ignore', env: { ...process.env, HOME: profile } })
  const gone = new Promise<void>((resolve) => browser.on('exit', () => resolve()))
  browser.on('exit', (code) => failed(new Error(`the browser ended with ${code} before it sent anything`)))
  try {
    return await measured
  } finally {
    browser.kill('SIGKILL')
    await gone
    server.closeAllConnections()
    server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

it('in Chromium', async () => {
  const bytes = await measuredIn(await browserPath(), (profile, url) => [
    ...['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`, url],
  ])
  expect(bytes.length).toBeGreaterThan(10_000)
  expect(bytes === inNode).toBe(true)
}, 90_000)

const firefox: string | null = findFirefox(process.env.PARCOURS_LONG === '1')

it.skipIf(firefox === null)(
  'in Firefox',
  async () => {
    const bytes = await measuredIn(firefox!, (profile, url) => ['--headless', '--no-remote', '--profile', profile, url])
    expect(bytes === inNode).toBe(true)
  },
  90_000,
)
