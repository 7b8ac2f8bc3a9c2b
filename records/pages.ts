/** Lists come in pages: an opaque cursor holds the sort key of the last item. */
import { RecordsError } from './errors.ts'

export interface PageRequest {
  limit: number
  cursor?: string | undefined
}

export interface Page<Item> {
  items: Item[]
  /** The cursor of the next page; null on the last. */
  next: string | null
  /** On all pages together. */
  total: number
}

type Key = (string | number | boolean)[]

/** What may stand at one place of a cursor: what Postgres would not take is none of ours. */
const PARTS = {
  string: (part: unknown) => typeof part === 'string' && !/\0|\p{Surrogate}/u.test(part),
  /** A whole number. */
  number: (part: unknown) => Number.isSafeInteger(part),
  fraction: (part: unknown) => typeof part === 'number',
  boolean: (part: unknown) => typeof part === 'boolean',
}

/** The sort key a cursor stands for, null for the first page. @throws RecordsError `badCursor`. */
export function keyOfCursor(cursor: string | undefined, types: (keyof typeof PARTS)[]): Key | null {
  if (cursor === undefined) return null
  let key: unknown
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    key = null
  }
  if (Array.isArray(key) && key.length === types.length && key.every((part, index) => PARTS[types[index]!](part))) return key
  throw new RecordsError('badCursor', 'This cursor is none of ours: begin again with the first page.')
}

/** @param rows one more than the limit when there is a next page. */
export function pageOf<Item>(rows: readonly Item[], limit: number, total: number, keyOf: (item: Item) => Key): Page<Item> {
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, next: last === undefined ? null : Buffer.from(JSON.stringify(keyOf(last))).toString('base64url'), total }
}
