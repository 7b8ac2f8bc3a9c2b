// Goal: set-up does what is needed and nothing more. Method: copies of the real scripts in made-up projects.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Build, buildIfStale, contentHash } from '../../start/build.ts'
import { installPackages } from '../../start/packages.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parcours-set-up-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

describe('packages', () => {
  const packages = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-system': { version: '1.0.0', optional: true },
  }

  it('that npm has installed as the lock file says are let be, and stamped', () => {
    write('package-lock.json', JSON.stringify({ packages }))
    write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }))
    expect(installPackages(root)).toBe(false)
    expect(readFileSync(join(root, 'node_modules/.parcours'), 'utf8')).toMatch(/^[0-9a-f]{64}$/)
    rmSync(join(root, 'node_modules/.package-lock.json'))
    expect(installPackages(root)).toBe(false)
  })

  it('are installed when the lock file has changed', () => {
    write('package.json', '{"name":"made-up","version":"1.0.0"}')
    write(
      'package-lock.json',
      '{"name":"made-up","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"made-up","version":"1.0.0"}}}',
    )
    write('node_modules/.parcours', 'an older one')
    expect(installPackages(root)).toBe(true)
    expect(installPackages(root)).toBe(false)
  })
})

describe('a build', () => {
  const build: Build = {
    name: 'made up',
    inputs: ['in', 'lock'],
    output: 'out',
    node: ['-e', "const fs = require('fs'); fs.appendFileSync('out', fs.readFileSync('in/a', 'utf8'))"],
  }
  const out = () => readFileSync(join(root, 'out'), 'utf8')

  it('is made once, again when an input changes, and again when it is gone', async () => {
    write('in/a', 'x')
    expect(await buildIfStale(build, undefined, root)).toBe(true)
    expect(await buildIfStale(build, undefined, root)).toBe(false)
    write('in/a', 'y')
    expect(await buildIfStale(build, undefined, root)).toBe(true)
    expect(out()).toBe('xy')
    rmSync(join(root, 'out'))
    expect(await buildIfStale(build, undefined, root)).toBe(true)
  })
  it('that fails shows why, and is tried again the next time', async () => {
    const broken = { ...build, node: ['-e', "console.error('no such pathway'); process.exit(4)"] }
    await expect(buildIfStale(broken, undefined, root)).rejects.toMatchObject({
      message: 'made up: ended with code 4',
      details: ['no such pathway'],
    })
    write('in/a', 'x')
    expect(await buildIfStale(build, undefined, root)).toBe(true)
  })
  it("'s hash is of names and contents", () => {
    write('in/a', 'x')
    const before = contentHash(['in'], root)
    write('in/b', '')
    expect(contentHash(['in'], root)).not.toBe(before)
    rmSync(join(root, 'in/b'))
    expect(contentHash(['in'], root)).toBe(before)
  })
})
