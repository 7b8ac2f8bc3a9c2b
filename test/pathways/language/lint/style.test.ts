// Goal: a drawing that reads otherwise than it runs is warned about, in both languages, and still runs. Method: one model for each rule, and one that breaks none.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../../pathways/language/compile.ts'

const flow = (source: string, target: string, id = `${source}-${target}`) =>
  `<sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`
const conditional = (source: string, target: string) =>
  flow(source, target).replace('/>', '><conditionExpression>x</conditionExpression></sequenceFlow>')
const process = (body: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="p" isExecutable="true"><startEvent id="s"/><task id="a"/><task id="b"/><endEvent id="e"/>${body}</process></definitions>`
const fork = '<parallelGateway id="g"/>'
const join = '<parallelGateway id="j"/>'
const style = new Set([
  'fake-join',
  'gateway-join-fork',
  'superfluous-gateway',
  'implicit-split',
  'duplicate-flow',
  'missing-default',
])

const found = async (bpmn: string) => {
  const { programs, drawings, findings } = await compile({ bpmn })
  expect([...programs, ...drawings]).toHaveLength(1)
  return findings.filter(({ rule }) => style.has(rule))
}

describe('style', () => {
  it('has nothing to say about a fork, a join and what stands between', async () => {
    const body = `${fork}${join}${flow('s', 'g')}${flow('g', 'a')}${flow('g', 'b')}${flow('a', 'j')}${flow('b', 'j')}${flow('j', 'e')}`
    expect(await found(process(body))).toEqual([])
  })

  it.each([
    [
      'fake-join',
      'e2',
      `${fork}<task id="e2"/>${flow('s', 'g')}${flow('g', 'a')}${flow('g', 'b')}${flow('a', 'e2')}${flow('b', 'e2')}${flow('e2', 'e')}`,
    ],
    [
      'gateway-join-fork',
      'j',
      `${fork}${join}<endEvent id="e2"/>${flow('s', 'g')}${flow('g', 'a')}${flow('g', 'b')}${flow('a', 'j')}${flow('b', 'j')}${flow('j', 'e')}${flow('j', 'e2')}`,
    ],
    ['implicit-split', 's', `<endEvent id="e2"/>${flow('s', 'a')}${flow('s', 'b')}${flow('a', 'e')}${flow('b', 'e2')}`],
    [
      'missing-default',
      'g',
      `<exclusiveGateway id="g"/><endEvent id="e2"/>${flow('s', 'g')}${conditional('g', 'a')}${conditional('g', 'b')}${flow('a', 'e')}${flow('b', 'e2')}`,
    ],
    [
      'missing-default',
      'a',
      `<inclusiveGateway id="g" default="g-b"/><endEvent id="e2"/>${flow('s', 'g')}${conditional('g', 'a')}${flow('g', 'b')}${conditional('a', 'e')}${conditional('a', 'b')}${flow('b', 'e2')}`,
    ],
    ['duplicate-flow', 'a', `${flow('s', 'a')}${flow('a', 'b')}${flow('b', 'e')}${flow('a', 'e', 'x')}${flow('a', 'e', 'y')}`],
  ])('%s', async (rule, element, body) => {
    const findings = await found(process(body))
    expect(findings).toContainEqual(expect.objectContaining({ rule, element, severity: 'warning' }))
    expect(findings[0]!.french.message).not.toBe(findings[0]!.message)
  })
})
