/** The rules of 10.5 about events and of 10.7 about compensation. A model that breaks each, and its legal twin. */
import { around, condition, flow, process } from '../small-model.ts'
import type { Row } from './row.ts'

const message = '<messageEventDefinition messageRef="m"/>'
const signal = '<signalEventDefinition signalRef="alarm"/>'
const error = '<errorEventDefinition errorRef="nogo"/>'
const escalation = '<escalationEventDefinition escalationRef="late"/>'
const compensate = '<compensateEventDefinition/>'
const cancel = '<cancelEventDefinition/>'
const terminate = '<terminateEventDefinition/>'
const link = '<linkEventDefinition name="l"/>'
const hour = '<timeDuration xsi:type="tFormalExpression">PT1H</timeDuration>'
const timer = (inside = hour) => `<timerEventDefinition>${inside}</timerEventDefinition>`
const conditional = `<conditionalEventDefinition>${condition('x').replaceAll('conditionExpression', 'condition')}</conditionalEventDefinition>`
const caught = (definition: string) => around(`<intermediateCatchEvent id="a">${definition}</intermediateCatchEvent>`)
const thrown = (definition: string) => around(`<intermediateThrowEvent id="a">${definition}</intermediateThrowEvent>`)
const begun = (definition: string) =>
  around('<task id="a"/>').replace('<startEvent id="s"/>', `<startEvent id="s">${definition}</startEvent>`)
const ended = (definition: string) =>
  around('<task id="a"/>').replace('<endEvent id="e"/>', `<endEvent id="e">${definition}</endEvent>`)
const inside = (start = '', attributes = '', end = '') =>
  `<startEvent id="s2" ${attributes}>${start}</startEvent>${flow('s2', 'e2')}<endEvent id="e2">${end}</endEvent>`
const sub = (content: string) => around(`<subProcess id="a">${content}</subProcess>`)
const byEvent = (start: string, attributes = '', more = '') =>
  around('<task id="a"/>', `<subProcess id="v" triggeredByEvent="true">${inside(start, attributes)}${more}</subProcess>`)
const onTask = (definition: string, attributes = '', host = 'a', more = '') =>
  around(
    '<task id="a"/>',
    `<boundaryEvent id="b" attachedToRef="${host}" ${attributes}>${definition}</boundaryEvent>${flow('b', 'e')}${more}`,
  )
const onTransaction = (definition: string, attributes = '', type = 'transaction') =>
  around(
    `<${type} id="a">${inside()}</${type}>`,
    `<boundaryEvent id="b" attachedToRef="a" ${attributes}>${definition}</boundaryEvent>${flow('b', 'e')}`,
  )
const undone = (outgoing: string, more = '') =>
  around(
    '<task id="a"/>',
    `<boundaryEvent id="b" attachedToRef="a">${compensate}</boundaryEvent><task id="u" isForCompensation="true"/><association id="x" sourceRef="b" targetRef="u"/>${outgoing}${more}`,
  )
const linked = (more = '') =>
  process(
    `<startEvent id="s"/>${flow('s', 'a')}<intermediateThrowEvent id="a">${link}</intermediateThrowEvent><intermediateCatchEvent id="k">${link}</intermediateCatchEvent>${flow('k', 'e')}<endEvent id="e"/>${more}`,
  )

const places: Row[] = [
  ...[error, escalation, compensate].map((kind): Row => ['event-place', '10.5.2', 's', begun(kind), begun(message)]),
  ...[message, signal, timer(), conditional].map(
    (kind): Row => ['event-place', '10.5.2', 's2', sub(inside(kind)), sub(inside())],
  ),
  ['event-place', '10.5.2', 's2', byEvent(''), byEvent(message)],
  ...[error, escalation, cancel, compensate, ''].map((kind): Row => ['event-place', '10.5.4', 'a', caught(kind), caught(signal)]),
  ...[error, cancel, terminate, timer(), conditional].map(
    (kind): Row => ['event-place', '10.5.4', 'a', thrown(kind), thrown(escalation)],
  ),
  ...[timer(), conditional, link].map((kind): Row => ['event-place', '10.5.3', 'e', ended(kind), ended(terminate)]),
  ...['', link, terminate].map((kind): Row => ['event-place', '10.5.4', 'b', onTask(kind), onTask(timer())]),
]

