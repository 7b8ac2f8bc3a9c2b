// Goal: one command up, one key down, whatever happens in between. Method: the real supervisor over small processes of our own.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../start/ports.ts'

interface Noted {
  name: string
  event: string
  pid: number
}

let folder: string
let port: number
let running: ChildProcess[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-start-'))
  port = await freePort()
})
afterEach(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGTERM')
  for (const child of running) await ended(child)
  running = []
  rmSync(folder, { recursive: true, force: true })
})

function start(args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/start/fixtures/system.ts', ...args], {
    env: { ...process.env, PORT: String(port), PARCOURS_DATA: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const said = { out: '', error: '' }
  child.stdout.on('data', (text) => {
    said.out += text
  })
  child.stderr.on('data', (text) => {
    said.error += text
  })
  return { child, said }
}
const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) =>
    child.exitCode !== null || child.signalCode ? resolve(child.exitCode) : child.on('close', resolve),
  )
async function until(condition: () => boolean, what: string, msMax = 15_000) {
  for (let i = 0; i < msMax / 50; i++) {
    if (condition()) return
    await sleep(50)
  }
  throw new Error(`waited in vain until ${what}`)
}
const events = (): Noted[] => {
  const file = join(folder, 'data/events.jsonl')
  if (!existsSync(file)) return []
  // What is being written has no end of line yet.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Noted)
}
const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
const temporalPid = () => Number(readFileSync(join(folder, 'data/temporal.pid'), 'utf8'))
const guardPid = () => {
  const { children } = JSON.parse(readFileSync(join(folder, 'data/running.json'), 'utf8')) as { children: Noted[] }
  return children.find(({ name }) => name === 'temporal')!.pid
}
const everyPid = () => [...events().map(({ pid }) => pid), temporalPid()]

