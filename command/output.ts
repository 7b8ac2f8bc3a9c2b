/** Files that a command writes, where `--out` says. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from './command.ts'

/** @throws InputError */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new InputError(`--out ${folder}: the folder cannot be made (${(error as NodeJS.ErrnoException).code}); name another`)
  }
}

/** Whole or not at all: a file of that name is the old one until the new one is complete. @throws InputError */
export function write(folder: string, name: string, text: string): void {
  const path = join(folder, name)
  try {
    writeFileSync(`${path}.part`, text)
    renameSync(`${path}.part`, path)
  } catch (error) {
    rmSync(`${path}.part`, { force: true })
    throw new InputError(
      `${path}: it cannot be written (${(error as NodeJS.ErrnoException).code}); free some space, or name another folder`,
    )
  }
}
