/** Tables as CSV. */

export type Cell = string | number | boolean

/** Rows as CSV (RFC 4180, with plain line feeds). */
export const csv = (rows: Cell[][]): string => `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`

const cell = (value: Cell): string =>
  typeof value === 'string' && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value)
