// Goal: every boxed expression gives what DMN 1.5, section 10.2.1, says. Method: one small model each.
import { describe, expect, it } from 'vitest'
import type { Value } from '../../../../pathways/language/feel/value.ts'
import { compiled, decide, decision, input, knowledge, literal, model } from './model.ts'

const boxed = (logic: string, requires: string[] = []) =>
  model(
    `${input('xs')}${input('n', 'number')}${knowledge('twice', [['a', 'number']], literal('a * 2'))}${decision('d', logic, {
      requires: ['input:xs', 'input:n', 'call:twice', ...requires],
    })}`,
  )
const entry = (name: string, body: string, type = '') =>
  `<contextEntry>${name ? `<variable name="${name}"${type ? ` typeRef="${type}"` : ''}/>` : ''}${body}</contextEntry>`

describe('boxed expressions', () => {
  it.each<[string, string, Value]>([
    ['literal', literal('n + 1'), 4],
    ['empty literal', '<literalExpression/>', null],
    ['context', `<context>${entry('a b', literal('n'))}${entry('c', literal('a b + 1'))}</context>`, { 'a b': 3, c: 4 }],
    ['context with a result', `<context>${entry('a b', literal('n'))}${entry('', literal('a b * 10'))}</context>`, 30],
    ['context of a result alone', `<context>${entry('', literal('n'))}</context>`, 3],
    [
      'context entries are converted to their types',
      `<context>${entry('a', literal('[n]'), 'number')}${entry('b', literal('"x"'), 'number')}</context>`,
      { a: 3, b: null },
    ],
    [
      'a function in a context calls itself',
      `<context>${entry('fact', `<functionDefinition><formalParameter name="k"/>${literal('if k <= 1 then 1 else k * fact(k - 1)')}</functionDefinition>`)}${entry('', literal('fact(5)'))}</context>`,
      120,
    ],
    ['list', `<list>${literal('1')}${literal('n')}</list>`, [1, 3]],
    [
      'relation',
      `<relation><column name="a"/><column name="b c"/><row>${literal('1')}${literal('"x"')}</row><row>${literal('n')}${literal('null')}</row></relation>`,
      [
        { a: 1, 'b c': 'x' },
        { a: 3, 'b c': null },
      ],
    ],
    ['invocation', `<invocation>${literal('twice')}<binding><parameter name="a"/>${literal('n')}</binding></invocation>`, 6],
    ['invocation without the binding', `<invocation>${literal('twice')}</invocation>`, null],
    [
      'conditional',
      `<conditional><if>${literal('n > 2')}</if><then>${literal('"more"')}</then><else>${literal('"less"')}</else></conditional>`,
      'more',
    ],
    [
      'conditional on null',
      `<conditional><if>${literal('null')}</if><then>${literal('1')}</then><else>${literal('2')}</else></conditional>`,
      2,
    ],
    ['filter', `<filter><in>${literal('xs')}</in><match>${literal('item >= n')}</match></filter>`, [3, 5]],
    ['filter by position', `<filter><in>${literal('xs')}</in><match>${literal('-1')}</match></filter>`, 5],
    ['for', `<for iteratorVariable="one x"><in>${literal('xs')}</in><return>${literal('one x * n')}</return></for>`, [3, 9, 15]],
    [
      'for sees partial',
      `<for iteratorVariable="i"><in>${literal('xs')}</in><return>${literal('count(partial) + i')}</return></for>`,
      [1, 4, 7],
    ],
    ['every', `<every iteratorVariable="i"><in>${literal('xs')}</in><satisfies>${literal('i > 0')}</satisfies></every>`, true],
    ['some', `<some iteratorVariable="i"><in>${literal('xs')}</in><satisfies>${literal('i > 9')}</satisfies></some>`, false],
    [
      'nested',
      `<conditional><if><some iteratorVariable="i"><in>${literal('xs')}</in><satisfies>${literal('i = 5')}</satisfies></some></if><then><list>${literal('n')}</list></then><else>${literal('0')}</else></conditional>`,
      [3],
    ],
    ['a type on an expression', literal('[[n]]', 'typeRef="number"'), null],
    ['a type on a list of one', literal('[n]', 'typeRef="number"'), 3],
  ])('%s', async (_, logic, expected) => {
    expect(await decide(boxed(logic), 'd', { xs: [1, 3, 5], n: 3 })).toEqual(expected)
  })

  it.each([
    ['missing-expression', '<conditional/>'],
    ['missing-expression', `<filter><in>${literal('xs')}</in></filter>`],
    ['iterator-name', `<for><in>${literal('xs')}</in><return>${literal('1')}</return></for>`],
    ['relation-row', `<relation><column name="a"/><row>${literal('1')}${literal('2')}</row></relation>`],
    ['context-entry', `<context>${entry('', literal('1'))}${entry('a', literal('2'))}</context>`],
    ['external-function', `<functionDefinition kind="Java">${literal('1')}</functionDefinition>`],
    ['unreadable-element', '<literalExpresion/>'],
  ])('%s is refused, in two languages', async (rule, logic) => {
    const { decisions, findings } = await compiled(boxed(logic))
    expect(decisions).toEqual([])
    const found = findings.find((finding) => finding.rule === rule)
    expect(found?.french?.message).toMatch(/\S/)
    expect(found?.french?.message).not.toBe(found?.message)
  })
})