describe('a system', () => {
  it('comes up in order, says one address, and on Ctrl-C stops in the opposite order, leaving nothing', async () => {
    const { child, said } = start()
    await until(() => said.out.includes('is ready'), 'it is ready')
    expect(said.out.match(/https?:\/\/\S+/g)).toEqual([`http://localhost:${port}/`])
    expect(statSync(join(folder, 'data/key')).mode & 0o777).toBe(0o600)
    const answer = (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as { url: string }
    expect(answer.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    child.kill('SIGINT')
    child.kill('SIGINT')
    expect(await ended(child)).toBe(0)
    const stops = events().filter(({ event }) => event === 'stopped')
    expect(stops.map(({ name }) => name)).toEqual(['demo', 'api', 'partner', 'database'])
    expect(everyPid().filter(isRunning)).toEqual([])
    expect(existsSync(join(folder, 'data/running.json'))).toBe(false)
  })

  it('starts again what is killed, at the same address', async () => {
    const { said } = start()
    await until(() => said.out.includes('is ready'), 'it is ready')
    const before = events().find(({ name }) => name === 'partner')!.pid
    process.kill(before, 'SIGKILL')
    await until(() => said.out.includes('partner is back'), 'the partner is back')
    expect(said.out).toContain('partner ended by SIGKILL; starting it again')
    const answer = (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as { url: string }
    expect(((await (await fetch(answer.url)).json()) as { name: string }).name).toBe('partner')
  })

  it('leaves nothing when it is killed with -9, and the next start goes on', async () => {
    const first = start()
    await until(() => first.said.out.includes('is ready'), 'it is ready')
    const pids = everyPid()
    first.child.kill('SIGKILL')
    const second = start()
    await until(() => second.said.out.includes('is ready'), 'the second is ready')
    expect(pids.filter(isRunning)).toEqual([])
  })

  it('stops when what started it ends: npm tells the shell between us, and nobody tells us', async () => {
    const shell = spawn('/bin/sh', ['-c', 'node --import tsx test/start/fixtures/system.ts; true'], {
      env: { ...process.env, PORT: String(port), PARCOURS_DATA: join(folder, 'data') },
      stdio: 'ignore',
    })
    running.push(shell)
    await until(() => events().some(({ name }) => name === 'demo'), 'the last has started')
    shell.kill('SIGTERM')
    await until(() => everyPid().every((pid) => !isRunning(pid)), 'nothing runs')
    await until(() => !existsSync(join(folder, 'data/running.json')), 'the data folder is given back')
  })

  it('ends what a killed guard has left, and starts it again', async () => {
    const { said } = start()
    await until(() => said.out.includes('is ready'), 'it is ready')
    const server = temporalPid()
    process.kill(guardPid(), 'SIGKILL')
    await until(() => said.out.includes('temporal is back'), 'temporal is back')
    expect(isRunning(server)).toBe(false)
    expect(isRunning(temporalPid())).toBe(true)
  })

  it('killed together with the guard of a program, has it ended by the next start', async () => {
    const first = start()
    await until(() => first.said.out.includes('is ready'), 'it is ready')
    const server = temporalPid()
    const guard = guardPid()
    first.child.kill('SIGKILL')
    process.kill(guard, 'SIGKILL')
    const second = start()
    await until(() => second.said.out.includes('is ready'), 'the second is ready', 60_000)
    expect(isRunning(server)).toBe(false)
  })

  it('starts no synthetic hospital with --empty', async () => {
    const { said } = start(['--empty'])
    await until(() => said.out.includes('is ready'), 'it is ready')
    expect(events().map(({ name }) => name)).not.toContain('demo')
  })

  it('stops cleanly when it is interrupted while it comes up', async () => {
    const { child } = start()
    await until(() => events().length > 0, 'something has started')
    child.kill('SIGTERM')
    expect(await ended(child)).toBe(0)
    await until(() => events().every(({ pid }) => !isRunning(pid)), 'nothing runs')
  })
})

describe('what cannot be', () => {
  it('a busy port: says so, names the remedy, leaves nothing running', async () => {
    const server = createServer().listen(port, '127.0.0.1')
    const { child, said } = start()
    expect(await ended(child)).toBe(1)
    server.close()
    expect(said.error).toContain(`Port ${port} is taken`)
    expect(said.error).toContain(`PORT=${port + 1} npm start`)
    expect(events()).toEqual([])
  })

  it('a second system on the same data: names the first', async () => {
    const first = start()
    await until(() => first.said.out.includes('is ready'), 'it is ready')
    const second = start([], { PORT: String(await freePort()) })
    expect(await ended(second.child)).toBe(1)
    expect(second.said.error).toContain(`already running on ${join(folder, 'data')} (process ${first.child.pid})`)
  })

  it('a process that fails at its start: shows the end of its output, and stops the rest', async () => {
    const { child: up, said: saidUp } = start(['--empty'])
    await until(() => saidUp.out.includes('is ready'), 'it is ready')
    up.kill('SIGINT')
    await ended(up)
    writeFileSync(join(folder, 'data/broken-database'), '')
    const { child, said } = start()
    expect(await ended(child)).toBe(1)
    expect(said.error).toContain('database: ended with code 3')
    expect(said.error).toContain('it cannot go on like this')
    await until(() => events().every(({ pid }) => !isRunning(pid)), 'nothing runs')
  })

  it.each([
    { args: ['--fersh'], code: 2, error: "Unknown option '--fersh'" },
    { args: ['now'], code: 2, error: '--help' },
    { args: ['--yes'], code: 2, error: '--yes goes with --fresh' },
    { args: ['--fresh'], code: 1, error: 'there is no terminal to ask on' },
  ])('$args: $code, $error', async ({ args, code, error }) => {
    const { child, said } = start(args)
    expect(await ended(child)).toBe(code)
    expect(said.error).toContain(error)
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it.each<{ env: Record<string, string>; error: string }>([
    { env: { PORT: 'eighty' }, error: 'PORT is eighty' },
    { env: { PARCOURS_RATE: 'fast' }, error: 'PARCOURS_RATE is fast' },
    { env: { PARCOURS_SEED: '1.5' }, error: 'PARCOURS_SEED is 1.5' },
    { env: { PARCOURS_KEY: 'short' }, error: 'PARCOURS_KEY does not hold 32 bytes' },
    { env: { PARCOURS_DATA: 'package.json' }, error: 'package.json is a file' },
    { env: { PARCOURS_DATA: 'package.json/data' }, error: 'package.json/data is a file' },
    { env: { PARCOURS_DATA: '/proc/data' }, error: '/proc/data cannot be written' },
  ])('$env: said in a line with its remedy, without a stack trace', async ({ env, error }) => {
    const { child, said } = start([], env)
    expect(await ended(child)).toBe(1)
    expect(said.error).toContain(error)
    expect(said.error).not.toContain('    at ')
    expect(events()).toEqual([])
  })

  it('a data folder that holds something else is neither used nor cleared', async () => {
    writeFileSync(join(folder, 'thesis.txt'), 'ten years')
    const { child, said } = start(['--fresh', '--yes'], { PARCOURS_DATA: folder })
    expect(await ended(child)).toBe(1)
    expect(said.error).toContain('files that are not Parcours')
    expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('ten years')
  })
})

it('--fresh --yes clears the data, the key included', async () => {
  const first = start(['--empty'])
  await until(() => first.said.out.includes('is ready'), 'it is ready')
  first.child.kill('SIGINT')
  await ended(first.child)
  const key = readFileSync(join(folder, 'data/key'), 'utf8')
  const second = start(['--empty', '--fresh', '--yes'])
  await until(() => second.said.out.includes('is ready'), 'it is ready')
  expect(readFileSync(join(folder, 'data/key'), 'utf8')).not.toBe(key)
  expect(events().filter(({ event }) => event === 'stopped')).toEqual([])
})
