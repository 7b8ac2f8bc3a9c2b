/** Builds what is stale, and only that: a stamp in `.cache/stamps` holds the content hash of what a thing was built from. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from './errors.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LAST_LINES_MAX = 20

export interface Build {
  /** For people, and the stamp's name. */
  name: string
  /** Files and folders it is made from, from the project's root; those that do not exist count as empty. */
  inputs: string[]
  /** What must exist for it to be built. */
  output: string
  /** Arguments of Node that build it. */
  node: string[]
}

/** @returns false when there was nothing to do. @throws StartError with the end of what the builder said. */
export async function buildIfStale(build: Build, signal?: AbortSignal, root = ROOT): Promise<boolean> {
  const stamp = join(root, '.cache/stamps', build.name.replace(/\W+/g, '-'))
  const hash = contentHash(build.inputs, root)
  if (existsSync(join(root, build.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false
  await runNode(build.name, build.node, { ...(signal ? { signal } : {}), cwd: root })
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
  return true
}

/** SHA-256 over the names and bytes of files and, in depth, folders. */
export function contentHash(paths: string[], root = ROOT): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    const whole = join(root, path)
    if (!existsSync(whole)) continue
    const files = statSync(whole).isDirectory()
      ? readdirSync(whole, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
      : [whole]
    for (const file of files)
      hash.update(`${file.slice(root.length)}\0`).update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.digest('hex')
}

/** Runs Node to its end, not beyond ours. @throws StartError when it fails, with the end of its output. */
export function runNode(
  name: string,
  args: string[],
  options: { env?: Record<string, string>; signal?: AbortSignal; cwd?: string } = {},
) {
  return new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', join(ROOT, 'start/child.mjs'), ...args], {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...(options.signal ? { signal: options.signal } : {}),
    })
    let last = ''
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text: Buffer) => {
        last = (last + text).slice(-8_192)
      })
    }
    child.on('error', reject)
    child.on('close', (code, by) => {
      if (code === 0) resolve()
      else
        reject(
          new StartError(
            `${name}: ended ${by ? `by ${by}` : `with code ${code}`}`,
            last.trim().split('\n').slice(-LAST_LINES_MAX),
          ),
        )
    })
  })
}
