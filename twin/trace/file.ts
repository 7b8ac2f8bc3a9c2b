/** A trace as a file: a JSON header, then the columns as they are in memory, so that a year is opened without being parsed. */
import type { Trace, TraceHeader } from './trace.ts'

const MAGIC = 0x54435250 // "PRCT"
const VERSION = 1

/** What a file cannot be read for. */
export class UnreadableTrace extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnreadableTrace'
  }
}

interface StoredHeader {
  header: TraceHeader
  lengths: number[]
}

/** Little-endian: magic, version, bytes of the header, the header, and each column at the next multiple of 8. */
export const encodeTrace = (trace: Trace): Uint8Array => {
  const { rows, columns, minuteRows, minutes, runs, ...rest } = trace
  const header: TraceHeader = rest
  const parts = partsOf(trace)
  const text = new TextEncoder().encode(
    JSON.stringify({ header, lengths: parts.map((part) => part.length) } satisfies StoredHeader),
  )
  const size = parts.reduce((sum, part) => aligned(sum + part.byteLength), aligned(12 + text.length))
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, VERSION, true)
  view.setUint32(8, text.length, true)
  bytes.set(text, 12)
  let at = aligned(12 + text.length)
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at = aligned(at + part.byteLength)
  }
  return bytes
}

/** The trace of a file; its columns lie in `buffer`. @throws UnreadableTrace */
export const decodeTrace = (buffer: ArrayBuffer): Trace => {
  if (buffer.byteLength < 12) throw new UnreadableTrace('The file is empty or cut short: write it again with --trace.')
  const view = new DataView(buffer)
  if (view.getUint32(0, true) !== MAGIC)
    throw new UnreadableTrace('This is no trace: choose a trace.bin that `parcours simulate --trace` wrote.')
  if (view.getUint32(4, true) !== VERSION)
    throw new UnreadableTrace('This trace was written by another release: write it again with --trace.')
  const length = view.getUint32(8, true)
  const { header, lengths } = storedHeader(buffer, length)
  let at = aligned(12 + length)
  const take = <Column>(kind: new (buffer: ArrayBuffer, offset: number, length: number) => Column, bytes: number): Column => {
    const items = lengths.shift() ?? 0
    if (at + items * bytes > buffer.byteLength) throw new UnreadableTrace('The file is cut short: write it again with --trace.')
    const column = new kind(buffer, at, items)
    at = aligned(at + items * bytes)
    return column
  }
  const columns = {
    ms: take(Uint16Array, 2),
    run: take(Uint32Array, 4),
    change: take(Uint8Array, 1),
    value: take(Uint32Array, 4),
  }
  const minuteRows = take(Uint32Array, 4)
  const pathway = take(Uint16Array, 2)
  const number = take(Uint32Array, 4)
  return {
    // What an older release did not tell yet.
    ...{ interventions: [], closures: [] },
    ...header,
    rows: columns.ms.length,
    columns,
    minuteRows,
    minutes: minuteRows.length,
    runs: { count: pathway.length, pathway, number, ids: null },
  }
}

const storedHeader = (buffer: ArrayBuffer, length: number): StoredHeader => {
  try {
    return JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 12, length))) as StoredHeader
  } catch {
    throw new UnreadableTrace('The file is cut short: write it again with --trace.')
  }
}

const partsOf = ({ columns, minuteRows, runs }: Trace) => [
  columns.ms,
  columns.run,
  columns.change,
  columns.value,
  minuteRows,
  runs.pathway,
  runs.number,
]

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8
