// Goal: FEEL is what DMN 1.5 says, level by level. Method: a table of expressions written from the standard's sections and tables, each with its
// value; the same table goes through feelin, and every difference has its reason.
import { evaluate as feelin } from 'feelin'
import { describe, expect, it } from 'vitest'
import { toClosure } from '../../../../pathways/language/feel/evaluate.ts'
import { parseFeel } from '../../../../pathways/language/feel/parse.ts'
import type { Value } from '../../../../pathways/language/feel/value.ts'
import { type Case, variables } from './cases/case.ts'
import { differences } from './cases/differences.ts'
import { functions } from './cases/functions.ts'
import { language } from './cases/language.ts'
import { levelTwo } from './cases/level-2.ts'

const site = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }
const get = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
const ours = (text: string): Value => toClosure(parseFeel(text))({ get, at: 0, site })

const all: Case[] = [...levelTwo, ...language, ...functions]

describe.each([
  ['level 2', levelTwo],
  ['level 3, the language', language],
  ['level 3, functions', functions],
])('%s', (_, cases) => {
  it.each(cases.map(({ section, expression, expected }) => [section, expression, expected] as const))(
    '%s: %s',
    (_section, expression, expected) => {
      expect(ours(expression)).toEqual(expected)
    },
  )
})

/** Dates, times and durations are compared as texts: the two have other objects for them. */
const comparable = ({ expression, expected }: Case): string =>
  JSON.stringify(expected).includes('"@":') ? `string(${expression})` : expression

const theirs = (text: string): unknown => {
  try {
    return JSON.parse(JSON.stringify(feelin(text, variables).value ?? null))
  } catch (error) {
    return error
  }
}

it('differs from feelin where there is a reason, and nowhere else', () => {
  const differing = all.filter((one) => {
    const text = comparable(one)
    return JSON.stringify(theirs(text)) !== JSON.stringify(ours(text))
  })
  const explained = differences.flatMap(([, expressions]) => expressions)
  expect(differing.map(({ expression }) => expression).sort()).toEqual([...explained].sort())
})

it('writes each expression once', () => {
  const written = all.map(({ expression }) => expression)
  expect(written.filter((one, index) => written.indexOf(one) !== index)).toEqual([])
})
