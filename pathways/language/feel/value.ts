/**
 * FEEL values as plain JSON. A safe integer stays a number; any other number is a decimal read from its shortest text (0.1 is exactly
 * one tenth); digits a double cannot hold are kept as `{ "@number": "…" }`. Temporal values are tagged as FEEL's own at-literal:
 * `{ "@": "2026-11-23" }`, `{ "@": "PT15M" }`.
 */
export type Value = null | boolean | number | string | Tagged | Value[] | { [name: string]: Value }
export interface Tagged {
  '@'?: string
  '@number'?: string
  [name: string]: Value | undefined
}
export type Variables = { [name: string]: Value }
