// Goal: declared types hold inputs, results, parameters and columns to themselves (DMN 1.5, sections 7.3.2 and 10.3.2.9.4).
import { describe, expect, it } from 'vitest'
import type { Value } from '../../../../pathways/language/feel/value.ts'
import { compiled, decide, decision, escaped, input, knowledge, literal, model, rulesOf, traceOf } from './model.ts'

const item = (name: string, type: string, { collection = false, allowed = '', constraint = '' } = {}) =>
  `<itemDefinition name="${name}"${collection ? ' isCollection="true"' : ''}><typeRef>${type}</typeRef>${allowed ? `<allowedValues><text>${escaped(allowed)}</text></allowedValues>` : ''}${constraint ? `<typeConstraint><text>${escaped(constraint)}</text></typeConstraint>` : ''}</itemDefinition>`

const items = `
  ${item('tLevel', 'string', { allowed: '"low", "high"' })}
  ${item('tLevels', 'tLevel', { collection: true })}
  ${item('tScores', 'number', { collection: true, allowed: '[0..10]', constraint: 'count(?) <= 3' })}
  ${item('tSmall', 'tPositive', { allowed: '< 10' })}
  ${item('tPositive', 'number', { allowed: '> 0' })}
  <itemDefinition name="tPerson"><itemComponent name="the name"><typeRef>string</typeRef></itemComponent>
    <itemComponent name="born"><typeRef>date</typeRef></itemComponent>
    <itemComponent name="doses" isCollection="true"><typeRef>tPositive</typeRef></itemComponent></itemDefinition>
  ${item('tPeople', 'tPerson', { collection: true })}
  <itemDefinition name="tRule"><functionItem outputTypeRef="number"><parameters name="a" typeRef="number"/></functionItem></itemDefinition>`

const result = (text: string, type: string) => model(`${items}${decision('d', literal(text), { type })}`)

describe('a result by its declared type', () => {
  it.each<[string, string, Value]>([
    ['1', 'number', 1],
    ['"1"', 'number', null],
    ['[1]', 'number', 1],
    ['[1, 2]', 'number', null],
    ['"low"', 'tLevel', 'low'],
    ['"middle"', 'tLevel', null],
    ['["high"]', 'tLevel', 'high'],
    ['"low"', 'tLevels', ['low']],
    ['["low", "middle"]', 'tLevels', null],
    ['[]', 'tLevels', []],
    ['[1, 2, 3]', 'tScores', [1, 2, 3]],
    ['[1, 2, 3, 4]', 'tScores', null],
    ['[1, 11]', 'tScores', null],
    ['5', 'tSmall', 5],
    ['-5', 'tSmall', null],
    ['50', 'tSmall', null],
    ['@"2026-01-31"', 'dateTime', { '@': '2026-01-31T00:00:00Z' }],
    ['@"2026-01-31T10:00:00"', 'date', null],
    ['@"P1Y"', 'yearMonthDuration', { '@': 'P1Y' }],
    ['@"P1D"', 'years and months duration', null],
    [
      '{ the name: "Ada", born: @"1815-12-10", doses: [1] }',
      'tPerson',
      { 'the name': 'Ada', born: { '@': '1815-12-10' }, doses: [1] },
    ],
    [
      '{ the name: "Ada", born: @"1815-12-10", doses: [1], more: 1 }',
      'tPerson',
      { 'the name': 'Ada', born: { '@': '1815-12-10' }, doses: [1], more: 1 },
    ],
    ['{ the name: "Ada", born: @"1815-12-10", doses: [0] }', 'tPerson', null],
    ['{ the name: "Ada" }', 'tPerson', null],
    ['{ the name: "Ada", born: null, doses: null }', 'tPeople', [{ 'the name': 'Ada', born: null, doses: null }]],
    ['null', 'tLevel', null],
    ['"x"', 'Any', 'x'],
    ['"x"', 'feel:string', 'x'],
    ['(function(a) a)', 'tLevel', null],
  ])('%s as %s', async (text, type, expected) => {
    expect(await decide(result(text, type), 'd')).toEqual(expected)
  })

  it('functions have types too', async () => {
    const xml = model(
      `${items}${knowledge('apply', [['f', 'tRule']], literal('f(20)'))}${decision('d', literal('[apply(function(a) a + 1), apply(3), apply(function() 1)]'), { requires: ['call:apply'] })}`,
    )
    expect(await decide(xml, 'd')).toEqual([21, null, null])
  })

  it('instance of knows them', async () => {
    expect(
      await decide(
        result('[1 instance of tPositive, ["a"] instance of tLevels, [1] instance of tLevels, 1 instance of number]', ''),
        'd',
      ),
    ).toEqual([true, true, false, true])
  })
})

