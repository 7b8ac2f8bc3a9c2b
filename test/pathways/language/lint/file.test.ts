// Goal: what reads badly in a file is warned about, in both languages, and never refused. Method: one model for each rule, and a twin that breaks none.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../../pathways/language/compile.ts'

const flow = (source: string, target: string, inside = '') =>
  `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inside}</sequenceFlow>`
const file = (body: string, beside = '', diagram = '') =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="t">${beside}<process id="p" isExecutable="true">${body}</process>${diagram}</definitions>`
const path = `<startEvent id="s"/>${flow('s', 'a')}<task id="a" name="A"/>${flow('a', 'e')}<endEvent id="e"/>`
const ended = (definition: string) => path.replace('<endEvent id="e"/>', `<endEvent id="e" name="over">${definition}</endEvent>`)
const condition = '<conditionExpression xsi:type="tFormalExpression">x</conditionExpression>'
const split = (name: string, label = '') =>
  `<startEvent id="s"/>${flow('s', 'g')}<exclusiveGateway id="g" name="${name}" default="g_e"/>${flow('g', 'b', condition).replace('id="g_b"', `id="g_b" name="${label}"`)}<task id="b" name="B"/>${flow('b', 'e')}${flow('g', 'e')}<endEvent id="e"/>`
const shape = (id: string, x: number, y = 0) =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="100" height="80"/></bpmndi:BPMNShape>`
const edge = (id: string) =>
  `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="0" y="0"/><di:waypoint x="1" y="0"/></bpmndi:BPMNEdge>`
const diagram = (...shapes: string[]) =>
  `<bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="P" bpmnElement="p">${shapes.join('')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`
const edges = [edge('s_a'), edge('a_e')]
const apart = diagram(shape('s', 0), shape('a', 200), shape('e', 400), ...edges)
const signal = '<signal id="g" name="alarm"/>'
const alarm = (id: string) => `<signalEventDefinition signalRef="${id}"/>`
const inParallel = `<startEvent id="s"/>${flow('s', 'g')}<parallelGateway id="g"/>${flow('g', 'a')}${flow('g', 'e')}<task id="a" name="A"/>${flow('a', 'e')}<endEvent id="e" name="over"><terminateEventDefinition/></endEvent>`

const rows: [rule: string, element: string, bad: string, good: string][] = [
  ['label-required', 'a', file(path.replace(' name="A"', '')), file(path)],
  ['label-required', 'g', file(split('', 'yes')), file(split('urgent?', 'yes'))],
  ['label-required', 'g_b', file(split('urgent?')), file(split('urgent?', 'yes'))],
  [
    'label-required',
    'one',
    file(path, '<collaboration id="c"><participant id="one"/></collaboration>'),
    file(path, '<collaboration id="c"><participant id="one" name="GP"/></collaboration>'),
  ],
  ['global-unused', 'g', file(path, signal), file(ended(alarm('g')), signal)],
  ['global-name', 'm', file(path, '<message id="m"/>'), file(path)],
  ['global-twice', 'h', file(ended(alarm('g')), `${signal}<signal id="h" name="alarm"/>`), file(ended(alarm('g')), signal)],
  ['several-blank-starts', 'p', file(`${path}<startEvent id="s2" name="too"/>${flow('s2', 'a')}`), file(path)],
  ['superfluous-termination', 'e', file(ended('<terminateEventDefinition/>')), file(inParallel)],
  ['missing-shape', 'a', file(path, '', diagram(shape('s', 0), shape('e', 400), ...edges)), file(path, '', apart)],
  ['missing-shape', 's_a', file(path, '', diagram(shape('s', 0), shape('a', 200), shape('e', 400), edge('a_e'))), file(path)],
  [
    'overlapping-elements',
    'a',
    file(path, '', diagram(shape('s', 150), shape('a', 200), shape('e', 400), ...edges)),
    file(path, '', apart),
  ],
]

const ofStyle = new Set(rows.map(([rule]) => rule))

describe('style of a file', () => {
  it.each(rows)('%s (%s)', async (rule, element, bad, good) => {
    const { findings, programs } = await compile({ bpmn: bad })
    const found = findings.find((finding) => finding.rule === rule && finding.element === element)
    expect(found).toMatchObject({ severity: 'warning' })
    expect(found!.french.message).not.toBe(found!.message)
    expect(programs).toHaveLength(1)
    expect((await compile({ bpmn: good })).findings.filter((finding) => ofStyle.has(finding.rule))).toEqual([])
  })
})
