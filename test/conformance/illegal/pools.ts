/** The rules of chapters 7 and 9 about pools, message flows and what crosses a border. A model that breaks each, and its legal twin. */
import { around, definitions, flow } from '../small-model.ts'
import type { Row } from './row.ts'

const body = (id: string) =>
  `<startEvent id="s${id}"/>${flow(`s${id}`, `t${id}`)}<task id="t${id}"/>${flow(`t${id}`, `e${id}`)}<endEvent id="e${id}"/>`
const two = (collaboration: string, first = '', second = '', more = '') =>
  definitions(
    `<collaboration id="c"><participant id="A" processRef="p"/><participant id="B" processRef="q"/><participant id="N" name="GP"/>${collaboration}</collaboration>` +
      `<process id="p" isExecutable="true">${body('1')}${first}</process><process id="q" isExecutable="true">${body('2')}${second}</process>${more}`,
  )
const messageFlow = (source: string, target: string) => `<messageFlow id="f" sourceRef="${source}" targetRef="${target}"/>`
const crossing = (source: string, target: string) => `<sequenceFlow id="f" sourceRef="${source}" targetRef="${target}"/>`
const gateway = `<exclusiveGateway id="g"/>${flow('t1', 'g')}${flow('g', 'e1')}`
const thrower = `<intermediateThrowEvent id="g"/>${flow('t1', 'g')}${flow('g', 'e1')}`
const ofMessage = '><messageEventDefinition messageRef="m"/></'
const heard = two(messageFlow('t2', 's1')).replace('<startEvent id="s1"/>', `<startEvent id="s1"${ofMessage}startEvent>`)
const sent = two(messageFlow('e1', 't2')).replace('<endEvent id="e1"/>', `<endEvent id="e1"${ofMessage}endEvent>`)
const object = '<dataObject id="o"/><dataObjectReference id="r" dataObjectRef="o"/>'
const multiplicity = (limits: string) =>
  two('').replace('processRef="q"/>', `processRef="q"><participantMultiplicity ${limits}/></participant>`)
const sub = (inside: string) =>
  `<subProcess id="a"><startEvent id="s2"/>${flow('s2', 'e2')}<endEvent id="e2"/>${inside}</subProcess>`

const rows: Row[] = [
  ['flow-crosses-pool', '7.6.1', 'f', two('', crossing('t1', 't2')), two(messageFlow('t1', 't2'))],
  ['flow-crosses-pool', '7.6.1', 'f', two('', '', crossing('t1', 'e2')), two('', '', crossing('t2', 'e2'))],
  ['flow-crosses-scope', '7.6.1', 'f', around(sub(''), crossing('s', 'e2')), around(sub(crossing('s2', 'e2')))],
  ['flow-crosses-scope', '7.6.1', 'f', around(sub(''), crossing('s2', 'e')), around(sub(''), crossing('s', 'e'))],
  ['message-flow-pool', '7.6.2', 'f', two(messageFlow('t1', 'e1')), two(messageFlow('t1', 't2'))],
  ['message-flow-pool', '7.6.2', 'f', two(messageFlow('A', 't1')), two(messageFlow('N', 't1'))],
  ['message-flow-end', '7.6.2', 'f', two(messageFlow('g', 't2'), gateway), two(messageFlow('g', 't2'), thrower)],
  ['message-flow-end', '7.6.2', 'f', two(messageFlow('t2', 'g'), gateway), heard],
  ['message-flow-end', '7.6.2', 'f', two(messageFlow('s1', 't2')), sent],
  ['message-flow-end', '7.6.2', 'f', two(messageFlow('t1', 'e2')), two(messageFlow('t1', 'B'))],
  ['message-flow-end', '10.5.2', 'f', two(messageFlow('t2', 's1')), heard],
  ['message-flow-end', '10.5.3', 'f', two(messageFlow('e1', 't2')), sent],
  ['message-flow-end', '7.6.2', 'f', two(messageFlow('r', 't2'), object), two(messageFlow('A', 'B'), object)],
  ['missing-reference', '9.4', 'f', two('<messageFlow id="f" sourceRef="t1"/>'), two(messageFlow('t1', 'N'))],
  ['missing-reference', '9.4', 'f', two('<messageFlow id="f" targetRef="t1"/>'), two(messageFlow('N', 't1'))],
  [
    'reference-kind',
    '9.4',
    'f',
    two('<messageFlow id="f" messageRef="alarm" sourceRef="t1" targetRef="t2"/>'),
    two('<messageFlow id="f" messageRef="m" sourceRef="t1" targetRef="t2"/>'),
  ],
  ['dangling-reference', '9.4', 'f', two(messageFlow('t1', 'gone')), two(messageFlow('t1', 'B'))],
  ['dangling-reference', '9.3', 'B', two('').replace('processRef="q"', 'processRef="gone"'), two('')],
  ['reference-kind', '9.3', 'B', two('').replace('processRef="q"', 'processRef="t1"'), two('')],
  ['participant-multiplicity', '9.3', 'B', multiplicity('minimum="3" maximum="2"'), multiplicity('minimum="2" maximum="3"')],
  ['participant-multiplicity', '9.3', 'B', multiplicity('minimum="0" maximum="0"'), multiplicity('minimum="0" maximum="1"')],
  ['participant-multiplicity', '9.3', 'B', multiplicity('minimum="-1"'), multiplicity('')],
  [
    'missing-reference',
    '8.4.2',
    'k',
    two('', '<correlationSubscription id="k"/>'),
    two('<correlationKey id="key" name="patient"/>', '<correlationSubscription id="k" correlationKeyRef="key"/>').replace(
      '</collaboration>',
      '</collaboration>',
    ),
  ],
]

export const pools: Record<string, Row[]> = { 'pools, message flows and borders': rows }
