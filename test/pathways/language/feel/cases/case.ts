/** One row of the suite: a section of DMN 1.5, an expression, and its value. */
import type { Value } from '../../../../../pathways/language/feel/value.ts'

export interface Case {
  section: string
  expression: string
  expected: Value
}

/** Rows of one section; dates, times and durations are written `d('…')`, numbers of many digits `n('…')`. */
export const section = (name: string, rows: [expression: string, expected: Value][]): Case[] =>
  rows.map(([expression, expected]) => ({ section: name, expression, expected }))

export const d = (text: string): Value => ({ '@': text })
export const n = (digits: string): Value => ({ '@number': digits })

/** What every expression sees. */
export const variables: Record<string, Value> = {
  x: 5,
  y: -2,
  text: 'foobar',
  flag: true,
  nothing: null,
  numbers: [1, 2, 3, 4],
  people: [
    { name: 'Ada', age: 36, town: 'Caen' },
    { name: 'Bob', age: 20, town: 'Lyon' },
    { name: 'Cleo', age: 61, town: 'Caen' },
  ],
  patient: { name: 'Ada', address: { town: 'Caen' }, vitals: [{ pulse: 71 }, { pulse: 88 }] },
}
