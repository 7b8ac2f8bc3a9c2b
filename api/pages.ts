/** Lists come in pages: `limit` and `cursor` go in, `{ items, next, total }` comes out. A cursor is opaque to callers. */
import { z } from '@hono/zod-openapi'
import { ProblemError } from './problems.ts'

export const LIMIT_MAX = 500
const LIMIT_DEFAULT = 50

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_DEFAULT).openapi({ description: 'How many items at most.' }),
  cursor: z.string().max(200).optional().openapi({ description: 'The `next` of the page before.' }),
})

/** The schema of one page of `item`. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().openapi({ description: 'The cursor of the next page; null on the last.' }),
    total: z.number().int().openapi({ description: 'How many there are on all pages together.' }),
  })

/** An opaque cursor for a sort key. */
export function cursorOf(key: (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The sort key a cursor stands for, or null for the first page. @throws ProblemError `bad-cursor` when it is none of ours. */
export function keyOf(cursor: string | undefined, length: number): (string | number)[] | null {
  if (cursor === undefined) return null
  const key = parsed(Buffer.from(cursor, 'base64url').toString())
  const isKey = Array.isArray(key) && key.length === length && key.every((part) => ['string', 'number'].includes(typeof part))
  if (!isKey) throw new ProblemError('bad-cursor')
  return key as (string | number)[]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** One page of a list that is short enough to be read whole; the cursor is a position in it. */
export function pageOfAll<Item>(items: readonly Item[], { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const from = keyOf(cursor, 1)?.[0] ?? 0
  if (typeof from !== 'number' || !Number.isSafeInteger(from) || from < 0) throw new ProblemError('bad-cursor')
  const upTo = from + limit
  return { items: items.slice(from, upTo), next: upTo < items.length ? cursorOf([upTo]) : null, total: items.length }
}
