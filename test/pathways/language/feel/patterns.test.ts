// Goal: no pattern takes for ages, and those that would match what they matched. Method: random patterns beside JavaScript's own; a long text.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stepper } from '../../../../pathways/language/feel/builtins/steps.ts'
import { toClosure } from '../../../../pathways/language/feel/evaluate.ts'
import { parseFeel } from '../../../../pathways/language/feel/parse.ts'

const evaluate = (text: string, variables: Record<string, string> = {}) =>
  toClosure(parseFeel(text))({ get: (name) => variables[name], at: 0, site: { epoch: '2026-01-01T00:00:00Z', timeZone: 'UTC' } })

const { choice } = fc.letrec<{ choice: string; part: string }>((tie) => ({
  part: fc
    .tuple(
      fc.oneof(
        { maxDepth: 2, depthIdentifier: 'pattern' },
        fc.constantFrom('a', 'b', '[ab]', '\\p{L}', '[^\\n]'),
        tie('choice').map((inside) => `(${inside})`),
      ),
      fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{1,}', '*?', '+?'),
    )
    .map((both) => both.join('')),
  choice: fc
    .array(
      fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 2 },
    )
    .map((ways) => ways.join('|')),
}))

describe('patterns', () => {
  it('match step by step what JavaScript matches', () => {
    fc.assert(
      fc.property(choice, fc.stringMatching(/^[abc\n]{0,8}$/), (pattern, text) => {
        expect(new Stepper(`^(?:${pattern})$`, 'v').find(text, 0) !== null).toBe(new RegExp(`^(?:${pattern})$`, 'v').test(text))
      }),
      { numRuns: 500 },
    )
  })

  const long = `${'a'.repeat(5000)}!`
  it.each<[string, unknown]>([
    ['matches(text, "(a+)+$")', false],
    ['matches(text, "^(a|a?)+$")', false],
    ['string length(replace(text, "(a+)+$", "b"))', 5001],
    ['replace(text, "^(a+)+!", "[$1]")', `[${'a'.repeat(5000)}]`],
    ['split(text, "(a+)+")', ['', '!']],
  ])('end soon: %s', (text, expected) => {
    expect(evaluate(text, { text: long })).toEqual(expected)
  })

  it.each<[string, unknown]>([
    ['split("a1b2c", "(\\d)")', ['a', 'b', 'c']],
    ['split("abc", "")', ['a', 'b', 'c']],
    ['split("", ",")', ['']],
    ['replace("ab;cd;", "(([a-z]+);)+", "[$2]")', '[cd]'],
    ['replace("a$b", "\\$", "\\$\\$")', 'a$$b'],
  ])('%s', (text, expected) => {
    expect(evaluate(text)).toEqual(expected)
  })
})
