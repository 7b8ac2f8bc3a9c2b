/** What is refused, by rule and element: one row for each reason. */
import { describe, expect, it } from 'vitest'
import { compile } from '../../../../pathways/language/compile.ts'
import { activity, around, condition, definitions, flow, process } from '../../../conformance/small-model.ts'

const event = (type: string, definition: string, extensions = '', attributes = '') =>
  `<${type} id="a" ${attributes}><extensionElements>${extensions}</extensionElements>${definition}</${type}>`
const timer = (inside: string) => `<timerEventDefinition>${inside}</timerEventDefinition>`
const caught = (definition: string) => around(event('intermediateCatchEvent', definition))
const thrown = (definition: string) => around(event('intermediateThrowEvent', definition))
const boundary = (definition: string, attributes = '') =>
  around('<task id="a"/>', `<boundaryEvent id="b" attachedToRef="a" ${attributes}>${definition}</boundaryEvent>${flow('b', 'e')}`)
const inner = '<startEvent id="s2"/><sequenceFlow id="i" sourceRef="s2" targetRef="e2"/><endEvent id="e2"/>'
const handler = '<task id="u" isForCompensation="true"/>'
const undone = (...beside: string[]) =>
  around(
    '<task id="a"/>',
    `<boundaryEvent id="b" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>${beside.join('')}<association id="x" sourceRef="b" targetRef="u"/>`,
  )
const undoing = (id: string, attributes = '') =>
  `<subProcess id="${id}" triggeredByEvent="true"><startEvent id="s${id}" ${attributes}><compensateEventDefinition/></startEvent>${flow(`s${id}`, `e${id}`)}<endEvent id="e${id}"/></subProcess>`
const cancelling = inner.replace('<endEvent id="e2"/>', '<endEvent id="e2"><cancelEventDefinition/></endEvent>')
const onTransaction = (attributes: string, beside = '') =>
  around(
    `<transaction id="a">${inner}</transaction>`,
    `<boundaryEvent id="b" attachedToRef="a" ${attributes}><cancelEventDefinition/></boundaryEvent>${flow('b', 'e')}${beside}`,
  )
const looped = (loop: string) => around(`<task id="a">${loop}</task>`)
const split = (first: string, second: string, attributes = '') =>
  process(
    `<startEvent id="s"/>${flow('s', 'a')}<exclusiveGateway id="a" ${attributes}/>${flow('a', 'b', first)}${flow('a', 'e', second)}<task id="b"/>${flow('b', 'e')}<endEvent id="e"/>`,
  )

const likelihood = (value: string) =>
  `<extensionElements><hospital:probability value="${value}"/></extensionElements>${condition('x = 1')}`
const likely = (value: string) =>
  around('<task id="a"/>').replace(flow('s', 'a'), flow('s', 'a', likelihood(value).replace(condition('x = 1'), '')))

