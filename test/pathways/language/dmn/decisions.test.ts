import { describe, expect, it } from 'vitest'
import { compileDecisions } from '../../../../pathways/language/dmn/compile.ts'
import { toDecision } from '../../../../pathways/language/dmn/evaluate.ts'
import { readDmn } from '../../../../pathways/language/dmn/read.ts'
import type { Value, Variables } from '../../../../pathways/language/feel/value.ts'

const site = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const file = (body: string, version = '20191111/MODEL/') =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/${version}" id="defs" name="defs" namespace="test">${body}</definitions>`

const compiled = async (xml: string) => compileDecisions(await readDmn(xml))
const decide = async (xml: string, id: string, variables: Variables): Promise<Value> => {
  const { decisions, findings } = await compiled(xml)
  expect(findings.filter((finding) => finding.severity === 'error')).toEqual([])
  const { tree } = decisions.find((decision) => decision.id === id)!
  expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
  return toDecision(tree)({ get: (name) => variables[name], at: 0, site })
}

interface Table {
  policy: string
  aggregation?: string
  outputs?: { name: string; values?: string; fallback?: string }[]
  rules: [test: string, ...outputs: string[]][]
}

const table = ({ policy, aggregation, outputs = [{ name: 'o' }], rules }: Table) =>
  file(`<decision id="d" name="d"><variable name="d"/><decisionTable id="t" hitPolicy="${policy}"${aggregation ? ` aggregation="${aggregation}"` : ''}>
    <input id="i"><inputExpression id="ie"><text>x</text></inputExpression></input>
    ${outputs.map(({ name, values, fallback }) => `<output id="o_${name}" name="${name}">${values ? `<outputValues id="v_${name}"><text>${values}</text></outputValues>` : ''}${fallback ? `<defaultOutputEntry id="f_${name}"><text>${fallback}</text></defaultOutputEntry>` : ''}</output>`).join('')}
    ${rules.map(([test, ...entries], index) => `<rule id="r${index}"><inputEntry id="t${index}"><text>${escaped(test)}</text></inputEntry>${entries.map((entry, at) => `<outputEntry id="e${index}_${at}"><text>${escaped(entry)}</text></outputEntry>`).join('')}</rule>`).join('')}
  </decisionTable></decision>`)

const ladder: Table['rules'] = [
  ['> 10', '3'],
  ['> 5', '2'],
  ['> 0', '1'],
]
const priorities = [{ name: 'o', values: '"high","middle","low"' }]
const words: Table['rules'] = [
  ['> 0', '"low"'],
  ['> 5', '"high"'],
  ['> 10', '"middle"'],
]

describe('hit policies', () => {
  it.each<[string, Table, number, Value]>([
    [
      'unique, one match',
      {
        policy: 'UNIQUE',
        rules: [
          ['< 5', '"a"'],
          ['>= 5', '"b"'],
        ],
      },
      5,
      'b',
    ],
    ['unique, two matches', { policy: 'UNIQUE', rules: ladder }, 7, null],
    ['unique, none', { policy: 'UNIQUE', rules: ladder }, -1, null],
    ['unique, none, a default', { policy: 'UNIQUE', outputs: [{ name: 'o', fallback: '0' }], rules: ladder }, -1, 0],
    [
      'any, equal',
      {
        policy: 'ANY',
        rules: [
          ['> 0', '1'],
          ['> 5', '1'],
        ],
      },
      7,
      1,
    ],
    [
      'any, not equal',
      {
        policy: 'ANY',
        rules: [
          ['> 0', '1'],
          ['> 5', '2'],
        ],
      },
      7,
      null,
    ],
    ['priority', { policy: 'PRIORITY', outputs: priorities, rules: words }, 12, 'high'],
    ['first', { policy: 'FIRST', rules: ladder }, 7, 2],
    ['rule order', { policy: 'RULE ORDER', rules: ladder }, 12, [3, 2, 1]],
    ['output order', { policy: 'OUTPUT ORDER', outputs: priorities, rules: words }, 12, ['high', 'middle', 'low']],
    ['collect', { policy: 'COLLECT', rules: ladder }, 7, [2, 1]],
    ['collect, none', { policy: 'COLLECT', rules: ladder }, -1, []],
    ['collect sum', { policy: 'COLLECT', aggregation: 'SUM', rules: ladder }, 12, 6],
    ['collect min', { policy: 'COLLECT', aggregation: 'MIN', rules: ladder }, 12, 1],
    ['collect max', { policy: 'COLLECT', aggregation: 'MAX', rules: ladder }, 12, 3],
    ['collect count', { policy: 'COLLECT', aggregation: 'COUNT', rules: ladder }, 7, 2],
    ['collect sum, none', { policy: 'COLLECT', aggregation: 'SUM', rules: ladder }, -1, null],
    [
      'several outputs',
      { policy: 'FIRST', outputs: [{ name: 'a' }, { name: 'b' }], rules: [['-', '1', '"x"']] },
      1,
      { a: 1, b: 'x' },
    ],
  ])('%s', async (_, given, x, expected) => {
    expect(await decide(table(given), 'd', { x })).toEqual(expected)
  })
})

