/** The address's search: plain words, so that a link can be read and written by hand. Each route says its own: `searchOf({ pool: word })`. */
/** Reads one value of an address; undefined for what it cannot be. */
type Reader<Value> = (value: unknown) => Value | undefined

/** A filter, or what is open: a word. */
export const word: Reader<string> = (value) => (typeof value === 'string' ? value : undefined)

/** One of these. */
export const oneOf =
  <Value extends string>(values: readonly Value[]): Reader<Value> =>
  (value) =>
    values.find((one) => one === value)

/** A whole number between the two, both included. */
export const whole =
  (least: number, most: number): Reader<number> =>
  (value) => {
    const read = typeof value === 'number' ? value : word(value)?.trim() ? Number(value) : Number.NaN
    return Number.isInteger(read) && read >= least && read <= most ? read : undefined
  }

export type SearchOf<Shape> = { [Name in keyof Shape]?: Shape[Name] extends Reader<infer Value> ? Value | undefined : never }

/** What an address may hold, by name; what cannot be read, or is not asked for, counts as absent. */
export const searchOf =
  <Shape extends Record<string, Reader<unknown>>>(shape: Shape) =>
  (search: Record<string, unknown>): SearchOf<Shape> =>
    Object.fromEntries(
      Object.entries(shape).flatMap(([name, read]) => {
        const value = read(search[name])
        return value === undefined ? [] : [[name, value]]
      }),
    ) as SearchOf<Shape>

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
