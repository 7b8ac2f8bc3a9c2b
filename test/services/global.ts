/**
 * Postgres, Temporal and the built page for all suites: one of each, opened in vitest's own process when the first suite asks, closed when the last has ended.
 * Suites run in processes of their own, so they ask over a local port; a run of unit tests opens nothing but that.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../start/ports.ts'
import { Supervisor } from '../../start/supervisor.ts'
import { SEARCH_ATTRIBUTES } from '../../start/temporal.ts'
import { findTemporal } from '../../start/temporal-binary.ts'

declare module 'vitest' {
  interface ProvidedContext {
    services: string
  }
}

export default async function open(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'parcours-test-'))
  // Postgres runs as another user when root runs the tests.
  chmodSync(folder, 0o755)
  const supervisor = new Supervisor({ logFolder: join(folder, 'logs'), say: (line) => console.error(line) })
  const openers: Record<string, () => Promise<string>> = {
    '/postgres': async () => {
      const announced = await supervisor.start(0, {
        name: 'Postgres',
        run: { module: 'start/postgres-process.ts' },
        env: () => ({ PARCOURS_DATA: folder, PARCOURS_POSTGRES_DURABLE: '0' }),
      })
      return String(announced.url)
    },
    '/temporal': async () => {
      const port = await freePort()
      const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`])
      const args = [
        'server',
        'start-dev',
        '--headless',
        '--ip',
        '127.0.0.1',
        '--port',
        String(port),
        '--log-level',
        'error',
        ...attributes,
      ]
      await supervisor.start(0, {
        name: 'Temporal',
        run: { program: await findTemporal(), args },
        env: () => ({}),
        ready: /^Temporal Server:/,
      })
      return `127.0.0.1:${port}`
    },
    '/page': async () => {
      const page = join(folder, 'web')
      // As it is served: without it, the page would be built with the library's checks for developers.
      const environment = process.env.NODE_ENV
      process.env.NODE_ENV = 'production'
      const { build } = await import('vite')
      await build({ configFile: 'web/vite.config.ts', logLevel: 'silent', build: { outDir: page } })
      process.env.NODE_ENV = environment
      return page
    },
  }
  const opened = new Map<string, Promise<string>>()
  const server = createServer((request, response) => {
    const opener = openers[request.url ?? '']
    if (!opener) {
      response.writeHead(404).end()
      return
    }
    const service = opened.get(request.url!) ?? opener()
    opened.set(request.url!, service)
    service.then(
      (address) => response.end(address),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  project.provide('services', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return async () => {
    server.close()
    await supervisor.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
