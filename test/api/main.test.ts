// Goal: the process says when it is ready, says what is wrong when it cannot be, ends when told to, and logs nothing about anybody.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRecords } from '../../records/database.ts'
import { migrate } from '../../records/migrate.ts'
import { createSite } from '../../records/sites.ts'
import { testDatabase } from '../services/index.ts'
import { KEY } from './support.ts'

const MAIN = fileURLToPath(new URL('../../api/main.ts', import.meta.url))
let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  database = await testDatabase()
  await migrate(database.url)
  const records = await openRecords(database.url, { key: KEY.toString('hex') })
  await createSite(records, { id: records.site, name: 'Essai', epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' })
  await records.close()
})
afterAll(() => database.drop())

interface Running {
  child: ChildProcess
  /** All it has said, by line. */
  lines: string[]
  ended: Promise<number | null>
}

function run(env: Record<string, string>): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: {
      ...process.env,
      PARCOURS_DATABASE_URL: database.url,
      PARCOURS_KEY: KEY.toString('hex'),
      PARCOURS_DEMO: '1',
      PORT: '0',
      ...env,
    },
  })
  const lines: string[] = []
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (text: Buffer) => lines.push(...text.toString().split('\n').filter(Boolean)))
  return { child, lines, ended: new Promise((resolve) => child.on('exit', resolve)) }
}

async function ready({ lines, ended }: Running): Promise<string> {
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  while (!isOver) {
    const line = lines.find((one) => one.includes('"ready"'))
    if (line) return JSON.parse(line).url
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(lines.join('\n'))
}

it('serves, logs patterns and not addresses, and ends with its streams', async () => {
  const api = run({})
  const url = await ready(api)
  const signedIn = await fetch(`${url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"role":"nurse"}',
  })
  const { token } = (await signedIn.json()) as { token: string }
  const headers = { authorization: `Bearer ${token}` }
  expect((await fetch(`${url}/api/patients?name=Lefevre`, { headers })).status).toBe(200)
  const stream = await fetch(`${url}/api/events`, { headers })
  expect(stream.status).toBe(200)
  const told = Date.now()
  api.child.kill('SIGTERM')
  expect(await api.ended).toBe(0)
  expect(Date.now() - told).toBeLessThan(3_000)
  const log = api.lines.filter((line) => line.startsWith('{') && !line.includes('"ready"')).map((line) => JSON.parse(line))
  expect(log.find(({ route }) => route === '/api/patients')).toMatchObject({
    method: 'GET',
    role: 'nurse',
    status: 200,
    requestId: expect.any(String),
  })
  const said = api.lines.join('\n')
  for (const secret of ['Lefevre', token, KEY.toString('hex')]) expect(said).not.toContain(secret)
})

it('says what to do about a database that is not there, a missing key, a busy port', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.on('listening', resolve))
  const { port } = other.address() as AddressInfo
  const cases: [Record<string, string>, RegExp][] = [
    [{ PARCOURS_DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none' }, /127\.0\.0\.1:1.*ECONNREFUSED/],
    [{ PARCOURS_KEY: '' }, /PARCOURS_KEY/],
    [{ PORT: String(port) }, new RegExp(`${port}.*EADDRINUSE.*PORT=`)],
  ]
  await Promise.all(
    cases.map(async ([env, said]) => {
      const api = run(env)
      expect(await api.ended).toBe(2)
      expect(api.lines.at(-1)).toMatch(said)
    }),
  )
  other.close()
})
