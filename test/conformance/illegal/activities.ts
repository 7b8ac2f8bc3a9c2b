/** The rules of 10.3 about activities and of 10.6 about gateways. A model that breaks each, and its legal twin. */
import { around, condition, flow, process } from '../small-model.ts'
import type { Row } from './row.ts'

const message = '<messageEventDefinition messageRef="m"/>'
const timer = '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>'
const caught = (id: string, definition: string) => `<intermediateCatchEvent id="${id}">${definition}</intermediateCatchEvent>`
const receive = '<receiveTask id="x" messageRef="m"/>'
const inside = `<startEvent id="s2"/>${flow('s2', 'e2')}<endEvent id="e2"/>`
const task = (attributes: string, content = '') => around(`<task id="a" ${attributes}>${content}</task>`)
const instances = (attributes: string, content: string) =>
  task('', `<multiInstanceLoopCharacteristics ${attributes}>${content}</multiInstanceLoopCharacteristics>`)
const loop = '<standardLoopCharacteristics loopMaximum="3"/>'
const many = '<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>'
const adHoc = (content: string, attributes = '') => around(`<adHocSubProcess id="a" ${attributes}>${content}</adHocSubProcess>`)
/** An event-based gateway with two ways. */
const waits = (first: string, second: string, more = '', gateway = '<eventBasedGateway id="a"/>', inner = '') =>
  process(
    `<startEvent id="s"/>${flow('s', 'a')}${gateway}${flow('a', 'x', inner)}${flow('a', 'y')}${first}${second}${flow('x', 'e')}${flow('y', 'e')}<endEvent id="e"/>${more}`,
  )
const plain = waits(caught('x', message), caught('y', timer))
const splits = (type: string, direction: string) =>
  process(
    `<startEvent id="s"/>${flow('s', 'a')}<${type} id="a" gatewayDirection="${direction}"/>${flow('a', 'x')}${flow('a', 'y')}<task id="x"/><task id="y"/>${flow('x', 'j')}${flow('y', 'j')}<${type} id="j" gatewayDirection="Converging"/>${flow('j', 'e')}<endEvent id="e"/>`,
  )

const tasks: Row[] = [
  ['quantity', '10.3.2', 'a', task('startQuantity="0"'), task('startQuantity="1"')],
  ['quantity', '10.3.2', 'a', task('completionQuantity="0"'), task('completionQuantity="2"')],
  ['loop-several', '10.3.2', 'a', task('', loop + many), task('', loop)],
  ['loop-several', '10.3.2', 'a', task('', many + loop), task('', many)],
  ['loop-count', '10.3.8', 'a', instances('', ''), instances('', '<loopCardinality>2</loopCardinality>')],
  [
    'reference-kind',
    '10.3.3',
    'a',
    around('<receiveTask id="a" messageRef="alarm"/>'),
    around('<receiveTask id="a" messageRef="m"/>'),
  ],
  [
    'dangling-reference',
    '10.3.3',
    'a',
    around('<sendTask id="a" messageRef="gone"/>'),
    around('<sendTask id="a" messageRef="m"/>'),
  ],
  [
    'dangling-reference',
    '10.3.3',
    'a',
    around('<sendTask id="a" messageRef="m" operationRef="gone"/>'),
    around('<sendTask id="a" messageRef="m"/>'),
  ],
  [
    'instantiate-place',
    '10.3.3',
    'x',
    around('<task id="a"/>', '<receiveTask id="x" messageRef="m" instantiate="true"/>').replace(
      '</process>',
      `${flow('a', 'x')}${flow('x', 'e')}</process>`,
    ),
    process(`<receiveTask id="x" messageRef="m" instantiate="true"/>${flow('x', 'e')}<endEvent id="e"/>`),
  ],
  [
    'script-missing',
    '10.3.3',
    'a',
    around('<scriptTask id="a" scriptFormat="feel"/>'),
    around('<scriptTask id="a" scriptFormat="feel"><script>1</script></scriptTask>'),
  ],
  ['compensation-flow', '10.3.1', 'a', task('isForCompensation="true"'), task('isForCompensation="false"')],
  ['ad-hoc-events', '10.3.5', 's2', adHoc(`<startEvent id="s2"/><task id="t"/>${flow('s2', 't')}`), adHoc('<task id="t"/>')],
  [
    'ad-hoc-events',
    '10.3.5',
    'e2',
    adHoc(`<endEvent id="e2"/><task id="t"/>${flow('t', 'e2')}`),
    adHoc(`<task id="t"/><task id="z"/>${flow('t', 'z')}`),
  ],
  [
    'misplaced-extension',
    '10.3.5',
    'a',
    adHoc('<extensionElements><hospital:task role="nurse"/></extensionElements><task id="t"/>'),
    adHoc('<extensionElements><hospital:task role="nurse"/></extensionElements><task id="t"/>').replace(
      '<adHocSubProcess ',
      '<adHocSubProcess ordering="Sequential" ',
    ),
  ],
  ['ad-hoc-empty', '10.3.5', 'a', adHoc(''), adHoc('<task id="t"/>')],
  ['event-subprocess-kind', '10.3.5', 'a', adHoc('<task id="t"/>', 'triggeredByEvent="true"'), adHoc('<task id="t"/>')],
  [
    'event-subprocess-kind',
    '10.3.5',
    'a',
    around(`<transaction id="a" triggeredByEvent="true">${inside}</transaction>`),
    around(`<transaction id="a">${inside}</transaction>`),
  ],
]

