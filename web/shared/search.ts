/** The address's search: plain words, so that a link can be read and written by hand. Each route says its own with zod. */
import * as z from 'zod/mini'

/** A filter, or what is open: a word; anything else counts as absent. */
export const word = z.catch(z.optional(z.string()), undefined)

/** `?pool=ward-bed&state=dirty&state=free` is `{ pool: 'ward-bed', state: ['dirty', 'free'] }`: always texts, never numbers. */
export function parseSearch(search: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(search)
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}

/** The reverse; what is absent or empty is left out, so that the same view has one address. */
export function stringifySearch(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined && one !== null && one !== '')
      .map((one) => [name, String(one)]),
  )
  const query = new URLSearchParams(pairs).toString()
  return query ? `?${query}` : ''
}
