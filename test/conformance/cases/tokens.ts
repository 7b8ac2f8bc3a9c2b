import type { ConformanceCase } from '../case.ts'
import { message, single } from '../model.ts'

const concept = 'complex gateways, quantities, instantiation'
const condition = (text: string) => `<activationCondition xsi:type="tFormalExpression">${text}</activationCondition>`
const three = (
  gateway: string,
) => `<startEvent id="start"/><parallelGateway id="fork"/><task id="A"/><task id="B"/><task id="C"/>${gateway}<task id="D"/><endEvent id="end"/>
  flow: start > fork > A > join
  flow: fork > B > join
  flow: fork > C > join`
const tasks = { A: { takes: 'PT1S' }, B: { takes: 'PT2S' }, C: { takes: 'PT3S' } }
const roots = '<message id="m" name="m"/><message id="n" name="n"/>'

export const tokens: ConformanceCase[] = [
  {
    concept,
    name: 'complex: two of three are enough; the third is taken in, and leads nowhere',
    bpmn: single(`${three(`<complexGateway id="join">${condition('activationCount &gt;= 2')}</complexGateway>`)}
      flow: join > D > end`),
    script: { tasks },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT0S entered C
      PT1S completed A
      PT2S completed B
      PT2S entered join
      PT2S entered D
      PT2S completed D
      PT2S entered end
      PT2S completed end
      PT3S completed C
      PT3S completed join
      => completed PT3S
    `,
  },
  {
    concept,
    name: 'complex: its conditions tell start from reset',
    bpmn: single(`${three(`<complexGateway id="join">${condition('activationCount &gt;= 2')}</complexGateway>`)}<task id="E"/><endEvent id="end2"/>
      flow: join > D if waitingForStart
      flow: join > E if not(waitingForStart)
      flow: D > end
      flow: E > end2`),
    script: { tasks },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT0S entered C
      PT1S completed A
      PT2S completed B
      PT2S entered join
      PT2S entered D
      PT2S completed D
      PT2S entered end
      PT2S completed end
      PT3S completed C
      PT3S completed join
      PT3S entered E
      PT3S completed E
      PT3S entered end2
      PT3S completed end2
      => completed PT3S
    `,
  },
  {
    concept,
    name: 'complex: the default flow is taken at the reset too, when no condition is true',
    bpmn: single(`${three(`<complexGateway id="join" default="join-E">${condition('activationCount &gt;= 2')}</complexGateway>`)}<task id="E"/><endEvent id="end2"/>
      flow: join > D if waitingForStart
      flow: join > E > end2
      flow: D > end`),
    script: { tasks },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT0S entered C
      PT1S completed A
      PT2S completed B
      PT2S entered join
      PT2S entered D
      PT2S completed D
      PT2S entered end
      PT2S completed end
      PT3S completed C
      PT3S completed join
      PT3S entered E
      PT3S completed E
      PT3S entered end2
      PT3S completed end2
      => completed PT3S
    `,
  },
  {
    concept,
    name: 'complex: a token that may still go where one has come already is not waited for',
    bpmn: single(`<startEvent id="start"/><parallelGateway id="fork"/><task id="A"/><task id="B"/><exclusiveGateway id="way"/><exclusiveGateway id="merge"/>
      <complexGateway id="join">${condition('activationCount &gt;= 1')}</complexGateway><task id="D"/><endEvent id="end"/>
      flow: start > fork
      flow: fork > A > merge
      flow: fork > B > way
      flow: way > merge if x = 1
      flow: way > join if x = 2
      flow: merge > join
      flow: join > D > end`),
    script: { variables: { x: 2 }, tasks: { A: { takes: 'PT1S' }, B: { takes: 'PT5S' } } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered fork
      PT0S completed fork
      PT0S entered A
      PT0S entered B
      PT1S completed A
      PT1S entered merge
      PT1S completed merge
      PT1S entered join
      PT1S entered D
      PT1S completed join
      PT1S completed D
      PT1S entered end
      PT1S completed end
      PT5S completed B
      PT5S entered way
      PT5S completed way
      PT5S entered join
      PT5S entered D
      PT5S completed join
      PT5S completed D
      PT5S entered end
      PT5S completed end
      => completed PT5S
    `,
  },
  {
    concept,
    name: 'quantities: an activity leaves as many tokens as it says, and begins with as many',
    bpmn: single(`<startEvent id="start"/><task id="A" completionQuantity="2"/><task id="B" startQuantity="2"/><endEvent id="end"/>
      flow: start > A > B > end`),
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'instantiation: a receive task begins the process by its message',
    bpmn: single(
      `<receiveTask id="hear" messageRef="m" instantiate="true"/><task id="A"/><endEvent id="end"/>
      flow: hear > A > end`,
      roots,
    ),
    expected: `
      PT0S entered hear
      PT0S caught hear
      PT0S completed hear
      PT0S entered A
      PT0S completed A
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'instantiation: the event that comes after an exclusive gateway begins it, and no other is waited for',
    bpmn: single(
      `<eventBasedGateway id="either" instantiate="true"/><intermediateCatchEvent id="first">${message('m')}</intermediateCatchEvent><intermediateCatchEvent id="second">${message('n')}</intermediateCatchEvent><endEvent id="end"/>
      flow: either > first > end
      flow: either > second > end`,
      roots,
    ),
    script: { triggers: [{ element: 'second' }] },
    expected: `
      PT0S entered either
      PT0S completed either
      PT0S entered second
      PT0S caught second
      PT0S completed second
      PT0S entered end
      PT0S completed end
      => completed PT0S
    `,
  },
  {
    concept,
    name: 'instantiation: after a parallel gateway the other events are still waited for',
    bpmn: single(
      `<eventBasedGateway id="both" instantiate="true" eventGatewayType="Parallel"/><intermediateCatchEvent id="first">${message('m')}</intermediateCatchEvent><intermediateCatchEvent id="second">${message('n')}</intermediateCatchEvent><endEvent id="end"/><endEvent id="end2"/>
      flow: both > first > end
      flow: both > second > end2`,
      roots,
    ),
    script: { triggers: [{ element: 'first' }], messages: [{ name: 'n', after: 'PT5S' }] },
    expected: `
      PT0S entered both
      PT0S completed both
      PT0S entered first
      PT0S caught first
      PT0S completed first
      PT0S entered second
      PT0S entered end
      PT0S completed end
      PT5S caught second
      PT5S completed second
      PT5S entered end2
      PT5S completed end2
      => completed PT5S
    `,
  },
  {
    concept,
    name: 'complex: one that only splits takes every way whose condition is true, once',
    bpmn: single(`<startEvent id="start"/><complexGateway id="split" default="split-C"/><endEvent id="A"/><endEvent id="B"/><endEvent id="C"/>
      flow: start > split
      flow: split > A if x > 1
      flow: split > B if x > 0
      flow: split > C`),
    script: { variables: { x: 2 } },
    expected: `
      PT0S entered start
      PT0S completed start
      PT0S entered split
      PT0S completed split
      PT0S entered A
      PT0S completed A
      PT0S entered B
      PT0S completed B
      => completed PT0S
    `,
  },
]
