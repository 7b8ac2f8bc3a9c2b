// Goal: the embedded Postgres keeps what was committed and leaves no process, however it or its owner ends.
// Method: an owner process of its own, killed with -9; the database is then opened again.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openPostgres } from '../../start/postgres.ts'
import { postgresBinaries } from '../../start/postgres-binaries.ts'
import { postgresUser } from '../../start/postgres-user.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-postgres-'))
  chmodSync(folder, 0o755)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const open = (dataFolder = folder) => openPostgres({ dataFolder, log: () => {} })
const postmaster = () => Number(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
const isAlive = (pid: number) =>
  spawnSync('ps', ['-p', String(pid), '-o', 'stat='])
    .stdout.toString()
    .trim()
    .replace(/^Z.*/, '') !== ''

async function gone(pid: number): Promise<void> {
  for (const until = Date.now() + 10_000; isAlive(pid) && Date.now() < until; )
    await new Promise((resolve) => setTimeout(resolve, 50))
  expect(isAlive(pid)).toBe(false)
}

async function ask(url: string, query: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return [...(await sql.unsafe(query))]
  } finally {
    await sql.end()
  }
}

/** Somebody else who owns the database, as the supervised process does. */
async function owner(): Promise<{ child: ChildProcess; url: string }> {
  const env = { ...process.env, PARCOURS_DATA: folder, DATABASE_URL: '' }
  const child = spawn(process.execPath, ['--import', 'tsx', 'start/postgres-process.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout! }).once('line', resolve))
  return { child, url: (JSON.parse(line.replace(/^ready /, '')) as { url: string }).url }
}

it('keeps what was committed when its owner is killed, and ends with it', async () => {
  const { child, url } = await owner()
  await ask(url, 'create table kept as select 1 as one')
  const pid = postmaster()
  child.kill('SIGKILL')
  await gone(pid)
  const again = await open()
  expect(again.url).toBe(url)
  expect(await ask(again.url, 'select * from kept')).toEqual([{ one: 1 }])
  const second = postmaster()
  await again.stop()
  expect(isAlive(second)).toBe(false)
})

it('recovers when it is killed itself, and when its owner and its guard are killed together', async () => {
  const { child, url } = await owner()
  await ask(url, 'create table kept as select 1 as one')
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(postmaster(), 'SIGKILL')
  await ended

  const next = await owner()
  expect(await ask(next.url, 'select * from kept')).toEqual([{ one: 1 }])
  const left = postmaster()
  const guard = Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(left)]).stdout.toString())
  next.child.kill('SIGKILL')
  process.kill(guard, 'SIGKILL')
  const last = await open()
  expect(isAlive(left)).toBe(false)
  expect(await ask(last.url, 'select * from kept')).toEqual([{ one: 1 }])
  await last.stop()
})

it('is never root, listens on this machine only, and asks for its password', async () => {
  const { url, stop } = await open()
  const [user] = spawnSync('ps', ['-o', 'user=', '-p', String(postmaster())])
    .stdout.toString()
    .trim()
    .split(' ')
  expect(user).not.toBe('root')
  expect(await ask(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(await ask(url, 'show fsync')).toEqual([{ fsync: 'on' }])
  const stranger = new URL(url)
  stranger.password = 'guess'
  await expect(ask(stranger.href, 'select 1')).rejects.toThrow(/password/)
  await stop()
})

it.runIf(process.getuid?.() === 0)('works for root where nobody else may enter, programs and data alike', () => {
  chmodSync(folder, 0o700)
  const native = join(folder, 'native')
  cpSync(dirname(dirname(postgresBinaries().initdb)), native, { recursive: true, verbatimSymlinks: true })
  const programs = { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') }
  const data = join(folder, 'postgres')
  mkdirSync(data)
  const user = postgresUser(data, [programs.postgres])!
  expect(user.prefix).not.toEqual([])
  const made = spawnSync(user.prefix[0]!, [
    ...user.prefix.slice(1),
    programs.initdb,
    `--pgdata=${data}/data`,
    '--no-sync',
    '-A',
    'trust',
  ])
  expect([made.status, made.stderr.toString()]).toEqual([0, expect.not.stringContaining('denied')])
  expect(existsSync(join(data, 'data/PG_VERSION'))).toBe(true)
})

it('a DATABASE_URL that does not answer is named without its password', async () => {
  vi.stubEnv('DATABASE_URL', 'postgres://me:secret@127.0.0.1:1/x')
  const failure = await open().catch((error: Error) => error)
  expect(failure).toMatchObject({ name: 'StartError', message: expect.stringContaining('127.0.0.1:1') })
  expect(JSON.stringify(failure) + String(failure)).not.toContain('secret')
  vi.stubEnv('DATABASE_URL', 'nonsense')
  await expect(open()).rejects.toThrow('is not an address')
})