const errors: [rule: string, element: string, bpmn: string][] = [
  ['no-process', '', definitions('')],
  ['no-process', 'p', process('', 'isExecutable="false"')],
  ['probability', 's_a', likely('1.2')],
  ['probability', 's_a', likely('often')],
  ['probability-sum', 'a', split(likelihood('0.7'), likelihood('0.4'))],
  ['probability-sum', 'a', split(likelihood('0.2'), likelihood('0.4'))],
  ['misplaced-extension', 's_a', likely('0.5')],
  ['missing-start', 'p', process('<endEvent id="e"/>')],
  [
    'missing-start',
    'a',
    process(
      `<startEvent id="s"/>${flow('s', 'e')}<endEvent id="e"/><subProcess id="a" triggeredByEvent="true"><task id="b"/></subProcess>`,
    ),
  ],
  ['duplicate-id', 'a', around('<task id="a"/><task id="a"/>')],
  ['dangling-reference', 'f', around('<task id="a"/>', '<sequenceFlow id="f" sourceRef="a" targetRef="gone"/>')],
  ['dangling-flow', 'f', around('<task id="a"/>', '<sequenceFlow id="f" sourceRef="a" targetRef="gone"/>')],
  ['unreadable-element', 'n', around('<task id="a"/>', '<nonsense id="n"/>')],
  ['unreadable-element', 'x', around('<task id="a">\n  <task id="x"/></task>')],
  [
    'flow-crosses-scope',
    'f',
    around(`<subProcess id="a">${inner}</subProcess>`, '<sequenceFlow id="f" sourceRef="s" targetRef="e2"/>'),
  ],
  ['activation-condition', 'a', around('<complexGateway id="a"/>', `<task id="z"/>${flow('s', 'z')}${flow('z', 'a')}`)],
  ['ad-hoc-empty', 'a', around('<adHocSubProcess id="a"/>')],
  ['ad-hoc-events', 's2', around('<adHocSubProcess id="a"><startEvent id="s2"/><task id="b"/></adHocSubProcess>')],
  ['ad-hoc-events', 'e2', around('<adHocSubProcess id="a"><task id="b"/><endEvent id="e2"/></adHocSubProcess>')],
  ['ad-hoc-ordering', 'a', around('<adHocSubProcess id="a" ordering="Random"><task id="b"/></adHocSubProcess>')],
  ['event-subprocess-kind', 'a', around('<adHocSubProcess id="a" triggeredByEvent="true"><task id="b"/></adHocSubProcess>')],
  ['compensation-flow', 'a', around('<task id="a" isForCompensation="true"/>')],
  ['compensation-flow', 'b', boundary('<compensateEventDefinition/>')],
  ['compensation-handler', 'b', boundary('<compensateEventDefinition/>')],
  ['compensation-handler', 'b', undone('<task id="u"/>')],
  [
    'compensation-handler',
    'b',
    undone(handler, handler.replaceAll('"u"', '"v"'), '<association id="y" sourceRef="b" targetRef="v"/>'),
  ],
  ['compensation-handler', 'b', undone(`<subProcess id="c">${inner}${handler}</subProcess>`)],
  [
    'compensation-boundary',
    'u',
    undone(handler, `<boundaryEvent id="n" attachedToRef="u"><errorEventDefinition/></boundaryEvent>${flow('n', 'e')}`),
  ],
  [
    'compensation-several',
    'a',
    undone(
      handler,
      '<boundaryEvent id="c" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><association id="y" sourceRef="c" targetRef="u"/>',
    ),
  ],
  ['compensation-several', 'a', around(`<subProcess id="a">${inner}${undoing('h')}${undoing('k')}</subProcess>`)],
  ['compensation-start', 'sh', around(`<subProcess id="a">${inner}${undoing('h', 'isInterrupting="false"')}</subProcess>`)],
  ['compensation-activity', 'a', thrown('<compensateEventDefinition activityRef="s"/>')],
  [
    'compensation-visible',
    'a',
    thrown('<compensateEventDefinition activityRef="c"/>').replace(
      '</process>',
      `<subProcess id="S">${inner}<task id="c"/></subProcess></process>`,
    ),
  ],
  ['event-place', 'a', caught('<compensateEventDefinition/>')],
  [
    'event-place',
    's',
    around('<task id="a"/>').replace('<startEvent id="s"/>', '<startEvent id="s"><compensateEventDefinition/></startEvent>'),
  ],
  ['event-place', 'a', thrown('<cancelEventDefinition/>')],
  [
    'cancel-place',
    'e',
    around('<task id="a"/>').replace('<endEvent id="e"/>', '<endEvent id="e"><cancelEventDefinition/></endEvent>'),
  ],
  ['cancel-place', 'e2', around(`<subProcess id="a">${cancelling}</subProcess>`)],
  ['cancel-place', 'e2', around(`<transaction id="a"><subProcess id="c">${cancelling}</subProcess></transaction>`)],
  ['cancel-place', 'b', boundary('<cancelEventDefinition/>')],
  ['cancel-interrupts', 'b', onTransaction('cancelActivity="false"')],
  [
    'cancel-several',
    'a',
    onTransaction('', `<boundaryEvent id="c" attachedToRef="a"><cancelEventDefinition/></boundaryEvent>${flow('c', 'e')}`),
  ],
  ['event-subprocess-kind', 'a', around(`<transaction id="a" triggeredByEvent="true">${inner}</transaction>`)],
  ['quantity', 'a', around('<task id="a" startQuantity="0"/>')],
  ['quantity', 'a', around('<task id="a" completionQuantity="-1"/>')],
  ['loop-endless', 'a', looped('<standardLoopCharacteristics/>')],
  ['loop-maximum', 'a', looped('<standardLoopCharacteristics loopMaximum="-3"/>')],
  ['condition-missing', 'a', caught('<conditionalEventDefinition/>')],
  ['incoming-flow', 'a', caught('<linkEventDefinition name="l"/>')],
  ['outgoing-flow', 'a', thrown('<linkEventDefinition name="l"/>')],
  ['link-target', 'a', thrown('<linkEventDefinition name="l"/>')],
  ['link-missing', 'a', thrown('<linkEventDefinition/>')],
  [
    'loop-behaviour',
    'a',
    around(
      '<task id="a"><multiInstanceLoopCharacteristics behavior="None"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></task>',
    ),
  ],
  ['multiple-event', 'a', caught('<messageEventDefinition messageRef="m"/><linkEventDefinition name="l"/>')],
  ['multiple-event', 'a', thrown('<escalationEventDefinition escalationRef="up"/><compensateEventDefinition/>')],
  ['event-place', 'a', thrown('<messageEventDefinition messageRef="m"/><terminateEventDefinition/>')],
  [
    'parallel-multiple',
    'b',
    boundary('<messageEventDefinition messageRef="m"/><errorEventDefinition/>', 'parallelMultiple="true"'),
  ],
  ['event-place', 'a', caught('')],
  ['event-place', 'a', caught('<errorEventDefinition errorRef="nogo"/>')],
  ['event-place', 'b', boundary('')],
  [
    'event-place',
    's2',
    around(
      `<subProcess id="a">${inner.replace('<startEvent id="s2"/>', `<startEvent id="s2"><messageEventDefinition messageRef="m"/></startEvent>`)}</subProcess>`,
    ),
  ],
  ['message-missing', 'a', caught('<messageEventDefinition/>')],
  ['message-missing', 'a', caught('<messageEventDefinition messageRef="unnamed"/>')],
  ['message-missing', 'a', around('<sendTask id="a"/>')],
  ['message-missing', 'a', around('<receiveTask id="a"/>')],
  ['signal-missing', 'a', caught('<signalEventDefinition/>')],
  ['error-missing', 'e', process(`<startEvent id="s"/>${flow('s', 'e')}<endEvent id="e"><errorEventDefinition/></endEvent>`)],
  ['error-missing', 'b', boundary('<errorEventDefinition errorRef="uncoded"/>')],
  ['error-interrupts', 'b', boundary('<errorEventDefinition errorRef="nogo"/>', 'cancelActivity="false"')],
  ['escalation-missing', 'a', thrown('<escalationEventDefinition/>')],
  ['timer-missing', 'a', caught(timer(''))],
  ['timer-text', 'a', caught(timer('<timeDuration xsi:type="tFormalExpression">one hour</timeDuration>'))],
  ['timer-text', 'a', caught(timer('<timeDuration xsi:type="tFormalExpression">-PT1H</timeDuration>'))],
  ['timer-text', 'a', caught(timer('<timeCycle xsi:type="tFormalExpression">0 8 * * *</timeCycle>'))],
  ['timer-text', 'a', caught(timer('<timeDate xsi:type="tFormalExpression">tomorrow</timeDate>'))],
  ['feel-syntax', 'a', caught(timer('<timeDate xsi:type="tFormalExpression">=1 +</timeDate>'))],
  ['feel-syntax', 'a_b', split(condition('x &gt;'), condition('y'))],
  ['unknown-function', 'a_b', split(condition('summ(x) &gt; 1'), condition('y'))],
  ['empty-condition', 'a_b', split(condition(''), condition('y'))],
  ['missing-condition', 'a_b', split('', condition('y'))],
  ['default-condition', 'a_b', split(condition('x'), condition('y'), 'default="a_b"')],
  ['default-flow', 'a', split(condition('x'), condition('y'), 'default="b_e"')],
  ['condition-place', 's_a', around('<task id="a"/>').replace('targetRef="a">', `targetRef="a">${condition('x')}`)],
  ['incoming-flow', 's', around('<task id="a"/>', '<sequenceFlow id="f" sourceRef="a" targetRef="s"/>')],
  ['outgoing-flow', 'e', around('<task id="a"/>', '<sequenceFlow id="f" sourceRef="e" targetRef="a"/>')],
  [
    'missing-outgoing',
    'b',
    around(
      '<task id="a"/>',
      `<boundaryEvent id="b" attachedToRef="a">${timer('<timeDuration xsi:type="tFormalExpression">PT1H</timeDuration>')}</boundaryEvent>`,
    ),
  ],
  [
    'boundary-host',
    'b',
    boundary(timer('<timeDuration xsi:type="tFormalExpression">PT1H</timeDuration>')).replace(
      'attachedToRef="a"',
      'attachedToRef="s"',
    ),
  ],
  ['event-gateway', 'a', around('<eventBasedGateway id="a"/>')],
  ['event-gateway', 'e', around('<eventBasedGateway id="a"/>')],
  ['called-element', 'a', around('<callActivity id="a"/>')],
  ['decision-missing', 'a', around('<businessRuleTask id="a"/>')],
  ['unknown-decision', 'a', around(activity('businessRuleTask', '<hospital:decision ref="nothing" result="x"/>'))],
  ['unknown-form', 'a', around(activity('userTask', '<hospital:task role="nurse" form="nothing"/>'))],
  ['unknown-hold', 'a', around(activity('task', '<hospital:take hold="bed"/>'))],
  ['unknown-hold', 'a', around(activity('callActivity', '<hospital:lend hold="bed"/>', 'calledElement="q"'))],
  ['script-format', 'a', around('<scriptTask id="a" scriptFormat="javascript"><script>1</script></scriptTask>')],
  ['script-missing', 'a', around('<scriptTask id="a" scriptFormat="feel"/>')],
  ['due-text', 'a', around(activity('userTask', '<hospital:task role="nurse" due="soon"/>'))],
  ['quantity', 'a', around(activity('task', '<hospital:need pool="nurse" quantity="0"/>'))],
  ['missing-attribute', 'a', around(activity('task', '<hospital:need quantity="1"/>'))],
  [
    'where-operator',
    'a',
    around(activity('task', '<hospital:need pool="n"><hospital:where attribute="x" operator="~" value="1"/></hospital:need>')),
  ],
  ['duration-distribution', 'a', around(activity('task', '<hospital:duration distribution="zeta" mean="PT1M"/>'))],
  ['duration-text', 'a', around(activity('task', '<hospital:duration distribution="exponential" mean="P1M"/>'))],
  ['duration-order', 'a', around(activity('task', '<hospital:duration distribution="uniform" min="PT2M" max="PT1M"/>'))],
  ['unreadable-element', '', around(activity('task', '<hospital:nonsense/>'))],
  ['unknown-extension', 'a', around(activity('task', '<hospital:where attribute="x" value="1"/>'))],
  ['unknown-attribute', 'a', around(activity('task', '<hospital:need pool="n" amount="2"/>'))],
  ['misplaced-extension', 'a', around(activity('task', '<hospital:task role="nurse"/>'))],
  [
    'misplaced-extension',
    'a',
    around(event('intermediateCatchEvent', '<messageEventDefinition messageRef="m"/>', '<hospital:payload name="x" value="1"/>')),
  ],
  ['repeated-extension', 'a', around(activity('task', '<hospital:priority value="1"/><hospital:priority value="2"/>'))],
  ['loop-count', 'a', looped('<multiInstanceLoopCharacteristics/>')],
  ['loop-output', 'a', looped('<multiInstanceLoopCharacteristics hospital:collection="=l" hospital:outputCollection="r"/>')],
]