const call = (target: string) =>
  around(`<callActivity id="a" calledElement="${target}"/>`).replace(
    '</process>',
    `<task id="t"/>${flow('s', 't')}</process><process id="q"><task id="u"/></process>`,
  )

const others: Row[] = [
  ['called-kind', '10.3.6', 'a', call('t'), call('q')],
  ['called-kind', '10.3.6', 'a', call('m'), call('elsewhere')],
  ['attribute-value', '10.6.1', 'a', splits('parallelGateway', 'Sideways'), splits('parallelGateway', 'Diverging')],
]

const gateways: Row[] = [
  ['event-gateway', '10.6.6', 'a', around('<eventBasedGateway id="a"/>'), plain],
  ['event-gateway', '10.6.6', 'x', waits('<task id="x"/>', caught('y', timer)), plain],
  ['event-gateway', '10.6.6', 'x', waits('<exclusiveGateway id="x"/>', caught('y', timer)), plain],
  ['event-gateway', '10.6.6', 'x', waits('<intermediateThrowEvent id="x"/>', caught('y', timer)), plain],
  ['event-gateway', '10.6.6', 'x', waits(caught('x', message), caught('y', timer), flow('s', 'x')), plain],
  [
    'event-gateway',
    '10.6.6',
    'x',
    waits(receive, caught('y', timer), `<boundaryEvent id="b" attachedToRef="x">${timer}</boundaryEvent>${flow('b', 'e')}`),
    waits(receive, caught('y', timer)),
  ],
  ['event-gateway-mix', '10.6.6', 'a', waits(receive, caught('y', message)), waits(receive, caught('y', timer))],
  ['event-gateway-mix', '10.6.6', 'a', waits(receive, caught('y', message + timer)), plain],
  ['condition-place', '10.6.6', 'a_x', waits(caught('x', message), caught('y', timer), '', undefined, condition('z')), plain],
  [
    'event-gateway',
    '10.6.6',
    'a',
    waits(caught('x', message), caught('y', timer), '', '<eventBasedGateway id="a" eventGatewayType="Parallel"/>'),
    plain,
  ],
  ['gateway-direction', '10.6.1', 'a', splits('parallelGateway', 'Converging'), splits('parallelGateway', 'Diverging')],
  [
    'gateway-direction',
    '10.6.1',
    'j',
    splits('parallelGateway', 'Diverging').replace('gatewayDirection="Converging"', 'gatewayDirection="Diverging"'),
    splits('parallelGateway', 'Unspecified'),
  ],
  ['unconnected', '10.6.1', 'g', around('<task id="a"/>', '<parallelGateway id="g"/>'), around('<task id="a"/>')],
  ['superfluous-gateway', '10.6.1', 'a', around('<parallelGateway id="a"/>'), splits('parallelGateway', 'Diverging')],
  [
    'gateway-direction',
    '10.6.1',
    'a',
    around('<parallelGateway id="a" gatewayDirection="Diverging"/>'),
    splits('parallelGateway', 'Diverging'),
  ],
]

export const activities: Record<string, Row[]> = { 'activities and gateways': [...tasks, ...others, ...gateways] }
