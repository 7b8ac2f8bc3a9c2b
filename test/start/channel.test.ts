// Goal: no process of ours outlives the one that started it, however early that one goes. Method: each kind, its channel closed after a while.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'parcours-channel-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const KINDS: [string, string[]][] = [
  ['a module of ours', ['--import', './start/child.mjs', '-e', 'setInterval(() => {}, 1000)']],
  ['a program under the guard', ['start/guard.mjs', 'sleep', '600']],
  ['the SDK’s own download', ['start/temporal-sdk-download.mjs', folder]],
]

describe.each([0, 30, 400])('%s ms after its start', (ms) => {
  it.each(KINDS)('%s', async (_, args) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true })
    setTimeout(() => child.disconnect(), ms)
    await new Promise((resolve) => child.on('exit', resolve))
    // Nobody is left of its group either.
    expect(() => process.kill(-child.pid!, 0)).toThrow('ESRCH')
  })
})
