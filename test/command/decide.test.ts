// Goal: `parcours decide` keeps the contract of the command line for everything a DMN file may hold. Method: the command itself, on real files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command } from '../../command/decide.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-decide-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const literal = (text: string) => `<literalExpression><text>${escaped(text)}</text></literalExpression>`
const model = (body: string, space = 'https://www.omg.org/spec/DMN/20230324/MODEL/', namespace = 'urn:test') =>
  `<definitions xmlns="${space}" id="defs" name="defs" namespace="${namespace}">${body}</definitions>`
const input = (name: string, type = '') =>
  `<inputData id="i_${name}" name="${name}"><variable name="${name}"${type && ` typeRef="${type}"`}/></inputData>`
const decision = (logic: string, inputs: string[] = []) =>
  `<decision id="d" name="d"><variable name="d"/>${inputs.map((name) => `<informationRequirement><requiredInput href="#i_${name}"/></informationRequirement>`).join('')}${logic}</decision>`

/** Answers to lines of inputs, one by one, and the problems of the command. */
const answers = async (xml: string, lines: string[], options = ['--decision', 'd']) => {
  const path = join(folder, 'model.dmn')
  writeFileSync(path, xml)
  let said = ''
  const terminal = {
    out: (text: string) => {
      said += text
    },
    err: () => {},
    colour: false,
    input: (async function* () {
      yield lines.join('\n')
    })(),
  }
  const problems = await command.run([path, ...options, '--json'], terminal).then(
    () => [],
    (error: { problems?: string[] }) => error.problems ?? [String(error)],
  )
  return {
    answers: said
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown),
    problems,
  }
}
const value = async (xml: string, inputs: object = {}, options?: string[]) =>
  (await answers(xml, [JSON.stringify({ inputs })], options)).answers[0]

describe('hit policies and aggregators', () => {
  const rule = (test: string, output: string) =>
    `<rule><inputEntry><text>${escaped(test)}</text></inputEntry><outputEntry><text>${escaped(output)}</text></outputEntry></rule>`
  const table = (policy: string, outputs = ['3', '2', '1'], values = '', fallback = '') =>
    model(
      `${input('x', 'number')}${decision(`<decisionTable id="t" ${policy}><input><inputExpression typeRef="number"><text>x</text></inputExpression></input><output>${values && `<outputValues><text>${values}</text></outputValues>`}${fallback && `<defaultOutputEntry><text>${fallback}</text></defaultOutputEntry>`}</output>${rule('> 10', outputs[0]!)}${rule('> 5', outputs[1]!)}${rule('> 0', outputs[2]!)}</decisionTable>`, ['x'])}`,
    )
  const hit = (policy: string, aggregation = '') => `hitPolicy="${policy}"${aggregation && ` aggregation="${aggregation}"`}`
  it.each<[string, string, number, unknown]>([
    ['unique, one', table(hit('UNIQUE')), 3, 1],
    ['unique, several', table(hit('UNIQUE')), 7, null],
    ['unique, none', table(hit('UNIQUE')), 0, null],
    ['unique, none, a default', table(hit('UNIQUE'), undefined, '', '9'), 0, 9],
    ['no policy is unique', table(''), 3, 1],
    ['any, the same', table(hit('ANY'), ['1', '1', '1']), 20, 1],
    ['any, different', table(hit('ANY')), 20, null],
    ['first', table(hit('FIRST')), 20, 3],
    ['priority', table(hit('PRIORITY'), undefined, '1, 2, 3'), 20, 1],
    ['rule order', table(hit('RULE ORDER')), 20, [3, 2, 1]],
    ['output order', table(hit('OUTPUT ORDER'), undefined, '2, 3, 1'), 20, [2, 3, 1]],
    ['rule order, none', table(hit('RULE ORDER')), 0, []],
    ['collect', table(hit('COLLECT')), 7, [2, 1]],
    ['collect, sum', table(hit('COLLECT', 'SUM')), 20, 6],
    ['collect, min', table(hit('COLLECT', 'MIN')), 20, 1],
    ['collect, max', table(hit('COLLECT', 'MAX')), 20, 3],
    ['collect, count', table(hit('COLLECT', 'COUNT')), 20, 3],
    ['collect, count, none', table(hit('COLLECT', 'COUNT')), 0, 0],
    ['collect, sum, none', table(hit('COLLECT', 'SUM')), 0, null],
  ])('%s', async (_, xml, x, expected) => {
    expect(((await value(xml, { x })) as { value: unknown }).value).toEqual(expected)
  })
})

