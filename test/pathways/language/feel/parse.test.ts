import { describe, expect, it } from 'vitest'
import { builtinCall } from '../../../../pathways/language/feel/builtins/index.ts'
import { unknownFunctions } from '../../../../pathways/language/feel/check.ts'
import { isBuiltin } from '../../../../pathways/language/feel/names.ts'
import { FeelError, parseFeel } from '../../../../pathways/language/feel/parse.ts'

const positionOf = (text: string): number => {
  try {
    parseFeel(text)
  } catch (error) {
    if (error instanceof FeelError) return error.position
    throw error
  }
  return -1
}

describe('parsing FEEL', () => {
  it('gives plain JSON', () => {
    const tree = parseFeel('if a.b > 3 and c in ["x", "y"] then {r: [1..3]} else f(1, n: 2)'.replace('f(1, n: 2)', 'count([1])'))
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
  })

  it('knows names with spaces when they are declared', () => {
    expect(parseFeel('patient age > Loan.monthly payment', { names: ['patient age', 'monthly payment'] })).toEqual([
      '>',
      ['name', 'patient age'],
      ['path', ['name', 'Loan'], 'monthly payment'],
    ])
    expect(parseFeel('a-b', { names: ['a-b'] })).toEqual(['name', 'a-b'])
    expect(parseFeel('a-b')).toEqual(['-', ['name', 'a'], ['name', 'b']])
  })

  it.each([
    ['1 +', 3],
    ['[1, 2', 5],
    ['if a then b', 11],
    ['', 0],
    ['a == b', 3],
    ['f(', 2],
    ['+1', 0],
  ])('refuses "%s" at %i', (text, position) => {
    expect(positionOf(text)).toBe(position)
  })

  it.each([
    ['-', ['value', true]],
    ['3', ['in', ['name', '?'], ['value', 3]]],
    ['> 3, < 1', ['or', ['>', ['name', '?'], ['value', 3]], ['<', ['name', '?'], ['value', 1]]]],
    ['not("a")', ['not', ['in', ['name', '?'], ['value', 'a']]]],
  ])('reads the unary tests %s', (text, expected) => {
    expect(parseFeel(text, { unaryTests: true })).toEqual(expected)
  })

  it('tells functions that do not exist from those that may', () => {
    expect(unknownFunctions(parseFeel('summ([1]) + count([f(1)])'))).toEqual(['summ', 'f'])
    expect(unknownFunctions(parseFeel('{f: function(g) g(1), r: f(count)}'))).toEqual([])
    expect(unknownFunctions(parseFeel('triage level(1)', { names: ['triage level'] }), ['triage level'])).toEqual([])
  })

  it('has an implementation for every name it knows, and no other', () => {
    for (const name of ['count', 'date and time', 'week of year', 'coincides', '@', 'is']) {
      expect(isBuiltin(name)).toBe(true)
      expect(builtinCall(name)).not.toBeNull()
    }
    expect(builtinCall('toString')).toBeNull()
  })
})