const warnings: typeof errors = [
  ['unreachable', 'z', around('<task id="a"/>', `<task id="z"/><task id="y"/>${flow('z', 'y')}${flow('y', 'z')}`)],
  ['implicit-end', 'z', around('<task id="a"/>', `<task id="z"/>${flow('a', 'z')}`)],
  ['compensation-unused', 'u', around('<task id="a"/>', handler)],
  ['compensation-process', 'sh', around('<task id="a"/>', undoing('h'))],
  [
    'compensation-nothing',
    'a',
    thrown('<compensateEventDefinition activityRef="c"/>').replace('</process>', `<task id="c"/>${flow('s', 'c')}</process>`),
  ],
  ['cancel-unheard', 'e2', around(`<transaction id="a">${cancelling}</transaction>`)],
  ['service-activity', 'a', around('<serviceTask id="a"/>')],
]

describe('refused, naming element and reason', () => {
  it.each(errors)('%s (%s)', async (rule, element, bpmn) => {
    const { programs, findings } = await compile({ bpmn })
    expect(findings.filter((finding) => finding.severity === 'error')).toContainEqual(expect.objectContaining({ rule, element }))
    expect(programs).toEqual([])
  })
})

describe('warned about, and executed', () => {
  it.each(warnings)('%s (%s)', async (rule, element, bpmn) => {
    const { programs, findings } = await compile({ bpmn })
    expect(findings).toContainEqual(expect.objectContaining({ rule, element, severity: 'warning' }))
    expect(programs).toHaveLength(1)
  })
})

it('says all of it in French too', async () => {
  const english = new Set<string>()
  for (const [, , bpmn] of [...errors, ...warnings])
    for (const { rule, french } of (await compile({ bpmn })).findings) if (!french?.message || !french.help) english.add(rule)
  expect([...english]).toEqual([])
})
