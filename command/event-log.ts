/** Event logs as files: of any size, packed or not, in whatever encoding they were exported. */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { CsvLogReader } from '../twin/calibrate/csv-log.ts'
import { JsonLogReader } from '../twin/calibrate/facts.ts'
import type { Log } from '../twin/calibrate/log.ts'
import { type LogReader, type ReadingOptions, UnreadableLog } from '../twin/calibrate/reading.ts'
import { XesReader } from '../twin/calibrate/xes.ts'
import { InputError } from './command.ts'
import { unreadable } from './files.ts'

/** @throws InputError */
export async function readEventLog(file: string, options: ReadingOptions): Promise<Log> {
  const first = await firstBytes(file)
  if (first.length === 0) throw new InputError(`${file}: it is empty; export it again`)
  if (first[0] === 0x50 && first[1] === 0x4b)
    throw new InputError(`${file}: it is a ZIP file or a workbook; unpack it, or save the sheet as CSV`)
  try {
    const log = await readIn(file, first, encodingOf(first) ?? 'utf-8', options)
    return log ?? noteEncoding((await readIn(file, first, 'windows-1252', options))!)
  } catch (error) {
    if (error instanceof UnreadableLog) throw new InputError(error.problems.map((problem) => `${file}: ${problem}`))
    throw error
  }
}

const noteEncoding = (log: Log): Log => ({
  ...log,
  assumptions: [...log.assumptions, 'The file is not UTF-8: it was read as Windows-1252, as Excel writes it.'],
})

/** UTF-16 tells itself by its first bytes. */
const encodingOf = (first: Uint8Array): string | null =>
  first[0] === 0xff && first[1] === 0xfe ? 'utf-16le' : first[0] === 0xfe && first[1] === 0xff ? 'utf-16be' : null

/** Null when it is not written in that encoding. */
async function readIn(file: string, first: Uint8Array, encoding: string, options: ReadingOptions): Promise<Log | null> {
  const head = new TextDecoder(encoding).decode(first).trimStart()
  const readerOf = (told: ReadingOptions): LogReader =>
    head.startsWith('<') ? new XesReader(told) : /^[[{]/.test(head) ? new JsonLogReader(told) : new CsvLogReader(told)
  const reader = readerOf(options)
  if (!(await readThrough(file, encoding, reader))) return null
  const found = reader.finish()
  if (!('dayFirst' in found)) return found
  // What the dates are shows only at the end: once more, knowing it.
  const again = readerOf({ ...options, dayFirst: found.dayFirst })
  await readThrough(file, encoding, again)
  return again.finish() as Log
}

/** False when the bytes are not of the encoding. */
async function readThrough(file: string, encoding: string, reader: LogReader): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let isOfEncoding = true
  await throughBytes(file, (bytes) => {
    const text = decoded(decoder, bytes)
    isOfEncoding = text !== null
    if (text !== null) reader.push(text)
    return isOfEncoding
  })
  const rest = isOfEncoding ? decoded(decoder, null) : null
  if (rest === null) return false
  reader.push(rest)
  return true
}

const decoded = (decoder: TextDecoder, bytes: Uint8Array | null): string | null => {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

const FIRST_BYTES = 4096

async function firstBytes(file: string): Promise<Uint8Array> {
  let found = new Uint8Array(0)
  await throughBytes(file, (bytes) => {
    found = bytes.slice(0, FIRST_BYTES)
    return false
  })
  return found
}

/** The file's bytes, unpacked, until `each` says that it is enough. @throws InputError */
async function throughBytes(file: string, each: (bytes: Uint8Array) => boolean): Promise<void> {
  const isPacked = /\.gz$/i.test(file)
  const take = async (source: AsyncIterable<Uint8Array>) => {
    for await (const bytes of source) if (!each(bytes)) return
  }
  try {
    const stream = createReadStream(file, { highWaterMark: 1 << 20 })
    await (isPacked ? pipeline(stream, createGunzip(), take) : take(stream))
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (error instanceof UnreadableLog || code === '') throw error
    // Whoever stops reading in the middle of unpacking has what they wanted.
    if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') return
    throw new InputError(
      `${file}: ${isPacked && code.startsWith('Z_') ? 'it cannot be unpacked; download it again' : unreadable(code)}`,
    )
  }
}
