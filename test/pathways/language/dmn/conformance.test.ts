// Goal: what DMN 1.5 says of values that do not fit, of names and of too much work. Method: one small model each.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../../pathways/language/compile.ts'
import type { Value, Variables } from '../../../../pathways/language/feel/value.ts'
import { compiled, decide, decision, input, knowledge, literal, model, rulesOf, traceOf } from './model.ts'

const service = (name: string, outputs: string[], inputs: string[], type = '') =>
  `<decisionService id="${name}" name="${name}"><variable name="${name}"${type && ` typeRef="${type}"`}/>${outputs
    .map((id) => `<outputDecision href="#${id}"/>`)
    .join('')}${inputs.map((id) => `<inputData href="#${id}"/>`).join('')}</decisionService>`

describe('values that do not fit', () => {
  const asks = (type: string, body: string, argument: string) =>
    model(`${knowledge('f', [['a', type]], literal(body))}${decision('d', literal(`f(${argument})`), { requires: ['call:f'] })}`)
  it.each<[string, string, Value]>([
    ['an argument leaves the call null, whatever its body', asks('string', 'a = null', '1'), null],
    ['an argument that is null is an argument', asks('string', 'a = null', 'null'), true],
    ['a list of one is its item', asks('number', 'a + 1', '[1]'), 2],
    [
      'an item is a list of one where the type is a list',
      asks('numbers', 'count(a)', '7').replace(
        '<business',
        '<itemDefinition name="numbers" isCollection="true"><typeRef>number</typeRef></itemDefinition><business',
      ),
      1,
    ],
    ['a date is midnight UTC', asks('dateTime', 'string(a)', 'date("2026-01-02")'), '2026-01-02T00:00:00Z'],
  ])('%s', async (_, xml, expected) => {
    expect(await decide(xml, 'd')).toEqual(expected)
  })

  it.each<[string, Variables, Value]>([
    ['number', { n: 2 }, 4],
    ['number', { n: 'x' }, null],
    ['string', { n: 2 }, null],
  ])('a service gives what its type %s wants, for %j: %j', async (type, variables, expected) => {
    const xml = model(
      `${input('n', 'number')}${decision('twice', literal('n * 2'), { requires: ['input:n'] })}${service('s', ['twice'], ['n'], type)}`,
    )
    expect(await decide(xml, 's', variables, 'services')).toEqual(expected)
  })

  it('a service as a function gives null for an argument that does not fit', async () => {
    const xml = model(
      `${input('n', 'number')}${decision('always', literal('true'), { requires: ['input:n'] })}${service('s', ['always'], ['n'])}${decision('d', literal('[s(1), s("x")]'), { requires: ['call:s'] })}`,
    )
    expect(await decide(xml, 'd')).toEqual([true, null])
  })
})

describe('boxed conditions', () => {
  const boxed = (logic: string) => model(decision('d', logic))
  const iterated = (kind: string, body: string) =>
    boxed(`<${kind} iteratorVariable="i"><in>${literal('[1, 2]')}</in><satisfies>${literal(body)}</satisfies></${kind}>`)
  it.each<[string, string, Value]>([
    [
      'if, neither true nor false',
      boxed(`<conditional><if>${literal('"a"')}</if><then>${literal('1')}</then><else>${literal('2')}</else></conditional>`),
      null,
    ],
    ['filter, neither', boxed(`<filter><in>${literal('[1, 2]')}</in><match>${literal('"a"')}</match></filter>`), null],
    ['filter, null', boxed(`<filter><in>${literal('[1, 2]')}</in><match>${literal('null')}</match></filter>`), []],
    ['some, neither before true', iterated('some', 'if i = 2 then true else "a"'), null],
    ['every, neither', iterated('every', 'if i = 1 then true else "a"'), null],
    ['every', iterated('every', 'i > 0'), true],
  ])('%s', async (_, xml, expected) => {
    expect(await decide(xml, 'd')).toEqual(expected)
  })
})

