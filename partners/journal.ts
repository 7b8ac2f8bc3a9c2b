/**
 * An append-only file of JSON lines that keeps what it acknowledged: `append` resolves after the line is on the disk. Lines that are
 * waiting share one write and one fsync. A line that a crash tore at the end was never acknowledged: it is dropped when the file is opened.
 */
import { closeSync, fsyncSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

type FileHandle = Awaited<ReturnType<typeof open>>

/** Where a line stands in the file, in bytes. */
export interface Position {
  offset: number
  length: number
}

interface Waiting {
  bytes: Buffer
  resolve: () => void
  reject: (error: unknown) => void
}

export class Journal<T> {
  readonly #file: FileHandle
  #size: number
  #waiting: Waiting[] = []
  #writing: Promise<void> | null = null

  private constructor(file: FileHandle, size: number) {
    this.#file = file
    this.#size = size
  }

  /**
   * Opens or creates the file and reads every line back, in order.
   * @throws Error when a line in the middle is not JSON: the file was edited or damaged.
   */
  static async open<T>(path: string, onRecord: (record: T, position: Position) => void): Promise<Journal<T>> {
    await mkdir(dirname(path), { recursive: true })
    closeSync(openSync(path, 'a'))
    const size = readLines(path, onRecord)
    truncateSync(path, size)
    syncFolder(dirname(path))
    return new Journal<T>(await open(path, 'a+'), size)
  }

  /** Reserves the line's place at once; `durable` resolves when it is on the disk. */
  append(record: T): { position: Position; durable: Promise<void> } {
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`)
    const position = { offset: this.#size, length: bytes.length }
    this.#size += bytes.length
    const durable = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ bytes, resolve, reject })
    })
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null
    })
    return { position, durable }
  }

  /** Resolves when everything appended so far is on the disk. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  async read({ offset, length }: Position): Promise<T> {
    await this.settled()
    const bytes = Buffer.alloc(length)
    await this.#file.read(bytes, 0, length, offset)
    return JSON.parse(bytes.toString('utf8')) as T
  }

  async close(): Promise<void> {
    await this.settled()
    await this.#file.close()
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0)
      try {
        await this.#file.appendFile(Buffer.concat(batch.map(({ bytes }) => bytes)))
        await this.#file.datasync()
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
        throw error
      }
    }
  }
}

function readLines<T>(path: string, onRecord: (record: T, position: Position) => void): number {
  const content = readFileSync(path)
  let offset = 0
  for (let end = content.indexOf(10, offset); end >= 0; end = content.indexOf(10, offset)) {
    const text = content.toString('utf8', offset, end)
    onRecord(parseLine<T>(text, path, offset), { offset, length: end + 1 - offset })
    offset = end + 1
  }
  return offset
}

function parseLine<T>(text: string, path: string, offset: number): T {
  try {
    return JSON.parse(text) as T
  } catch {
    throw new Error(`${path} is damaged at byte ${offset}: restore it from a copy, or move it away to begin anew.`)
  }
}

/** A new file's name is durable only once its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
