/** A log file with a bound: past it, the file becomes `….1` (replacing the last one) and a new one begins. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const BYTES_MAX = 10 * 2 ** 20

export class LogFile {
  readonly path: string
  #descriptor: number
  #bytes: number

  constructor(path: string) {
    this.path = path
    mkdirSync(dirname(path), { recursive: true })
    this.#bytes = existsSync(path) ? statSync(path).size : 0
    this.#descriptor = openSync(path, 'a')
  }

  write(line: string): void {
    if (this.#bytes > BYTES_MAX) {
      closeSync(this.#descriptor)
      renameSync(this.path, `${this.path}.1`)
      this.#descriptor = openSync(this.path, 'a')
      this.#bytes = 0
    }
    this.#bytes += writeSync(this.#descriptor, `${line}\n`)
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}
