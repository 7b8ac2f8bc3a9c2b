/** The rules of chapter 8 and 7.6.1 about references, ids, sequence flows and associations. A model that breaks each, and its legal twin. */
import { around, condition, flow, process } from '../small-model.ts'
import type { Row } from './row.ts'

const task = '<task id="a"/>'
const plain = around(task)
const listed = (list: string) => around(`<task id="a">${list}</task>`)
const extra = (more: string) => around(task, more)
const note = '<textAnnotation id="n"><text>note</text></textAnnotation>'
const split = (type: string, attributes: string, first = '', second = '') =>
  process(
    `<startEvent id="s"/>${flow('s', 'a')}<${type} id="a" ${attributes}/>${flow('a', 'b', first)}${flow('a', 'e', second)}<task id="b"/>${flow('b', 'e')}<endEvent id="e"/>`,
  )
const data = '<dataObject id="o"/><dataObjectReference id="r" dataObjectRef="o"/>'

const rows: Row[] = [
  ['duplicate-id', '8.3.1', 'a', extra(task), plain],
  ['duplicate-id', '8.3.1', 'm', extra('<task id="m"/>'), plain],
  ['invalid-id', '8.3.1', '1 a', extra('<task id="1 a"/>'), extra('<textAnnotation id="_1.a-b"><text>x</text></textAnnotation>')],
  ['dangling-reference', '8.4.13', 'f', extra('<sequenceFlow id="f" sourceRef="a" targetRef="gone"/>'), plain],
  ['dangling-reference', '8.4.13', 'f', extra('<sequenceFlow id="f" sourceRef="gone" targetRef="e"/>'), plain],
  ['missing-reference', '8.4.13', 'f', extra('<sequenceFlow id="f" sourceRef="a"/>'), plain],
  ['missing-reference', '8.4.13', 'f', extra('<sequenceFlow id="f" targetRef="e"/>'), plain],
  [
    'reference-kind',
    '7.6.1',
    'f',
    extra(`${data}<sequenceFlow id="f" sourceRef="a" targetRef="r"/>`),
    extra(`${data}<association id="f" sourceRef="a" targetRef="r"/>`),
  ],
  [
    'reference-kind',
    '7.6.1',
    'f',
    extra(`${note}<sequenceFlow id="f" sourceRef="n" targetRef="a"/>`),
    extra(`${note}<association id="f" sourceRef="n" targetRef="a"/>`),
  ],
  ['dangling-reference', '8.4.1', 'f', extra(`${note}<association id="f" sourceRef="n" targetRef="gone"/>`), extra(note)],
  ['flow-list', '8.4.13', 'a', listed('<incoming>a_e</incoming>'), listed('<incoming>s_a</incoming>')],
  ['flow-list', '8.4.13', 'a', listed('<outgoing>s_a</outgoing>'), listed('<outgoing>a_e</outgoing>')],
  [
    'dangling-reference',
    '8.4.13',
    'a',
    listed('<incoming>gone</incoming>'),
    listed('<incoming>s_a</incoming><outgoing>a_e</outgoing>'),
  ],
  ['incoming-flow', '10.5.2', 's', extra(flow('a', 's')), extra(flow('s', 'e'))],
  ['outgoing-flow', '10.5.3', 'e', extra(flow('e', 'a')), extra(flow('s', 'e'))],
  ['default-flow', '8.4.13', 'a', around('<task id="a" default="s_a"/>'), around('<task id="a" default="a_e"/>')],
  ['dangling-reference', '8.4.13', 'a', around('<task id="a" default="gone"/>'), around('<task id="a" default="a_e"/>')],
  [
    'default-place',
    '8.4.13',
    'a',
    split('parallelGateway', 'default="a_b"'),
    split('exclusiveGateway', 'default="a_b"', '', condition('x')),
  ],
  [
    'default-place',
    '8.4.13',
    'c',
    extra(`<intermediateThrowEvent id="c" default="c_e"/>${flow('a', 'c')}${flow('c', 'e')}`),
    extra(`<intermediateThrowEvent id="c"/>${flow('a', 'c')}${flow('c', 'e')}`),
  ],
  [
    'default-condition',
    '8.4.13',
    'a_b',
    split('inclusiveGateway', 'default="a_b"', condition('x'), condition('y')),
    split('inclusiveGateway', 'default="a_b"', '', condition('y')),
  ],
  ['condition-place', '8.4.13', 'a_b', split('parallelGateway', '', condition('x')), split('parallelGateway', '')],
  [
    'condition-place',
    '8.4.13',
    's_a',
    around(task).replace('targetRef="a">', `targetRef="a">${condition('x')}`),
    around(task, `<task id="z"/>${flow('a', 'z')}${flow('z', 'e')}`).replace('targetRef="e">', `targetRef="e">${condition('x')}`),
  ],
  [
    'repeated-element',
    '8.4.13',
    'a_b',
    split('exclusiveGateway', 'default="a_e"', condition('x') + condition('y')),
    split('exclusiveGateway', 'default="a_e"', condition('x')),
  ],
]

export const flows: Record<string, Row[]> = { 'references, ids and flows': rows }
