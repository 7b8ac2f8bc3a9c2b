// Goal: every change of meaning is told, and no change of drawing. Method: a small model and the library's, edited one thing at a time.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diffBpmn } from '../../../../pathways/language/diff/diff.ts'

const model = (inside: string) => `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:hospital="urn:parcours:hospital:1" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p">${inside}</process></definitions>`
const changes = async (older: string, newer: string) => (await diffBpmn(model(older), model(newer))).changes!

describe('diff', () => {
  it('names what is added and removed', async () => {
    expect(await changes('<task id="a" name="A"/>', '<userTask id="b" name="B"/>')).toEqual([
      { change: 'removed', element: 'a', type: 'bpmn:Task', name: 'A' },
      { change: 'added', element: 'b', type: 'bpmn:UserTask', name: 'B' },
    ])
  })
  const task = (inside: string, attributes = '') => `<userTask id="a" ${attributes}>${inside}</userTask>`
  const extended = (inside: string) => task(`<extensionElements>${inside}</extensionElements>`)
  const timer = (text: string) =>
    `<startEvent id="a"><timerEventDefinition id="t"><timeDuration>${text}</timeDuration></timerEventDefinition></startEvent>`
  it.each([
    ['a name', task('', 'name="A"'), task('', 'name="B"'), 'name', 'A', 'B'],
    ['a type', task(''), '<task id="a"/>', 'type', 'bpmn:UserTask', 'bpmn:Task'],
    [
      'documentation',
      task('<documentation>x</documentation>'),
      task('<documentation>y</documentation>'),
      'documentation',
      'x',
      'y',
    ],
    [
      'our extension',
      extended('<hospital:task role="nurse"/>'),
      extended('<hospital:task role="doctor"/>'),
      'hospital:task',
      'role=nurse',
      'role=doctor',
    ],
    ['a foreign extension', extended('<camunda:x y="1"/>'), extended('<camunda:x y="2"/>'), 'camunda:x', 'y=1', 'y=2'],
    ['a foreign attribute', task('', 'camunda:assignee="u"'), task(''), 'camunda:assignee', 'u', undefined],
  ])('tells %s', async (_what, older, newer, property, from, to) => {
    expect(await changes(older, newer)).toEqual([expect.objectContaining({ change: 'changed', element: 'a', property })])
    const [only] = await changes(older, newer)
    expect([only!.from, only!.to]).toEqual([from, to])
  })
  it('tells a timer', async () => {
    const [only, ...others] = await changes(timer('PT1M'), timer('PT2M'))
    expect(others).toEqual([])
    expect(only).toMatchObject({ property: 'eventDefinitions' })
    expect([only!.from, only!.to]).toEqual([expect.stringContaining('PT1M'), expect.stringContaining('PT2M')])
  })
  it('tells a condition and where a flow leads', async () => {
    const flow = (target: string, condition: string) =>
      `<task id="a"/><task id="b"/><task id="c"/><sequenceFlow id="f" sourceRef="a" targetRef="${target}"><conditionExpression>${condition}</conditionExpression></sequenceFlow>`
    expect(await changes(flow('b', 'x'), flow('c', 'y'))).toEqual([
      expect.objectContaining({ element: 'f', property: 'conditionExpression', from: 'x', to: 'y' }),
      expect.objectContaining({ element: 'f', property: 'targetRef', from: 'b', to: 'c' }),
    ])
  })
  it.each(['discharge', 'surgery', 'telesurveillance'])('%s: shapes may move', async (name) => {
    const text = readFileSync(`pathways/library/${name}/${name}.bpmn`, 'utf8')
    const moved = text.replace(/ x="\d+"/g, ' x="7"')
    expect(moved).not.toBe(text)
    expect((await diffBpmn(text, moved)).changes).toEqual([])
  })
  it('says which file cannot be read', async () => {
    const { changes: none, older, newer } = await diffBpmn(model(''), '<definitions')
    expect({ none, older }).toEqual({ none: null, older: [] })
    expect(newer).toEqual([expect.objectContaining({ rule: 'broken-xml' })])
  })
  it('says what was left out of the comparison', async () => {
    const { changes: found, newer } = await diffBpmn(model('<task id="a"/>'), model('<task id="a"/><nonsense/>'))
    expect(found).toEqual([])
    expect(newer).toEqual([expect.objectContaining({ rule: 'unreadable-element' })])
  })
})