const rules: Row[] = [
  [
    'several-starts',
    '10.5.2',
    'v',
    byEvent(message, '', `<startEvent id="z">${signal}</startEvent>${flow('z', 'e2')}`),
    byEvent(message),
  ],
  ['several-starts', '13.3.4', 'a', sub(`${inside()}<startEvent id="z"/>${flow('z', 'e2')}`), sub(inside())],
  [
    'missing-start',
    '10.5.2',
    'v',
    around('<task id="a"/>', '<subProcess id="v" triggeredByEvent="true"><task id="t"/></subProcess>'),
    byEvent(signal),
  ],
  ['incoming-flow', '10.3.5', 'v', byEvent(message).replace('</process>', `${flow('a', 'v')}</process>`), byEvent(message)],
  ['outgoing-flow', '10.3.5', 'v', byEvent(message).replace('</process>', `${flow('v', 'e')}</process>`), byEvent(message)],
  ['error-interrupts', '10.5.2', 's2', byEvent(error, 'isInterrupting="false"'), byEvent(escalation, 'isInterrupting="false"')],
  ['error-interrupts', '10.5.4', 'b', onTask(error, 'cancelActivity="false"'), onTask(timer(), 'cancelActivity="false"')],
  ['incoming-flow', '10.5.4', 'b', onTask(timer(), '', 'a', flow('a', 'b')), onTask(timer())],
  ['missing-outgoing', '10.5.4', 'b', onTask(timer()).replace(flow('b', 'e'), ''), onTask(timer())],
  ['boundary-host', '10.5.4', 'b', onTask(timer(), '', 's'), onTask(timer())],
  [
    'boundary-host',
    '10.5.4',
    'b',
    onTask(timer(), '', 'g', `<exclusiveGateway id="g"/>${flow('a', 'g')}${flow('g', 'e')}`),
    onTask(message),
  ],
  ['dangling-reference', '10.5.4', 'b', onTask(timer(), '', 'gone'), onTask(signal)],
  ['missing-reference', '10.5.4', 'b', onTask(timer()).replace('attachedToRef="a"', ''), onTask(conditional)],
  ['reference-kind', '10.5.4', 'b', onTask(timer(), '', 's'), onTask(timer())],
  ['cancel-place', '10.5.3', 'e', ended(cancel), ended(error)],
  ['cancel-place', '10.5.4', 'b', onTransaction(cancel, '', 'subProcess'), onTransaction(cancel)],
  ['cancel-interrupts', '10.5.4', 'b', onTransaction(cancel, 'cancelActivity="false"'), onTransaction(cancel)],
  ['timer-missing', '10.5.5', 'a', caught(timer('')), caught(timer())],
  ['timer-several', '10.5.5', 'a', caught(timer(hour + hour.replaceAll('Duration', 'Cycle'))), caught(timer())],
  ['timer-text', '10.5.5', 'a', caught(timer(hour.replace('PT1H', '1 h'))), caught(timer(hour.replace('PT1H', 'P2DT1H')))],
  ['condition-missing', '10.5.5', 'a', caught('<conditionalEventDefinition/>'), caught(conditional)],
  ['link-missing', '10.5.5', 'a', thrown('<linkEventDefinition/>'), linked()],
  [
    'link-target',
    '10.5.5',
    'a',
    linked().replace(/<intermediateCatchEvent.*?<\/intermediateCatchEvent>/, '<task id="k"/>'),
    linked(),
  ],
  [
    'link-target',
    '10.5.5',
    'k',
    linked(`<intermediateCatchEvent id="j">${link}</intermediateCatchEvent>${flow('j', 'e')}`),
    linked(),
  ],
  ['incoming-flow', '10.5.5', 'k', linked(flow('s', 'k')), linked()],
  ['outgoing-flow', '10.5.5', 'a', linked(flow('a', 'e')), linked()],
  ['dangling-reference', '10.5.5', 'a', caught(message.replace('"m"', '"gone"')), caught(message)],
  ['reference-kind', '10.5.5', 'a', caught(message.replace('"m"', '"alarm"')), caught(message)],
  ['reference-kind', '10.5.5', 'e', ended(error.replace('"nogo"', '"late"')), ended(error)],
  ['reference-kind', '10.5.5', 'a', thrown(escalation.replace('"late"', '"nogo"')), thrown(escalation)],
  ['reference-kind', '10.5.5', 'a', thrown(signal.replace('"alarm"', '"m"')), thrown(signal)],
  ['compensation-flow', '10.7', 'b', undone(flow('b', 'e')), undone('')],
  ['compensation-flow', '10.7', 'u', undone(flow('u', 'e')), undone('')],
  ['compensation-handler', '10.7', 'b', undone('').replace(/<association[^>]*>/, ''), undone('')],
  ['compensation-activity', '10.5.5', 'a', thrown('<compensateEventDefinition activityRef="s"/>'), thrown(compensate)],
]

export const events: Record<string, Row[]> = { events: [...places, ...rules] }
