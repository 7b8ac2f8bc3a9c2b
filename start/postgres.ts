/**
 * The database: the one that DATABASE_URL names, else an embedded Postgres in the data folder. The embedded one never outlives us: a small
 * shell holds the other end of a pipe that the system closes however we end, kill -9 included, and then has Postgres shut down.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { connectionProblem } from '../records/database.ts'
import { StartError } from './errors.ts'
import { freePort, isPortBusy } from './ports.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'
import { type PostgresUser, postgresUser } from './postgres-user.ts'

const VERSION_MIN = 15
const READY_MS_MAX = 120_000
/** A fast shutdown writes a checkpoint; after this long Postgres is told to drop everything, and recovers at its next start. */
const STOP_MS_MAX = 8_000

/** Starts "$@" and has it end when our standard input does. The trap keeps the guard itself alive while it ends its helpers. */
const GUARD = `exec 3<&0
"$@" </dev/null 3<&- & postgres=$!
(cat <&3; kill -INT $postgres; sleep ${STOP_MS_MAX / 1000}; kill -QUIT $postgres) >/dev/null 2>&1 &
exec 3<&-
wait $postgres; code=$?
trap '' TERM; kill -TERM 0
exit $code`

/** Nothing of what people wrote may reach a log: no statements, no details of rows. */
const QUIET = ['log_min_error_statement=panic', 'log_error_verbosity=terse', 'log_min_messages=warning', 'lc_messages=C']
const FORGETFUL = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

export interface OpenPostgres {
  url: string
  stop: () => Promise<void>
  /** Comes true when our Postgres has ended, asked to or not; never for one that is not ours. */
  ended: Promise<void>
}

export interface PostgresOptions {
  dataFolder: string
  /** One line of what Postgres says. */
  log: (line: string) => void
  /** False in tests only: faster, and nothing survives the machine's own fall. */
  durable?: boolean
}

/**
 * @returns the address of a database that answers, and how to stop it (nothing for one that is not ours).
 * @throws StartError when DATABASE_URL does not answer, or the embedded Postgres cannot start.
 */
export async function openPostgres({ dataFolder, log, durable = true }: PostgresOptions): Promise<OpenPostgres> {
  const configured = process.env.DATABASE_URL
  if (configured) {
    await checkVersion(configured)
    return { url: configured, stop: async () => {}, ended: new Promise(() => {}) }
  }
  const folder = resolve(dataFolder, 'postgres')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const programs = postgresBinaries()
  const user = postgresUser(folder, [programs.postgres])
  const password = await initialize(folder, programs, user, log, durable)
  await endLeftover(join(folder, 'data'), log)
  const port = await choosePort(folder, user)
  const settings = [...QUIET, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...(durable ? [] : FORGETFUL)]
  const flags = settings.flatMap((setting) => ['-c', setting])
  const child = guarded([programs.postgres, '-D', join(folder, 'data'), '-p', String(port), ...flags], user, folder)
  const stop = () => end(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = `postgres://parcours:${password}@127.0.0.1:${port}/postgres`
  await ready(child, url, log)
  return { url, stop, ended }
}

/** Makes the cluster at its first use. A half-made one is made again: it gets its name last. @returns the password. */
async function initialize(
  folder: string,
  programs: PostgresBinaries,
  user: PostgresUser | null,
  log: (line: string) => void,
  durable: boolean,
): Promise<string> {
  const secret = join(folder, 'password')
  if (existsSync(join(folder, 'data'))) return readFileSync(secret, 'utf8').trim()
  const begun = join(folder, 'data.begun')
  rmSync(begun, { recursive: true, force: true })
  const password = randomBytes(18).toString('base64url')
  writeOwned(secret, `${password}\n`, user)
  log('making a new cluster')
  const [program, ...args] = [
    ...(user?.prefix ?? []),
    ...[programs.initdb, `--pgdata=${begun}`, '--username=parcours', '--auth=scram-sha-256', `--pwfile=${secret}`],
    ...['--encoding=UTF8', '--no-locale', '--no-instructions', ...(durable ? [] : ['--no-sync'])],
  ]
  const identity = user && user.prefix.length === 0 ? { uid: user.uid, gid: user.gid } : {}
  const made = spawnSync(program!, args, { ...identity, cwd: folder, encoding: 'utf8', env: environment() })
  if (made.status !== 0) {
    const said = (made.stderr || made.error?.message || '').trim().split('\n').slice(-3)
    throw new StartError('The embedded Postgres could not make its cluster.', [
      ...said,
      'Or set DATABASE_URL to a Postgres of yours.',
    ])
  }
  renameSync(begun, join(folder, 'data'))
  return password
}

/** The port it had the last time, when it is still free: whoever holds the address can go on after a restart. */
async function choosePort(folder: string, user: PostgresUser | null): Promise<number> {
  const file = join(folder, 'port')
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (last > 0 && !(await isPortBusy(last))) return last
  const port = await freePort()
  writeOwned(file, `${port}\n`, user)
  return port
}

function writeOwned(file: string, text: string, user: PostgresUser | null): void {
  writeFileSync(file, text, { mode: 0o600 })
  if (user) chownSync(file, user.uid, user.gid)
}

/**
 * A Postgres that was left on this cluster (its guard was killed too) is asked to end. A stale process number is removed: Postgres would take
 * whoever has that number today for itself.
 */
async function endLeftover(cluster: string, log: (line: string) => void): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!isPostgres(pid)) return rmSync(file, { force: true })
  log(`ending the Postgres left running on ${cluster} (process ${pid})`)
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
    for (const until = Date.now() + STOP_MS_MAX; Date.now() < until; await sleep(50)) if (!isPostgres(pid)) return
  }
  throw new StartError(`Process ${pid} uses ${cluster} and does not end.`, ['Stop it, then start again.'])
}

