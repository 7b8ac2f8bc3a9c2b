/** Releases by what they are made from: known without building anything. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Content hash of the sources in these folders and of the locked packages: 16 hexadecimal digits. */
export function sourcesHash(folders: string[]): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const folder of folders) {
    for (const file of sources(join(ROOT, folder))) hash.update(file.slice(ROOT.length)).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

/**
 * The release whose numbers an experiment's are: its version, and the hash of all that they may depend on. What two of them simulate need not
 * be the same bytes.
 */
export function experimentEngine(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return `${version}+${sourcesHash(['pathways', 'twin', 'workflows'])}`
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|cjs|json)$/.test(file))
    .sort()
    .map((file) => join(folder, file))
}