describe('an input by its declared type', () => {
  const xml = model(
    `${items}${input('p', 'tPerson')}${input('t')}${decision('d', literal('p'), { requires: ['input:p'] })}${decision('u', literal('t'), { requires: ['input:t'] })}`,
  )
  it('reads texts of dates and numbers, single values of lists, and takes what is missing as null', async () => {
    expect(await decide(xml, 'd', { p: { 'the name': 'Ada', born: '1815-12-10', doses: '0.50' } })).toEqual({
      'the name': 'Ada',
      born: { '@': '1815-12-10' },
      doses: [0.5],
    })
    expect(await decide(xml, 'd', { p: { born: '1815-12-10' } })).toEqual({
      'the name': null,
      born: { '@': '1815-12-10' },
      doses: null,
    })
    expect(await decide(xml, 'u', { t: '1815-12-10' })).toBe('1815-12-10')
  })

  it('is null with a warning when it does not conform', async () => {
    const { value, warnings } = await traceOf(xml, 'd', { p: { born: 'yesterday' } })
    expect({ value, warnings }).toEqual({
      value: null,
      warnings: ['p: the value does not conform to the type declared, and is null.'],
    })
  })
})

describe('types that are wrong', () => {
  it('an unknown one is refused where it is used, in two languages', async () => {
    const { decisions, findings } = await compiled(
      model(`${decision('a', literal('1'), { type: 'tGone' })}${decision('b', literal('1'))}`),
    )
    expect(decisions.map(({ name }) => name)).toEqual(['b'])
    expect(findings).toMatchObject([
      { rule: 'unknown-type', element: 'a', french: { message: expect.stringContaining('tGone') } },
    ])
  })

  it('definitions that go on and on, or multiply, are refused in no time', async () => {
    const last = '<itemDefinition name="t3000"><typeRef>number</typeRef></itemDefinition>'
    const chain = Array.from({ length: 3000 }, (_, at) => item(`t${at}`, `t${at + 1}`)).join('')
    expect(await rulesOf(model(`${chain}${last}${decision('a', literal('1'), { type: 't0' })}`))).toEqual(['unknown-type'])
    const fan = Array.from({ length: 14 }, (_, at) => {
      const components = [...'abcd'].map((name) => `<itemComponent name="${name}"><typeRef>t${at + 1}</typeRef></itemComponent>`)
      return `<itemDefinition name="t${at}">${components.join('')}</itemDefinition>`
    }).join('')
    expect(await rulesOf(model(`${fan}${item('t14', 'number')}${decision('a', literal('1'), { type: 't0' })}`))).toEqual([
      'unknown-type',
    ])
  })

  it('allowed values that are no FEEL are refused; a definition of itself ends', async () => {
    expect(
      await rulesOf(model(`${item('t', 'number', { allowed: '1 +' })}${decision('a', literal('1'), { type: 't' })}`)),
    ).toContain('unknown-type')
    const circular = model(
      `<itemDefinition name="t"><itemComponent name="next"><typeRef>t</typeRef></itemComponent></itemDefinition>${decision('a', literal('{ next: { next: null } }'), { type: 't' })}`,
    )
    expect(await decide(circular, 'a')).toEqual({ next: { next: null } })
  })
})