describe('inputs', () => {
  it.each<[string, unknown, string, unknown]>([
    ['number', '12345678901234567890.5', 'x + 0.5', 12345678901234567000 + 0],
    ['number', '0.1234567890123456789', 'x', '0.1234567890123456789'],
    ['number', 'four', 'x', null],
    ['date', '2026-01-31', 'x + @"P1M"', '2026-02-28'],
    ['time', '08:15:00@Australia/Melbourne', 'x', '08:15:00@Australia/Melbourne'],
    ['dateTime', '2026-01-31T08:00:00Z', 'x.hour', 8],
    ['dayTimeDuration', 'PT90M', 'x', 'PT1H30M'],
    ['yearMonthDuration', 'P14M', 'x', 'P1Y2M'],
    ['boolean', 'yes', 'x', null],
    ['string', 5, 'x', null],
    ['', { '@': '2026-01-31' }, 'x.day', 31],
    ['', { '@number': 'junk' }, 'x + 1', null],
    ['number', { '@number': 'junk' }, 'x', null],
  ])('%s %j', async (type, given, text, expected) => {
    const answer = (await value(model(`${input('x', type)}${decision(literal(text), ['x'])}`), { x: given })) as {
      value: unknown
    }
    if (typeof expected === 'number' && expected > 2 ** 60) expect(Number(answer.value)).toBe(expected)
    else expect(answer.value).toEqual(expected)
  })

  it('says that inputs nest too deeply, and goes on', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const { answers: all } = await answers(model(`${input('x')}${decision(literal('x'), ['x'])}`), [
      `{"inputs":{"x":${deep}}}`,
      '{"inputs":{"x":1}}',
    ])
    expect(all).toMatchObject([{ error: {} }, { value: 1 }])
  })

  it('answers every line, and names those that cannot be used', async () => {
    const { answers: all, problems } = await answers(model(`${input('x', 'number')}${decision(literal('x + 1'), ['x'])}`), [
      '{"inputs":{"x":1}}',
      'no JSON',
      '{"inputs":[]}',
      '{"inputs":{"x":2}}',
    ])
    expect(all).toMatchObject([{ value: 2 }, { error: { element: '' } }, { error: { element: '' } }, { value: 3 }])
    expect(problems.map((problem) => problem.slice(0, 7))).toEqual(['line 2:', 'line 3:'])
  })
})

describe('files', () => {
  it.each([
    'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
    'http://www.omg.org/spec/DMN/20180521/MODEL/',
    'https://www.omg.org/spec/DMN/20191111/MODEL/',
    'https://www.omg.org/spec/DMN/20211108/MODEL/',
    'https://www.omg.org/spec/DMN/20230324/MODEL/',
  ])('imports one of another version: %s', async (space) => {
    const other = join(folder, 'other.dmn')
    writeFileSync(other, model(decision(literal('40')), space, 'urn:other'))
    const main = model(
      `<import name="o" namespace="urn:other" importType="${space}"/><decision id="m" name="m"><informationRequirement><requiredDecision href="urn:other#d"/></informationRequirement>${literal('o.d + 2')}</decision>`,
    )
    expect(await value(main, {}, ['--decision', 'm', '--model', other])).toEqual({ value: 42 })
  })

  it('asks services and knowledge by name', async () => {
    const xml = model(
      `${input('n', 'number')}<decision id="base" name="base"><variable name="base"/>${literal('1')}</decision><decision id="out" name="out"><variable name="out"/><informationRequirement><requiredDecision href="#base"/></informationRequirement><informationRequirement><requiredInput href="#i_n"/></informationRequirement>${literal('base * n')}</decision>
      <decisionService id="s" name="s"><variable name="s"/><outputDecision href="#out"/><inputDecision href="#base"/><inputData href="#i_n"/></decisionService>
      <businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic><formalParameter name="a" typeRef="number"/>${literal('a + 1')}</encapsulatedLogic></businessKnowledgeModel>`,
    )
    expect(await value(xml, { base: 6, n: 7 }, ['--service', 's'])).toEqual({ value: 42 })
    expect(await value(xml, { a: 41 }, ['--bkm', 'k'])).toEqual({ value: 42 })
    expect(await value(xml, { n: 7 }, ['--decision', 'out'])).toEqual({ value: 7 })
  })

  it('gives an error for work without end, and goes on', async () => {
    const xml = model(
      `${input('x', 'number')}<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic><formalParameter name="a"/>${literal('if a = 0 then 1 else f(a + 1)')}</encapsulatedLogic></businessKnowledgeModel><decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#i_x"/></informationRequirement><knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>${literal('f(x)')}</decision>`,
    )
    const { answers: all } = await answers(xml, ['{"inputs":{"x":1}}', '{"inputs":{"x":0}}'])
    expect(all).toEqual([{ error: { element: 'd', message: expect.stringContaining('300 deep') } }, { value: 1 }])
  })
})