const graph = file(`
  <itemDefinition id="tp" name="tPatient"><itemComponent id="c1" name="birth date"><typeRef>date</typeRef></itemComponent></itemDefinition>
  <inputData id="i1" name="Patient"><variable id="v1" name="Patient" typeRef="tPatient"/></inputData>
  <inputData id="i2" name="Weight"><variable id="v2" name="Weight" typeRef="number"/></inputData>
  <businessKnowledgeModel id="bkm" name="dose for"><variable id="v3" name="dose for"/><encapsulatedLogic id="fd"><formalParameter id="fp" name="weight" typeRef="number"/>
    <literalExpression id="le0"><text>weight * 0.1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
  <decision id="age" name="Age in years"><variable id="v4" name="Age in years"/><informationRequirement id="ir1"><requiredInput href="#i1"/></informationRequirement>
    <literalExpression id="le1"><text>years and months duration(Patient.birth date, @"2026-01-01").years</text></literalExpression></decision>
  <decision id="dose" name="Dose"><variable id="v5" name="Dose"/><informationRequirement id="ir2"><requiredDecision href="#age"/></informationRequirement>
    <informationRequirement id="ir3"><requiredInput href="#i2"/></informationRequirement><knowledgeRequirement id="kr"><requiredKnowledge href="#bkm"/></knowledgeRequirement>
    <context id="ctx"><contextEntry id="ce1"><variable id="v6" name="base"/><invocation id="inv"><literalExpression id="le2"><text>dose for</text></literalExpression><binding><parameter id="p1" name="weight"/><literalExpression id="le3"><text>Weight</text></literalExpression></binding></invocation></contextEntry>
    <contextEntry id="ce2"><literalExpression id="le4"><text>if Age in years &lt; 18 then base / 2 else base + 0.2</text></literalExpression></contextEntry></context></decision>`)

describe('a decision and what it requires', () => {
  it('reads inputs by their types and computes in decimals', async () => {
    expect(await decide(graph, 'dose', { Patient: { 'birth date': '1990-02-28' }, Weight: 1 })).toBe(0.3)
    expect(await decide(graph, 'dose', { Patient: { 'birth date': '2020-02-28' }, Weight: '70' })).toBe(3.5)
    expect(await decide(graph, 'age', { Patient: { 'birth date': 'yesterday' } })).toBeNull()
  })

  it.each(['20180521/MODEL/', '20211108/MODEL/', '20230324/MODEL/'])('reads the namespace %s', async (version) => {
    const xml = file(
      '<decision id="d" name="d"><variable id="v" name="d"/><literalExpression id="le"><text>1 + 1</text></literalExpression></decision>',
      version,
    )
    expect(await decide(xml, 'd', {})).toBe(2)
  })
})

describe('what is refused', () => {
  const decision = (logic: string) => file(`<decision id="d" name="d"><variable id="v" name="d"/>${logic}</decision>`)
  it.each([
    ['broken-xml', '<definitions'],
    ['broken-xml', `<!DOCTYPE x>${graph}`],
    ['no-decision', file('')],
    ['missing-expression', decision('')],
    ['feel-syntax', decision('<literalExpression id="l"><text>1 +</text></literalExpression>')],
    ['unknown-function', decision('<literalExpression id="l"><text>nosuch(1)</text></literalExpression>')],
    [
      'expression-language',
      decision('<literalExpression id="l" expressionLanguage="javascript"><text>1</text></literalExpression>'),
    ],
    [
      'dangling-reference',
      decision(
        '<informationRequirement id="r"><requiredInput href="#gone"/></informationRequirement><literalExpression id="l"><text>1</text></literalExpression>',
      ),
    ],
    [
      'circular-requirement',
      decision(
        '<informationRequirement id="r"><requiredDecision href="#d"/></informationRequirement><literalExpression id="l"><text>1</text></literalExpression>',
      ),
    ],
    ['table-priorities', table({ policy: 'PRIORITY', rules: ladder })],
    ['table-rule', table({ policy: 'FIRST', rules: [['> 1']] })],
  ])('%s', async (rule, xml) => {
    const { decisions, findings } = await compiled(xml)
    expect(findings.map((finding) => finding.rule)).toContain(rule)
    expect(decisions).toEqual([])
  })
})