function isPostgres(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,comm=', '-p', String(pid)], { encoding: 'utf8' })
  if (stdout) return /postgres/.test(stdout) && !stdout.startsWith('Z')
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}

function guarded(command: string[], user: PostgresUser | null, folder: string): ChildProcess {
  const identity = user && user.prefix.length === 0 ? { uid: user.uid, gid: user.gid } : {}
  const args = ['-c', GUARD, 'postgres-guard', ...(user?.prefix ?? []), ...command]
  // A session of its own: Ctrl-C is for us, and we stop it in our order.
  const options = { ...identity, cwd: folder, detached: true, env: environment() }
  return spawn('/bin/sh', args, { ...options, stdio: ['pipe', 'ignore', 'pipe'] })
}

/** Without the settings that would make libpq or Postgres behave otherwise, and without ours. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|PARCOURS_|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}

async function ready(child: ChildProcess, url: string, log: (line: string) => void): Promise<void> {
  const last: string[] = []
  createInterface({ input: child.stderr! }).on('line', (line) => {
    last.push(line)
    if (last.length > 5) last.shift()
    log(line)
  })
  let failure: Error | null = null
  child.on('error', (error) => {
    failure = error
  })
  // The guard's own helper ends when this pipe does.
  child.on('exit', () => child.stdin?.destroy())
  child.stdin!.on('error', () => {})
  for (const until = Date.now() + READY_MS_MAX; Date.now() < until; await sleep(50)) {
    if (failure || child.exitCode !== null || child.signalCode !== null) break
    if (await answersTo(url)) return
  }
  await end(child)
  throw new StartError('The embedded Postgres did not start.', [...last, 'Or set DATABASE_URL to a Postgres of yours.'])
}

async function answersTo(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stdin?.end()
  await ended
}

async function checkVersion(url: string): Promise<void> {
  const remedy = 'Start that Postgres, correct the address, or unset DATABASE_URL to use the embedded one.'
  let sql: postgres.Sql
  let host: string
  try {
    host = new URL(url).host
    sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  } catch {
    throw new StartError('DATABASE_URL is not an address.', ['Write it as in postgres://user:password@host:5432/database.'])
  }
  let version: number
  try {
    const [row] = await sql`select current_setting('server_version_num')::int / 10000 as version`
    version = row!.version as number
  } catch (error) {
    throw new StartError(`The database of DATABASE_URL (${host}) cannot be used: ${connectionProblem(error)}.`, [remedy])
  } finally {
    await sql.end({ timeout: 1 })
  }
  if (version < VERSION_MIN)
    throw new StartError(`The database of DATABASE_URL (${host}) is Postgres ${version}.`, [
      `Parcours needs ${VERSION_MIN} or newer.`,
    ])
}
