/** Files that a command writes, where `--out` says. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InputError } from './command.ts'

/** @throws InputError */
export function makeFolder(folder: string): void {
  try {
    // Where the folder around it is there, none but it is made: in /proc, making all of a path never ends.
    const isAround = existsSync(dirname(folder))
    if (!isAround || !existsSync(folder)) mkdirSync(folder, { recursive: !isAround })
    else if (!statSync(folder).isDirectory()) throw Object.assign(new Error('a file'), { code: 'EEXIST' })
  } catch (error) {
    throw new InputError(`--out ${folder}: the folder cannot be made (${(error as NodeJS.ErrnoException).code}); name another`)
  }
}

/**
 * All of them or none: files of these names are the old ones until every new one is complete.
 * @param files their texts, by name. @throws InputError
 */
export function writeAll(folder: string, files: Record<string, string | Uint8Array>): void {
  const paths = Object.keys(files).map((name) => join(folder, name))
  let path = ''
  try {
    for (const [name, content] of Object.entries(files)) {
      path = join(folder, name)
      writeFileSync(`${path}.part`, content)
    }
    for (path of paths) renameSync(`${path}.part`, path)
  } catch (error) {
    for (const each of paths) rmSync(`${each}.part`, { force: true })
    throw new InputError(
      `${path}: it cannot be written (${(error as NodeJS.ErrnoException).code}); free some space, or name another folder`,
    )
  }
}

/** One file, whole or not at all. @throws InputError */
export const writeOne = (path: string, text: string): void => writeAll(dirname(path), { [basename(path)]: text })