it('a parameter may have a dot in its name, which is a path elsewhere', async () => {
  const xml = model(
    `${input('Person')}${knowledge('f', [['Person.Age', 'number']], literal('Person.Age + 1'))}${decision(
      'd',
      `<invocation>${literal('f')}<binding><parameter name="Person.Age"/>${literal('Person.Age')}</binding></invocation>`,
      { requires: ['input:Person', 'call:f'] },
    )}`,
  )
  expect(await decide(xml, 'd', { Person: { Age: 41 } })).toBe(42)
})

describe('functions of Java', () => {
  const java = (signature: string, call: string) =>
    model(
      decision(
        'd',
        literal(`{f: function(a, b) external {java: {class: "java.lang.Math", method signature: "${signature}"}}, r: ${call}}.r`),
      ),
    )
  it('runs the pure ones that it knows', async () => {
    expect(await decide(java('max(double, double)', 'f(123.45, 456.78)'), 'd')).toBe(456.78)
    expect(await decide(java('max(int,int)', 'f(123.9, 5)'), 'd')).toBe(123)
  })
  it('refuses all others', async () => {
    expect(await rulesOf(java('random()', 'f(1, 2)'))).toEqual(['feel-syntax'])
  })
  it('knows them boxed', async () => {
    const entry = (name: string, body: string) => `<contextEntry>${name && `<variable name="${name}"/>`}${body}</contextEntry>`
    const xml = model(
      decision(
        'd',
        `<context>${entry('f', `<functionDefinition kind="Java"><formalParameter name="a"/><formalParameter name="b"/><context>${entry('class', literal('"java.lang.String"'))}${entry('method signature', literal('"format(java.lang.String, [Ljava.lang.Object;)"'))}</context></functionDefinition>`)}${entry('', literal('f("bed %s", "B12")'))}</context>`,
      ),
    )
    expect(await decide(xml, 'd')).toBe('bed B12')
  })
})

describe('too much work', () => {
  const recursive = model(
    `${knowledge('f', [['a']], literal('1 + f(a + 1)'), { requires: ['call:f'] })}${decision('d', literal('f(1)'), { requires: ['call:f'] })}`,
  )
  it.each([
    ['knowledge that calls itself for ever', recursive, /300 deep/],
    [
      'knowledge that calls itself twice each time',
      recursive.replace('1 + f(a + 1)', 'if a > 40 then 1 else f(a + 1) + f(a + 1)'),
      /1000000 times/,
    ],
    ['loops in loops', model(decision('d', literal('count(for i in 1..100000, j in 1..100000 return j)'))), /1000000 times/],
    ['a loop in each round', model(decision('d', literal('for i in 1..2000 return for j in 1..2000 return j'))), /1000000 times/],
    ['a range without measure', model(decision('d', literal('for i in 1..1000000000000 return i'))), /1000000 times/],
  ])('%s gives null, and says so', async (_, xml, reason) => {
    const { value, exceeded } = await traceOf(xml, 'd')
    expect(value).toBeNull()
    expect(exceeded).toMatch(reason)
  })
  it('expressions that nest without end are findings', async () => {
    for (const text of [
      `${'('.repeat(9000)}1${')'.repeat(9000)}`,
      Array(9000).fill('1').join('+'),
      `${'not('.repeat(3000)}true${')'.repeat(3000)}`,
    ]) {
      const { decisions, findings } = await compiled(model(decision('d', literal(text))))
      expect([decisions, findings[0]!.element]).toEqual([[], 'd'])
    }
  })
})

it('a business rule task may name a decision service', async () => {
  const bpmn = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" targetNamespace="t" id="f"><process id="p" isExecutable="true">
    <startEvent id="s"/><businessRuleTask id="b"><extensionElements><hospital:decision ref="grade" result="grade"/></extensionElements></businessRuleTask><endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="b"/><sequenceFlow id="f2" sourceRef="b" targetRef="e"/></process></definitions>`
  const dmn = model(
    `${input('n', 'number')}${decision('twice', literal('n * 2'), { requires: ['input:n'] })}${service('grade', ['twice'], ['n'])}`,
  )
  const { programs, findings } = await compile({ bpmn, dmn: [dmn] })
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(programs[0]!.decisions.map(({ id }) => id)).toEqual(['grade'])
})
